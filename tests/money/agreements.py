"""The book of agreements: four people, each of whom provides to the one before and is metered."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from tests.agreements import (
    LIST_WORDS,
    METER_WORDS,
    PLAN_WORDS,
    REGISTER_METER,
    Ladder,
    Plan,
    reading,
    rung,
    rungs,
)
from tests.consents import KEY, URI
from tests.invariant.revm import Contract
from tests.money.stage import MONTH, PEOPLE, Act, Stage
from tests.money.taker import Taker
from tests.signing import Key, typed
from tools.money import agreement_debts

DAY = 86_400
GRACE = 3 * DAY
CAP = 1_000_000
MOST = 2**79 - 1
BY_USE = Plan(0, 0, 1, 2**40 - 1)
ESCROW, SEQUENCE, REGISTER = 5, 7, 8  # where they stand in an account
OPEN_PERIOD, RUNS, ESCROW_NOW = 5, 1, 12  # and in a standing


def seller(who: int) -> int:
    """Whose customer somebody is."""
    return (who + 1) % PEOPLE


class AgreementsTaker(Taker):
    """Person n is passport n + 1 and company n + 1, and has agreement n + 1 with the next one."""

    contract = "Agreements"
    ins = ("top_up", "open")
    outs = ("withdraw", "collect")

    def deploy(self) -> Contract:
        project, new = self.stage.project, self.stage.ledger.deploy
        self.passport = new(project.Passport)
        self.consent = new(project.Consent, self.passport.address)
        self.lists = new(project.PriceLists, self.consent.address)
        self.tariff = new(project.Tariff)
        return new(project.Agreements, self.lists.address)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        told = self.host.view("eip712Domain")
        self.domain = SimpleNamespace(eip712Domain=lambda: told)
        self.meters = [Key(0x5E7E5 + who) for who in range(PEOPLE)]
        for who in range(PEOPLE):
            self.do(Act(who, "register", (), self.passport))
            self.do(Act(who, "register_company", (KEY, URI), self.consent))
        for who in range(PEOPLE):
            self.provide(who)
        for who in range(PEOPLE):
            self.do(self.pay_in("open", who, 0))

    def provide(self, who: int) -> None:
        """A list of somebody's, and the next one's meter for it."""
        operator, meter = seller(who), self.meters[who]
        token = self.stage.token.address
        words: tuple[Any, ...] = who + 1, operator + 1, token, MONTH, GRACE, 10_000, LIST_WORDS
        self.do(Act(who, "open_list", words, self.lists))
        self.do(Act(who, "publish_plan", (who + 1, BY_USE, PLAN_WORDS), self.lists))
        told = self.lists.view("eip712Domain")
        domain = SimpleNamespace(eip712Domain=lambda: told)
        named = {"meter": meter.address, "company_id": operator + 1, "content_hash": METER_WORDS}
        signature = meter.sign_message(typed(domain, REGISTER_METER, **named)).encode_rsv()
        self.do(Act(operator, "register_meter", (*named.values(), signature), self.lists))

    # ---- what is written down ----

    def opened(self) -> list[dict[str, Any]]:
        return self.reading.logged("AgreementOpened")

    def terms(self, number: int) -> Any:
        return self.opened()[number - 1]["terms"]

    def account(self, number: int) -> Any:
        return self.host.view("account_of", number)

    def free(self, number: int) -> int:
        """What a customer may take back of an agreement now."""
        going = self.host.view("going_on_of", number)
        told = self.tariff.view("standing", self.terms(number), self.account(number), going)
        periods = self.account(number)[1]
        if told[OPEN_PERIOD] >= periods:
            return int(told[ESCROW_NOW])
        last = min(told[RUNS], periods - 1)
        return max(0, told[ESCROW_NOW] - CAP * (last - told[OPEN_PERIOD] + 1))

    def read(self, who: int, units: int, number: int = 0) -> Act:
        """The meter of somebody's agreement shows so much more."""
        number = number or who + 1
        account = self.account(number)
        signed = reading(
            self.domain,
            number,
            account[SEQUENCE] + 1,
            self.stage.ledger.now,
            account[REGISTER] + units,
            meter=self.meters[seller(who)],
        )
        return Act(who, "settle", (number, self.terms(number), signed))

    def poke(self, number: int) -> Act:
        return Act(0, "poke", (number, self.terms(number)))

    # ---- in and out ----

    def pay_in(self, way: str, who: int, amount: int) -> Act:
        if way == "top_up":
            return Act(who, way, (who + 1, self.terms(who + 1), amount))
        shop = seller(who)
        words = rungs(rung(BY_USE, 1, True))
        meter = self.meters[shop].address
        return Act(who, way, (Ladder(shop + 1, 1, meter, 0, 4_000, CAP, MOST, amount, words),))

    def pay_out(self, way: str, who: int, amount: int) -> Act:
        payee = self.stage.people[who].address
        if way == "withdraw":
            return Act(who, way, (who + 1, self.terms(who + 1), payee, amount))
        return Act(who, way, (who + 1, payee))

    def owe(self, way: str, who: int, amount: int) -> None:
        if way == "withdraw":
            self.do(self.pay_in("top_up", who, amount + 2 * CAP))
            return
        buyer = (who - 1) % PEOPLE
        self.do(self.pay_in("top_up", buyer, amount + 2 * CAP))
        self.do(self.read(buyer, amount))
        self.stage.wait(MONTH + GRACE)
        self.do(self.poke(buyer + 1))

    def due(self, way: str, who: int) -> int:
        if way == "withdraw":
            return self.free(who + 1)
        return int(self.host.view("due_of", who + 1))

    def owed(self) -> int:
        return agreement_debts(self.reading)

    def dues(self) -> int:
        """All that ever came in and did not go out: it is somebody's, now or when it is over."""
        logged = self.reading.logged
        paid = sum(fields["amount"] for fields in logged("EscrowPaid"))
        back = sum(fields["amount"] for fields in logged("EscrowWithdrawn"))
        return int(paid - back - sum(fields["amount"] for fields in logged("EarningsCollected")))

    # ---- what moves no money ----

    def moves(self, who: int, number: int, amount: int) -> Sequence[Act]:
        newest = len(self.opened())
        terms = self.terms(who + 1)
        return (
            self.read(who, amount % 5_000),
            self.poke(newest),
            self.poke(who + 1),
            Act(who, "go_on", (who + 1, terms, self.account(who + 1)[0], 2**40 - 1, 2 * CAP)),
            Act(who, "discontinue", (newest, self.terms(newest))),
            Act(who, "end", (newest, self.terms(newest), False)),
        )

    def releases(self) -> Iterator[Act]:  # type: ignore[override]
        """Everything ends, and the last periods are over."""
        opened = self.opened()
        for number, fields in enumerate(opened, 1):
            who = fields["passport_id"] - 1
            act = Act(who, "end", (number, fields["terms"], False))
            assert self.attempt(act) in (None, "agreements: ends already")
        self.stage.wait(3 * MONTH)
        for number, fields in enumerate(opened, 1):
            yield self.poke(number)
            who = fields["passport_id"] - 1
            if number > PEOPLE and (rest := self.account(number)[ESCROW]):
                payee = self.stage.people[who].address
                yield Act(who, "withdraw", (number, fields["terms"], payee, rest))
