"""Signed slips that people pass on: an invitation in a link, a code for the till."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from .errors import CercleError
from .limits import MAX_SIGNATURE
from .values import Address, Frozen

_MAX_TEXT = 4_096
_Number = Annotated[int, Field(ge=0, lt=2**256)]
_Signature = Annotated[str, Field(pattern=rf"^0x([0-9a-f]{{2}}){{1,{MAX_SIGNATURE}}}$")]
S = TypeVar("S", bound="Slip")


class BadSlip(CercleError):
    """A link or a code is not one of ours, or is cut off."""

    code = "bad_slip"


class Slip(Frozen):
    """Something signed, as a text of letters, digits, - and _ that fits a link or a QR code."""

    def as_text(self) -> str:
        """The text to pass on."""
        raw = json.dumps(self.model_dump(mode="json"), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def from_text(cls: type[S], text: str) -> S:
        """Read what somebody passed on. The contract checks what it says.

        Raises:
            BadSlip: It is none of ours.
        """
        text = text.strip()
        try:
            if len(text) > _MAX_TEXT:
                raise ValueError("too long")
            padded = text + "=" * (-len(text) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
            return cls.model_validate_json(raw)
        except (binascii.Error, UnicodeError, ValidationError, ValueError) as error:
            raise BadSlip(f"This is not {cls.__doc__}") from error


class Invitation(Slip):
    """an invitation that staff signed."""

    inviter: Address
    passport_id: _Number = 0
    nonce: _Number
    deadline: _Number
    signature: _Signature

    @property
    def signature_bytes(self) -> bytes:
        """The signature as the contract takes it."""
        return bytes.fromhex(self.signature[2:])

    def as_link(self, app: str) -> str:
        """A link to the app that carries it."""
        return f"{app}{'&' if '?' in app else '?'}invitation={self.as_text()}"


class RedeemCode(Slip):
    """a code that a member signed for one claim."""

    claim_id: _Number
    wallet: Address
    deadline: _Number
    signature: _Signature

    @property
    def signature_bytes(self) -> bytes:
        """The signature as the contract takes it."""
        return bytes.fromhex(self.signature[2:])


__all__ = ["BadSlip", "Invitation", "RedeemCode", "Slip"]
