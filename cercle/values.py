"""The few types that every module of the package shares."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

from eth_utils.address import is_hex_address, to_checksum_address
from eth_utils.hexadecimal import is_hexstr
from pydantic import AfterValidator, BaseModel, ConfigDict

ZERO_ADDRESS = "0x" + "0" * 40
ZERO_HASH = "0x" + "0" * 64


class Frozen(BaseModel):
    """A value: compared by what it holds, never changed after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def checksum(text: Any) -> str:
    """Give an address its checksum form; refuse one whose checksum is wrong.

    Raises:
        ValueError: It is no address, or its mixed case contradicts its checksum.
    """
    if not isinstance(text, str) or not is_hex_address(text) or not text.startswith("0x"):
        raise ValueError(f"{text!r} is not an address (0x and 40 hexadecimal digits)")
    right = checksummed(text)
    digits = text[2:]
    if text != right and digits not in (digits.lower(), digits.upper()):
        raise ValueError(f"{text} has a bad checksum: copy the address again")
    return right


@lru_cache(maxsize=16_384)
def checksummed(address: str) -> str:
    """The checksum form of an address. It takes a hash, and pages show the same few: remembered."""
    return str(to_checksum_address(address))


def hash_text(text: Any) -> str:
    """Give a 32-byte hash its lower-case hexadecimal form.

    Raises:
        ValueError: It is not 32 bytes.
    """
    if isinstance(text, bytes):
        text = "0x" + text.hex()
    if not isinstance(text, str) or len(text) != 66 or not is_hexstr(text):
        raise ValueError(f"{text!r} is not a hash (0x and 64 hexadecimal digits)")
    return text.lower()


def moment(seconds: int) -> datetime | None:
    """Turn the chain's seconds into UTC; zero and what no calendar holds are None."""
    if not 0 < seconds < 253_402_300_800:
        return None
    return datetime.fromtimestamp(seconds, UTC)


Address = Annotated[str, AfterValidator(checksum)]
Hash = Annotated[str, AfterValidator(hash_text)]
