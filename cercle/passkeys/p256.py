"""Whether a chain can check passkeys at all, asked of the chain itself before anything is there."""

from __future__ import annotations

import hashlib

from ..chain import Chain
from ..errors import Refused

PRECOMPILE = "0x0000000000000000000000000000000000000100"  # EIP-7951; RIP-7212 on rollups

# The published example of RFC 6979, A.2.5: sha256("sample"), r, s, x, y.
_SAMPLE = (
    hashlib.sha256(b"sample").hexdigest()
    + "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
    + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
)
_WRONG = "0" * 64 + _SAMPLE[64:]
_YES = 1


def has_p256(chain: Chain) -> bool:
    """Whether the chain tells a good P-256 signature from a bad one."""
    return _says_yes(chain, _SAMPLE) and not _says_yes(chain, _WRONG)


def _says_yes(chain: Chain, words: str) -> bool:
    try:
        answer = chain.request("eth_call", [{"to": PRECOMPILE, "data": "0x" + words}, "latest"])
    except Refused:
        return False
    raw = str(answer).removeprefix("0x")
    return len(raw) == 64 and int(raw, 16) == _YES


__all__ = ["PRECOMPILE", "has_p256"]
