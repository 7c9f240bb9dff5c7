"""The tables are those of the migrations; each type of the ABI is kept exactly."""

import random

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from eth_abi.abi import encode
from eth_abi.exceptions import DecodingError
from sqlalchemy import Column, MetaData, Table, insert, select

from cercle.contracts import name_value, type_of
from cercle.index.database import engine_for, read_url
from cercle.index.decoder import Decoder
from cercle.index.rows import event_of
from cercle.index.schema import prepare, revision_of
from cercle.index.specs import Field, by_table, spec_of, specs, table_name
from cercle.index.tables import METADATA, REVISION, VERSION_TABLE
from cercle.index.types import Uint, column_type, fitted, number

WIDE = [0, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 2**128 + 7, 2**255, 2**256 - 1]


@pytest.fixture
def connection(database):
    engine = engine_for(read_url(database), writes=True)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


# ---- migrations ---------------------------------------------------------------------------------


def test_migrations__all_of_them__make_the_tables_that_the_code_knows(connection):
    prepare(connection, upgrade=False)
    options = {"version_table": VERSION_TABLE, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    found = [one for one in compare_metadata(context, METADATA) if not _is_version(one)]
    assert found == []
    assert revision_of(connection) == REVISION


def _is_version(change) -> bool:
    return change[0] == "remove_table" and change[1].name == VERSION_TABLE


def test_revision__is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", "cercle.index:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_tables__each_event_of_each_contract__has_one():
    assert set(by_table()) <= set(METADATA.tables)
    assert len(by_table()) == len(specs()) == 157
    assert table_name("Charter", "DAOURIUpdate") == "charter_daouri_update"
    longest = max(
        [*METADATA.tables, *(i.name for t in METADATA.tables.values() for i in t.indexes)], key=len
    )
    assert len(longest) <= 63  # what PostgreSQL keeps of a name


# ---- values -------------------------------------------------------------------------------------


def test_uint__any_of_256_bits__comes_back_exactly_and_in_order(connection):
    table = Table("wide", MetaData(), Column("value", Uint()))
    table.create(connection)
    shuffled = random.Random(1).sample(WIDE, len(WIDE))
    connection.execute(insert(table), [{"value": value} for value in shuffled])
    asked = select(table.c.value).order_by(table.c.value)
    assert connection.execute(asked).scalars().all() == WIDE
    for value in WIDE:
        above = select(table.c.value).where(table.c.value > value).order_by(table.c.value)
        assert connection.execute(above).scalars().all() == WIDE[WIDE.index(value) + 1 :]
        assert connection.execute(asked.where(table.c.value == value)).scalars().all() == [value]


@pytest.mark.parametrize("value", WIDE)
def test_fitted__and_back__is_the_same(value):
    assert number(fitted(value)) == value
    assert isinstance(fitted(value), int) == (value < 2**63)


def sample(item, rng):
    """A value of an ABI type, often at its edge."""
    kind = str(item["type"])
    if kind.endswith("]"):
        bracket = kind.rindex("[")
        inner, size = {**item, "type": kind[:bracket]}, kind[bracket + 1 : -1]
        return [sample(inner, rng) for _ in range(int(size) if size else rng.randrange(4))]
    if kind == "tuple":
        return tuple(sample(part, rng) for part in item["components"])
    if kind == "address":
        return "0x" + rng.choice([b"\0" * 20, b"\xff" * 20, rng.randbytes(20)]).hex()
    if kind == "bool":
        return rng.random() < 0.5
    if kind == "string":
        return rng.choice(["", "café ☕", "'; DROP TABLE meta; --", "\t\\N\n", "x" * 64])
    if kind.startswith("bytes"):
        return rng.randbytes(int(kind[5:] or rng.randrange(70)))
    bits = int(kind[4:])
    return rng.choice([0, 2**bits - 1, 2 ** (bits - 1), rng.getrandbits(bits)])


@pytest.mark.parametrize("spec", specs(), ids=lambda spec: spec.table)
@pytest.mark.parametrize("wide", [fitted, int], ids=["sqlite", "postgresql"])
def test_cells__of_each_event__are_its_arguments(spec, wide):
    rng, decoder = random.Random(spec.table), Decoder(wide)
    for _ in range(5):
        values = [sample(field.item, rng) for field in spec.fields]
        topics = [encode([type_of(spec.fields[p].item)], [values[p]]).hex() for p in spec.indexed]
        rest = [spec.fields[place] for place in spec.rest]
        data = encode([type_of(one.item) for one in rest], [values[p] for p in spec.rest]).hex()
        cells = decoder.cells(spec, topics, data)
        told = event_of(
            spec, cells, address="0x" + "11" * 20, block=1, block_hash="0x", tx_hash="0x", index=0
        )
        expected = {
            one.name: name_value(one.item, value)
            for one, value in zip(spec.fields, values, strict=True)
        }
        assert told.args == expected


@pytest.mark.parametrize(
    ("event", "topics", "data"),
    [
        ("Points.Transfer", 1, "00" * 32),  # a topic missing
        ("Points.Transfer", 2, "00" * 31),  # data cut off
        ("Points.Transfer", 2, "00" * 64),  # a word too many
        ("Profile.CollectionChanged", 2, "00" * 31 + "02"),  # neither true nor false
        ("Membership.StandingCredited", 0, "ff" * 32),  # a list that begins beyond the end
        ("Profile.WorldRegistered", 2, "00" * 64),  # a string that is missing
    ],
)
def test_cells__of_another_form__are_refused(event, topics, data):
    spec = spec_of(*event.split("."))
    with pytest.raises((ValueError, DecodingError)):
        Decoder().cells(spec, ["00" * 32] * topics, data)


def test_cells__more_than_an_address__are_refused():
    with pytest.raises(ValueError, match="no address"):
        Decoder().cells(spec_of("Points", "Transfer"), ["ff" * 32, "00" * 32], "00" * 32)


@pytest.mark.parametrize(
    ("kind", "word", "value"),
    [
        ("uint8", "00" * 31 + "ff", 255),
        ("uint56", "00" * 25 + "ff" * 7, 2**56 - 1),
        ("uint64", "00" * 24 + "ff" * 8, f"0x{2**64 - 1:064x}"),
        ("int64", "ff" * 32, -1),
        ("int64", "00" * 24 + "7f" + "ff" * 7, 2**63 - 1),
        ("bytes4", "deadbeef" + "00" * 28, "0xdeadbeef"),
    ],
)
def test_reader__narrow_types__are_read(kind, word, value):
    field = Field("x", "x", kind, False, {"name": "x", "type": kind})
    assert Decoder()._reader(field)(word) == value


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("uint8", "00" * 30 + "0100"),
        ("int64", "00" * 23 + "01" + "00" * 8),
        ("bytes4", "deadbeef" + "00" * 27 + "01"),
    ],
)
def test_reader__more_than_fits__is_refused(kind, word):
    field = Field("x", "x", kind, False, {"name": "x", "type": kind})
    with pytest.raises(ValueError, match="too"):
        Decoder()._reader(field)(word)


def test_column_type__what_no_column_holds__is_refused():
    with pytest.raises(TypeError, match="no column holds a int256"):
        column_type("int256", False)
