"""The proposals that were made, from the chain's own record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from ..chain import Chain
from ..codec import decode
from ..deployments import Deployment
from ..errors import NodeMisbehaved
from ..events import Event, read_events, read_logs
from ..values import Address, Frozen
from .draft import FIRST_CLASS, Action, Draft

_CREATED = (
    *("uint256", "address", "address[]", "uint256[]", "bytes[]", "bytes[]"),  # signatures: bytes
    *("uint256", "uint256", "bytes"),
)


class Course(Frozen):
    """What became of a proposal, as far as the Governor's events tell it."""

    extended_to: int | None = None  # the vote's new end, where the quorum was made late
    canceled_at: datetime | None = None
    executed_at: datetime | None = None
    warden: Address | None = None
    veto: str = ""  # why the warden stopped it: a stranger's text


class Made(Frozen):
    """A proposal as it was made."""

    id: int
    proposer: Address
    draft: Draft
    vote_start: int
    vote_end: int
    block: int
    tx_hash: str
    index: int = 0  # its place in the block
    version: int = 1  # of its class's terms: those that hold for it
    course: Course = Course()


class Terms(Frozen):
    """That a class got new terms."""

    class_id: int
    version: int
    at: tuple[int, int]  # block, and place in it

    @classmethod
    def of(cls, event: Event) -> Terms:
        """As the Guard's event tells it."""
        told = event.args
        return cls(
            class_id=told["class_id"], version=told["version"], at=(event.block, event.index)
        )


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
    terms = [
        Terms.of(event) for event in read_events(chain, deployment, "Guard", "TermsSet", last=last)
    ]
    logs = read_logs(chain, deployment, "Governor", "ProposalCreated", None, first, last)
    return tuple(_made(log, classes, terms) for log in logs)


def made_of(event: Event, classes: Mapping[int, int], terms: Sequence[Terms] = ()) -> Made | None:
    """A proposal from an event that was read by somebody else; None if its text was not kept whole.

    Args:
        event: `ProposalCreated`.
        classes: Which class each proposal is of; the first where none is named.
        terms: All terms that any class ever had.
    """
    told = event.args
    actions = tuple(
        Action(target=target, value=value, data="0x" + bytes(call).hex())
        for target, value, call in zip(
            told["targets"], told["values"], told["calldatas"], strict=True
        )
    )
    number = told["proposalId"]
    class_id = classes.get(number, FIRST_CLASS)
    draft = Draft(actions=actions, description=told["description"], class_id=class_id)
    if draft.id != number:
        return None
    return Made(
        id=number,
        proposer=told["proposer"],
        draft=draft.model_copy(update={"seal": "0x" + draft.description_hash.hex()}),
        vote_start=told["voteStart"],
        vote_end=told["voteEnd"],
        block=event.block,
        tx_hash=event.tx_hash,
        index=event.index,
        version=_version(class_id, (event.block, event.index), terms),
    )


def _version(class_id: int, at: tuple[int, int], terms: Iterable[Terms]) -> int:
    """The terms that a class had at a place in history."""
    before = [one for one in terms if one.class_id == class_id and one.at < at]
    return max(before, key=lambda one: one.at).version if before else 1


def _made(log: Mapping[str, Any], classes: Mapping[int, int], terms: Sequence[Terms] = ()) -> Made:
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
        at = int(str(log["blockNumber"]), 16), int(str(log["logIndex"]), 16)
        found = Made(
            id=number,
            proposer=proposer,
            draft=draft,
            vote_start=start,
            vote_end=end,
            block=at[0],
            tx_hash=str(log["transactionHash"]).lower(),
            index=at[1],
            version=_version(draft.class_id, at, terms),
        )
    except (DecodingError, ValueError, OverflowError, KeyError) as error:
        raise NodeMisbehaved("A proposal cannot be read.") from error
    if draft.id != found.id:
        raise NodeMisbehaved("A node told a proposal that its id does not name.")
    return found


__all__ = ["Course", "Made", "Terms", "made", "made_of"]
