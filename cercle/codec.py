"""The ABI codec of this package: strict, whatever else runs in the process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from eth_abi.codec import ABICodec
from eth_abi.decoding import UnsignedIntegerDecoder
from eth_abi.encoding import UnsignedIntegerEncoder
from eth_abi.registry import BaseEquals, registry

_UINT = BaseEquals("uint")  # type: ignore[no-untyped-call]


def _strict_codec() -> ABICodec:
    # NOTE: importing Ape replaces the process-wide decoder of uint by one that pads a
    # truncated answer to some number; a cut-off answer must stay an error here.
    own = registry.copy()  # type: ignore[no-untyped-call]
    own.unregister("uint")
    own.register(_UINT, UnsignedIntegerEncoder, UnsignedIntegerDecoder, label="uint")
    return ABICodec(own)


_CODEC = _strict_codec()
_SHORT = 4_096  # bytes; what is longer is not remembered
_LEAVES = frozenset({bool, bytes, int, str})  # 1 and True are equal, and not the same to an ABI


def encode(types: Sequence[str], values: Sequence[Any]) -> bytes:
    """Pack values. What a page asks in one block it asks in the next: that is remembered."""
    kinds = tuple(type(value) for value in values)
    if _LEAVES.issuperset(kinds):
        return _encoded(tuple(types), tuple(values), kinds)
    return _CODEC.encode(types, values)


def decode(types: Sequence[str], raw: bytes) -> tuple[Any, ...]:
    """Unpack bytes. Most answers are those of the block before: they are remembered."""
    if len(raw) > _SHORT:
        return _CODEC.decode(types, raw)
    return _decoded(tuple(types), bytes(raw))


@lru_cache(maxsize=8_192)
def _encoded(types: tuple[str, ...], values: tuple[Any, ...], _: tuple[type, ...]) -> bytes:
    return _CODEC.encode(types, values)


@lru_cache(maxsize=8_192)
def _decoded(types: tuple[str, ...], raw: bytes) -> tuple[Any, ...]:
    return _CODEC.decode(types, raw)  # tuples all the way down: nobody can change them


__all__ = ["decode", "encode"]
