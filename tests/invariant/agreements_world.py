"""
Agreements on a ledger in memory: a provider's list, a company that meters, customers with money,
and beside each agreement its model. Every act is tried on both, and must be refused by both.
"""

from collections import Counter, namedtuple
from types import SimpleNamespace

import pytest

from tests.agreements import (
    LIST_WORDS,
    METER,
    METER_WORDS,
    PLAN_WORDS,
    REGISTER_METER,
    Ladder,
    Plan,
    Terms,
    reading,
    rung,
    rungs,
)
from tests.consents import KEY, URI
from tests.invariant.agreements_course import Step
from tests.invariant.agreements_model import AgreementModel
from tests.invariant.revm import SOMEBODY, Ledger, Refused
from tests.odd_tokens import Habit
from tests.signing import Key, typed

DAY = 86_400
START = 1_800_000_000
PERIOD, GRACE, FACTOR = 30 * DAY, 5 * DAY, 20_000
PURSE = 10**12
PLANS = (
    Plan(1_000, 10, 50, 20),
    Plan(900, 0, 70, 40),  # cheaper than the smaller one, for who uses little
    Plan(2_000, 40, 40, 60),
    Plan(2_100, 60, 0, 90),
    Plan(4_000, 100, 30, 200),
    Plan(0, 0, 37, 1_000),
)
CONTROLLER, OPERATOR = Key(0xC0), Key(0x0F)


class Domain:
    """A contract's EIP-712 domain, asked once: thousands of readings are signed in it."""

    def __init__(self, contract):
        self._told = contract.eip712Domain()

    def eip712Domain(self):
        return self._told


def build(project, people=3, plans=PLANS, **changes):
    """One list, its meter, and so many customers."""
    ledger = Ledger(START)
    new = ledger.deploy
    passport = new(project.Passport)
    consent = new(project.Consent, passport.address)
    lists = new(project.PriceLists, consent.address)
    tariff = new(project.Tariff)
    book = new(project.Agreements, lists.address)
    token = new(project.OddToken, int(Habit.PLAIN), 18)
    for company in (CONTROLLER, OPERATOR):
        consent.send("register_company", KEY, URI, sender=company.address)
    terms = {"period": PERIOD, "grace": GRACE, "outage_factor": FACTOR} | changes
    words = (1, 2, token.address, *terms.values(), LIST_WORDS)
    lists.send("open_list", *words, sender=CONTROLLER.address)
    for plan in plans:
        lists.send("publish_plan", 1, plan, PLAN_WORDS, sender=CONTROLLER.address)
    named = {"meter": METER.address, "company_id": 2, "content_hash": METER_WORDS}
    told = METER.sign_message(typed(lists, REGISTER_METER, **named)).encode_rsv()
    lists.send("register_meter", *named.values(), told, sender=OPERATOR.address)
    wallets = [Key(0xA000 + who) for who in range(people)]
    for wallet in wallets:
        passport.send("register", sender=wallet.address)
        token.send("mint", wallet.address, PURSE, sender=SOMEBODY)
        token.send("approve", book.address, PURSE, sender=wallet.address)
    domain = Domain(book)
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "project"})


