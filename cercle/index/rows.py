"""From an event's cells back to the SDK's `Event`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..contracts import Json
from ..events import Event
from ..values import checksummed
from .specs import EventSpec, Field
from .types import is_json, number


def event_of(
    spec: EventSpec,
    cells: Sequence[Any],
    *,
    address: str,
    block: int,
    block_hash: str,
    tx_hash: str,
    index: int,
) -> Event:
    """The event that a row holds."""
    return Event(
        contract=spec.contract,
        name=spec.name,
        address=checksummed(address),
        args={one.name: _value(one, cell) for one, cell in zip(spec.fields, cells, strict=True)},
        block=block,
        block_hash=block_hash,
        tx_hash=tx_hash,
        index=index,
    )


def _value(field: Field, cell: Any) -> Any:
    if field.is_hashed:
        return bytes.fromhex(cell[2:])
    if is_json(field.kind):
        return _restored(field.item, json.loads(cell))
    return _leaf(field.kind, cell)


def _leaf(kind: str, cell: Any) -> Any:
    if kind == "address":
        return checksummed(cell)
    if kind.startswith("bytes"):
        return bytes.fromhex(cell[2:])
    if kind == "bool":
        return bool(cell)
    return cell if kind == "string" else number(cell)


def _restored(item: Json, value: Any) -> Any:
    kind = str(item["type"])
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [_restored(inner, part) for part in value]
    if kind == "tuple":
        return {part["name"]: _restored(part, value[part["name"]]) for part in item["components"]}
    return _leaf(kind, value)


__all__ = ["event_of"]
