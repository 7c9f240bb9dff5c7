"""Points: the spendable currency of a brand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from ..calls import Call
from ..core import entry_name
from ..deployments import Deployment


def base_units(amount: Decimal | int, decimals: int) -> int:
    """Whole points as the contract counts them.

    Raises:
        ValueError: The amount is negative, or finer than the token's decimals.
    """
    exact = Decimal(amount).scaleb(decimals)
    units = exact.to_integral_value(rounding=ROUND_DOWN)
    if units != exact or units < 0:
        raise ValueError(f"{amount} is not an amount of points with {decimals} decimals")
    return int(units)


def transfer(deployment: Deployment, receiver: str, amount: int) -> Call:
    """Give points to somebody; `amount` in base units."""
    return deployment.contract("Points").call("transfer", receiver, amount)


def approve(deployment: Deployment, spender: str, amount: int) -> Call:
    """Let somebody spend up to `amount` base units."""
    return deployment.contract("Points").call("approve", spender, amount)


def permit(
    deployment: Deployment, owner: str, spender: str, value: int, deadline: int, signature: bytes
) -> Call:
    """Bring a holder's signed permit to the chain (EIP-2612); anyone may."""
    if len(signature) != 65:
        raise ValueError("a permit takes an ordinary wallet's signature of 65 bytes")
    r, s, v = signature[:32], signature[32:64], signature[64]
    return deployment.contract("Points").call("permit", owner, spender, value, deadline, v, r, s)


def sweep(deployment: Deployment, holders: Sequence[str]) -> Call:
    """Take expired points out of the supply; anyone may."""
    return deployment.contract("Points").call("sweep", list(holders))


def recognise(deployment: Deployment, name: str) -> Call:
    """Let points learn which contract the Charter names; anyone may."""
    return deployment.contract("Points").call("recognise", entry_name(name))


def raise_face_value(deployment: Deployment, new_value: Decimal) -> Call:
    """Raise what a point is worth, in its currency. It never falls."""
    return deployment.contract("Points").call("raise_face_value", base_units(new_value, 6))


def raise_expiry_period(deployment: Deployment, seconds: int) -> Call:
    """Let points live longer; 0 is for ever."""
    return deployment.contract("Points").call("raise_expiry_period", seconds)


__all__ = [
    "approve",
    "base_units",
    "permit",
    "raise_expiry_period",
    "raise_face_value",
    "recognise",
    "sweep",
    "transfer",
]
