"""What is kept of a person, what it earns, and why: the messages, and the calls that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..calls import Call
from ..deployments import Deployment
from .build import message
from .message import TypedData
from .structs import STRUCTS

# ---- what a person signs ------------------------------------------------------------


def move(
    deployment: Deployment,
    wallet: str,
    passport_id: int,
    *,
    category: int,
    commitment: str,
    version: int,
    deadline: int,
) -> TypedData:
    """What a person signs to tell every company at once that data of theirs changed.

    Args:
        deployment: Where Records stands.
        wallet: Any wallet of theirs.
        passport_id: Theirs: what they signed is nobody else's once the wallet is.
        category: The category's number.
        commitment: A keyed commitment to the new record, never a plain hash of it.
        version: One more than the newest: so it counts once.
        deadline: The last second in which it may be carried.
    """
    words = {"category": category, "commitment": commitment, "version": version}
    return message(
        deployment, "Move", wallet=wallet, passport_id=passport_id, **words, deadline=deadline
    )


def erase(
    deployment: Deployment,
    wallet: str,
    passport_id: int,
    *,
    category: int,
    version: int,
    deadline: int,
) -> TypedData:
    """What a person signs to have what is kept of them destroyed; `version` as for a move."""
    words = {"category": category, "version": version}
    return message(
        deployment, "Erase", wallet=wallet, passport_id=passport_id, **words, deadline=deadline
    )


def set_custodians(
    deployment: Deployment, wallet: str, custodians: Sequence[str], *, nonce: int, deadline: int
) -> TypedData:
    """What a person signs to name who keeps their records and certifies their end."""
    words = {"custodians": list(custodians), "nonce": nonce}
    return message(deployment, "SetCustodians", wallet=wallet, **words, deadline=deadline)


def set_price(
    deployment: Deployment,
    wallet: str,
    *,
    purpose: int,
    category: int,
    price: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to say what a read costs, in the token's smallest units."""
    words = {"purpose": purpose, "category": category, "price": price, "nonce": nonce}
    return message(deployment, "SetPrice", wallet=wallet, **words, deadline=deadline)


def set_shares(
    deployment: Deployment,
    wallet: str,
    shares: Sequence[tuple[int, int]],
    *,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to share what its data earns: (passport, basis points) each."""
    told = [{"payee": payee, "basis_points": points} for payee, points in shares]
    return message(
        deployment, "SetShares", wallet=wallet, shares=told, nonce=nonce, deadline=deadline
    )


def demand(deployment: Deployment, wallet: str, *, decision_id: int, deadline: int) -> TypedData:
    """What a person signs to demand the reasons of a decision about them."""
    return message(deployment, "Demand", wallet=wallet, decision_id=decision_id, deadline=deadline)


# ---- the calls that carry them --------------------------------------------------------


def carry_record(deployment: Deployment, told: TypedData, signature: bytes) -> Call:
    """The call for one of the messages above: its fields in their order, then the signature.

    Whose it is the contract finds out: the passport's number is signed, not sent.
    """
    struct = STRUCTS[told.struct]
    names = [field.name for field in struct.fields if field.name != "passport_id"]
    sent = [_packed(told.message[name]) for name in names]
    function = f"{_CALLS[told.struct]}_by_signature"
    return deployment.contract(struct.contract).call(function, *sent, signature)


_CALLS = {
    "Demand": "demand",
    "Erase": "erase",
    "Move": "move",
    "SetCustodians": "set_custodians",
    "SetPrice": "set_price",
    "SetShares": "set_shares",
}
CARRIED = tuple(_CALLS)


def _packed(value: Any) -> Any:
    """A hash as bytes, a struct as a tuple; anything else as it is."""
    if isinstance(value, list | tuple):
        return [_packed(one) for one in value]
    if isinstance(value, dict):
        return tuple(value.values())
    if isinstance(value, str) and len(value) == 66:
        return bytes.fromhex(value[2:])
    return value


__all__ = [
    "CARRIED",
    "carry_record",
    "demand",
    "erase",
    "move",
    "set_custodians",
    "set_price",
    "set_shares",
]
