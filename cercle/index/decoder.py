"""From a node's JSON to rows: strict about form, quick about what is simple.

A word of the data is a slice of the text. Only lists, structs and strings go through the ABI codec.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from eth_abi.exceptions import DecodingError

from ..codec import decode
from ..contracts import Json, type_of
from ..errors import NodeMisbehaved
from .specs import EventSpec, Field
from .subjects import subjects_in
from .types import fitted, is_json

Cells = tuple[Any, ...]  # an event's arguments as the database keeps them
_ZEROS = "0" * 64
_FORM = re.compile(r"(?:0x[0-9a-f]{64})*0x[0-9a-f]*").fullmatch


class Log(NamedTuple):
    """One log of ours, its form checked."""

    spec: EventSpec
    source: int
    block: int
    place: int  # its index in the block
    block_hash: str
    tx_hash: str
    cells: Cells

    @property
    def row(self) -> Cells:
        """As its table takes it."""
        return (self.block, self.place, self.source, self.tx_hash, *self.cells)

    @property
    def subjects(self) -> set[str]:
        """Whom it concerns."""
        return subjects_in(self.spec, self.cells)


Maker = Callable[[Sequence[str], str], Cells]


class Decoder:
    """Turns logs into cells, for a database that keeps wide numbers as `wide` says."""

    def __init__(self, wide: Callable[[int], Any] = fitted) -> None:
        self._wide = wide
        self._makers: dict[str, Maker] = {}

    def cells(self, spec: EventSpec, topics: Sequence[str], data: str) -> Cells:
        """The arguments of one event.

        Args:
            spec: Which event.
            topics: Its topics, the first one left out, as hexadecimal digits without 0x.
            data: Its data, likewise.

        Raises:
            ValueError: They are not of the form that the ABI says.
        """
        maker = self._makers.get(spec.table)
        if maker is None:
            maker = self._makers[spec.table] = self._maker(spec)
        return maker(topics, data)

    def _maker(self, spec: EventSpec) -> Maker:
        simple = all(
            one.is_indexed or (not is_json(one.kind) and one.kind not in ("string", "bytes"))
            for one in spec.fields
        )
        return self._by_slices(spec) if simple else self._by_codec(spec)

    def _by_slices(self, spec: EventSpec) -> Maker:
        readers = [self._reader(one) for one in spec.fields]
        plan: list[tuple[Callable[[str], Any], bool, int]] = []
        topic = word = 0
        for one, reader in zip(spec.fields, readers, strict=True):
            plan.append((reader, one.is_indexed, topic if one.is_indexed else 64 * word))
            topic, word = topic + one.is_indexed, word + (not one.is_indexed)
        count, size = topic, 64 * word

        def make(topics: Sequence[str], data: str) -> Cells:
            if len(topics) != count or len(data) != size:
                raise ValueError("of another length")
            return tuple(
                [
                    read(topics[at] if in_topic else data[at : at + 64])
                    for read, in_topic, at in plan
                ]
            )

        return make

    def _by_codec(self, spec: EventSpec) -> Maker:
        rest = [spec.fields[place] for place in spec.rest]
        # Strings are taken as bytes: their sender chose them, and may have chosen no UTF-8.
        types = [type_of(one.item).replace("string", "bytes") for one in rest]
        readers = [self._reader(spec.fields[place]) for place in spec.indexed]

        def make(topics: Sequence[str], data: str) -> Cells:
            if len(topics) != len(readers):
                raise ValueError("of another length")
            cells: list[Any] = [None] * len(spec.fields)
            for place, reader, topic in zip(spec.indexed, readers, topics, strict=True):
                cells[place] = reader(topic)
            values = decode(types, bytes.fromhex(data))
            for place, one, value in zip(spec.rest, rest, values, strict=True):
                cells[place] = self._cell(one, value)
            return tuple(cells)

        return make

    def _cell(self, field: Field, value: Any) -> Any:
        if is_json(field.kind):
            return json.dumps(plain(field.item, value), separators=(",", ":"))
        if field.kind == "string":
            return readable(value)
        if isinstance(value, bytes):
            return "0x" + value.hex()
        if field.kind == "address":
            return str(value).lower()
        return self._wide(value) if isinstance(value, int) and value >= 0 else value

    def _reader(self, field: Field) -> Callable[[str], Any]:
        """What reads one word of 64 digits."""
        kind, wide = field.kind, self._wide
        if field.is_hashed:
            return _hash
        if kind == "address":
            return _address
        if kind == "bool":
            return _bool
        if kind.startswith("bytes"):
            return _fixed_bytes(2 * int(kind[5:]))
        bits = int(kind.lstrip("uint") or 256)
        if kind.startswith("int"):
            return _signed(bits)
        if bits == 256:
            return lambda word: wide(int(word, 16))
        return _unsigned(bits, wide)


def _hash(word: str) -> str:
    return "0x" + word


def _address(word: str) -> str:
    if word[:24] != _ZEROS[:24]:
        raise ValueError("no address")
    return "0x" + word[24:]


def _bool(word: str) -> bool:
    if word[:63] != _ZEROS[:63] or word[63] not in "01":
        raise ValueError("neither true nor false")
    return word[63] == "1"


def _fixed_bytes(digits: int) -> Callable[[str], str]:
    rest = _ZEROS[digits:]

    def read(word: str) -> str:
        if word[digits:] != rest:
            raise ValueError("too many bytes")
        return "0x" + word[:digits]

    return read


def _unsigned(bits: int, wide: Callable[[int], Any]) -> Callable[[str], Any]:
    def read(word: str) -> Any:
        value = int(word, 16)
        if value >> bits:
            raise ValueError("too large a number")
        return wide(value)

    return read


def _signed(bits: int) -> Callable[[str], int]:
    def read(word: str) -> int:
        value = int(word, 16)
        value -= (value >> 255) << 256
        if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
            raise ValueError("too large a number")
        return value

    return read


def readable(raw: bytes) -> str:
    """Text that somebody on the chain chose: what is no UTF-8, or zero, is written as \\x.."""
    return raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def plain(item: Json, value: Any) -> Any:
    """A decoded list or struct as JSON: structs as objects, bytes and addresses as text."""
    kind = str(item["type"])
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [plain(inner, part) for part in value]
    if kind == "tuple":
        parts = zip(item["components"], value, strict=True)
        return {part["name"]: plain(part, one) for part, one in parts}
    if kind == "string":
        return readable(value)
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value).lower() if kind == "address" else value


# ---- a log as a node sends it ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A contract that is followed, and its events by their topic."""

    source: int
    contract: str
    events: Mapping[str, EventSpec]


