"""Membership: joining and leaving, standing and tiers."""

from __future__ import annotations

from collections.abc import Sequence

from ..calls import Call
from ..deployments import Deployment
from ..slips import Invitation


def join(deployment: Deployment, inviter: str, nonce: int, deadline: int, signature: bytes) -> Call:
    """Join by an invitation that a steward signed."""
    return deployment.contract("Membership").call("join", inviter, nonce, deadline, signature)


def join_invited(deployment: Deployment, invitation: Invitation) -> Call:
    """Join by an invitation as it was read from a link."""
    return join(
        deployment,
        invitation.inviter,
        invitation.nonce,
        invitation.deadline,
        invitation.signature_bytes,
    )


def join_open(deployment: Deployment) -> Call:
    """Join through the open door, if the brand keeps one."""
    return deployment.contract("Membership").call("join_open")


def admit(deployment: Deployment, passport_ids: Sequence[int]) -> Call:
    """Admit people as staff; a batch with one who is a member already is refused whole."""
    return deployment.contract("Membership").call("admit", list(passport_ids))


def leave(deployment: Deployment) -> Call:
    """Leave; the member number stays the person's."""
    return deployment.contract("Membership").call("leave")


def set_tiers(deployment: Deployment, thresholds: Sequence[int]) -> Call:
    """Set the tiers; nobody falls within a year of reaching theirs."""
    return deployment.contract("Membership").call("set_tiers", list(thresholds))


def cancel_nonce(deployment: Deployment, nonce: int) -> Call:
    """Make an invitation worthless that the sender signed and nobody used."""
    return deployment.contract("Membership").call("cancel_nonce", nonce)


__all__ = [
    "admit",
    "cancel_nonce",
    "join",
    "join_invited",
    "join_open",
    "leave",
    "set_tiers",
]
