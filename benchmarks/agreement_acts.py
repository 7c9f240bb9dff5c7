"""The acts of agreements, measured like the others: what customers open, what meters say.

One provider with a list of six plans, one operator of meters. Customers hold the list's token, and
have opened and been read before; so has the list earned before. Readings come on each step of the
ladder, and the dearest counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_account.signers.local import LocalAccount
from web3.contract import Contract

from benchmarks.acts import REPEATS, Measured
from benchmarks.consent_acts import books_of, controller_of, double
from benchmarks.node import Act, Receipt, call
from benchmarks.town import DAY, Town, account
from tools.artifacts import artifacts

PROVIDER, OPERATOR, LIST = 1, 2, 1
PERIOD, GRACE, OUTAGE_FACTOR = 30 * DAY, 3 * DAY, 10_000
WORDS = b"\x55" * 32  # of the list, of each plan, of the meter
PLANS = (  # base price, included, unit price, capacity
    (1_000, 10, 50, 20),
    (2_000, 40, 40, 60),
    (4_000, 100, 30, 200),
    (7_000, 250, 25, 500),
    (12_000, 600, 20, 1_000),
    (20_000, 1_500, 15, 2_500),
)
STEPS = (5, 30, 100, 250, 600)  # units with which one stands on each plan but the last
PERIODS, PERIOD_CAP, TOTAL_CAP, DEPOSIT = 24, 50_000, 1_000_000, 100_000
PURSE = 10**9
BATCH = 50
YEAR_OF_USE = (12, 40, 310, 75, 8, 190, 700, 55, 20, 450, 130, 95)
STRUCTS = {
    "RegisterMeter": (("address", "meter"), ("uint256", "company_id"), ("bytes32", "content_hash")),
    "Reading": tuple(
        ("uint256", name) for name in ("agreement_id", "sequence", "read_at", "register", "outage")
    ),
}


@dataclass(frozen=True)
class Service:
    """The contracts of service, and the token that prices are in."""

    price_lists: Contract
    agreements: Contract
    tariff: Contract
    euro: Contract


@dataclass(frozen=True)
class Opened:
    """An agreement, its terms as they are sent, and what opening it cost."""

    agreement_id: int
    terms: tuple[Any, ...]
    receipt: Receipt


def service_of(town: Town) -> Service:
    """The town's service, opened by the first act that needs it, with a list that has earned."""
    if town.service is None:
        made, admin, node = artifacts(), account("admin").address, town.node
        consent = books_of(town).consent.address
        lists = node.deploy(made["PriceLists"], consent, sender=admin)
        agreements = node.deploy(made["Agreements"], lists.address, sender=admin)
        tariff = node.deploy(made["Tariff"], sender=admin)
        euro = node.deploy(double("DemoEuro"), sender=admin)
        town.service = Service(lists, agreements, tariff, euro)
        publish(town, town.service)
        first = open_for(town, town.draw(1, "first customer"))
        settle_each(town, first, STEPS[:1])
        node.wait(PERIOD)
        settle_each(town, first, STEPS[:1])
    return town.service


def publish(town: Town, service: Service) -> None:
    """The list, its plans, and the meter of the operator."""
    lists, provider = service.price_lists, controller_of(PROVIDER)
    words = {"meter": meter().address, "company_id": OPERATOR, "content_hash": WORDS}
    signature = signed(town, lists, "RegisterMeter", words)
    terms = (service.euro.address, PERIOD, GRACE, OUTAGE_FACTOR, WORDS)
    operator = controller_of(OPERATOR)
    acts = [
        call(lists, "register_meter", *words.values(), signature, sender=operator),
        call(lists, "open_list", PROVIDER, OPERATOR, *terms, sender=provider),
    ]
    acts += [call(lists, "publish_plan", LIST, plan, WORDS, sender=provider) for plan in PLANS]
    for act in acts:
        town.node.send(act)


def meter() -> LocalAccount:
    """The key that signs readings."""
    return account("meter")


def signed(town: Town, contract: Contract, struct: str, words: dict[str, Any]) -> bytes:
    """The meter's signature over a message in the contract's domain."""
    _, name, version, _, place, *_ = contract.functions.eip712Domain().call()
    domain = {"name": name, "version": version, "verifyingContract": place}
    domain["chainId"] = town.node.web3.eth.chain_id
    fields = [{"name": field, "type": kind} for kind, field in STRUCTS[struct]]
    return bytes(meter().sign_typed_data(domain, {struct: fields}, words).signature)


# ---- opening ------------------------------------------------------------------------------


def open_for(town: Town, customers: Sequence[LocalAccount], height: int = 6) -> list[Opened]:
    """An agreement for each, on the first so many plans; each opening in a block of its own."""
    service, admin = service_of(town), account("admin").address
    for customer in customers:
        purse = call(service.euro, "mint", customer.address, PURSE, sender=admin)
        leave = (service.agreements.address, PURSE)
        allowed = call(service.euro, "approve", *leave, sender=customer.address)
        town.node.send_together([purse, allowed])
    return [told(town, town.node.send(opening(town, who, height))) for who in customers]


