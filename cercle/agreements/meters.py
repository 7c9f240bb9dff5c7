"""What a meter signs: its readings, and once who operates it. No wallet ever shows either.

A reading's signature travels in two words (ERC-2098), so meters have ordinary keys.
"""

from __future__ import annotations

from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage, _hash_eip191_message, encode_typed_data

from ..deployments import Deployment
from ..errors import ForgedReading
from ..values import checksum
from .models import Reading

READING = ("agreement_id", "sequence", "read_at", "register", "outage")
_TYPES = {
    "Reading": [{"name": name, "type": "uint256"} for name in READING],
    "RegisterMeter": [
        {"name": "meter", "type": "address"},
        {"name": "company_id", "type": "uint256"},
        {"name": "content_hash", "type": "bytes32"},
    ],
}
_HALF = 2**255
# Above it a signature is the same as another one, which contracts take instead.
_MOST_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def reading_message(deployment: Deployment, agreement_id: int, reading: Reading) -> SignableMessage:
    """What a meter signs of a reading; for `sign_message` of an account."""
    shown = (reading.sequence, reading.read_at, reading.shown, reading.outage)
    words = dict(zip(READING, (agreement_id, *shown), strict=True))
    return _message(deployment, "Agreements", "Cercle Agreements", "Reading", words)


def registration_message(
    deployment: Deployment, meter: str, company_id: int, content_hash: str
) -> SignableMessage:
    """What a meter signs to be operated by a company."""
    words = {
        "meter": checksum(meter),
        "company_id": company_id,
        "content_hash": bytes.fromhex(content_hash[2:]),
    }
    return _message(deployment, "PriceLists", "Cercle Price Lists", "RegisterMeter", words)


def digest(message: SignableMessage) -> bytes:
    """The 32 bytes that are signed."""
    return bytes(_hash_eip191_message(message))


def signed(reading: Reading, signature: bytes) -> Reading:
    """The reading with its meter's signature: r, s and v, 65 bytes.

    Raises:
        ForgedReading: It is no signature of an ordinary key, or not the one that contracts take.
    """
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:64])
    if len(signature) != 65 or signature[64] not in (27, 28) or s > _MOST_S:
        raise ForgedReading("This is not the signature of an ordinary key.")
    return reading.model_copy(update={"r": r, "vs": s | (signature[64] - 27) << 255})


def signature_of(reading: Reading) -> bytes:
    """The reading's signature in 65 bytes again."""
    s, v = reading.vs % _HALF, 27 + reading.vs // _HALF
    return reading.r.to_bytes(32) + s.to_bytes(32) + bytes([v])


def require_signed(deployment: Deployment, agreement_id: int, reading: Reading, meter: str) -> None:
    """Refuse a reading that is not the meter's.

    Raises:
        ForgedReading: The meter did not sign this, for this agreement, on this chain.
    """
    message = reading_message(deployment, agreement_id, reading)
    try:
        signer = Account.recover_message(message, signature=signature_of(reading))
    except Exception:  # the library raises a dozen kinds for bytes that are no signature
        raise ForgedReading() from None
    if str(signer) != checksum(meter):
        raise ForgedReading()


def _message(
    deployment: Deployment, contract: str, name: str, struct: str, words: dict[str, Any]
) -> SignableMessage:
    domain = {
        "name": name,
        "version": "1",
        "chainId": deployment.chain_id,
        "verifyingContract": deployment.address(contract),
    }
    return encode_typed_data(domain, {struct: _TYPES[struct]}, words)


__all__ = [
    "READING",
    "digest",
    "reading_message",
    "registration_message",
    "require_signed",
    "signature_of",
    "signed",
]
