"""The proposals that were made, from the chain's own record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from ..chain import Chain
from ..codec import decode
from ..deployments import Deployment
from ..errors import NodeMisbehaved
from ..events import read_events, read_logs
from ..values import Address, Frozen
from .draft import FIRST_CLASS, Action, Draft

_CREATED = (
    *("uint256", "address", "address[]", "uint256[]", "bytes[]", "bytes[]"),  # signatures: bytes
    *("uint256", "uint256", "bytes"),
)


class Made(Frozen):
    """A proposal as it was made."""

    id: int
    proposer: Address
    draft: Draft
    vote_start: int
    vote_end: int
    block: int
    tx_hash: str


def made(
    chain: Chain, deployment: Deployment, first: int | None = None, last: int | None = None
) -> tuple[Made, ...]:
    """Every proposal, the oldest first.

    Args:
        chain: Where to read.
        deployment: The brand.
        first: The first block; the Governor's own if none is named.
        last: The last block; the newest if none is named.

    Raises:
        NodeMisbehaved: What a node told is no proposal, or not the one that its id names.
    """
    classes = {
        event.args["proposal_id"]: int(event.args["class_id"])
        for event in read_events(
            chain, deployment, "Governor", "ProposalClassed", first=first, last=last
        )
    }
    logs = read_logs(chain, deployment, "Governor", "ProposalCreated", None, first, last)
    return tuple(_made(log, classes) for log in logs)


def _made(log: Mapping[str, Any], classes: Mapping[int, int]) -> Made:
    try:
        raw = bytes.fromhex(str(log["data"]).removeprefix("0x"))
        number, proposer, targets, values, _, calls, start, end, text = decode(_CREATED, raw)
        actions = tuple(
            Action(target=target, value=value, data="0x" + call.hex())
            for target, value, call in zip(targets, values, calls, strict=True)
        )
        draft = Draft(
            actions=actions,
            # Anybody's bytes: what is no text is shown as codes, and named by its hash.
            description=text.decode("utf-8", "backslashreplace"),
            seal="0x" + keccak(text).hex(),
            class_id=classes.get(number, FIRST_CLASS),
        )
        found = Made(
            id=number,
            proposer=proposer,
            draft=draft,
            vote_start=start,
            vote_end=end,
            block=int(str(log["blockNumber"]), 16),
            tx_hash=str(log["transactionHash"]).lower(),
        )
    except (DecodingError, ValueError, OverflowError, KeyError) as error:
        raise NodeMisbehaved("A proposal cannot be read.") from error
    if draft.id != found.id:
        raise NodeMisbehaved("A node told a proposal that its id does not name.")
    return found


__all__ = ["Made", "made"]
