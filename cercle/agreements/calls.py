"""The calls of price lists and agreements: what a provider, a customer and anybody may send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..calls import Call
from ..contracts import Contract
from ..deployments import Deployment
from ..events import decode_logs
from ..typed_data import SignedMessage
from ..values import hash_text
from .models import Ladder, Reading, Terms
from .plans import Plan

_ERC20 = (
    {
        "type": "function",
        "name": "approve",
        "stateMutability": "nonpayable",
        "inputs": [{"name": "spender", "type": "address"}, {"name": "amount", "type": "uint256"}],
        "outputs": [{"name": "", "type": "bool"}],
    },
)

# ---- a provider -----------------------------------------------------------------------


def open_list(
    deployment: Deployment,
    company_id: int,
    *,
    operator_id: int,
    token: str,
    period: int,
    grace: int,
    outage_factor: int,
    content_hash: str,
) -> Call:
    """Open a price list; what it says here holds for good.

    Args:
        deployment: Where PriceLists stands.
        company_id: The provider, for which the sender acts.
        operator_id: The company whose meters count, never the provider.
        token: What prices are in, an ERC-20.
        period: Seconds.
        grace: Seconds after a period in which its readings still count.
        outage_factor: Basis points of the time lost that are credited.
        content_hash: What a unit is and what is served, by its hash.
    """
    words = (operator_id, token, period, grace, outage_factor, _raw(content_hash))
    return _lists(deployment, "open_list", company_id, *words)


def publish_plan(deployment: Deployment, list_id: int, plan: Plan, content_hash: str) -> Call:
    """Add a plan to a list, for whoever wants it."""
    return _lists(deployment, "publish_plan", list_id, plan.words, _raw(content_hash))


def revise_plan(
    deployment: Deployment, list_id: int, plan_id: int, plan: Plan, content_hash: str
) -> Call:
    """Change a plan; for those who have it nothing gets dearer."""
    return _lists(deployment, "revise_plan", list_id, plan_id, plan.words, _raw(content_hash))


def withdraw_plan(deployment: Deployment, list_id: int, plan_id: int) -> Call:
    """Offer a plan no more; those who have it keep it."""
    return _lists(deployment, "withdraw_plan", list_id, plan_id)


def publish_offer(deployment: Deployment, signed: SignedMessage) -> Call:
    """Add a plan for one person alone, by the provider's signed `PersonalOffer`; anybody may."""
    told = signed.message.message
    plan = tuple(told[name] for name in Plan.model_fields)
    words = (told["list_id"], told["passport_id"], plan, _raw(told["content_hash"]))
    end = (told["signer"], told["nonce"], told["deadline"], signed.raw)
    return _lists(deployment, "publish_offer", *words, *end)


def register_meter(
    deployment: Deployment, meter: str, company_id: int, content_hash: str, signature: bytes
) -> Call:
    """Say who operates a meter, for good; with the meter's own signature."""
    words = (meter, company_id, _raw(content_hash), signature)
    return _lists(deployment, "register_meter", *words)


def discontinue(deployment: Deployment, agreement_id: int, terms: Terms) -> Call:
    """Stop serving a customer, with the period after the one that runs."""
    return _agreements(deployment, "discontinue", agreement_id, terms.words)


def collect(deployment: Deployment, list_id: int, payee: str) -> Call:
    """Pay out what a list's provider earned; its controller alone."""
    return _agreements(deployment, "collect", list_id, payee)


# ---- a customer -----------------------------------------------------------------------


def allow(deployment: Deployment, token: str, amount: int) -> Call:
    """Let the book of agreements take a deposit from the sender, before they open or top up."""
    call = Contract("token", token, _ERC20).call
    return call("approve", deployment.address("Agreements"), amount)


def open(deployment: Deployment, ladder: Ladder) -> Call:
    """Agree to a ladder and pay in."""
    return _agreements(deployment, "open", ladder.words)


def go_on(
    deployment: Deployment,
    agreement_id: int,
    terms: Terms,
    *,
    period: int,
    limit: int,
    period_cap: int,
) -> Call:
    """Go on beyond the ladder's stop, or its cap, until one period ends."""
    words = (agreement_id, terms.words, period, limit, period_cap)
    return _agreements(deployment, "go_on", *words)


def end(deployment: Deployment, agreement_id: int, terms: Terms, is_at_once: bool = False) -> Call:
    """End with the period that runs; or at once, if a plan got worse."""
    return _agreements(deployment, "end", agreement_id, terms.words, is_at_once)


def withdraw(
    deployment: Deployment, agreement_id: int, terms: Terms, payee: str, amount: int
) -> Call:
    """Take money back that no cap binds."""
    return _agreements(deployment, "withdraw", agreement_id, terms.words, payee, amount)


# ---- anybody --------------------------------------------------------------------------


def settle(deployment: Deployment, agreement_id: int, terms: Terms, reading: Reading) -> Call:
    """Count a meter's reading."""
    return _agreements(deployment, "settle", agreement_id, terms.words, reading.words)


def settle_many(deployment: Deployment, settlements: Sequence[tuple[int, Terms, Reading]]) -> Call:
    """Count readings of many agreements, `limits.MAX_SETTLEMENTS` at most.

    Those that somebody brought in before are passed over.
    """
    words = [(number, terms.words, reading.words) for number, terms, reading in settlements]
    return _agreements(deployment, "settle_many", words)


def poke(deployment: Deployment, agreement_id: int, terms: Terms) -> Call:
    """Have written down what the clock and the price list did."""
    return _agreements(deployment, "poke", agreement_id, terms.words)


def top_up(deployment: Deployment, agreement_id: int, terms: Terms, amount: int) -> Call:
    """Pay in for an agreement; it is its customer's money from then on."""
    return _agreements(deployment, "top_up", agreement_id, terms.words, amount)


# ---- what a receipt tells -----------------------------------------------------------------

_MADE = {
    "open_list": ("PriceListOpened", "list_id"),
    "publish_plan": ("PlanPublished", "plan_id"),
    "publish_offer": ("PlanPublished", "plan_id"),
    "open": ("AgreementOpened", "agreement_id"),
}


def made(deployment: Deployment, call: Call, logs: Iterable[Mapping[str, Any]]) -> int:
    """The number of the list, plan or agreement that a receipt's logs tell of.

    Raises:
        ValueError: They tell of none.
    """
    wanted, name = _MADE[call.function]
    for event in decode_logs(deployment, logs):
        if event.name == wanted:
            return int(event.args[name])
    raise ValueError(f"This receipt tells of no {wanted}.")


def _lists(deployment: Deployment, function: str, *words: Any) -> Call:
    return deployment.contract("PriceLists").call(function, *words)


def _agreements(deployment: Deployment, function: str, *words: Any) -> Call:
    return deployment.contract("Agreements").call(function, *words)


def _raw(text: str) -> bytes:
    return bytes.fromhex(hash_text(text)[2:])


__all__ = [
    "allow",
    "collect",
    "discontinue",
    "end",
    "go_on",
    "made",
    "open",
    "open_list",
    "poke",
    "publish_offer",
    "publish_plan",
    "register_meter",
    "revise_plan",
    "settle",
    "settle_many",
    "top_up",
    "withdraw",
    "withdraw_plan",
]
