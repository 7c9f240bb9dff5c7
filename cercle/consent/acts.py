"""What a person may do about their data, in both ways: sent, or signed for others to carry.

Usage example::

    act = acts.withdraw_all(deployment)
    gas = chain.simulate(act.call, wallet)  # refused here, in words
    message = act.sign(chain, wallet)  # what the wallet is to sign, if somebody else carries
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import typed_data
from ..acts import Act, Sign, deadline, free_nonce
from ..chain import Chain
from ..deployments import Deployment
from ..errors import ConsentNeedsPassport
from ..typed_data import STRUCTS, TypedData
from . import calls
from .terms import ConsentTerms

_OUTSIDE = ("chain_id", "contract", "passport_id", "notice_hash")  # terms that the struct has not


def grant(deployment: Deployment, terms: ConsentTerms, record_hash: str) -> Act:
    """Let a company see data of one's own.

    Args:
        deployment: Where Consent stands.
        terms: Which data, for what, until when; `issued_at` is the chain's time now.
        record_hash: `record_hash(record(terms, notice, language))`: what the person read.
    """

    def sign(chain: Chain, wallet: str) -> TypedData:
        return typed_data.grant(
            deployment,
            wallet,
            terms.passport_id,
            **terms.model_dump(exclude=set(_OUTSIDE)),
            record_hash=record_hash,
            deadline=deadline(chain),
        )

    return Act(calls.grant(deployment, terms, record_hash), sign, "Grant")


def refuse(deployment: Deployment, company_id: int, purpose: int) -> Act:
    """Say no to a company; it may not ask again for thirty days."""
    words = {"company_id": company_id, "purpose": purpose}
    sign = _once(deployment, "Refuse", **words)
    return Act(calls.refuse(deployment, company_id, purpose), sign, "Refuse")


def withdraw(deployment: Deployment, company_id: int, purpose: int) -> Act:
    """Take back what one gave a company for a purpose."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        end = deadline(chain)
        return typed_data.withdraw(
            deployment,
            wallet,
            _passport(chain, deployment, wallet),
            company_id=company_id,
            purpose=purpose,
            signed_at=_now(chain),
            deadline=end,
        )

    return Act(calls.withdraw(deployment, company_id, purpose), sign, "Withdraw")


def withdraw_all(deployment: Deployment) -> Act:
    """Take back everything, from everybody."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        end = deadline(chain)
        passport_id = _passport(chain, deployment, wallet)
        return typed_data.withdraw_all(
            deployment, wallet, passport_id, signed_at=_now(chain), deadline=end
        )

    return Act(calls.withdraw_all(deployment), sign, "WithdrawAll")


def deny_company(deployment: Deployment, company_id: int, is_denied: bool = True) -> Act:
    """Shut a company out, whatever one gave it, or let it in again."""
    words = {"company_id": company_id, "is_denied": is_denied}
    sign = _once(deployment, "DenyCompany", **words)
    return Act(calls.deny_company(deployment, company_id, is_denied), sign, "DenyCompany")


def deny_purpose(deployment: Deployment, purpose: int, is_denied: bool = True) -> Act:
    """Shut a purpose out with every company, or let it in again."""
    words = {"purpose": purpose, "is_denied": is_denied}
    sign = _once(deployment, "DenyPurpose", **words)
    return Act(calls.deny_purpose(deployment, purpose, is_denied), sign, "DenyPurpose")


def move(deployment: Deployment, category: int, commitment: str) -> Act:
    """Tell every company at once that data of one's own changed.

    Args:
        deployment: Where Records stands.
        category: The category's number.
        commitment: A keyed commitment to the new record, never a plain hash of it.
    """

    def sign(chain: Chain, wallet: str) -> TypedData:
        passport_id, version = _next_version(chain, deployment, wallet, category)
        return typed_data.move(
            deployment,
            wallet,
            passport_id,
            category=category,
            commitment=commitment,
            version=version,
            deadline=deadline(chain),
        )

    return Act(calls.move(deployment, category, commitment), sign, "Move")


def erase(deployment: Deployment, category: int) -> Act:
    """Have what is kept of one destroyed."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        passport_id, version = _next_version(chain, deployment, wallet, category)
        end = deadline(chain)
        return typed_data.erase(
            deployment, wallet, passport_id, category=category, version=version, deadline=end
        )

    return Act(calls.erase(deployment, category), sign, "Erase")


def set_custodians(deployment: Deployment, custodians: Sequence[str]) -> Act:
    """Name who keeps one's records and certifies their end."""
    told = list(custodians)
    sign = _once(deployment, "SetCustodians", custodians=told)
    return Act(calls.set_custodians(deployment, told), sign, "SetCustodians")


def set_price(deployment: Deployment, purpose: int, category: int, price: int) -> Act:
    """Say what a read costs; by the main wallet."""
    words = {"purpose": purpose, "category": category, "price": price}
    sign = _once(deployment, "SetPrice", **words)
    return Act(calls.set_price(deployment, purpose, category, price), sign, "SetPrice")


def set_shares(deployment: Deployment, shares: Sequence[tuple[int, int]]) -> Act:
    """Share what one's data earns, from next month on: (passport, basis points); main wallet."""
    told = [{"payee": payee, "basis_points": points} for payee, points in shares]
    sign = _once(deployment, "SetShares", shares=told)
    return Act(calls.set_shares(deployment, shares), sign, "SetShares")


def demand(deployment: Deployment, decision_id: int) -> Act:
    """Demand the reasons of a decision about oneself."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        end = deadline(chain)
        return typed_data.demand(deployment, wallet, decision_id=decision_id, deadline=end)

    return Act(calls.demand(deployment, decision_id), sign, "Demand")


def collect(deployment: Deployment, account: int, payee: int) -> Act:
    """Fetch what a person's data earned for somebody; anybody may send it."""
    return Act(calls.collect(deployment, account, payee))


# ---- what they need ---------------------------------------------------------------------


def _once(deployment: Deployment, struct: str, **words: Any) -> Sign:
    """How a message with a nonce is made."""
    contract = STRUCTS[struct].contract

    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, contract, wallet)
        told = {**words, "nonce": nonce, "deadline": deadline(chain)}
        return typed_data.message(deployment, struct, wallet=wallet, **told)

    return sign


def _now(chain: Chain) -> int:
    return chain.head(fresh=True).timestamp


def _passport(chain: Chain, deployment: Deployment, wallet: str) -> int:
    read = deployment.contract("Passport").read("id_of", wallet)
    found = int(chain.read([read], chain.head(fresh=True))[0])
    if not found:
        raise ConsentNeedsPassport()
    return found


def _next_version(
    chain: Chain, deployment: Deployment, wallet: str, category: int
) -> tuple[int, int]:
    passport_id = _passport(chain, deployment, wallet)
    read = deployment.contract("Records").read("move_of", passport_id, category)
    told = chain.read([read], chain.head())[0]
    return passport_id, int(told["version"]) + 1


__all__ = [
    "collect",
    "demand",
    "deny_company",
    "deny_purpose",
    "erase",
    "grant",
    "move",
    "refuse",
    "set_custodians",
    "set_price",
    "set_shares",
    "withdraw",
    "withdraw_all",
]
