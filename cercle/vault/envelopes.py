"""A record, sealed: for its owner always, for the vault if they like, for a company by one order.

A record has a key of its own. The ciphertext is written once; who may read it is who has that key
sealed to theirs, so that nothing is encrypted anew when somebody is let in.
"""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, field_validator

from ..consent import commitment
from ..consent.vocabulary import Code, category_of
from ..content import canonical_bytes
from ..errors import CercleError
from ..jsontext import parse_json
from ..values import Frozen, Hash
from . import keys
from .bindings import Bit, Id, Ledger, Number, RecordBinding, ReleaseBinding
from .keys import Bytes12, Bytes32, SealBroken, Wrap, bytes_of, text_of

MAX_CONTENT = 4_096  # characters
MAX_CIPHERTEXT = 16 * 1024  # bytes, the tag with them
TAG = 16  # bytes that AES-GCM adds


class RecordTooLong(CercleError):
    """What somebody wrote does not fit an envelope."""

    code = "too_large"


class Record(Frozen):
    """What a person told, and the secret under which it is sealed on the ledger."""

    category: Code
    content: Annotated[str, Field(min_length=1, max_length=MAX_CONTENT)]
    made_at: Number = Field(description="seconds, by the person's clock")
    secret: Bytes32

    @field_validator("content")
    @classmethod
    def _is_normal(cls, content: str) -> str:
        if not unicodedata.is_normalized("NFC", content):
            raise ValueError("the content is not in normal form C")
        return content

    @classmethod
    def new(cls, category: int | str, content: str, made_at: datetime) -> Record:
        """A record under a secret that nobody ever had.

        Args:
            category: Its bit or code.
            content: As the person wrote it.
            made_at: Now.

        Raises:
            NotInVocabulary: There is no such category.
            ValueError: The content is empty or too long.
        """
        return cls(
            category=category_of(category).code,
            content=unicodedata.normalize("NFC", content),
            made_at=int(made_at.timestamp()),
            secret=text_of(secrets.token_bytes(keys.KEY)),
        )

    @property
    def commitment(self) -> str:
        """What `Records.move` publishes of it."""
        told = self.model_dump(mode="json", exclude={"secret"})
        return commitment(canonical_bytes(told), bytes_of(self.secret))

    def as_bytes(self) -> bytes:
        """The plain text."""
        return canonical_bytes(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Record:
        """Read a plain text.

        Raises:
            SealBroken: It opened, and is no record all the same.
        """
        try:
            found = cls.model_validate(parse_json(raw, 1))
        except ValueError as error:
            raise SealBroken("What was sealed is no record.") from error
        if found.as_bytes() != raw:
            raise SealBroken("What was sealed is not in its canonical form.")
        return found


Ciphertext = Annotated[
    str,
    Field(max_length=MAX_CIPHERTEXT * 4 // 3 + 4),
    keys.sized(TAG + 1, MAX_CIPHERTEXT),
]


class Envelope(Frozen):
    """A sealed record as it travels and is kept."""

    version: Literal[1] = 1
    passport_id: Id
    category: Bit
    record_version: Id = Field(description="the one that `Records.move` gives next")
    nonce: Bytes12
    ciphertext: Ciphertext
    member: Wrap
    vault: Wrap | None = Field(default=None, description="None: the person answers each company")
    commitment: Hash

    def binding(self, ledger: Ledger) -> RecordBinding:
        """What the ciphertext is bound to."""
        return ledger.record(self.passport_id, category=self.category, version=self.record_version)


class Released(Frozen):
    """What a company gets: a ciphertext, and its key sealed to the company's."""

    record_version: Id
    nonce: Bytes12
    ciphertext: Ciphertext
    wrap: Wrap
    info: ReleaseBinding
    expires_at: Id


# ---- sealing ------------------------------------------------------------------------------


def seal_record(
    record: Record,
    ledger: Ledger,
    passport_id: int,
    version: int,
    member: bytes,
    vault: bytes | None = None,
) -> Envelope:
    """Seal a record under a fresh key.

    Args:
        record: What.
        ledger: Where its commitment goes.
        passport_id: Whose.
        version: The one that the move gives it: one more than the newest.
        member: Its owner's public key.
        vault: The vault's public key, if the vault may release it alone.

    Raises:
        RecordTooLong: It takes more bytes than an envelope has.
        KeyRefused: A public key keeps nothing.
    """
    key, nonce = secrets.token_bytes(keys.KEY), secrets.token_bytes(12)
    category = category_of(record.category).bit
    place = ledger.record(passport_id, category=category, version=version)
    plain = record.as_bytes()
    if len(plain) + TAG > MAX_CIPHERTEXT:
        raise RecordTooLong("This text is too long to be kept.")
    return Envelope(
        passport_id=passport_id,
        category=category,
        record_version=version,
        nonce=text_of(nonce),
        ciphertext=text_of(AESGCM(key).encrypt(nonce, plain, place.as_bytes())),
        member=wrap_key(key, place, "member", member),
        vault=None if vault is None else wrap_key(key, place, "vault", vault),
        commitment=record.commitment,
    )


def wrap_key(
    key: bytes, place: RecordBinding, to: Literal["member", "vault"], public: bytes
) -> str:
    """Seal the key of a record to its owner or to the vault.

    Raises:
        KeyRefused: The public key keeps nothing.
    """
    return text_of(keys.seal(public, key, _wrap_info(place, to)))


def key_of(
    envelope: Envelope, ledger: Ledger, private: keys.Private, holder: Literal["member", "vault"]
) -> bytes:
    """The key of a record, by the key of its owner or of the vault.

    Raises:
        SealBroken: It is sealed to another key, or for another place; or not to the vault at all.
    """
    wrap = envelope.member if holder == "member" else envelope.vault
    if wrap is None:
        raise SealBroken("This record is not left to the vault.")
    return keys.open(private, bytes_of(wrap), _wrap_info(envelope.binding(ledger), holder))


def open_record(envelope: Envelope, ledger: Ledger, private: bytes) -> Record:
    """Open a record with its owner's key.

    Raises:
        SealBroken: It is sealed to another key or for another place, or was changed, or is not
            what the commitment says.
    """
    key = key_of(envelope, ledger, private, "member")
    record = _decrypted(key, envelope.nonce, envelope.ciphertext, envelope.binding(ledger))
    if record.commitment != envelope.commitment:
        raise SealBroken("This is not the record that its commitment names.")
    return record


def leave_to_vault(envelope: Envelope, ledger: Ledger, private: bytes, vault: bytes) -> str:
    """The wrap with which the vault may release a record alone, made with its owner's key.

    Raises:
        SealBroken: The envelope does not open.
        KeyRefused: The vault's public key keeps nothing.
    """
    key = key_of(envelope, ledger, private, "member")
    return wrap_key(key, envelope.binding(ledger), "vault", vault)


# ---- releasing ----------------------------------------------------------------------------


def release(
    envelope: Envelope,
    ledger: Ledger,
    private: keys.Private,
    holder: Literal["member", "vault"],
    info: ReleaseBinding,
    company: bytes,
) -> str:
    """Open the key of a record, and seal it to a company, for one order.

    Args:
        envelope: The record.
        ledger: Where it was logged that the company looks.
        private: The key of `holder`.
        holder: Who releases.
        info: What the release is for.
        company: The company's public key.

    Raises:
        SealBroken: The key does not open, or the release is about another record.
        KeyRefused: The company's public key keeps nothing.
    """
    return hand_over(key_of(envelope, ledger, private, holder), envelope, ledger, info, company)


def hand_over(
    key: bytes, envelope: Envelope, ledger: Ledger, info: ReleaseBinding, company: bytes
) -> str:
    """Seal the key of a record, which is open, to a company, for one order.

    Raises:
        SealBroken: The release is about another record.
        KeyRefused: The company's public key keeps nothing.
    """
    if info.record() != envelope.binding(ledger):
        raise SealBroken("This release is about another record.")
    return text_of(keys.seal(company, key, info.as_bytes()))


def open_release(released: Released, private: bytes) -> Record:
    """Open what a company was released, with its key.

    What the release says it is for is not looked at against the ledger: `VaultCompany` does that.

    Raises:
        SealBroken: It is sealed to another key or for something else, or was changed.
    """
    info = released.info
    if (released.record_version, released.expires_at) != (info.version, info.expires_at):
        raise SealBroken("This release contradicts what it is bound to.")
    key = keys.open(private, bytes_of(released.wrap), info.as_bytes())
    return _decrypted(key, released.nonce, released.ciphertext, info.record())


def _wrap_info(place: RecordBinding, to: Literal["member", "vault"]) -> bytes:
    ledger = Ledger(chain_id=place.chain_id, consent=place.consent)
    return ledger.wrap(
        place.passport_id, category=place.category, version=place.version, to=to
    ).as_bytes()


def _decrypted(key: bytes, nonce: str, ciphertext: str, place: RecordBinding) -> Record:
    try:
        raw = AESGCM(key).decrypt(bytes_of(nonce), bytes_of(ciphertext), place.as_bytes())
    except (InvalidTag, ValueError) as error:
        raise SealBroken() from error
    record = Record.from_bytes(raw)
    if record.category != category_of(place.category).code:
        raise SealBroken("This record is of another category.")
    return record


__all__ = [
    "MAX_CIPHERTEXT",
    "MAX_CONTENT",
    "Envelope",
    "Record",
    "RecordTooLong",
    "Released",
    "hand_over",
    "key_of",
    "leave_to_vault",
    "open_record",
    "open_release",
    "release",
    "seal_record",
    "wrap_key",
]
