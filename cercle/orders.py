"""The order behind a claim of what is sent: which piece, whose, and nothing about the person.

On the ledger stands its salted hash. Size, address and name are in the vault, where the shop
reads them under the same hash; the order names numbers alone, and lies with member and shop.
"""

from __future__ import annotations

import secrets
from typing import Literal

from pydantic import Field, ValidationError

from .chain import Chain
from .consent.commitments import SECRET, matches, salted_hash
from .content.canonical import MAX_BYTES, canonical_bytes
from .deployments import Deployment
from .errors import CercleError, PerkLimitReached
from .jsontext import parse_json
from .values import Address, Frozen, Hash

__all__ = ["BadOrder", "Order", "OrderFile", "make_order"]


class BadOrder(CercleError):
    """These bytes are no order, or not the one that the hash seals."""


class Order(Frozen):
    """What is to be sent. Numbers that JSON readers round are text."""

    what: Literal["cercle order 1"] = "cercle order 1"
    chain_id: int = Field(gt=0, lt=2**53)
    perks: Address
    perk_id: str = Field(pattern=r"^[1-9][0-9]{0,52}$")
    variant: int = Field(ge=0, lt=16)
    passport_id: str = Field(pattern=r"^[1-9][0-9]{0,19}$")
    claim_id: str = Field(pattern=r"^[1-9][0-9]{0,77}$")

    @property
    def document(self) -> bytes:
        """What is hashed: canonical JSON (RFC 8785)."""
        return canonical_bytes(self.model_dump(mode="json"))


class OrderFile(Frozen):
    """An order with its salt: whoever has both can show what the hash on the ledger stands for.

    Usage example::

        file = OrderFile.seal(order)
        call = perks.claim(deployment, perk_id, variant, file.order_hash)
        OrderFile.parse(raw).require(order_hash)
    """

    order: Order
    salt: Hash = Field(description="32 random bytes that seal nothing else")

    @classmethod
    def seal(cls, order: Order) -> OrderFile:
        """Seal an order under a fresh salt."""
        return cls(order=order, salt="0x" + secrets.token_bytes(SECRET).hex())

    @classmethod
    def parse(cls, raw: bytes) -> OrderFile:
        """Read an order's file strictly.

        Raises:
            BadOrder: It is none.
        """
        if len(raw) > MAX_BYTES:
            raise BadOrder("An order takes less than this.")
        try:
            return cls.model_validate(parse_json(raw, max_depth=3))
        except (ValueError, ValidationError) as error:
            raise BadOrder("This file is no order.") from error

    @property
    def order_hash(self) -> str:
        """What the claim carries, on the ledger."""
        return salted_hash(self.order.document, self._salt)

    @property
    def raw(self) -> bytes:
        """The file."""
        return canonical_bytes(self.model_dump(mode="json"))

    def matches(self, order_hash: str) -> bool:
        """Whether this is the order that a claim carries."""
        return matches(self.order.document, self._salt, order_hash)

    def require(self, order_hash: str) -> Order:
        """The order, if it is the one that a claim carries.

        Raises:
            BadOrder: It is another.
        """
        if not self.matches(order_hash):
            raise BadOrder("This is not the order that the claim carries.")
        return self.order

    @property
    def _salt(self) -> bytes:
        return bytes.fromhex(self.salt[2:])


def make_order(
    chain: Chain, deployment: Deployment, wallet: str, perk_id: int, variant: int = 0
) -> OrderFile:
    """The order for somebody's next claim of a perk, sealed.

    Raises:
        PerkLimitReached: They have no further claim for now.
    """
    head = chain.head(fresh=True)
    member = deployment.contract("Membership").read("member_of", wallet)
    passport_id, member_no = chain.read([member], head)[0]
    contract = deployment.contract("Perks")
    claim_id = chain.read([contract.read("next_claim_id", perk_id, member_no)], head)[0]
    if not (passport_id and claim_id):
        raise PerkLimitReached()
    return OrderFile.seal(
        Order(
            chain_id=deployment.chain_id,
            perks=contract.address,
            perk_id=str(perk_id),
            variant=variant,
            passport_id=str(passport_id),
            claim_id=str(claim_id),
        )
    )
