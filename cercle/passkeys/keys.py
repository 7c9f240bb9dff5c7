"""A passkey as a browser hands it over: the id of a credential, its public key, its site."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pydantic import Field

from ..errors import PasskeyKey
from ..values import Frozen

ES256 = -7  # the one algorithm that the chain checks: ECDSA on P-256 over SHA-256
MAX_CREDENTIAL_ID = 1_023  # bytes (WebAuthn, 4)
_MAX_SPKI = 512


class PublicKey(Frozen):
    """A point of the curve P-256."""

    x: int = Field(ge=0, lt=2**256)
    y: int = Field(ge=0, lt=2**256)

    @classmethod
    def from_spki(cls, spki: bytes) -> PublicKey:
        """Read what `getPublicKey()` of a browser gives: SubjectPublicKeyInfo in DER.

        Raises:
            PasskeyKey: It is no key, or one of another curve.
        """
        try:
            key = load_der_public_key(spki) if len(spki) <= _MAX_SPKI else None
        except (ValueError, UnsupportedAlgorithm) as error:
            raise PasskeyKey("The passkey's public key cannot be read.") from error
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise PasskeyKey("The passkey's key is not one of the curve P-256.")
        numbers = key.public_numbers()
        return cls(x=numbers.x, y=numbers.y)

    def has_signed(self, text: bytes, signature: bytes) -> bool:
        """Whether this key made the DER signature over `text`."""
        try:
            key = EllipticCurvePublicNumbers(self.x, self.y, SECP256R1()).public_key()
            key.verify(signature, text, ECDSA(SHA256()))
        except (InvalidSignature, ValueError):  # ValueError: not a point of the curve
            return False
        return True


class Credential(Frozen):
    """A passkey: whose answers its account takes."""

    credential_id: bytes = Field(min_length=1, max_length=MAX_CREDENTIAL_ID)
    key: PublicKey
    site: str = Field(min_length=1, max_length=253, pattern=r"^[a-z0-9.-]+$")

    @classmethod
    def from_browser(
        cls, site: str, raw_id: bytes, spki: bytes, algorithm: int = ES256
    ) -> Credential:
        """Take what `navigator.credentials.create` brought.

        Args:
            site: The domain name that was given as `rp.id`.
            raw_id: `rawId` of the credential.
            spki: `response.getPublicKey()`.
            algorithm: `response.getPublicKeyAlgorithm()`.

        Raises:
            PasskeyKey: The chain could never check this key.
        """
        if algorithm != ES256:
            raise PasskeyKey(f"A passkey of the algorithm {algorithm} cannot be checked.")
        if not 0 < len(raw_id) <= MAX_CREDENTIAL_ID:
            raise PasskeyKey("The passkey's id is of no length that there is.")
        return cls(credential_id=raw_id, key=PublicKey.from_spki(spki), site=site)

    @property
    def terms(self) -> tuple[int, int, bytes, bytes]:
        """What the factory wants to know: x, y, rp_id_hash, credential_hash."""
        return (
            *(self.key.x, self.key.y),
            *(rp_id_hash(self.site), credential_hash(self.credential_id)),
        )


def rp_id_hash(site: str) -> bytes:
    """The fingerprint of a site, as authenticators name it."""
    return hashlib.sha256(site.encode()).digest()


def credential_hash(credential_id: bytes) -> bytes:
    """The fingerprint of a credential's id, by which its account is found."""
    return hashlib.sha256(credential_id).digest()


__all__ = ["ES256", "MAX_CREDENTIAL_ID", "Credential", "PublicKey", "credential_hash", "rp_id_hash"]
