"""What people do with proposals, one function an act; each returns a `Call`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..calls import Call
from ..deployments import Deployment
from ..errors import (
    BallotNotSigned,
    NoVotes,
    Refused,
    SignatureExpired,
    UnknownSupport,
    VotedAlready,
)
from ..events import decode_logs
from ..flags import Support, VoteSkip
from .draft import FIRST_CLASS, Draft


def propose(deployment: Deployment, draft: Draft) -> Call:
    """Put a draft before the members."""
    text = (*draft.lists, draft.description)
    extra = () if draft.class_id == FIRST_CLASS else (draft.class_id,)
    return deployment.contract("Governor").call("propose", *text, *extra)


def cancel(deployment: Deployment, draft: Draft) -> Call:
    """Take one's own proposal back before its vote begins."""
    return deployment.contract("Governor").call("cancel", *draft.named)


def queue(deployment: Deployment, draft: Draft) -> Call:
    """Let one that has succeeded wait for its act; anyone may."""
    return deployment.contract("Governor").call("queue", *draft.named)


def execute(deployment: Deployment, draft: Draft) -> Call:
    """Carry out one that is queued and due; anyone may."""
    return deployment.contract("Governor").call("execute", *draft.named)


def veto(deployment: Deployment, proposal_id: int, reason: str) -> Call:
    """Stop a proposal, as warden, for a reason that everybody reads."""
    return deployment.contract("Governor").call("veto", proposal_id, reason)


def vote(deployment: Deployment, proposal_id: int, support: Support, reason: str = "") -> Call:
    """Vote, once and for good."""
    governor = deployment.contract("Governor")
    if reason:
        return governor.call("castVoteWithReason", proposal_id, int(support), reason)
    return governor.call("castVote", proposal_id, int(support))


_WHY: dict[VoteSkip, type[Refused]] = {
    VoteSkip.EXPIRED: SignatureExpired,
    VoteSkip.BAD_SUPPORT: UnknownSupport,
    VoteSkip.NO_VOICE: NoVotes,
    VoteSkip.ALREADY_VOTED: VotedAlready,
    VoteSkip.NOT_SIGNED: BallotNotSigned,
}


def refusal_of(why: VoteSkip) -> Refused:
    """What a ballot alone would have been told that a batch left out."""
    return _WHY[why]()


def skipped(deployment: Deployment, receipt: Mapping[str, Any], voter: str) -> Refused | None:
    """Why a batch left a voter's ballot out, from its receipt; None if it did not."""
    for event in decode_logs(deployment, receipt["logs"]):
        is_one = (event.contract, event.name) == ("Governor", "BallotSkipped")
        if is_one and event.args["voter"] == voter:
            return refusal_of(VoteSkip(event.args["why"]))
    return None


__all__ = [
    "cancel",
    "execute",
    "propose",
    "queue",
    "refusal_of",
    "skipped",
    "veto",
    "vote",
]
