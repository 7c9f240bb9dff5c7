"""A block's header as a node tells it, and what its bloom filter proves about logs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eth_utils.crypto import keccak

from ..errors import BlockGone, NodeMisbehaved
from ..reverts import explain
from ..rpc import Answer, quantity
from ..values import hash_text


@dataclass(frozen=True, slots=True)
class Header:
    """What an index needs of a block."""

    number: int
    hash: str
    parent: str
    timestamp: int
    bloom: int  # 2,048 bits
    receipts_root: str

    def may_hold(self, *parts: str) -> bool:
        """Whether the bloom filter allows for a log with all of these (address, topics)."""
        return all(self.bloom & mask == mask for mask in map(bloom_bits, parts))


def header_of(answer: Answer, node: str) -> Header:
    """The header of an answer, if it has the form of one.

    Raises:
        BlockGone: The node has no such block.
        NodeMisbehaved: It is of no form.
    """
    if "error" in answer:
        raise explain(answer["error"], node)
    block: Any = answer["result"]
    if block is None:
        raise BlockGone("This block is not on the chain.")
    try:
        bloom = block["logsBloom"]
        if len(bloom) != 514:
            raise ValueError("no bloom filter")
        found = Header(
            number=quantity(block["number"], node),
            hash=hash_text(block["hash"]),
            parent=hash_text(block["parentHash"]),
            timestamp=quantity(block["timestamp"], node),
            bloom=int(bloom, 16),
            receipts_root=hash_text(block["receiptsRoot"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NodeMisbehaved(f"The node {node} answered a block of no form.") from error
    if max(found.number, found.timestamp) >= 2**63:
        raise NodeMisbehaved(f"The node {node} answered a block of no form.")
    return found


@lru_cache(maxsize=65_536)
def bloom_bits(part: str) -> int:
    """The three bits that an address or a topic sets (Yellow Paper, 4.3.1)."""
    digest = keccak(hexstr=part)
    bits = 0
    for start in (0, 2, 4):
        bits |= 1 << (int.from_bytes(digest[start : start + 2], "big") & 2_047)
    return bits


def bloom_of(parts: Iterable[str]) -> int:
    """The filter of several addresses and topics."""
    bits = 0
    for part in parts:
        bits |= bloom_bits(part)
    return bits


__all__ = ["Header", "bloom_bits", "bloom_of", "header_of"]
