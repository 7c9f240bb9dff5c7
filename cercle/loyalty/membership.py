"""Membership: joining and leaving, standing and tiers, votes."""

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


def refresh(deployment: Deployment, member_nos: Sequence[int]) -> Call:
    """Bring members' counted votes up to date. Anyone may."""
    return deployment.contract("Membership").call("refresh", list(member_nos))


def delegate(deployment: Deployment, delegatee: str) -> Call:
    """Give one's delegated voice to another member."""
    return deployment.contract("Membership").call("delegate", delegatee)


def end_delegation(deployment: Deployment, account: str) -> Call:
    """Take the delegated voice back: `account`, the sender, delegates to itself."""
    return delegate(deployment, account)


def delegate_until(deployment: Deployment, delegatee: str, expires_at: int) -> Call:
    """Give one's delegated voice to another member until a moment (unix seconds)."""
    return deployment.contract("Membership").call("delegate_until", delegatee, expires_at)


def delegate_by_signature(
    deployment: Deployment,
    delegator: str,
    delegatee: str,
    *,
    expires_at: int,
    nonce: int,
    deadline: int,
    signature: bytes,
) -> Call:
    """Bring a member's signed delegation to the chain; anyone may."""
    return deployment.contract("Membership").call(
        "delegate_by_signature", delegator, delegatee, expires_at, nonce, deadline, signature
    )


def expire_delegation(deployment: Deployment, member_no: int) -> Call:
    """End a delegation that is past its date, or whose delegate has left; anyone may."""
    return deployment.contract("Membership").call("expire_delegation", member_no)


def cancel_nonce(deployment: Deployment, nonce: int) -> Call:
    """Make an invitation or a delegation worthless that the sender signed and nobody used."""
    return deployment.contract("Membership").call("cancel_nonce", nonce)


__all__ = [
    "admit",
    "cancel_nonce",
    "delegate",
    "delegate_by_signature",
    "delegate_until",
    "end_delegation",
    "expire_delegation",
    "join",
    "join_invited",
    "join_open",
    "leave",
    "refresh",
    "set_tiers",
]
