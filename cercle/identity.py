"""The Passport: the person behind the wallets."""

from __future__ import annotations

from .calls import Call
from .deployments import Deployment


def register(deployment: Deployment) -> Call:
    """Open a passport for the sender."""
    return deployment.contract("Passport").call("register")


def link(deployment: Deployment, wallet: str, nonce: int, deadline: int, signature: bytes) -> Call:
    """Link a wallet by its own signature; the passport's main wallet sends this."""
    return deployment.contract("Passport").call("link", wallet, nonce, deadline, signature)


def unlink(deployment: Deployment, wallet: str) -> Call:
    """Let a wallet go; the main wallet or that wallet itself may, the main one stays."""
    return deployment.contract("Passport").call("unlink", wallet)


def set_main(deployment: Deployment, wallet: str) -> Call:
    """Make a linked wallet the main one."""
    return deployment.contract("Passport").call("set_main", wallet)


__all__ = ["link", "register", "set_main", "unlink"]
