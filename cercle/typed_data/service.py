"""Messages about service contracts, and the calls that carry them.

Usage example::

    message = typed_data.open_agreement(deployment, wallet, ladder, nonce=7, deadline=end)
    signed = SignedMessage(message=message, signature=..., terms=None)
    call = typed_data.carry(deployment, signed)

What a meter signs is in `cercle.agreements.meters`: no wallet ever shows it.
"""

from __future__ import annotations

from typing import Any

from ..agreements.models import Ladder, Terms
from ..agreements.plans import AtCapacity, Plan, Rung, packed_rungs
from ..calls import Call
from ..deployments import Deployment
from ..errors import CercleError
from .build import message
from .message import TypedData

_LADDER = (
    *("list_id", "revision", "meter", "starts_at", "periods"),
    *("period_cap", "total_cap", "deposit"),
)


def open_agreement(
    deployment: Deployment, wallet: str, ladder: Ladder, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to agree to a ladder and pay in: each plan with its prices.

    Args:
        deployment: Where Agreements stands.
        wallet: The customer's main wallet: it pays the deposit.
        ladder: As `ladder.build` made it.
        nonce: Any number that this wallet has not used there.
        deadline: The last second in which it may be carried.
    """
    return message(
        deployment,
        "OpenAgreement",
        wallet=wallet,
        **{name: getattr(ladder, name) for name in _LADDER},
        rungs=[rung.message for rung in ladder.rungs],
        nonce=nonce,
        deadline=deadline,
    )


def go_on(
    deployment: Deployment,
    wallet: str,
    agreement_id: int,
    *,
    period: int,
    limit: int,
    period_cap: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to go on beyond a stop, until that one period ends."""
    words = {"period": period, "limit": limit, "period_cap": period_cap, "nonce": nonce}
    return message(
        deployment, "GoOn", wallet=wallet, agreement_id=agreement_id, **words, deadline=deadline
    )


def end_agreement(
    deployment: Deployment,
    wallet: str,
    agreement_id: int,
    *,
    is_at_once: bool,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to end a contract: with its period; at once, if a plan got worse."""
    words = {"agreement_id": agreement_id, "is_at_once": is_at_once, "nonce": nonce}
    return message(deployment, "EndAgreement", wallet=wallet, **words, deadline=deadline)


def withdraw_escrow(
    deployment: Deployment,
    wallet: str,
    agreement_id: int,
    *,
    payee: str,
    amount: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to take money out of a contract, in the token's smallest units."""
    words = {"agreement_id": agreement_id, "payee": payee, "amount": amount, "nonce": nonce}
    return message(deployment, "WithdrawEscrow", wallet=wallet, **words, deadline=deadline)


def personal_offer(
    deployment: Deployment,
    signer: str,
    *,
    list_id: int,
    passport_id: int,
    plan: Plan,
    content_hash: str,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What who acts for a provider signs to offer one person a plan of their own."""
    return message(
        deployment,
        "PersonalOffer",
        signer=signer,
        list_id=list_id,
        passport_id=passport_id,
        **plan.model_dump(),
        content_hash=content_hash,
        nonce=nonce,
        deadline=deadline,
    )


# ---- the calls that carry them --------------------------------------------------------


def carry_service(
    deployment: Deployment, told: TypedData, signature: bytes, terms: Terms | None
) -> Call:
    """The call for one of a customer's messages.

    Raises:
        ValueError: The contract's terms are missing, or its ladder is none.
    """
    words = told.message
    contract = deployment.contract("Agreements")
    end = words["nonce"], words["deadline"], signature
    if told.struct == "OpenAgreement":
        ladder = ladder_of(words).words
        return contract.call("open_by_signature", words["wallet"], ladder, *end)
    if terms is None:
        raise ValueError("This takes the terms of the contract.")
    function, names = _CALLS[told.struct]
    sent = [words[name] for name in names]
    return contract.call(
        f"{function}_by_signature", words["wallet"], words["agreement_id"], terms.words, *sent, *end
    )


def ladder_of(words: dict[str, Any]) -> Ladder:
    """The ladder that an `OpenAgreement` tells.

    Raises:
        ValueError: A word is none that a ladder could have.
    """
    rungs = tuple(_rung(one) for one in words["rungs"])
    try:
        packed_rungs(rungs)
    except CercleError as error:
        raise ValueError(str(error)) from error
    return Ladder(**{name: words[name] for name in _LADDER}, rungs=rungs)


def _rung(told: dict[str, Any]) -> Rung:
    plan = Plan(**{name: told[name] for name in Plan.model_fields})
    return Rung(plan_id=told["plan"], plan=plan, at_capacity=AtCapacity(told["at_capacity"]))


_CALLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "EndAgreement": ("end", ("is_at_once",)),
    "GoOn": ("go_on", ("period", "limit", "period_cap")),
    "WithdrawEscrow": ("withdraw", ("payee", "amount")),
}
CARRIED = ("OpenAgreement", *_CALLS)

__all__ = [
    "CARRIED",
    "carry_service",
    "end_agreement",
    "go_on",
    "ladder_of",
    "open_agreement",
    "personal_offer",
    "withdraw_escrow",
]
