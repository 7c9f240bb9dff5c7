"""Why a result came out: what a company hands over to a person, and how they check it.

The chain holds salted hashes only. Who has the documents and their salts makes the hashes again;
what does not match was not what the company committed to before it told the result.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal

from eth_utils.crypto import keccak
from pydantic import Field, ValidationError

from ..content.texts import plain_paragraphs
from ..errors import RecordRefused
from ..jsontext import parse_json
from ..values import Frozen, Hash
from .commitments import salted_hash

Part = Literal["rule", "inputs", "outcome", "counterfactual"]
PARTS: tuple[Part, ...] = ("rule", "inputs", "outcome", "counterfactual")
MAX_BYTES = 64 * 1024


def _secret() -> str:
    return "0x" + secrets.token_hex(32)


class Document(Frozen):
    """One of the four documents: its words, and what keeps its hash from being guessed."""

    text: Annotated[str, Field(min_length=1, max_length=8_192)]
    salt: Hash = Field(default_factory=_secret)

    @property
    def hash(self) -> str:
        """What is published of it."""
        return salted_hash(self.text.encode(), bytes.fromhex(self.salt[2:]))


class Reasons(Frozen):
    """What a company seals before it tells a result, and hands over when it is demanded.

    Usage example::

        reasons = Reasons(rule=Document(text=...), inputs=..., outcome=..., counterfactual=...)
        company.commit(deployment, 2, 17, reasons.commitment(2, 17))
        company.open_decision(deployment, 9, reasons.opening, reasons.secret)
    """

    kind: Literal["reasons"] = "reasons"
    rule: Document
    inputs: Document
    outcome: Document
    counterfactual: Document = Field(description="what would have brought another outcome")
    secret: Hash = Field(default_factory=_secret)

    def document(self, part: Part) -> Document:
        """One of the four."""
        found: Document = getattr(self, part)
        return found

    @property
    def opening(self) -> tuple[str, ...]:
        """The four hashes, in the contract's order."""
        return tuple(self.document(part).hash for part in PARTS)

    def commitment(self, company_id: int, passport_id: int) -> str:
        """What the company commits to (`Decisions.commitment_of`)."""
        digest = keccak(b"".join(bytes.fromhex(one[2:]) for one in self.opening))
        who = company_id.to_bytes(32, "big") + passport_id.to_bytes(32, "big")
        return "0x" + keccak(who + digest + bytes.fromhex(self.secret[2:])).hex()


def read_reasons(raw: bytes) -> Reasons:
    """Read the file that a company handed over.

    Raises:
        RecordRefused: It is no such file. Nothing of it is repeated in the message.
    """
    if len(raw) > MAX_BYTES:
        raise RecordRefused("This file is too large to be a company's reasons.")
    try:
        told: Any = parse_json(raw, 4)
        found = Reasons.model_validate(told)
        for part in PARTS:
            plain_paragraphs(found.document(part).text)
    except (ValueError, ValidationError) as error:
        raise RecordRefused("This is no file of a company's reasons.") from error
    return found


__all__ = ["PARTS", "Document", "Part", "Reasons", "read_reasons"]
