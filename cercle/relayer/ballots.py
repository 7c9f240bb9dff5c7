"""Ballots that travel together: of one poll, or of one proposal, by ordinary wallets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .. import governance
from ..calls import Call
from ..contracts import Read
from ..errors import (
    BallotNotSigned,
    CercleError,
    NoVotes,
    Refused,
    SignatureExpired,
    UnknownSupport,
    VotedAlready,
)
from ..flags import BallotSkip, PollKind, Support, VoteSkip
from ..models import Head
from ..proposals import acts as proposals
from ..typed_data import (
    SignedMessage,
    carry,
    carry_ballots,
    carry_votes,
    fits_a_batch,
    vote_words,
)
from .batches import signed_of
from .book import Act
from .parts import Parts


class Sort(Protocol):
    """Ballots of which one call takes many."""

    contract: str
    function: str  # the call

    def number_of(self, signed: SignedMessage) -> int | None:
        """The poll or the proposal; None for a ballot that fits no batch."""

    def refusals(self, parts: Parts, acts: Sequence[Act], head: Head) -> dict[str, CercleError]:
        """Which would not count now, each by itself, and why."""

    def call(self, parts: Parts, acts: Sequence[Act], head: Head) -> Call:
        """One call for them all.

        Raises:
            Refused, CannotCarry: What they vote on takes none.
        """

    def refusal_of(self, why: int) -> Refused:
        """What the contract's word means for a ballot that it skipped."""


class _OfPolls:
    """A voter may change their mind: the ballot of the highest sequence counts."""

    contract, function = "Polls", "vote_by_signatures"

    def number_of(self, signed: SignedMessage) -> int | None:
        return int(signed.message.message["poll_id"]) if fits_a_batch(signed) else None

    def refusals(self, parts: Parts, acts: Sequence[Act], head: Head) -> dict[str, CercleError]:
        calls = [carry(parts.deployment, signed_of(act)) for act in acts]
        reads = [
            Read(to=one.to, data=one.data, outputs=(), label=one.function, sender=parts.sender)
            for one in calls
        ]
        return _refused(acts, parts.chain.try_read(reads, head))

    def call(self, parts: Parts, acts: Sequence[Act], head: Head) -> Call:
        ballots = [signed_of(act) for act in acts]
        number = ballots[0].message.message["poll_id"]
        (poll,) = parts.chain.read([parts.deployment.contract("Polls").read("poll", number)], head)
        is_approval = poll["kind"] == PollKind.APPROVAL
        return carry_ballots(parts.deployment, ballots, is_approval=is_approval)

    def refusal_of(self, why: int) -> Refused:
        return governance.refusal_of(BallotSkip(why))


class _OfProposals:
    """A vote is final. The contract has no other call for such a ballot: it skips one that came
    alone in silence too, but for the bitmap that it answers."""

    contract, function = "Governor", "cast_votes_by_signatures"

    def number_of(self, signed: SignedMessage) -> int | None:
        return int(signed.message.message["proposalId"])

    def refusals(self, parts: Parts, acts: Sequence[Act], head: Head) -> dict[str, CercleError]:
        governor = parts.deployment.contract("Governor")
        ballots = [signed_of(act) for act in acts]
        number = ballots[0].message.message["proposalId"]
        words = [vote_words(one.message, one.raw) for one in ballots]
        reads = [governor.read("proposalSnapshot", number)]
        reads += [governor.read(self.function, number, [one]) for one in words]
        snapshot, *bitmaps = parts.chain.try_read(reads, head)
        told = zip(acts, ballots, bitmaps, strict=True)
        skipped = [(act, ballot) for act, ballot, bits in told if bits == 0]
        reads = [governor.read("getVotes", act.actor, snapshot) for act, _ in skipped]
        votes = parts.chain.read(reads, head) if reads else []
        no = _refused(acts, bitmaps)
        for (act, ballot), count in zip(skipped, votes, strict=True):
            no[act.id] = _why(ballot, head, count)
        return no

    def call(self, parts: Parts, acts: Sequence[Act], head: Head) -> Call:
        ballots = [signed_of(act) for act in acts]
        return carry_votes(parts.deployment, [(one.message, one.raw) for one in ballots])

    def refusal_of(self, why: int) -> Refused:
        return proposals.refusal_of(VoteSkip(why))


def _why(signed: SignedMessage, head: Head, votes: int) -> Refused:
    """Why the Governor would skip a ballot: its questions, in its order."""
    told = signed.message.message
    if head.timestamp > told["deadline"]:
        return SignatureExpired()
    if told["support"] not in tuple(Support):
        return UnknownSupport()
    if not votes:
        return NoVotes()
    is_theirs = signed.message.is_signed_by(signed.message.actor, signed.raw)
    return VotedAlready() if is_theirs else BallotNotSigned()


def _refused(acts: Sequence[Act], answers: Sequence[object]) -> dict[str, CercleError]:
    """Those for whose acts a contract said no."""
    told = zip(acts, answers, strict=True)
    return {act.id: answer for act, answer in told if isinstance(answer, Refused)}


_SORTS: dict[str, Sort] = {"Ballot": _OfPolls(), "BallotUntil": _OfProposals()}


def batch_of(signed: SignedMessage, *, by_key: bool) -> str | None:
    """What this ballot may travel with: all of the same name; None for what travels alone.

    `by_key`: an ordinary wallet signed it. A contract wallet's signature fits no batch.
    """
    sort = _SORTS.get(signed.struct) if by_key else None
    number = sort and sort.number_of(signed)
    return None if sort is None or number is None else f"{sort.contract}:{number}"


def sort_of(act: Act) -> Sort:
    """How the ballots of an act's batch travel."""
    return _SORTS[act.struct]


def sort_by(function: str) -> Sort | None:
    """Whose call this is; None for one that carries a single act."""
    return next((sort for sort in _SORTS.values() if sort.function == function), None)


__all__ = ["Sort", "batch_of", "sort_by", "sort_of"]
