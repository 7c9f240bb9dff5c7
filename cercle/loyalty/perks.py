"""Perks: claiming, redeeming and what staff do around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..calls import Call
from ..deployments import Deployment
from ..slips import RedeemCode
from ..values import ZERO_HASH


def open_perk(
    deployment: Deployment, content_hash: str, terms: tuple[Any, ...], stock: Sequence[int]
) -> Call:
    """Put a perk on the shelf, on terms that nobody changes later.

    Args:
        deployment: The brand.
        content_hash: Its text in the content store, already kept there.
        terms: The `Terms` struct; `PerkTerms.for_chain` builds it.
        stock: How many of each variant, in the order of the text.
    """
    raw = bytes.fromhex(content_hash[2:])
    return deployment.contract("Perks").call("open_perk", raw, terms, list(stock))


def claim(
    deployment: Deployment, perk_id: int, variant: int = 0, order_hash: str = ZERO_HASH
) -> Call:
    """Claim one piece; a price is held in escrow until it is delivered.

    Args:
        deployment: The brand.
        perk_id: The perk.
        variant: Its place in the text, from 0.
        order_hash: Of the order (`cercle.orders`); what is sent needs one.
    """
    order = bytes.fromhex(order_hash[2:])
    return deployment.contract("Perks").call("claim", perk_id, variant, order)


def cancel(deployment: Deployment, claim_id: int) -> Call:
    """Give a claim back; the points return."""
    return deployment.contract("Perks").call("cancel", claim_id)


def miss(deployment: Deployment, claim_id: int) -> Call:
    """Say that a claim was not delivered in time; the points return. Anyone may."""
    return deployment.contract("Perks").call("miss", claim_id)


def redeem(
    deployment: Deployment, claim_id: int, wallet: str, deadline: int, signature: bytes
) -> Call:
    """Deliver at the till, by the code that the member signed."""
    return deployment.contract("Perks").call("redeem", claim_id, wallet, deadline, signature)


def read_redeem_code(text: str) -> RedeemCode:
    """Read the code that a member shows at the till.

    Raises:
        BadSlip: It is none.
    """
    return RedeemCode.from_text(text)


def redeem_code(deployment: Deployment, code: RedeemCode) -> Call:
    """Deliver at the till, by the code as it was read."""
    return redeem(deployment, code.claim_id, code.wallet, code.deadline, code.signature_bytes)


def fulfil(deployment: Deployment, claim_ids: Sequence[int], evidence: str) -> Call:
    """Say, as staff, that codes were delivered or parcels sent."""
    return deployment.contract("Perks").call("fulfil", list(claim_ids), bytes.fromhex(evidence[2:]))


def close_perk(deployment: Deployment, perk_id: int) -> Call:
    """Take no more claims; those made stay good."""
    return deployment.contract("Perks").call("close_perk", perk_id)


def add_stock(deployment: Deployment, perk_id: int, variant: int, amount: int) -> Call:
    """Add pieces of a variant."""
    return deployment.contract("Perks").call("add_stock", perk_id, variant, amount)


__all__ = [
    "add_stock",
    "cancel",
    "claim",
    "close_perk",
    "fulfil",
    "miss",
    "open_perk",
    "read_redeem_code",
    "redeem",
    "redeem_code",
]
