"""What each sealed thing is for, as bytes: opened for anything else, it does not open.

Each is canonical JSON (RFC 8785) and stands as aad or info where the thing is sealed. Ids, bits,
versions and times are numbers; the contract and hashes lower-case hex.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictInt

from ..content import canonical_bytes
from ..deployments import Deployment
from ..values import Frozen, Hash, checksum
from .keys import Bytes32

_EXACT = 2**53 - 1  # up to here every JSON reader has the same number

Number = Annotated[StrictInt, Field(ge=0, le=_EXACT)]
Id = Annotated[StrictInt, Field(ge=1, le=_EXACT)]
Bit = Annotated[StrictInt, Field(ge=0, le=63)]


def _lower(text: str) -> str:
    checksum(text)
    return text.lower()


Contract = Annotated[str, AfterValidator(_lower)]


class Binding(Frozen):
    """One person at one ledger; what of theirs, the kinds of binding say."""

    chain_id: Id
    consent: Contract
    passport_id: Id

    def as_bytes(self) -> bytes:
        """What is bound, in its one form."""
        return canonical_bytes(self.model_dump(mode="json"))


class RingBinding(Binding):
    """A member's key, sealed by a passphrase."""

    what: Literal["cercle vault ring 1"] = "cercle vault ring 1"


class ContactBinding(Binding):
    """A member's key, sealed to the person whom they trust with it."""

    what: Literal["cercle vault contact 1"] = "cercle vault contact 1"
    contact_id: Id


class RecoveryBinding(Binding):
    """A member's key, sealed by their contact to a new key that they showed."""

    what: Literal["cercle vault recovery 1"] = "cercle vault recovery 1"
    contact_id: Id
    to: Bytes32


class RecordBinding(Binding):
    """What is kept of a person in a category."""

    what: Literal["cercle vault record 1"] = "cercle vault record 1"
    category: Bit
    version: Id


class WrapBinding(Binding):
    """The key of a record, sealed to its owner or to the vault."""

    what: Literal["cercle vault wrap 1"] = "cercle vault wrap 1"
    category: Bit
    version: Id
    to: Literal["member", "vault"]


class ReleaseBinding(Binding):
    """The key of a record, sealed to a company for one order."""

    what: Literal["cercle vault release 1"] = "cercle vault release 1"
    category: Bit
    version: Id
    company_id: Id
    purpose: Bit
    order_hash: Hash
    issued_at: Id
    expires_at: Id

    def record(self) -> RecordBinding:
        """The record that it opens."""
        return RecordBinding(
            chain_id=self.chain_id,
            consent=self.consent,
            passport_id=self.passport_id,
            category=self.category,
            version=self.version,
        )


class Ledger(Frozen):
    """Where consents are kept: part of every binding.

    Usage example::

        ledger = Ledger.of(deployment)
        ledger.record(7, category=3, version=2).as_bytes()
    """

    chain_id: Id
    consent: Contract

    @classmethod
    def of(cls, deployment: Deployment) -> Ledger:
        """The ledger of a deployment."""
        consent = deployment.address("Consent")
        return cls(chain_id=deployment.chain_id, consent=consent)

    def ring(self, passport_id: int) -> RingBinding:
        """Of a ring."""
        return RingBinding(**self._of(passport_id))

    def contact(self, passport_id: int, contact_id: int) -> ContactBinding:
        """Of the share of a contact."""
        return ContactBinding(**self._of(passport_id), contact_id=contact_id)

    def recovery(self, passport_id: int, contact_id: int, to: str) -> RecoveryBinding:
        """Of what a contact answers to somebody who lost their key."""
        return RecoveryBinding(**self._of(passport_id), contact_id=contact_id, to=to)

    def record(self, passport_id: int, *, category: int, version: int) -> RecordBinding:
        """Of a record."""
        return RecordBinding(**self._of(passport_id), category=category, version=version)

    def wrap(
        self, passport_id: int, *, category: int, version: int, to: Literal["member", "vault"]
    ) -> WrapBinding:
        """Of the key of a record."""
        return WrapBinding(**self._of(passport_id), category=category, version=version, to=to)

    def release(
        self,
        passport_id: int,
        *,
        category: int,
        version: int,
        company_id: int,
        purpose: int,
        order_hash: str,
        issued_at: int,
        expires_at: int,
    ) -> ReleaseBinding:
        """Of what one company gets for one order."""
        return ReleaseBinding(
            **self._of(passport_id),
            category=category,
            version=version,
            company_id=company_id,
            purpose=purpose,
            order_hash=order_hash,
            issued_at=issued_at,
            expires_at=expires_at,
        )

    def _of(self, passport_id: int) -> dict[str, Any]:
        return {"chain_id": self.chain_id, "consent": self.consent, "passport_id": passport_id}


__all__ = [
    "Binding",
    "Bit",
    "ContactBinding",
    "Contract",
    "Id",
    "Ledger",
    "Number",
    "RecordBinding",
    "RecoveryBinding",
    "ReleaseBinding",
    "RingBinding",
    "WrapBinding",
]
