"""What agreements logged, reckoned again: nothing to find in what the contract wrote, and every
number that somebody changed is found."""

from random import Random

import pytest

from cercle.agreements import calls
from cercle.agreements.receipts import verify
from cercle.calls import Call
from cercle.errors import AgreementUnknown, Refused

from .service_town import DAY, GRACE, LARGE, LIST, MEDIUM, PERIOD, SMALL, STOP, SWITCH, WORDS

LADDERS = (
    ((1, SWITCH), (2, SWITCH), (3, STOP)),
    ((1, STOP), (2, STOP), (3, STOP)),
    ((2, SWITCH), (3, STOP)),
    ((1, STOP),),
)
NOT_TOLD = {"revision", "outage_total", "is_stopped"}  # no event tells these at each step


class Life:
    """An agreement to which things happen by chance."""

    def __init__(self, town, seed):
        self.town, self.chance = town, Random(seed)
        choices = self.chance.choice(LADDERS)
        caps = {"period_cap": self.chance.choice([2_000, 4_000, 9_000])}
        if any(choice[0] == 3 for choice in choices):
            caps["period_cap"] = max(caps["period_cap"], 4_000)
        deposit = self.chance.choice([2_000, 5_000, 30_000])
        words = {"total_cap": 40_000, "deposit": deposit, "periods": 99}
        self.number = town.open(*choices, **caps, **words)
        self.shown = self.sequence = self.outage = 0

    def step(self):
        self.town.pass_time(self.chance.choice([1, DAY, 9 * DAY, GRACE, PERIOD, 2 * PERIOD]))
        act = self.chance.choice(
            [self.settle] * 6 + [self.poke, self.go_on, self.top_up, self.withdraw, self.revise]
        )
        call, sender = act()
        try:
            self.town.send(call, sender)
        except Refused:
            return

    def settle(self) -> tuple[Call, str]:
        self.sequence += 1
        self.shown += self.chance.choice([0, 3, 9, 20, 45, 150])
        self.outage += self.chance.choice([0, 0, 60, 5_000])
        read_at = self.town.now() - self.chance.choice([0, 0, DAY])
        words = (self.sequence, read_at, self.shown, self.outage)
        reading = self.town.reading(self.number, *words)
        return self._of("settle", reading), self.town.outsider

    def poke(self):
        return self._of("poke"), self.town.outsider

    def top_up(self):
        return self._of("top_up", self.chance.choice([500, 5_000])), self.town.customer

    def withdraw(self):
        return self._of("withdraw", self.town.customer, 700), self.town.customer

    def go_on(self):
        standing = self.town.book.view(self.number).standing
        further = {"limit": standing.limit + self.chance.choice([0, 7]), "period_cap": 9_500}
        call = calls.go_on(
            self.town.deployment,
            self.number,
            self.town.book.terms(self.number),
            period=standing.open_period,
            **further,
        )
        return call, self.town.customer

    def revise(self):
        number, plan = self.chance.choice([(1, SMALL), (2, MEDIUM), (3, LARGE)])
        cheaper = plan.model_copy(
            update={"base_price": plan.base_price - self.chance.choice([-50, 0, 1, 90])}
        )
        words = (LIST, number, cheaper, WORDS)
        return calls.revise_plan(self.town.deployment, *words), self.town.controller

    def leave(self):
        """At once if a plan got worse, with the period if none did."""
        view = self.town.book.view(self.number)
        call = self._of("end", view.is_worse_now)
        self.town.send(call, self.town.customer)

    def _of(self, function, *words):
        terms = self.town.book.terms(self.number)
        return getattr(calls, function)(self.town.deployment, self.number, terms, *words)


@pytest.mark.parametrize("seed", range(6))
def test_verify__whatever_happened__finds_nothing_and_knows_the_book(service, seed):
    life = Life(service, seed)
    for _ in range(22):
        life.step()
    if seed % 2:
        life.leave()
        service.pass_time(3 * PERIOD)
        service.poke(life.number)
    checked = verify(service.book.history(life.number))
    assert [finding.sentence for finding in checked.findings] == []
    told = service.book.account(life.number)
    assert checked.account.model_dump(exclude=NOT_TOLD) == told.model_dump(exclude=NOT_TOLD)
    assert checked.terms == service.book.terms(life.number)
    assert sum(one.charge for one in checked.periods) == service.book.due(LIST)


