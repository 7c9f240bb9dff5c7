"""A member's key as the service keeps it: shut by a passphrase, and shared with one contact.

The service has the ring and learns nothing by it: what it costs to guess a passphrase is the
PBKDF2 of every guess. A contact's share opens with the contact's key alone; it gives back the key,
never a record, for ciphertext goes to nobody but its owner.
"""

from __future__ import annotations

import secrets
import unicodedata
from hashlib import sha256
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from pydantic import Field, StrictInt, StringConstraints

from ..content import canonical_bytes
from ..errors import CercleError
from ..values import Frozen
from . import keys
from .bindings import Id, Ledger
from .keys import Bytes12, Bytes16, Bytes32, SealBroken, Wrap, bytes_of, text_of

ITERATIONS = 600_000
MOST_ITERATIONS = 5_000_000  # more would keep a browser busy, not a key shut
LEAST_PASSPHRASE = 12  # characters
MOST_PASSPHRASE = 1_024


class PassphraseRefused(CercleError):
    """This passphrase cannot be taken."""

    code = "bad_passphrase"


class Kdf(Frozen):
    """How a passphrase becomes a key."""

    name: Literal["PBKDF2-HMAC-SHA256"] = "PBKDF2-HMAC-SHA256"
    iterations: Annotated[StrictInt, Field(ge=ITERATIONS, le=MOST_ITERATIONS)] = ITERATIONS
    salt: Bytes16


class Contact(Frozen):
    """The share of the person whom somebody trusts with their key."""

    passport_id: Id
    public_key: Bytes32
    sealed: Wrap


class Ring(Frozen):
    """A member's key, as the service has it."""

    version: Literal[1] = 1
    kdf: Kdf
    public_key: Bytes32
    nonce: Bytes12
    sealed: Annotated[str, StringConstraints(max_length=256), keys.sized(keys.KEY + 16)]
    contact: Contact | None = None

    @property
    def digest(self) -> str:
        """Its SHA-256 in hexadecimal digits, which `If-Match` names when another replaces it."""
        return sha256(canonical_bytes(self.model_dump(mode="json"))).hexdigest()


def make_ring(
    passphrase: str,
    ledger: Ledger,
    passport_id: int,
    private: bytes,
    *,
    contact: Contact | None = None,
    iterations: int = ITERATIONS,
) -> Ring:
    """Shut a member's key by a passphrase.

    Args:
        passphrase: At least twelve characters; nobody can give it back.
        ledger: Where the member is one.
        passport_id: Whose key it is.
        private: The key.
        contact: The share of their contact, by `share`.
        iterations: How dear a guess is.

    Raises:
        PassphraseRefused: It is too short or too long.
        KeyRefused: The key is of another length.
        ValueError: So few or so many iterations are not taken.
    """
    if not LEAST_PASSPHRASE <= len(_normal(passphrase)) <= MOST_PASSPHRASE:
        raise PassphraseRefused(f"A passphrase has at least {LEAST_PASSPHRASE} characters.")
    kdf = Kdf(iterations=iterations, salt=text_of(secrets.token_bytes(16)))
    public, nonce = keys.public_of(private), secrets.token_bytes(12)
    aad = ledger.ring(passport_id).as_bytes()
    return Ring(
        kdf=kdf,
        public_key=text_of(public),
        nonce=text_of(nonce),
        sealed=text_of(AESGCM(_stretched(passphrase, kdf)).encrypt(nonce, private, aad)),
        contact=contact,
    )


def open_ring(ring: Ring, passphrase: str, ledger: Ledger, passport_id: int) -> bytes:
    """The private key in a ring.

    Raises:
        SealBroken: Another passphrase, another person's ring, or it was changed.
    """
    if len(_normal(passphrase)) > MOST_PASSPHRASE:
        raise SealBroken()
    key, aad = _stretched(passphrase, ring.kdf), ledger.ring(passport_id).as_bytes()
    try:
        private = AESGCM(key).decrypt(bytes_of(ring.nonce), bytes_of(ring.sealed), aad)
    except InvalidTag as error:
        raise SealBroken() from error
    if text_of(keys.public_of(private)) != ring.public_key:
        raise SealBroken("The public key of this ring is not the one of its private key.")
    return private


# ---- a contact ----------------------------------------------------------------------------


def share(
    private: bytes, ledger: Ledger, passport_id: int, contact_id: int, contact: bytes
) -> Contact:
    """Seal a member's key to their contact.

    Args:
        private: The member's key.
        ledger: Where both are persons.
        passport_id: Whose key it is.
        contact_id: The contact's passport.
        contact: The contact's public key.

    Raises:
        KeyRefused: The contact's public key keeps nothing.
        ValueError: Nobody is their own contact.
    """
    if contact_id == passport_id:
        raise ValueError("a contact is somebody else")
    info = ledger.contact(passport_id, contact_id).as_bytes()
    sealed = keys.seal(contact, private, info)
    return Contact(passport_id=contact_id, public_key=text_of(contact), sealed=text_of(sealed))


def give_back(
    sealed: str, private: bytes, ledger: Ledger, passport_id: int, contact_id: int, to: str
) -> str:
    """What a contact answers: the key of the person who asks, sealed to the one they showed.

    Args:
        sealed: The contact's share, out of the ring of the person who asks.
        private: The contact's own key.
        ledger: Where both are persons.
        passport_id: Who asks.
        contact_id: The contact.
        to: The public key that the person showed the contact, themselves.

    Raises:
        SealBroken: The share does not open.
        KeyRefused: What was shown keeps nothing.
    """
    info = ledger.contact(passport_id, contact_id).as_bytes()
    lost = keys.open(private, bytes_of(sealed), info)
    bound = ledger.recovery(passport_id, contact_id, to).as_bytes()
    return text_of(keys.seal(bytes_of(to), lost, bound))


def take_back(
    sealed: str, private: bytes, ledger: Ledger, passport_id: int, contact_id: int
) -> bytes:
    """A member's key again, out of what their contact answered.

    Args:
        sealed: The answer.
        private: The fresh key whose public half they showed the contact.
        ledger: Where both are persons.
        passport_id: Who lost their key.
        contact_id: The contact.

    Raises:
        SealBroken: It does not open, or holds no key.
    """
    to = text_of(keys.public_of(private))
    bound = ledger.recovery(passport_id, contact_id, to).as_bytes()
    found = keys.open(private, bytes_of(sealed), bound)
    if len(found) != keys.KEY:
        raise SealBroken("What was answered is no key.")
    return found


def _normal(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase)


def _stretched(passphrase: str, kdf: Kdf) -> bytes:
    made = PBKDF2HMAC(
        algorithm=SHA256(), length=32, salt=bytes_of(kdf.salt), iterations=kdf.iterations
    )
    return made.derive(_normal(passphrase).encode())


__all__ = [
    "ITERATIONS",
    "MOST_ITERATIONS",
    "Contact",
    "Kdf",
    "PassphraseRefused",
    "Ring",
    "give_back",
    "make_ring",
    "open_ring",
    "share",
    "take_back",
]
