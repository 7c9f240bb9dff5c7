"""Transfers as the three standards log them. What a stranger's contract garbles is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from ...codec import decode
from ...errors import NodeMisbehaved
from .listing import Standard

TRANSFER = "0x" + keccak(text="Transfer(address,address,uint256)").hex()
SINGLE = "0x" + keccak(text="TransferSingle(address,address,address,uint256,uint256)").hex()
BATCH = "0x" + keccak(text="TransferBatch(address,address,address,uint256[],uint256[])").hex()


class Move(NamedTuple):
    """So many of a token went from one wallet to another."""

    block: int
    log_index: int
    place: int
    block_hash: str
    tx_hash: str
    sender: str
    receiver: str
    token_id: int
    amount: int


def topics_of(standard: Standard, wallets: Sequence[str]) -> list[list[Any]]:
    """What to look for: transfers from these wallets, and to them."""
    padded = ["0x" + wallet[2:].rjust(64, "0") for wallet in wallets]
    if standard is Standard.ERC1155:
        return [[[SINGLE, BATCH], None, padded], [[SINGLE, BATCH], None, None, padded]]
    return [[TRANSFER, padded], [TRANSFER, None, padded]]


def moves_in(raw: Any, standard: Standard, address: str, first: int, last: int) -> Iterator[Move]:
    """What one log moved; nothing if the token's contract logged something of no sense.

    Raises:
        NodeMisbehaved: The node answered what was not asked for.
    """
    try:
        if raw["address"].lower() != address or raw.get("removed"):
            raise NodeMisbehaved("A node answered with transfers that were not asked for.")
        topics = [str(topic).lower() for topic in raw["topics"]]
        block, index = int(raw["blockNumber"], 16), int(raw["logIndex"], 16)
        if not (first <= block <= last and 0 <= index < 2**31):
            raise NodeMisbehaved("A node answered with transfers of other blocks.")
        data = bytes.fromhex(raw["data"][2:])
        hashes = (str(raw["blockHash"]).lower(), str(raw["transactionHash"]).lower())
        if any(len(one) != 66 for one in (*hashes, *topics)):
            raise ValueError("no hash")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NodeMisbehaved("A node answered with transfers of no form.") from error
    try:
        parts = list(_parts(standard, topics, data))
    except (DecodingError, ValueError, IndexError, OverflowError):
        return
    for place, (sender, receiver, token_id, amount) in enumerate(parts):
        yield Move(block, index, place, *hashes, sender, receiver, token_id, amount)


def _parts(
    standard: Standard, topics: list[str], data: bytes
) -> Iterator[tuple[str, str, int, int]]:
    if standard is Standard.ERC1155:
        if len(topics) != 4:
            raise ValueError("no ERC-1155")
        sender, receiver = _address(topics[2]), _address(topics[3])
        if topics[0] == SINGLE:
            token_id, amount = decode(("uint256", "uint256"), data)
            yield sender, receiver, token_id, amount
        elif topics[0] == BATCH:
            ids, amounts = decode(("uint256[]", "uint256[]"), data)
            for token_id, amount in zip(ids, amounts, strict=True):
                yield sender, receiver, token_id, amount
        return
    if topics[0] != TRANSFER or len(topics) != (4 if standard is Standard.ERC721 else 3):
        raise ValueError("no transfer")
    sender, receiver = _address(topics[1]), _address(topics[2])
    if standard is Standard.ERC721:
        yield sender, receiver, int(topics[3], 16), 1
    else:
        yield sender, receiver, 0, decode(("uint256",), data)[0]


def _address(topic: str) -> str:
    if topic[2:26] != "0" * 24:
        raise ValueError("no address")
    return "0x" + topic[26:]


__all__ = ["BATCH", "SINGLE", "TRANSFER", "Move", "moves_in", "topics_of"]
