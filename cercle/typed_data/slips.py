"""What was signed, as something to pass on: a link to the app, a code for the till."""

from __future__ import annotations

from ..slips import Invitation, RedeemCode
from .message import TypedData


def invitation_link(app: str, message: TypedData, signature: bytes) -> str:
    """A signed invitation as a link to the app."""
    return Invitation(signature="0x" + signature.hex(), **message.message).as_link(app)


def redeem_code(message: TypedData, signature: bytes) -> RedeemCode:
    """A signed code as a slip to show at the till."""
    return RedeemCode(signature="0x" + signature.hex(), **message.message)


__all__ = ["invitation_link", "redeem_code"]
