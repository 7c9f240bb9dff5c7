"""Persons, keys and a record for the tests of what is sealed, without a service."""

from __future__ import annotations

from datetime import UTC, datetime

from cercle.vault import Envelope, Ledger, Record, keys, seal_record

LEDGER = Ledger(chain_id=31_337, consent="0x5FbDB2315678afecb367f032d93F642f64180aa3")
MEMBER, CONTACT = 7, 8
COMPANY, PURPOSE, CATEGORY = 3, 1, 4
ORDER = "0x" + "ab" * 32
ISSUED, EXPIRES = 1_800_000_000, 1_800_600_000

MEMBER_KEY = bytes(range(1, 33))
VAULT_KEY = bytes(range(33, 65))
COMPANY_KEY = bytes(range(65, 97))
CONTACT_KEY = bytes(range(97, 129))
STRANGER_KEY = bytes(range(129, 161))
PASSPHRASE = "une phrase qui se retient"

WRITTEN = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)


def written(content: str = "12, rue des Lilas, 75020 Paris") -> Record:
    """What a member wrote."""
    return Record.new(CATEGORY, content, WRITTEN)


def sealed(record: Record | None = None, *, unattended: bool = False) -> Envelope:
    """The same, shut: for its owner, and for the vault if they leave it to it."""
    vault = keys.public_of(VAULT_KEY) if unattended else None
    return seal_record(record or written(), LEDGER, MEMBER, 2, keys.public_of(MEMBER_KEY), vault)


def release_info(**other):
    """What a release to the company is for."""
    told = {
        "category": CATEGORY,
        "version": 2,
        "company_id": COMPANY,
        "purpose": PURPOSE,
        "order_hash": ORDER,
        "issued_at": ISSUED,
        "expires_at": EXPIRES,
    }
    return LEDGER.release(MEMBER, **{**told, **other})
