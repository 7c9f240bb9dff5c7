"""Electorate: who has a voice, how much of one, and who speaks for whom."""

from __future__ import annotations

from collections.abc import Sequence

from ..calls import Call
from ..deployments import Deployment


def refresh(deployment: Deployment, member_nos: Sequence[int]) -> Call:
    """Bring members' counted votes up to date. Anyone may."""
    return deployment.contract("Electorate").call("refresh", list(member_nos))


def delegate(deployment: Deployment, delegatee: str) -> Call:
    """Give one's delegated voice to another member."""
    return deployment.contract("Electorate").call("delegate", delegatee)


def end_delegation(deployment: Deployment, account: str) -> Call:
    """Take the delegated voice back: `account`, the sender, delegates to itself."""
    return delegate(deployment, account)


def delegate_until(deployment: Deployment, delegatee: str, expires_at: int) -> Call:
    """Give one's delegated voice to another member until a moment (unix seconds)."""
    return deployment.contract("Electorate").call("delegate_until", delegatee, expires_at)


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
    return deployment.contract("Electorate").call(
        "delegate_by_signature", delegator, delegatee, expires_at, nonce, deadline, signature
    )


def expire_delegation(deployment: Deployment, member_no: int) -> Call:
    """End a delegation that is past its date, or whose delegate has left; anyone may."""
    return deployment.contract("Electorate").call("expire_delegation", member_no)


def cancel_nonce(deployment: Deployment, nonce: int) -> Call:
    """Make a delegation worthless that the sender signed and nobody used."""
    return deployment.contract("Electorate").call("cancel_nonce", nonce)


__all__ = [
    "cancel_nonce",
    "delegate",
    "delegate_by_signature",
    "delegate_until",
    "end_delegation",
    "expire_delegation",
    "refresh",
]