class AgreementsWorld:
    """The stage with its models, at one moment; `end` puts everything back."""

    def __init__(self, stage):
        self.stage, self.ledger = stage, stage.ledger
        self.snapshot, self.start = self.ledger.evm.snapshot(), self.ledger.now
        self.list_plans = dict(enumerate(stage.plans, 1))
        self.revision = len(stage.plans)
        self.models, self.terms, self.payers = [], [], []
        self.collected, self.outcomes = 0, Counter()

    def end(self):
        self.ledger.evm.revert(self.snapshot)
        self.ledger.turn_to(self.start)

    @property
    def now(self):
        return self.ledger.now

    def wait(self, seconds=1):
        self.ledger.turn_to(self.now + seconds)

    def expect(self, refusal, name, *words, sender):
        """Send it to the book, or see it refused as the model says; whether it was done."""
        self.outcomes[name, refusal or None] += 1
        if refusal:
            with pytest.raises(Refused, match=f"^{refusal}$"):
                self.stage.book.send(name, *words, sender=sender)
            return False
        self.stage.book.send(name, *words, sender=sender)
        for event, *fields in self.stage.book.told_itself():
            if event in ("AgreementOpened", "TermsImproved"):
                number, terms = fields[0], fields[-1]
                self.terms[number - 1 :] = [terms, *self.terms[number:]]
        return True

    # ---- acts ----

    def open(self, who, steps, starts_in, periods, cap, total, deposit):
        """Plans by number, each with whether the ladder stops there."""
        made = [Step(self.list_plans[number], number, stops) for number, stops in steps]
        words = rungs(*(rung(step.plan, step.number, step.stops) for step in made))
        starts_at = self.now + starts_in if starts_in else 0
        meter = METER.address
        ladder = Ladder(1, self.revision, meter, starts_at, periods, cap, total, deposit, words)
        wallet = self.stage.wallets[who].address
        assert self.expect("", "open", ladder, sender=wallet)
        terms = self.stage.terms
        given = (starts_at or self.now, terms["period"], terms["grace"], terms["outage_factor"])
        model = AgreementModel(made, *given, periods, cap, total, deposit, self.list_plans)
        self.models.append(model)
        self.payers.append(wallet)

    def attempt(self, at, name, *words, sent=None, sender=None):
        """An act of the model, and the same of the book; none of a refused one is kept."""
        model = self.models[at].copied()
        refusal = getattr(model, name)(self.now, *words) or ""
        if not refusal:
            self.models[at] = model
        name, *told = sent or (name, *words)
        sender = sender or self.payers[at]
        self.expect(refusal, name, at + 1, self.terms[at], *told, sender=sender)
        return refusal or "done"

    def read(self, at, *words):
        signed = reading(self.stage.domain, at + 1, *words)
        return self.attempt(at, "read", *words, sent=("settle", signed), sender=SOMEBODY)

    def poke(self, at):
        return self.attempt(at, "poke", sender=SOMEBODY)

    def top_up(self, at, amount):
        return self.attempt(at, "top_up", amount)

    def go_on(self, at, *words):
        return self.attempt(at, "go_on", *words)

    def leave(self, at, is_at_once):
        return self.attempt(at, "end", is_at_once)

    def discontinue(self, at):
        return self.attempt(at, "discontinue", sender=CONTROLLER.address)

    def withdraw(self, at, amount):
        return self.attempt(at, "withdraw", amount, sent=("withdraw", self.payers[at], amount))

    def collect(self):
        due = self.stage.book.view("due_of", 1)
        refusal = "" if due else "agreements: nothing due"
        if self.expect(refusal, "collect", 1, SOMEBODY, sender=CONTROLLER.address):
            self.collected += due

    def revise(self, number, plan):
        """Change a plan, or withdraw it where none is given."""
        act = ("revise_plan", 1, number, plan, PLAN_WORDS) if plan else ("withdraw_plan", 1, number)
        self.stage.lists.send(*act, sender=CONTROLLER.address)
        self.list_plans[number] = plan
        self.revision += 1

    # ---- what must hold ----

    def agree(self):
        """As it stands, and as it would if everything were written down now."""
        for at, model in enumerate(self.models):
            self.agree_as_it_stands(at, model.at(self.now))
        snapshot, models, terms = self.ledger.evm.snapshot(), list(self.models), list(self.terms)
        for at in range(len(models)):
            self.poke(at)
            self.agree_once_written(at, self.models[at])
        self.agree_on_money()
        self.models, self.terms = models, terms
        self.ledger.evm.revert(snapshot)

    def agree_as_it_stands(self, at, model):
        if model.is_over_unpaid():  # shown as closed, as whoever writes it down closes it
            model = model.copied()
            model.close()
        book, number = self.stage.book, at + 1
        is_entitled = model.is_entitled(self.now)
        self.outcomes["is_entitled", is_entitled] += 1
        account, going = book.view("account_of", number), book.view("going_on_of", number)
        told = Standing(*self.stage.tariff.view("standing", self.terms[at], account, going))
        same("is_entitled", model, book.view("is_entitled", number), is_entitled)
        same("entitled", model, told.is_entitled, is_entitled)
        same("money", model, (told.escrow, told.left), (model.escrow, model.left))
        if (open_ := model.open) < model.periods:
            _, limit, cap = model.ladder_of(open_)
            use, price, credit = model.period(open_).use, model.price(open_), model.credit(open_)
            same("use", model, (told.open_period, told.use), (open_, use))
            same("stop", model, (told.limit, told.cap), (limit, cap))
            same("price", model, (told.price, told.credit), (price, credit))

    def agree_once_written(self, at, model):
        account = Account(*self.stage.book.view("account_of", at + 1))
        same("course", model, (account.period, account.periods), (model.open, model.periods))
        same("written", model, (account.escrow, account.left), (model.escrow, model.left))
        shown = (account.sequence, account.register, account.outage_total)
        same("shown", model, shown, (model.sequence, model.register, model.outage))
        rights = (account.is_worsened, account.has_left)
        same("rights", model, rights, (model.is_worsened, bool(model.left_at)))
        same("lowest", model, Terms(*self.terms[at]).lowest, model.lowest())

    def agree_on_money(self):
        """To the unit: what came in is in escrow, due, or went out to whom it belonged."""
        book, token = self.stage.book, self.stage.token
        due, held = book.view("due_of", 1), token.view("balanceOf", book.address)
        assert due + self.collected == sum(model.earned for model in self.models)
        assert held == due + sum(model.escrow for model in self.models)
        for model in self.models:
            assert model.escrow + model.earned + model.taken == model.paid_in
            charged = [period for period in model.book.values() if period.charge is not None]
            assert all(period.charge <= period.most for period in charged)


def same(what, model, told, wanted):
    """One of the things that must agree; says all there is to know where it does not."""
    assert told == wanted, f"{what}: the book says {told}, the model {wanted}: {model}"


Account = namedtuple(
    "Account",
    "period periods use price outage escrow left sequence register outage_total revision rung "
    "funded_until is_stopped is_warned is_worsened has_left has_gone_on",
)
Standing = namedtuple(
    "Standing",
    "is_entitled period period_ends_at ends_at use open_period limit cap rung next_use price "
    "credit escrow left percent",
)
