"""What a customer may do with agreements, in both ways: sent, or signed for others to carry.

Usage example::

    act = acts.end(deployment, agreement_id, terms)
    gas = chain.simulate(act.call, wallet)  # refused here, in words
    message = act.sign(chain, wallet)  # what the wallet is to sign, if somebody else carries
"""

from __future__ import annotations

from typing import Any

from ..acts import Act, deadline, free_nonce
from ..calls import Call
from ..chain import Chain
from ..deployments import Deployment
from ..typed_data import TypedData, message, open_agreement
from . import calls
from .models import Ladder, Terms


def open(deployment: Deployment, ladder: Ladder) -> Act:
    """Agree to a ladder and pay in; the wallet allowed the book to take the deposit before."""

    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Agreements", wallet)
        return open_agreement(deployment, wallet, ladder, nonce=nonce, deadline=deadline(chain))

    return Act(calls.open(deployment, ladder), sign, "OpenAgreement")


def go_on(
    deployment: Deployment,
    agreement_id: int,
    terms: Terms,
    *,
    period: int,
    limit: int,
    period_cap: int,
) -> Act:
    """Go on beyond the ladder's stop, or its cap, until one period ends."""
    words = {"period": period, "limit": limit, "period_cap": period_cap}
    call = calls.go_on(deployment, agreement_id, terms, **words)
    return _about(deployment, call, "GoOn", terms, agreement_id=agreement_id, **words)


def end(deployment: Deployment, agreement_id: int, terms: Terms, is_at_once: bool = False) -> Act:
    """End with the period that runs; or at once, if a plan got worse."""
    call = calls.end(deployment, agreement_id, terms, is_at_once)
    words: dict[str, Any] = {"agreement_id": agreement_id, "is_at_once": is_at_once}
    return _about(deployment, call, "EndAgreement", terms, **words)


def withdraw(
    deployment: Deployment, agreement_id: int, terms: Terms, payee: str, amount: int
) -> Act:
    """Take money back that no cap binds."""
    call = calls.withdraw(deployment, agreement_id, terms, payee, amount)
    words: dict[str, Any] = {"agreement_id": agreement_id, "payee": payee, "amount": amount}
    return _about(deployment, call, "WithdrawEscrow", terms, **words)


def top_up(deployment: Deployment, agreement_id: int, terms: Terms, amount: int) -> Act:
    """Pay in; whoever pays sends it themselves."""
    return Act(calls.top_up(deployment, agreement_id, terms, amount))


def _about(deployment: Deployment, call: Call, struct: str, terms: Terms, **words: Any) -> Act:
    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce, end = free_nonce(chain, deployment, "Agreements", wallet), deadline(chain)
        return message(deployment, struct, wallet=wallet, **words, nonce=nonce, deadline=end)

    return Act(call, sign, struct, terms=terms)


__all__ = ["end", "go_on", "open", "top_up", "withdraw"]
