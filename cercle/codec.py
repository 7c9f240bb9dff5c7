"""The ABI codec of this package: strict, whatever else runs in the process."""

from __future__ import annotations

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
encode = _CODEC.encode
decode = _CODEC.decode

__all__ = ["decode", "encode"]
