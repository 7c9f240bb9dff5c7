"""Every event of every contract of ours, as an index sees it: read from the packaged ABIs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from eth_utils.crypto import keccak

from ..contracts import Json, packaged_abi, signature_of

OWN = ("block", "log_index", "source", "tx_hash")  # columns that every event has


@dataclass(frozen=True, eq=False)  # one of each: compared as such
class Field:
    """One argument of an event, and its column."""

    name: str
    column: str
    kind: str
    is_indexed: bool
    item: Json

    @property
    def is_hashed(self) -> bool:
        """Whether only the hash of the argument is in the log."""
        return self.is_indexed and (self.kind in ("string", "bytes") or self.kind.endswith("]"))


@dataclass(frozen=True, eq=False)  # one of each: compared as such
class EventSpec:
    """One event of one contract."""

    contract: str
    name: str
    table: str
    topic: str
    fields: tuple[Field, ...]

    @cached_property
    def indexed(self) -> tuple[int, ...]:
        """The places, among all fields, of those in the topics."""
        return tuple(place for place, one in enumerate(self.fields) if one.is_indexed)

    @cached_property
    def rest(self) -> tuple[int, ...]:
        """The places of those in the data."""
        return tuple(place for place, one in enumerate(self.fields) if not one.is_indexed)

    def place(self, name: str) -> int:
        """Where an argument stands."""
        return [one.name for one in self.fields].index(name)


@cache
def contract_names() -> tuple[str, ...]:
    """The contracts whose ABIs are packaged."""
    folder = resources.files("cercle") / "abis"
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".json")))


@cache
def specs() -> tuple[EventSpec, ...]:
    """All events, by contract and name."""
    return tuple(
        _spec(contract, entry)
        for contract in contract_names()
        for entry in sorted(packaged_abi(contract), key=lambda entry: str(entry.get("name")))
        if entry["type"] == "event"
    )


@cache
def by_table() -> dict[str, EventSpec]:
    """The events by the name of their table."""
    return {spec.table: spec for spec in specs()}


@cache
def by_topic(contract: str) -> dict[str, EventSpec]:
    """The events of a contract by their topic."""
    return {spec.topic: spec for spec in specs() if spec.contract == contract}


@cache
def spec_of(contract: str, event: str) -> EventSpec:
    """An event by its names."""
    return by_table()[table_name(contract, event)]


def tables_of(kinds: Iterable[tuple[str, str]] | None) -> list[str] | None:
    """The tables of some kinds of events; None for all."""
    return None if kinds is None else sorted(spec_of(*kind).table for kind in kinds)


def table_name(contract: str, event: str) -> str:
    """`Points.Transfer` is kept in `points_transfer`."""
    return f"{_snake(contract)}_{_snake(event)}"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _column(argument: str) -> str:
    name = _snake(argument)
    return f"{name}_" if name in OWN else name


def _spec(contract: str, entry: Json) -> EventSpec:
    return EventSpec(
        contract=contract,
        name=entry["name"],
        table=table_name(contract, entry["name"]),
        topic="0x" + keccak(text=signature_of(entry)).hex(),
        fields=tuple(
            Field(
                name=item["name"],
                column=_column(item["name"]),
                kind=str(item["type"]),
                is_indexed=bool(item["indexed"]),
                item=item,
            )
            for item in entry["inputs"]
        ),
    )


__all__ = [
    "EventSpec",
    "Field",
    "by_table",
    "by_topic",
    "contract_names",
    "spec_of",
    "specs",
    "table_name",
    "tables_of",
]
