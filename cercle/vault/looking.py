"""What the ledger says of a look, read by the client itself: a vault's word is not enough."""

from __future__ import annotations

from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..errors import CercleError, NodeMisbehaved
from ..events import Event, decode_logs, read_events
from ..values import Frozen, Hash, hash_text
from .bindings import Bit, Id, Ledger, Number, ReleaseBinding


class ReleaseRefused(CercleError):
    """A release, or an ask for one, does not say what the ledger says."""

    code = "release_refused"


class Look(Frozen):
    """`AccessRequested`, and where it lies."""

    transaction_hash: Hash
    log_index: Number
    block: Number
    passport_id: Id
    company_id: Id
    purpose: Bit
    category: Bit
    order_hash: Hash
    issued_at: Id

    @classmethod
    def of(cls, event: Event) -> Look:
        """The look that an event tells of."""
        names = ("passport_id", "company_id", "purpose", "category", "issued_at")
        return cls(
            transaction_hash=event.tx_hash,
            log_index=event.index,
            block=event.block,
            order_hash=hash_text(event.args["order_hash"]),
            **{name: event.args[name] for name in names},
        )


def look_at(chain: Chain, deployment: Deployment, transaction_hash: str, log_index: int) -> Look:
    """The look that was logged at a place.

    Raises:
        ReleaseRefused: Nothing of the kind was logged there.
        ChainError: No node answers.
    """
    return _only(
        [one for one in looks_in(chain, deployment, transaction_hash) if one.log_index == log_index]
    )


def looks_in(chain: Chain, deployment: Deployment, transaction_hash: str) -> list[Look]:
    """All looks that a transaction logged.

    Raises:
        ChainError: No node answers.
    """
    receipt = chain.request("eth_getTransactionReceipt", [transaction_hash])
    if receipt is None:
        return []
    try:
        if str(receipt["transactionHash"]).lower() != transaction_hash.lower():
            raise NodeMisbehaved("A node answered another transaction's receipt.")
        found = decode_logs(deployment, receipt["logs"])
    except (KeyError, TypeError, ValueError) as error:
        raise NodeMisbehaved("A node answered a receipt of no form.") from error
    return [Look.of(event) for event in found if event.name == "AccessRequested"]


def require_bound(
    info: ReleaseBinding, look: Look, ledger: Ledger, chain: Chain, deployment: Deployment
) -> None:
    """Refuse a binding that does not say what was logged and given.

    Raises:
        ReleaseRefused: It is about another person, company, purpose, category, order or grant, or
            for longer than the person said.
        ChainError: No node answers.
    """
    said = (info.chain_id, info.consent, *(getattr(info, name) for name in _SAME))
    logged = (ledger.chain_id, ledger.consent, *(getattr(look, name) for name in _SAME))
    if said != logged:
        raise ReleaseRefused("The vault's release is not about what the ledger logged.")
    head = chain.head(fresh=True)
    whom = (look.passport_id, look.company_id, look.purpose)
    read = deployment.contract("Consent").read("grant_of", *whom)
    grant: dict[str, Any] = chain.read([read], head)[0]
    # A withdrawn grant has other numbers: what was let out before is then over in any case.
    if not head.timestamp < info.expires_at <= min(grant["until"], grant["keep_until"]):
        raise ReleaseRefused("The vault's release lasts longer than the person allowed.")


def require_published(
    chain: Chain, deployment: Deployment, info: ReleaseBinding, commitment: str
) -> None:
    """Refuse a record that is not the one whose commitment its owner published.

    Raises:
        ReleaseRefused: The move to this version published another, or there was none.
        ChainError: No node answers.
    """
    filters = {"passport_id": info.passport_id, "category": info.category}
    for event in read_events(chain, deployment, "Records", "CategoryMoved", filters=filters):
        if event.args["version"] == info.version:
            if _text(event.args["commitment"]) == commitment:
                return
            break
    raise ReleaseRefused("This is not the record that the person published.")


_SAME = ("passport_id", "company_id", "purpose", "category", "order_hash", "issued_at")


def _only(found: list[Look]) -> Look:
    if not found:
        raise ReleaseRefused("The ledger has no such look.")
    return found[0]


def _text(raw: Any) -> str:
    return "0x" + raw.hex() if isinstance(raw, bytes) else str(raw).lower()


__all__ = [
    "Look",
    "ReleaseRefused",
    "look_at",
    "looks_in",
    "require_bound",
    "require_published",
]
