"""What is said to Consent in these tests, and how it writes a grant down."""

from enum import IntEnum
from typing import NamedTuple

from eth_utils import keccak

from cercle.typed_data import STRUCTS

PURPOSE, OTHER_PURPOSE = 3, 4
CATEGORIES = 0b1011  # what the notices ask for
ZERO = "0x" + "00" * 20
ZERO_HASH = bytes(32)
NOTICE, RECORD = keccak(text="a notice"), keccak(text="a consent record")
KEY, URI = keccak(text="a key for envelopes"), "https://shop.example/who"


class Status(IntEnum):
    """The names of the Data Privacy Vocabulary."""

    NONE = 0
    REQUESTED = 1
    REFUSED = 2
    GIVEN = 3
    RENEWED = 4
    EXPIRED = 5
    INVALIDATED = 6
    WITHDRAWN = 7


class Terms(NamedTuple):
    """What a person agrees to, in the contract's order."""

    company_id: int
    purpose: int
    categories: int
    issued_at: int
    until: int
    keep_until: int
    reads: int
    notice_version: int
    record_hash: bytes

    def word(self, renewed_from: int = 0) -> int:
        """The grant as the event and the storage hold it."""
        return (
            self.categories
            | self.issued_at << 64
            | self.until << 104
            | self.keep_until << 144
            | renewed_from << 184
            | self.reads << 224
            | self.notice_version << 240
        )


def text_of(struct: str) -> str:
    """A message's type, as EIP-712 writes it."""
    return STRUCTS[struct].encoded_type
