"""Signed slips that people pass on: an invitation in a link, a code for the till."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from .errors import CercleError
from .limits import MAX_SIGNATURE
from .values import Address, Frozen, Hash, checksum

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


class Attestation(Slip):
    """what a world attested of somebody."""

    key: Address
    world: Hash
    reference: Hash
    passport_id: _Number
    issued_at: _Number
    deadline: _Number
    signature: _Signature

    @property
    def signature_bytes(self) -> bytes:
        """The signature as the contract takes it."""
        return bytes.fromhex(self.signature[2:])


class RedeemCode(Slip):
    """a code that a member signed for one claim."""

    claim_id: _Number
    wallet: Address
    deadline: _Number
    signature: _Signature

    def as_text(self) -> str:
        """Capitals and digits only, as few as will do: a QR code of large squares, easy to type."""
        packed = _packed(self.claim_id) + _packed(self.deadline)
        packed += bytes.fromhex(self.wallet[2:]) + self.signature_bytes
        return base64.b32encode(zlib.crc32(packed).to_bytes(4) + packed).decode().rstrip("=")

    @classmethod
    def from_text(cls, text: str) -> RedeemCode:
        """Read what a till scanned or somebody typed, in any case and with any spaces.

        Raises:
            BadSlip: It is none of ours, or a letter is missing or wrong.
        """
        try:
            if len(text) > _MAX_TEXT:
                raise ValueError("too long")
            letters = "".join(text.split()).upper()
            raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
            if zlib.crc32(raw[4:]) != int.from_bytes(raw[:4]):
                raise ValueError("cut off or mistyped")
            claim_id, rest = _unpacked(raw[4:])
            deadline, rest = _unpacked(rest)
            fields: dict[str, Any] = {"claim_id": claim_id, "deadline": deadline}
            fields |= {"wallet": checksum("0x" + rest[:20].hex())}
            code = cls(**fields, signature="0x" + rest[20:].hex())
            if code.as_text() != letters:  # one code, one text: no spare bits, no spare bytes
                raise ValueError("not as we write it")
            return code
        except (binascii.Error, IndexError, ValidationError, ValueError) as error:
            raise BadSlip(f"This is not {cls.__doc__}") from error

    @property
    def signature_bytes(self) -> bytes:
        """The signature as the contract takes it."""
        return bytes.fromhex(self.signature[2:])


def _packed(number: int) -> bytes:
    """A number as its length and its bytes."""
    size = (number.bit_length() + 7) // 8
    return bytes([size]) + number.to_bytes(size)


def _unpacked(raw: bytes) -> tuple[int, bytes]:
    """A number, and what follows it."""
    size = raw[0]
    return int.from_bytes(raw[1 : 1 + size]), raw[1 + size :]


__all__ = ["Attestation", "BadSlip", "Invitation", "RedeemCode", "Slip"]
