"""What became of a transaction that a wallet says it sent."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from .calls import Call
from .errors import NodeMisbehaved
from .reverts import explain
from .rpc import Answer, quantity
from .values import Frozen


class Fate(StrEnum):
    """What became of a transaction."""

    PENDING = "pending"
    MINED = "mined"
    REVERTED = "reverted"
    REPLACED = "replaced"
    FOREIGN = "foreign"


class Followed(Frozen):
    """The fate of one transaction, with its receipt once it is mined."""

    fate: Fate
    tx_hash: str
    receipt: dict[str, Any] | None = None
    nonce: int | None = None
    block: int | None = None

    @property
    def is_final(self) -> bool:
        """Whether there is nothing left to wait for (a reorganisation aside)."""
        return self.fate != Fate.PENDING


def judge(
    node: str, answers: list[Answer], name: str, sender: str, want: Call | None, nonce: int | None
) -> Followed:
    """Weigh a node's three answers: the sender's count, the transaction, the receipt."""
    for answer in answers:
        if "error" in answer:
            raise explain(answer["error"], node)
    used = quantity(answers[0]["result"], node)
    transaction, receipt = answers[1]["result"], answers[2]["result"]
    for found, field in ((transaction, "hash"), (receipt, "transactionHash")):
        if found is not None and (
            not isinstance(found, dict) or str(found.get(field)).lower() != name
        ):
            raise NodeMisbehaved(f"The node {node} answered for another transaction.")

    if transaction is not None:
        if not _is_wanted(transaction, sender, want):
            return Followed(fate=Fate.FOREIGN, tx_hash=name)
        nonce = quantity(transaction.get("nonce"), node)
    if receipt is None:
        gone = nonce is not None and used > nonce
        fate = Fate.REPLACED if gone else Fate.PENDING
        return Followed(fate=fate, tx_hash=name, nonce=nonce)
    if transaction is None and str(receipt.get("from")).lower() != sender.lower():
        return Followed(fate=Fate.FOREIGN, tx_hash=name)
    return Followed(
        fate=Fate.MINED if quantity(receipt.get("status"), node) == 1 else Fate.REVERTED,
        tx_hash=name,
        receipt=receipt,
        nonce=nonce,
        block=quantity(receipt.get("blockNumber"), node),
    )


def judge_carried(
    node: str,
    answers: list[Answer],
    name: str,
    contract: str,
    is_carried: Callable[[str], bool],
) -> Followed:
    """Weigh the transaction and the receipt that are said to carry a signed message.

    Whoever sent it, it went to the contract that the message is for, and its data carries the
    message; any other transaction is foreign.
    """
    for answer in answers:
        if "error" in answer:
            raise explain(answer["error"], node)
    transaction, receipt = answers[0]["result"], answers[1]["result"]
    if transaction is None or receipt is None:
        return Followed(fate=Fate.PENDING, tx_hash=name)
    payload = str(transaction.get("input", transaction.get("data"))).lower()
    is_ours = str(transaction.get("to")).lower() == contract.lower()
    if not is_ours or not is_carried(payload):
        return Followed(fate=Fate.FOREIGN, tx_hash=name)
    return Followed(
        fate=Fate.MINED if quantity(receipt.get("status"), node) == 1 else Fate.REVERTED,
        tx_hash=name,
        receipt=receipt,
        block=quantity(receipt.get("blockNumber"), node),
    )


def _is_wanted(transaction: dict[str, Any], sender: str, want: Call | None) -> bool:
    if str(transaction.get("from")).lower() != sender.lower():
        return False
    if want is None:
        return True
    payload = transaction.get("input", transaction.get("data"))
    return (
        str(transaction.get("to")).lower() == want.to.lower()
        and str(payload).lower() == want.data
        and int(str(transaction.get("value", "0x0")), 16) == want.value
    )


__all__ = ["Fate", "Followed", "judge", "judge_carried"]
