"""Ballots on a Governor's proposals: three messages, and the calls that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..calls import Call
from ..codec import decode
from ..deployments import Deployment
from ..flags import Support
from ..limits import MAX_BATCH
from .build import message
from .message import TypedData

_HALF = 2**255
_BATCH = ("uint256", "uint256[3][]")  # the arguments of `cast_votes_by_signatures`
_KEY = 2**192 - 1


def own_nonce(proposal_id: int) -> int:
    """The nonce that every ballot on this proposal may carry: signing another spoils none."""
    return (proposal_id & _KEY) << 64


def governor_ballot(
    deployment: Deployment,
    voter: str,
    *,
    proposal_id: int,
    support: Support,
    nonce: int | None = None,
) -> TypedData:
    """OpenZeppelin's ballot, without an end: it is good as long as the vote lasts.

    Args:
        deployment: The brand.
        voter: Any wallet of theirs.
        proposal_id: The proposal.
        support: What it says.
        nonce: `nonces(voter)`, or the proposal's own, which is taken if none is named.
    """
    return message(
        deployment,
        "GovernorBallot",
        **_words(voter, proposal_id, support),
        nonce=_nonce(proposal_id, nonce),
    )


def extended_ballot(
    deployment: Deployment,
    voter: str,
    *,
    proposal_id: int,
    support: Support,
    reason: str,
    params: bytes = b"",
    nonce: int | None = None,
) -> TypedData:
    """OpenZeppelin's ballot with a reason."""
    return message(
        deployment,
        "ExtendedBallot",
        **_words(voter, proposal_id, support),
        nonce=_nonce(proposal_id, nonce),
        reason=reason,
        params=params,
    )


def ballot_until(
    deployment: Deployment, voter: str, *, proposal_id: int, support: Support, deadline: int
) -> TypedData:
    """A ballot that travels with others, good until a second (unix time)."""
    return message(
        deployment, "BallotUntil", **_words(voter, proposal_id, support), deadline=deadline
    )


def _words(voter: str, proposal_id: int, support: Support) -> dict[str, Any]:
    return {"proposalId": proposal_id, "support": int(support), "voter": voter}


def _nonce(proposal_id: int, nonce: int | None) -> int:
    return own_nonce(proposal_id) if nonce is None else nonce


# ---- the calls that carry them ----------------------------------------------------------


def carry_vote(deployment: Deployment, told: TypedData, signature: bytes) -> Call:
    """The call that carries one ballot.

    Raises:
        ValueError: No call takes it.
    """
    governor, words = deployment.contract("Governor"), told.message
    place = words["proposalId"], words["support"], words["voter"]
    if told.struct == "GovernorBallot":
        return governor.call("castVoteBySig", *place, signature)
    if told.struct == "ExtendedBallot":
        params = bytes.fromhex(words["params"][2:])
        beside = words["reason"], params, signature
        return governor.call("castVoteWithReasonAndParamsBySig", *place, *beside)
    return carry_votes(deployment, [(told, signature)])


def carry_votes(deployment: Deployment, ballots: Sequence[tuple[TypedData, bytes]]) -> Call:
    """One call for up to a hundred `BallotUntil` of one proposal, all by ordinary wallets.

    What cannot be counted is skipped there, with an event, and stops no other.

    Raises:
        ValueError: They are of several proposals, too many or none, or one does not fit.
    """
    proposals = {told.message["proposalId"] for told, _ in ballots}
    if len(proposals) != 1:
        raise ValueError("A batch is of one proposal.")
    if len(ballots) > MAX_BATCH:
        raise ValueError(f"A batch holds {MAX_BATCH} ballots at most.")
    words = [vote_words(told, signature) for told, signature in ballots]
    governor = deployment.contract("Governor")
    return governor.call("cast_votes_by_signatures", proposals.pop(), words)


def vote_words(told: TypedData, signature: bytes) -> list[int]:
    """A ballot in three words: voter 160 | nothing 48 | support 8 | deadline 40, and the
    signature as ERC-2098 writes it.

    Raises:
        ValueError: It does not fit.
    """
    words = told.message
    if told.struct != "BallotUntil" or words["deadline"] >= 2**40:
        raise ValueError("This ballot fits no batch.")
    if len(signature) != 65 or signature[64] not in (27, 28):
        raise ValueError("Only an ordinary wallet's ballot fits a batch.")
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:64])
    if s >= _HALF:
        raise ValueError("Only an ordinary wallet's ballot fits a batch.")
    head = int(words["voter"], 16) << 96 | words["support"] << 40 | words["deadline"]
    return [head, r, s | (signature[64] - 27) << 255]


def is_among_votes(deployment: Deployment, told: TypedData, signature: bytes, data: str) -> bool:
    """Whether a transaction's data is a batch of one proposal's ballots with this one in it.

    Raises:
        ValueError: It is no such batch.
    """
    governor, function = deployment.contract("Governor"), "cast_votes_by_signatures"
    if data[:10] != governor.call(function, 0, []).data[:10]:
        return False
    proposal_id, ballots = decode(_BATCH, bytes.fromhex(data[10:]))
    words = tuple(map(tuple, ballots))
    is_whole = governor.call(function, proposal_id, ballots).data == data  # and nothing behind it
    here = is_whole and bool(proposal_id == told.message["proposalId"])
    return here and tuple(vote_words(told, signature)) in words


__all__ = [
    "ballot_until",
    "carry_vote",
    "carry_votes",
    "extended_ballot",
    "governor_ballot",
    "is_among_votes",
    "own_nonce",
    "vote_words",
]
