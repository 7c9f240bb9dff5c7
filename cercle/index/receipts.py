"""The logs of a block proven: its receipts hash to the root in its header, or are not its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

Receipt = Mapping[str, Any]
_EMPTY = keccak(b"\x80")
_Item = Any  # bytes, or a list of them: what RLP packs


def logs_of(receipts: Sequence[Receipt], root: str) -> list[dict[str, Any]] | None:
    """The logs of a block's receipts, numbered; None if these are not the receipts of the root.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: They are of no form.
    """
    ordered = sorted(receipts, key=lambda receipt: int(receipt["transactionIndex"], 16))
    if "0x" + root_of([_packed(receipt) for receipt in ordered]).hex() != root:
        return None
    logs = [dict(log) for receipt in ordered for log in receipt["logs"]]
    for index, log in enumerate(logs):  # the root proves their order, not what they call it
        log["logIndex"] = hex(index)
    return logs


def _packed(receipt: Receipt) -> bytes:
    """EIP-2718: the type, then status, gas, bloom and logs."""
    body = _rlp(
        [
            _status(receipt),
            _number(receipt["cumulativeGasUsed"]),
            _raw(receipt["logsBloom"]),
            [
                [_raw(log["address"]), [_raw(topic) for topic in log["topics"]], _raw(log["data"])]
                for log in receipt["logs"]
            ],
        ]
    )
    kind = int(receipt.get("type") or "0x0", 16)
    return body if kind == 0 else bytes([kind]) + body


def _status(receipt: Receipt) -> bytes:
    if receipt.get("status") is None:  # before EIP-658
        return _raw(receipt["root"])
    return _number(receipt["status"])


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _number(text: str) -> bytes:
    value = int(text, 16)
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def _rlp(item: _Item) -> bytes:
    """Recursive length prefix (Yellow Paper, appendix B), of bytes, of places and of lists."""
    if isinstance(item, int):
        item = item.to_bytes((item.bit_length() + 7) // 8, "big")
    if isinstance(item, bytes):
        if len(item) == 1 and item[0] < 0x80:
            return item
        return _length(len(item), 0x80) + item
    body = b"".join(_rlp(part) for part in item)
    return _length(len(body), 0xC0) + body


def _length(size: int, offset: int) -> bytes:
    if size < 56:
        return bytes([offset + size])
    told = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([offset + 55 + len(told)]) + told


# ---- the trie of a list (Yellow Paper, appendix D) ---------------------------------------------


def root_of(values: Sequence[bytes]) -> bytes:
    """The root of the trie that holds each value under the RLP of its place."""
    if not values:
        return bytes(_EMPTY)
    pairs = sorted((_nibbles(_rlp(place)), value) for place, value in enumerate(values))
    return bytes(keccak(_rlp(_node(pairs, 0))))


def _nibbles(key: bytes) -> tuple[int, ...]:
    return tuple(half for byte in key for half in (byte >> 4, byte & 15))


def _node(pairs: Sequence[tuple[tuple[int, ...], bytes]], depth: int) -> _Item:
    first = pairs[0][0]
    if len(pairs) == 1:
        return [_path(first[depth:], is_leaf=True), pairs[0][1]]
    last, shared = pairs[-1][0], depth
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    if shared > depth:
        return [_path(first[depth:shared], is_leaf=False), _reference(pairs, shared)]
    children: list[_Item] = []
    for nibble in range(16):
        under = [pair for pair in pairs if len(pair[0]) > depth and pair[0][depth] == nibble]
        children.append(_reference(under, depth + 1) if under else b"")
    ended = [value for key, value in pairs if len(key) == depth]
    return [*children, ended[0] if ended else b""]


def _reference(pairs: Sequence[tuple[tuple[int, ...], bytes]], depth: int) -> _Item:
    node = _node(pairs, depth)
    packed = _rlp(node)
    return node if len(packed) < 32 else keccak(packed)


def _path(nibbles: Sequence[int], *, is_leaf: bool) -> bytes:
    """Hexadecimal prefix: whether it is a leaf, whether its length is odd."""
    flag = 2 * is_leaf + len(nibbles) % 2
    whole = [flag, *nibbles] if len(nibbles) % 2 else [flag, 0, *nibbles]
    return bytes(16 * high + low for high, low in zip(whole[::2], whole[1::2], strict=True))


__all__ = ["logs_of", "root_of"]
