"""The tables of an index: a few fixed ones, and one for each event of each contract of ours."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from .specs import specs
from .types import Uint, column_type

REVISION = "0004"  # of the tables as they stand here; migrations/versions has each step to it
VERSION_TABLE = "index_version"

Columns = Iterable[tuple[str, str, bool]]  # name, ABI type, whether it is in the topics


def fixed_tables(metadata: MetaData) -> None:
    """What every index has, whatever it follows."""
    _reading(metadata)
    _derived(metadata)
    _tokens(metadata)


def _reading(metadata: MetaData) -> None:
    """Whose events these are, and how far they are read."""
    Table(
        "meta",  # one row: whose events these are
        metadata,
        Column("id", SmallInteger, primary_key=True, autoincrement=False),
        Column("chain_id", BigInteger, nullable=False),
        Column("genesis", String(66), nullable=False),
        Column("brand", Text, nullable=False),
        Column("anchor", String(42), nullable=False),  # its Charter, or its first contract
        Column("depth", Integer, nullable=False),  # how far back a reorganisation is followed
        Column("head", BigInteger, nullable=False),  # the newest block that was seen
        CheckConstraint("id = 1", name="meta_is_one_row"),
    )
    Table(
        "source",  # each contract, and the first of its blocks that is not read yet
        metadata,
        Column("id", SmallInteger, primary_key=True, autoincrement=False),
        Column("contract", String(64), nullable=False),
        Column("address", String(42), nullable=False, unique=True),
        Column("first_block", BigInteger, nullable=False),
        Column("next_block", BigInteger, nullable=False),
    )
    Table(
        "block",  # those with events of ours, and all that may still be reorganised
        metadata,
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("hash", String(66), nullable=False),
        Column("parent", String(66), nullable=False),
        Column("timestamp", BigInteger, nullable=False),
        Column("events", Integer, nullable=False),
    )


def _derived(metadata: MetaData) -> None:
    """What makes answers quick."""
    Table(
        "subject",  # whom an event concerns: one person's history is one scan of this
        metadata,
        Column("subject", String(48), primary_key=True),
        Column("block", BigInteger, primary_key=True, autoincrement=False),
        Column("log_index", Integer, primary_key=True, autoincrement=False),
        Column("event", String(63), nullable=False),  # the name of its table
        Index("subject_block", "block"),
        sqlite_with_rowid=False,
    )
    Table(
        "tally",  # how each poll stood after each block with ballots of it
        metadata,
        Column("source", SmallInteger, primary_key=True, autoincrement=False),
        Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
        Column("block", BigInteger, primary_key=True, autoincrement=False),
        Column("votes", Text, nullable=False),  # JSON: of each option, the first one first
        Column("ballots", Integer, nullable=False),
        Index("tally_block", "block"),
        sqlite_with_rowid=False,
    )


def _tokens(metadata: MetaData) -> None:
    """Tokens of others."""
    Table(
        "token",  # contracts of strangers whose holders a brand wants to know among its members
        metadata,
        Column("id", SmallInteger, primary_key=True, autoincrement=False),
        Column("name", String(64), nullable=False),
        Column("standard", String(7), nullable=False),
        Column("address", String(42), nullable=False, unique=True),
        Column("first_block", BigInteger, nullable=False),
    )
    Table(
        "watch",  # a member's wallet and a token: the first block that is not read yet
        metadata,
        Column("token", SmallInteger, primary_key=True, autoincrement=False),
        Column("wallet", String(42), primary_key=True),
        Column("next_block", BigInteger, nullable=False),
    )
    Table(
        "token_move",  # what came to a watched wallet, or went
        metadata,
        Column("token", SmallInteger, primary_key=True, autoincrement=False),
        Column("block", BigInteger, primary_key=True, autoincrement=False),
        Column("log_index", Integer, primary_key=True, autoincrement=False),
        Column("place", Integer, primary_key=True, autoincrement=False),  # in a batch
        Column("tx_hash", String(66), nullable=False),
        Column("sender", String(42), nullable=False),
        Column("receiver", String(42), nullable=False),
        Column("token_id", Uint(), nullable=False),
        Column("amount", Uint(), nullable=False),
        Index("token_move_by_sender", "token", "sender"),
        Index("token_move_by_receiver", "token", "receiver"),
        sqlite_with_rowid=False,
    )


def event_table(metadata: MetaData, name: str, columns: Columns) -> Table:
    """The table of one event; the migrations build theirs by it, too."""
    fields = list(columns)
    return Table(
        name,
        metadata,
        Column("block", BigInteger, primary_key=True, autoincrement=False),
        Column("log_index", Integer, primary_key=True, autoincrement=False),
        Column("source", SmallInteger, nullable=False),
        Column("tx_hash", String(66), nullable=False),
        *(
            Column(column, column_type(kind, is_indexed), nullable=False)
            for column, kind, is_indexed in fields
        ),
        *(
            Index(f"{name}_by_{column}", column, "block", "log_index")
            for column, _, is_indexed in fields
            if is_indexed
        ),
        sqlite_with_rowid=False,
    )


def _all() -> MetaData:
    metadata = MetaData()
    fixed_tables(metadata)
    for spec in specs():
        event_table(
            metadata, spec.table, [(one.column, one.kind, one.is_indexed) for one in spec.fields]
        )
    return metadata


METADATA = _all()
META = METADATA.tables["meta"]
SOURCE = METADATA.tables["source"]
BLOCK = METADATA.tables["block"]
SUBJECT = METADATA.tables["subject"]
TALLY = METADATA.tables["tally"]
TOKEN = METADATA.tables["token"]
WATCH = METADATA.tables["watch"]
MOVE = METADATA.tables["token_move"]


def table_of(name: str) -> Table:
    """An event's table."""
    return METADATA.tables[name]


def event_tables() -> list[Table]:
    """The tables of all events."""
    return [METADATA.tables[spec.table] for spec in specs()]


__all__ = [
    "BLOCK",
    "META",
    "METADATA",
    "MOVE",
    "REVISION",
    "SOURCE",
    "SUBJECT",
    "TALLY",
    "TOKEN",
    "VERSION_TABLE",
    "WATCH",
    "event_table",
    "event_tables",
    "fixed_tables",
    "table_of",
]
