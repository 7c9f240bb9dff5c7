"""The tables of a vault: what is sealed, and what of it went where; no plain text, no name."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0001"  # of the tables as they stand here; migrations/versions has each step to it
VERSION_TABLE = "vault_version"

METADATA = MetaData()


def _whose() -> tuple[Column[int], Column[int]]:
    return Column("passport_id", BigInteger, nullable=False), Column(
        "category", SmallInteger, nullable=False
    )


META = Table(
    "meta",  # one row: which ledger this vault obeys, and how far it has read
    METADATA,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("chain_id", BigInteger, nullable=False),
    Column("consent", String(42), nullable=False),
    Column("next_block", BigInteger, nullable=False),
)
RING = Table(
    "ring",
    METADATA,
    Column("passport_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)
RECOVERY = Table(
    "recovery",
    METADATA,
    Column("passport_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, nullable=False),
    Column("public_key", String(43), nullable=False),
    Column("sealed", String(128)),
    Column("asked_at", BigInteger, nullable=False),
)
SESSION = Table(
    "session",
    METADATA,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("account", String(42), nullable=False),
    Column("passport_id", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)
RECORD = Table(
    "record",  # one a version; it waits until its move was mined
    METADATA,
    *_whose(),
    Column("version", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),  # its file's
    Column("nonce", String(16), nullable=False),
    Column("member", String(128), nullable=False),
    Column("vault", String(128)),
    Column("commitment", String(66), nullable=False),
    Column("is_kept", Boolean, nullable=False),  # its move is as deep as its category asks
    Column("since_block", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    UniqueConstraint("passport_id", "category", "version", name="record_place"),
)
RELEASE = Table(
    "release",  # one an event, for ever
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("transaction_hash", String(66), nullable=False),
    Column("log_index", Integer, nullable=False),
    *_whose(),
    Column("version", BigInteger, nullable=False),
    Column("company_id", BigInteger, nullable=False),
    Column("purpose", SmallInteger, nullable=False),
    Column("order_hash", String(66), nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("hpke_key", String(43), nullable=False),
    Column("wrap", String(128)),  # none: it waits, or is gone
    Column("asked_at", BigInteger, nullable=False),
    Column("released_at", BigInteger),
    Column("is_attended", Boolean, nullable=False),
    UniqueConstraint("transaction_hash", "log_index", name="release_place"),
)
SPENT = Table(
    "spent",  # events whose release was erased: they open nothing that comes later
    METADATA,
    Column("transaction_hash", String(66), primary_key=True),
    Column("log_index", Integer, primary_key=True, autoincrement=False),
)
CERTIFICATE = Table(
    "certificate",
    METADATA,
    Column("passport_id", BigInteger, primary_key=True, autoincrement=False),
    Column("category", SmallInteger, primary_key=True, autoincrement=False),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("hash", String(66), nullable=False),
    Column("custodian", String(42), nullable=False),
    Column("signature", String(134), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

__all__ = [
    "CERTIFICATE",
    "META",
    "METADATA",
    "RECORD",
    "RECOVERY",
    "RELEASE",
    "REVISION",
    "RING",
    "SESSION",
    "SPENT",
    "VERSION_TABLE",
]