def read_log(raw: Any, places: Mapping[str, Place], decoder: Decoder) -> Log | None:
    """One log of an answer; None for an event that this version does not know.

    Raises:
        NodeMisbehaved: It was not asked for, was taken back, or is of no form.
    """
    try:
        if raw.get("removed"):
            raise NodeMisbehaved("A node answered with an event that was taken back.")
        place = places.get(raw["address"].lower())
        if place is None:
            raise NodeMisbehaved("A node answered with events that were not asked for.")
        topics = raw["topics"]
        words = _words([raw["blockHash"], raw["transactionHash"], *topics], raw["data"])
        block, index = int(raw["blockNumber"], 16), int(raw["logIndex"], 16)
        if not (0 <= block < 2**63 and 0 <= index < 2**31):
            raise ValueError("out of all bounds")
        spec = place.events.get(words[132:198]) if topics else None
        if spec is None:
            return None
        end = 132 + 66 * len(topics)
        cells = decoder.cells(
            spec, [words[at + 2 : at + 66] for at in range(198, end, 66)], words[end + 2 :]
        )
        return Log(spec, place.source, block, index, words[:66], words[66:132], cells)
    except (KeyError, TypeError, ValueError, AttributeError, DecodingError, OverflowError) as error:
        raise NodeMisbehaved("A node answered with events of no form.") from error


def _words(hashes: Sequence[str], data: str) -> str:
    """Some hashes of 32 bytes and some data as one text, in small letters, its form checked."""
    if any(len(one) != 66 for one in hashes):
        raise ValueError("no hash")
    words = ("".join(hashes) + data).lower()
    if _FORM(words) is None:
        raise ValueError("no hexadecimal digits")
    return words


__all__ = ["Cells", "Decoder", "Log", "Place", "plain", "read_log", "readable"]