def opening(town: Town, customer: LocalAccount, height: int) -> Act:
    """Sign up for the first so many plans, which switch up to the last."""
    rungs = [0] * len(PLANS)
    for place, (base, included, unit, capacity) in enumerate(PLANS[:height]):
        stops = place == height - 1
        word = base | included << 88 | unit << 128 | capacity << 191
        rungs[place] = word | (place + 1) << 231 | stops << 255
    money = (PERIOD_CAP, TOTAL_CAP, DEPOSIT)
    ladder = (LIST, len(PLANS), meter().address, 0, PERIODS, *money, rungs)
    return call(service_of(town).agreements, "open", ladder, sender=customer.address)


def told(town: Town, receipt: Receipt) -> Opened:
    """What an opening logged."""
    agreements = service_of(town).agreements
    mined: Any = town.node.web3.eth.get_transaction_receipt(receipt.tx)  # type: ignore[arg-type]
    own = [log for log in mined["logs"] if log["address"] == agreements.address]
    words = agreements.events.AgreementOpened().process_log(own[0])["args"]
    return Opened(words["agreement_id"], tuple(words["terms"].values()), receipt)


def agreement_open(town: Town) -> Measured:
    """A ladder of three plans, with a deposit."""
    return openings(town, 3), 1


def agreement_open_6(town: Town) -> Measured:
    """A ladder of six plans, with a deposit."""
    return openings(town, 6), 1


def openings(town: Town, height: int) -> list[Receipt]:
    """What the second agreement costs of somebody who opened one before."""
    customers = town.draw(REPEATS, f"opening {height}")
    open_for(town, customers, height)
    return [opened.receipt for opened in open_for(town, customers, height)]


# ---- readings -----------------------------------------------------------------------------


def settling(town: Town, opened: Opened, register: int) -> tuple[Any, ...]:
    """A reading of this moment, as it is settled; each is later than the one before."""
    agreements = service_of(town).agreements
    before = agreements.functions.account_of(opened.agreement_id).call()
    words = {
        "agreement_id": opened.agreement_id,
        "sequence": before[7] + 1,
        "read_at": town.node.now,
        "register": before[8] + register,
        "outage": before[9],
    }
    signature = signed(town, agreements, "Reading", words)
    r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:64]))
    reading = (*list(words.values())[1:], r, s | (signature[64] - 27) << 255)
    return opened.agreement_id, opened.terms, reading


def settle_each(town: Town, opened: Sequence[Opened], uses: Sequence[int]) -> list[Receipt]:
    """Settle so many units more of each, in a block of its own, by who has no part in it."""
    agreements, sender = service_of(town).agreements, account("relayer").address
    receipts = []
    for one, use in zip(opened, uses, strict=True):
        act = call(agreements, "settle", *settling(town, one, use), sender=sender)
        receipts.append(town.node.send(act))
    return receipts


def agreement_settle(town: Town) -> Measured:
    """A reading of a few units more in the period that runs, on the same plan."""
    opened = open_for(town, town.draw(len(STEPS), "settle"))
    settle_each(town, opened, STEPS)
    receipts = settle_each(town, opened, [3] * len(STEPS))
    check(town, opened, range(len(STEPS)))
    return receipts, 1


def agreement_settle_switch(town: Town) -> Measured:
    """A reading that switches to the next plan."""
    opened = open_for(town, town.draw(len(STEPS), "switch"))
    settle_each(town, opened, STEPS)
    receipts = settle_each(town, opened, [*STEPS[1:], 1_000])
    check(town, opened, range(1, len(STEPS) + 1))
    return receipts, 1


def agreement_settle_close(town: Town) -> Measured:
    """A reading of a new period, which closes the one before: its price is earned."""
    opened = open_for(town, town.draw(len(STEPS), "close"))
    settle_each(town, opened, STEPS)
    town.node.wait(PERIOD)
    receipts = settle_each(town, opened, STEPS)
    check(town, opened, range(len(STEPS)), period=1)
    return receipts, 1


def agreement_batch_50(town: Town) -> Measured:
    """Fifty readings of fifty customers in one call."""
    opened = open_for(town, town.draw(BATCH, "batch of readings"))
    steps = [STEPS[place % len(STEPS)] for place in range(BATCH)]
    settle_each(town, opened, steps)
    readings = [settling(town, one, 3) for one in opened]
    act = call(
        service_of(town).agreements, "settle_many", readings, sender=account("relayer").address
    )
    receipt = town.node.send(act)
    check(town, opened, [place % len(STEPS) for place in range(BATCH)])
    return [receipt], BATCH


def check(town: Town, opened: Sequence[Opened], plans: Sequence[int], period: int = 0) -> None:
    """Each stands on that plan in that period, and is served."""
    ask = service_of(town).agreements.functions
    accounts = [ask.account_of(one.agreement_id).call() for one in opened]
    assert [account[11] for account in accounts] == list(plans)
    assert {account[0] for account in accounts} == {period}
    assert all(ask.is_entitled(one.agreement_id).call() for one in opened)


# ---- advice -------------------------------------------------------------------------------


def advice_12x6(town: Town) -> Measured:
    """What a year would have cost on each of six plans, asked in a transaction of its own."""
    tariff, rungs = service_of(town).tariff, open_for(town, town.draw(1, "advice"))[0].terms[-1]
    act = call(tariff, "advise", rungs, YEAR_OF_USE, sender=account("relayer").address)
    advice = tariff.functions.advise(rungs, YEAR_OF_USE).call()
    assert advice[2] == len(PLANS) - 2  # the smallest that covers the dearest month
    return [town.node.send(act)], 1
