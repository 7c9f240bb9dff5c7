"""What a person agrees to, as the chain holds it: numbers and hashes, and no word of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from ..values import Address, Frozen, Hash
from .vocabulary import PURPOSES_AT_MOST, purpose_of, require_mask

# Strict: a text in the place of a number would be somebody's name.
Id = Annotated[int, Field(strict=True, ge=1, lt=2**64)]
Seconds = Annotated[int, Field(strict=True, ge=1, lt=253_402_300_800)]
Small = Annotated[int, Field(strict=True, ge=0, lt=2**16)]


def _known_purpose(number: int) -> int:
    return purpose_of(number).number


# From the lowest bit of the word that the contract keeps and logs.
_LAYOUT = (
    *(("categories", 64), ("issued_at", 40), ("until", 40), ("keep_until", 40)),
    *(("renewed_from", 40), ("reads", 16), ("notice_version", 16)),
)


class Grant(Frozen):
    """What a person gave, as the contract packs it into one word."""

    categories: int
    issued_at: int
    until: int
    keep_until: int
    renewed_from: int = Field(description="when the grant that it renews was issued; 0: none")
    reads: int
    notice_version: int

    @classmethod
    def of_word(cls, word: int) -> Grant:
        """Unpack a word of the contract."""
        values = {}
        for name, width in _LAYOUT:
            values[name] = word & ((1 << width) - 1)
            word >>= width
        return cls(**values)

    @property
    def word(self) -> int:
        """The word that the contract keeps."""
        word = shift = 0
        for name, width in _LAYOUT:
            word |= getattr(self, name) << shift
            shift += width
        return word


class ConsentTerms(Frozen):
    """What is known when a person signs, and all that a record may say of them."""

    chain_id: Id
    contract: Address
    passport_id: Id
    company_id: Id
    purpose: Annotated[
        int, Field(strict=True, ge=0, lt=PURPOSES_AT_MOST), AfterValidator(_known_purpose)
    ]
    categories: Annotated[int, Field(strict=True), AfterValidator(require_mask)]
    issued_at: Seconds
    until: Seconds = Field(description="the first second in which it does not count any more")
    keep_until: Seconds = Field(description="the first second in which data may not be kept")
    reads: Small = Field(description="how often records may be opened under it; 0: never")
    notice_version: Annotated[Small, Field(ge=1)]
    notice_hash: Hash

    @model_validator(mode="after")
    def _lasts(self) -> ConsentTerms:
        if self.until <= self.issued_at:
            raise ValueError("a consent must end after it began")
        if self.keep_until < self.until:
            raise ValueError("what may be read must be allowed to be kept")
        return self

    @classmethod
    def of_grant(
        cls, event: Mapping[str, Any], *, chain_id: int, contract: str, notice_hash: str
    ) -> ConsentTerms:
        """The terms of a `ConsentGiven` event, with the hash of its notice's version."""
        grant = Grant.of_word(event["grant"])
        return cls(
            chain_id=chain_id,
            contract=contract,
            notice_hash=notice_hash,
            **{name: event[name] for name in ("passport_id", "company_id", "purpose")},
            **grant.model_dump(exclude={"renewed_from"}),
        )

    @property
    def place(self) -> str:
        """The contract that holds the consent, as the first part of every name in a record."""
        return f"urn:cercle:{self.chain_id}:{self.contract.lower()}"

    @property
    def principal(self) -> str:
        """The person: a number, by which only the chain's readers know them."""
        return f"{self.place}:passport:{self.passport_id}"

    @property
    def company(self) -> str:
        """The company, by its number."""
        return f"{self.place}:company:{self.company_id}"

    @property
    def key(self) -> str:
        """What tells this consent from all others: no two of one key are issued in one second."""
        return f"{self.passport_id}:{self.company_id}:{self.purpose}:{self.issued_at}"

    @property
    def record_id(self) -> str:
        """The name of its record."""
        return f"{self.place}:record:{self.key}"

    @property
    def receipt_id(self) -> str:
        """The name of its receipt, which is reissued under it as things happen."""
        return f"{self.place}:receipt:{self.key}"


def utc(seconds: int) -> str:
    """The chain's seconds as ISO 8601 writes them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["ConsentTerms", "Grant", "Id", "Seconds", "utc"]
