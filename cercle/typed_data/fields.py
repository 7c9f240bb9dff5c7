"""What a message is made of: a name, its fields for EIP-712, its words for a wallet's screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Show(StrEnum):
    """How a wallet shows a field, in the formats of ERC-7730."""

    RAW = "raw"
    ADDRESS = "addressName"
    DATE = "date"
    POINTS = "tokenAmount"
    SUPPORT = "enum"  # against, in favour, abstain
    HIDDEN = "hidden"  # a nonce, a hash: nothing that a person could check


@dataclass(frozen=True)
class Field:
    """One field of a message."""

    name: str
    type: str
    label: str
    show: Show = Show.RAW
    parts: tuple[Field, ...] = ()  # of a struct inside the message, or of each of a list of them

    @property
    def part(self) -> str:
        """What EIP-712 calls the struct inside."""
        return self.type.removesuffix("[]")


@dataclass(frozen=True)
class Struct:
    """One message: who signs it, for which contract, and what they mean by it."""

    name: str
    contract: str
    intent: str
    actor: str  # the field that names the signer
    fields: tuple[Field, ...]
    is_checked_on_chain: bool = True  # else only a carrier looks at it: the act is open to anyone
    type: str = ""  # its EIP-712 name, where two contracts have one of the same name

    @property
    def domain(self) -> str:
        """The name that its contract has in EIP-712; but Points carry their token's own."""
        return "Cercle " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.contract)

    @property
    def type_name(self) -> str:
        """What EIP-712 calls it."""
        return self.type or self.name

    @property
    def encoded_type(self) -> str:
        """The type as EIP-712 hashes it."""
        return "".join(
            f"{name}({','.join(f'{one.type} {one.name}' for one in fields)})"
            for name, fields in self.types.items()
        )

    @property
    def types(self) -> dict[str, tuple[Field, ...]]:
        """Its fields, and those of the structs inside it, by their EIP-712 names."""
        inside = {one.part: one.parts for one in self.fields if one.parts}
        return {self.type_name: self.fields, **dict(sorted(inside.items()))}


def wallet_field(name: str, label: str) -> Field:
    """A field that names an account."""
    return Field(name, "address", label, Show.ADDRESS)


NONCE = Field("nonce", "uint256", "Nonce", Show.HIDDEN)
DEADLINE = Field("deadline", "uint256", "Good until", Show.DATE)

__all__ = ["DEADLINE", "NONCE", "Field", "Show", "Struct", "wallet_field"]
