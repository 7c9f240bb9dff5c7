"""What people do with proposals, one function an act; each returns a `Call`."""

from __future__ import annotations

from ..calls import Call
from ..deployments import Deployment
from ..flags import Support
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


def open_season(deployment: Deployment) -> Call:
    """Write down the treasury that this season's bounds are counted from; anyone may."""
    return deployment.contract("Guard").call("open_season")


__all__ = ["cancel", "execute", "open_season", "propose", "queue", "veto", "vote"]
