"""A contract at an address: packs what is asked of it, unpacks what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.crypto import keccak

from .calls import Call
from .codec import decode, encode
from .errors import DeploymentError, NodeMisbehaved
from .values import checksum, checksummed

Json = dict[str, Any]


@cache
def packaged_abi(name: str) -> tuple[Json, ...]:
    """The ABI of a contract of ours, as packaged.

    Raises:
        DeploymentError: No contract has this name.
    """
    file = resources.files("cercle") / "abis" / f"{name}.json"
    try:
        return tuple(json.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise DeploymentError(f"No contract is named {name!r}.") from error


def type_of(item: Json) -> str:
    """The ABI type of an argument, tuples written out."""
    kind = str(item["type"])
    if not kind.startswith("tuple"):
        return kind
    inside = ",".join(type_of(part) for part in item["components"])
    return f"({inside}){kind[5:]}"


def signature_of(entry: Json) -> str:
    """The canonical signature of a function or an event."""
    return f"{entry['name']}({','.join(type_of(item) for item in entry['inputs'])})"


@dataclass(frozen=True)
class _Function:
    """What packing and unpacking need of a function, worked out once."""

    name: str
    selector: bytes
    inputs: tuple[str, ...]
    outputs: tuple[Json, ...]
    types: tuple[str, ...]  # of the outputs


_Functions = dict[tuple[str, int], _Function]  # by name and number of arguments


def _functions(abi: Sequence[Json]) -> _Functions:
    found: _Functions = {}
    for entry in abi:
        if entry["type"] == "function":
            outputs = tuple(entry["outputs"])
            made = _Function(
                name=entry["name"],
                selector=keccak(text=signature_of(entry))[:4],
                inputs=tuple(type_of(item) for item in entry["inputs"]),
                outputs=outputs,
                types=tuple(type_of(item) for item in outputs),
            )
            found.setdefault((made.name, len(made.inputs)), made)
    return found


@cache
def _packaged_functions(name: str) -> _Functions:
    return _functions(packaged_abi(name))


def _events(abi: Sequence[Json]) -> Mapping[bytes, Json]:
    return MappingProxyType(
        {
            bytes(keccak(text=signature_of(entry))): entry
            for entry in abi
            if entry["type"] == "event"
        }
    )


@cache
def _packaged_events(name: str) -> Mapping[bytes, Json]:
    return _events(packaged_abi(name))


def name_values(items: Sequence[Json], values: Sequence[Any]) -> Json:
    """Give decoded values their names, structs included."""
    return {
        item["name"] or str(index): name_value(item, value)
        for index, (item, value) in enumerate(zip(items, values, strict=True))
    }


def name_value(item: Json, value: Any) -> Any:
    """Turn one decoded value into plain Python: dicts, lists, checksum addresses, bytes."""
    kind = str(item["type"])
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [name_value(inner, part) for part in value]
    if kind == "tuple":
        return name_values(item["components"], value)
    if kind == "address":
        return checksummed(value)
    if kind == "string" and isinstance(value, bytes):  # somebody chose it, perhaps no UTF-8
        return value.decode("utf-8", "backslashreplace")
    return value


@dataclass(frozen=True)
class Read:
    """A question to a contract, ready for a batch."""

    to: str
    data: str
    outputs: tuple[Json, ...]
    label: str
    sender: str | None = None
    is_foreign: bool = False  # not a contract of ours: it may answer nonsense
    gas: int | None = None  # the most that it may take; else the node's own limit
    types: tuple[str, ...] = ()  # of the outputs, if they are known already

    def unpack(self, raw: bytes) -> Any:
        """What the answer says: one value, or a tuple of several.

        Raises:
            NodeMisbehaved: The bytes are not of the promised form.
        """
        try:
            values = decode(self.types or [type_of(item) for item in self.outputs], raw)
        except (DecodingError, OverflowError, ValueError) as error:
            raise NodeMisbehaved(f"The answer to {self.label} cannot be read.") from error
        named = [name_value(i, v) for i, v in zip(self.outputs, values, strict=True)]
        return named[0] if len(named) == 1 else tuple(named)


class Contract:
    """A deployed contract of ours.

    Usage example::

        points = deployment.contract("Points")
        balance = chain.read([points.read("balanceOf", account)], head)[0]
        call = points.call("transfer", receiver, 100)
    """

    def __init__(self, name: str, address: str, abi: Sequence[Json] | None = None) -> None:
        self.name = name
        self.address = checksum(address)
        self.abi = tuple(abi) if abi is not None else packaged_abi(name)
        self._functions = _packaged_functions(name) if abi is None else _functions(self.abi)
        self._events = None if abi is None else _events(self.abi)

    def __repr__(self) -> str:
        return f"<Contract {self.name} {self.address}>"

    def read(self, function: str, *arguments: Any, sender: str | None = None) -> Read:
        """Ask a view; or, with a `sender`, what a call of theirs would return."""
        found = self._function(function, len(arguments))
        return Read(
            to=self.address,
            data=self._pack(found, arguments),
            outputs=found.outputs,
            label=f"{self.name}.{function}",
            sender=sender,
            types=found.types,
        )

    def call(self, function: str, *arguments: Any, value: int = 0) -> Call:
        """Build a call that changes something."""
        return Call(
            to=self.address,
            data=self._pack(self._function(function, len(arguments)), arguments),
            value=value,
            contract=self.name,
            function=function,
        )

    def events(self) -> Mapping[bytes, Json]:
        """The contract's events by their topic."""
        return _packaged_events(self.name) if self._events is None else self._events

    def _function(self, name: str, count: int) -> _Function:
        try:
            return self._functions[name, count]
        except KeyError:
            raise TypeError(f"{self.name} has no function {name} of {count} arguments") from None

    @staticmethod
    def _pack(function: _Function, arguments: Sequence[Any]) -> str:
        try:
            body = encode(function.inputs, arguments)
        except (EncodingError, OverflowError) as error:
            raise TypeError(f"{function.name}: {error}") from error
        return "0x" + (function.selector + body).hex()


def pack_arguments(items: Sequence[Json], arguments: Sequence[Any]) -> bytes:
    """Pack a constructor's arguments. Bytes may be written in hexadecimal, as JSON has them."""
    values = [_packable(item, value) for item, value in zip(items, arguments, strict=True)]
    return bytes(encode([type_of(item) for item in items], values))


def _packable(item: Json, value: Any) -> Any:
    kind = str(item["type"])
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [_packable(inner, part) for part in value]
    if kind == "tuple":
        return tuple(_packable(*pair) for pair in zip(item["components"], value, strict=True))
    if kind.startswith("bytes") and isinstance(value, str):
        return bytes.fromhex(value.removeprefix("0x"))
    return value


__all__ = ["Contract", "Read", "pack_arguments", "packaged_abi", "signature_of", "type_of"]