@pytest.fixture
def walked(service):
    """The events of an agreement to which most things happened."""
    number = service.open((1, SWITCH), (2, STOP), (3, STOP))
    service.pass_time(DAY)
    service.settle(number, 1, 15)
    service.settle(number, 2, 25, 300)
    terms = service.book.terms(number)
    further = calls.go_on(service.deployment, number, terms, period=0, limit=150, period_cap=7_000)
    service.send(further, service.customer)
    service.settle(number, 3, 90, 300)
    service.pass_time(3 * PERIOD + GRACE)
    service.settle(number, 4, 101, 400)
    return service.book.history(number)


def test_verify__a_reading__is_a_receipt_with_each_plans_price(walked):
    checked = verify(walked)
    assert checked.is_sound
    second = checked.receipts[1]
    assert (second.sequence, second.use, second.plan_id, second.price) == (2, 25, 2, 2_000)
    assert second.prices == (None, 2_000, 4_000)
    assert (second.less_use, second.less_price) == (20, 1_500)
    assert [(one.number, one.use, one.charge) for one in checked.periods] == [
        (0, 90, 3_973),
        (1, 0, 1_000),
        (2, 0, 1_000),
    ]


TAMPERED = [
    ("ReadingSettled", name)
    for name in ("sequence", "period", "use", "rung", "price", "less_use", "less_price", "register")
]
TAMPERED += [("PeriodClosed", name) for name in ("period", "use", "price", "credit", "charge")]
TAMPERED += [("SilenceClosed", name) for name in ("first", "charge")]


@pytest.mark.parametrize(("event", "name"), TAMPERED)
def test_verify__a_number_that_was_changed__is_found_and_said(walked, event, name):
    for place, one in enumerate(walked):
        if one.name != event:
            continue
        wrong = one.args[name] - 1 if name in ("sequence", "register") else one.args[name] + 1
        changed = one.model_copy(update={"args": one.args | {name: wrong}})
        checked = verify([*walked[:place], changed, *walked[place + 1 :]])
        assert not checked.is_sound
        told = {finding.what for finding in checked.findings}
        assert told & {name, "use", "period", "sequence"}, told
        assert all(finding.sentence.endswith(".") for finding in checked.findings)


@pytest.mark.parametrize("place", range(3))
def test_verify__price_of_a_plan_that_was_changed__is_found(walked, place):
    settled = next(i for i, one in enumerate(walked) if one.name == "ReadingSettled")
    one = walked[settled]
    prices = list(one.args["prices"])
    prices[place] -= 1
    changed = one.model_copy(update={"args": one.args | {"prices": prices}})
    (finding,) = verify([*walked[:settled], changed, *walked[settled + 1 :]]).findings
    assert (finding.event, finding.what) == ("ReadingSettled", "prices")
    assert finding.sentence.startswith("Reading 1: what each plan would have cost was written")


@pytest.mark.parametrize(
    ("name", "which"),
    [("EscrowPaid", 0), ("WentOn", 0), ("ReadingSettled", 2), ("PeriodClosed", 0)],
)
def test_verify__event_left_out__is_found(walked, name, which):
    """But a reading before another one of the same period: meters count on."""
    place = [i for i, one in enumerate(walked) if one.name == name][which]
    assert not verify([*walked[:place], *walked[place + 1 :]]).is_sound


def test_verify__improvement_that_is_none__is_found(service, walked):
    opened = walked[0]
    terms = dict(opened.args["terms"])
    terms["rungs"] = [terms["rungs"][0] + 1, *terms["rungs"][1:]]
    forged = opened.model_copy(
        update={"name": "TermsImproved", "args": {"revision": 4, "terms": terms}}
    )
    (finding, *_) = verify([walked[0], forged, *walked[1:]]).findings
    assert (finding.event, finding.subject, finding.what) == ("TermsImproved", "Plan 1", "terms")
    others = forged.model_copy(update={"args": {"revision": 4, "terms": terms | {"limit": 70}}})
    (finding, *_) = verify([walked[0], others, *walked[1:]]).findings
    assert (finding.subject, finding.what) == ("An improvement", "terms")


def test_verify__more_taken_back_than_there_was__is_found(walked):
    paid = next(one for one in walked if one.name == "EscrowPaid")
    taken = paid.model_copy(
        update={"name": "EscrowWithdrawn", "args": paid.args | {"amount": 10_001}}
    )
    assert any(one.what == "amount" for one in verify([*walked, taken]).findings)


@pytest.mark.parametrize("start", [slice(0, 0), slice(1, None)])
def test_verify__without_the_opening__is_refused(walked, start):
    with pytest.raises(AgreementUnknown, match="opening"):
        verify(walked[start])
