"""Who may see a person's data: the messages, and the calls that carry them."""

from __future__ import annotations

from typing import Any

from ..calls import Call
from ..deployments import Deployment
from .build import message
from .message import TypedData

TERMS = (
    *("company_id", "purpose", "categories", "issued_at", "until", "keep_until"),
    *("reads", "notice_version", "record_hash"),
)  # the contract's struct, in its order

# ---- what a person signs ------------------------------------------------------------


def grant(
    deployment: Deployment, wallet: str, passport_id: int, *, deadline: int, **terms: Any
) -> TypedData:
    """What a person signs to let a company see data of theirs.

    Args:
        deployment: Where Consent stands.
        wallet: Any wallet of theirs.
        passport_id: Theirs: what they signed is nobody else's once the wallet is.
        deadline: The last second in which it may be carried.
        terms: Each of `TERMS`, in the contract's units.
    """
    return message(
        deployment, "Grant", wallet=wallet, passport_id=passport_id, **terms, deadline=deadline
    )


def refuse(
    deployment: Deployment,
    wallet: str,
    *,
    company_id: int,
    purpose: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a person signs to say no to a company, which may not ask again for a month."""
    words = {"company_id": company_id, "purpose": purpose}
    return message(deployment, "Refuse", wallet=wallet, **words, nonce=nonce, deadline=deadline)


def withdraw(
    deployment: Deployment,
    wallet: str,
    passport_id: int,
    *,
    company_id: int,
    purpose: int,
    signed_at: int,
    deadline: int,
) -> TypedData:
    """What a person signs to take back what they gave a company for a purpose.

    Args:
        deployment: Where Consent stands.
        wallet: Any wallet of theirs.
        passport_id: Theirs.
        company_id: The company.
        purpose: The purpose's number.
        signed_at: The chain's time now: a grant given since stays.
        deadline: The last second in which it may be carried.
    """
    words = {"company_id": company_id, "purpose": purpose, "signed_at": signed_at}
    return message(
        deployment, "Withdraw", wallet=wallet, passport_id=passport_id, **words, deadline=deadline
    )


def withdraw_all(
    deployment: Deployment, wallet: str, passport_id: int, *, signed_at: int, deadline: int
) -> TypedData:
    """What a person signs to take back everything, from everybody."""
    return message(
        deployment,
        "WithdrawAll",
        wallet=wallet,
        passport_id=passport_id,
        signed_at=signed_at,
        deadline=deadline,
    )


def deny_company(
    deployment: Deployment,
    wallet: str,
    *,
    company_id: int,
    is_denied: bool,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a person signs to shut a company out, whatever they gave it, or to let it in again."""
    words = {"company_id": company_id, "is_denied": is_denied}
    return message(
        deployment, "DenyCompany", wallet=wallet, **words, nonce=nonce, deadline=deadline
    )


def deny_purpose(
    deployment: Deployment,
    wallet: str,
    *,
    purpose: int,
    is_denied: bool,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a person signs to shut a purpose out with every company, or to let it in again."""
    words = {"purpose": purpose, "is_denied": is_denied}
    return message(
        deployment, "DenyPurpose", wallet=wallet, **words, nonce=nonce, deadline=deadline
    )


# ---- the calls that carry them --------------------------------------------------------


def carry_consent(deployment: Deployment, told: TypedData, signature: bytes) -> Call:
    """The call for one of the messages above."""
    function, words = _CALLS[told.struct]
    if told.struct == "Grant":
        terms = {name: told.message[name] for name in TERMS}
        sent = [tuple((terms | {"record_hash": _bytes(terms["record_hash"])}).values())]
    else:
        sent = [told.message[word] for word in words]
    return deployment.contract("Consent").call(
        f"{function}_by_signature",
        told.message["wallet"],
        *sent,
        told.message["deadline"],
        signature,
    )


_CALLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "DenyCompany": ("deny_company", ("company_id", "is_denied", "nonce")),
    "DenyPurpose": ("deny_purpose", ("purpose", "is_denied", "nonce")),
    "Grant": ("grant", ()),
    "Refuse": ("refuse", ("company_id", "purpose", "nonce")),
    "Withdraw": ("withdraw", ("company_id", "purpose", "signed_at")),
    "WithdrawAll": ("withdraw_all", ("signed_at",)),
}
CARRIED = tuple(_CALLS)


def _bytes(value: str) -> bytes:
    return bytes.fromhex(value[2:])


__all__ = [
    "CARRIED",
    "TERMS",
    "carry_consent",
    "deny_company",
    "deny_purpose",
    "grant",
    "refuse",
    "withdraw",
    "withdraw_all",
]
