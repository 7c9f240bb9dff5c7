"""`Agreements.poke`: what the clock and the list did is written down, and changes nothing else."""

import pytest

from tests import agreements as stage
from tests.agreements import LARGE, MEDIUM, SMALL


@pytest.fixture
def revise(price_lists, controller):
    """The provider changes a plan."""

    def _revise(plan_id, plan):
        return price_lists.revise_plan(1, plan_id, plan, stage.PLAN_WORDS, sender=controller)

    return _revise


def test_poke__nothing_happened__logs_nothing(running, poke):
    before = tuple(running.account)
    assert poke(running).events == []
    assert tuple(running.account) == before


def test_poke__last_second_of_the_grace__closes_nothing(agreements, running, at, poke):
    at(running.ends(0) + stage.GRACE - 1)
    assert poke(running).events == []
    at(running.ends(0) + stage.GRACE)
    assert [event.event_name for event in poke(running).events] == ["PeriodClosed"]


def test_poke__twice__closes_once(running, at, poke, pass_over, settled):
    pass_over()
    assert poke(running).events == []
    settled(9_000, due=1_000)


def test_poke__out_of_money__says_that_it_stopped(agreements, open_one, at, poke):
    one = open_one(deposit=1_999)
    at(one.ends(0) + stage.GRACE)
    receipt = poke(one)
    assert receipt.events[-1] == agreements.AgreementStopped(
        agreement_id=1, period=1, use=0, price=1_000
    )
    assert not agreements.is_entitled(1)


def test_poke__term_over__closes_the_last(agreements, open_one, at, poke):
    one = open_one(periods=2)
    at(one.ends(5))
    receipt = poke(one)
    assert [event.event_name for event in receipt.events] == ["PeriodClosed", "SilenceClosed"]
    assert (one.account.period, one.account.periods) == (2, 2)


# ---- a list that changes ------------------------------------------------------------------


def test_poke__a_plan_got_cheaper__is_charged_so(
    agreements, running, revise, poke, outsider, at, settled
):
    running.settle(outsider, 20)  # 1,500
    revise(1, SMALL._replace(base_price=800, unit_price=20))
    receipt = poke(running)
    running.heard(receipt)
    assert receipt.events == [agreements.TermsImproved(agreement_id=1, revision=4)]
    assert running.terms.lowest == 800
    assert running.account.price == 1_000
    assert agreements.terms_hash_of(1) != bytes(32)
    at(running.ends(0) + stage.GRACE)
    poke(running)
    settled(9_000, due=1_000)


def test_settle__a_plan_got_cheaper__counts_when_a_period_closes(
    running, revise, outsider, at, settled
):
    running.settle(outsider, 20)
    revise(1, SMALL._replace(unit_price=0))
    at(running.ends(0) + 1)
    running.heard(running.settle(outsider, 21, running.ends(0) + 1))
    settled(9_000, due=1_000)


def test_poke__a_plan_covers_more__keeps_the_signed_capacity(running, revise, poke):
    revise(1, SMALL._replace(base_price=999, capacity=30))
    running.heard(poke(running))
    assert running.terms.rungs[0] == stage.rung(SMALL._replace(base_price=999), 1)
    assert running.terms.rungs[1:] == stage.LADDER[1:]


@pytest.mark.parametrize(
    "worse",
    [
        SMALL._replace(base_price=1_001),
        SMALL._replace(unit_price=51, base_price=1),
        SMALL._replace(included=9, base_price=1),
        SMALL._replace(capacity=19, base_price=1),
    ],
)
def test_poke__worse_in_any_field__changes_nothing_but_the_right_to_leave(
    agreements, running, revise, poke, worse
):
    before = agreements.terms_hash_of(1)
    revise(1, worse)
    assert poke(running).events == [agreements.TermsWorsened(agreement_id=1, revision=4)]
    assert agreements.terms_hash_of(1) == before
    assert running.account.is_worsened
    assert poke(running).events == []


def test_poke__worse_and_better_again__may_still_leave(running, revise, poke):
    revise(1, SMALL._replace(base_price=1_001))
    poke(running)
    revise(1, SMALL)
    assert poke(running).events == []
    assert running.account.is_worsened


def test_poke__one_better_one_gone__is_both(price_lists, controller, running, revise, poke):
    revise(2, MEDIUM._replace(base_price=1_900))
    price_lists.withdraw_plan(1, 3, sender=controller)
    receipt = poke(running)
    assert [event.event_name for event in receipt.events] == ["TermsImproved", "TermsWorsened"]
    running.heard(receipt)
    assert running.terms.rungs[2] == stage.rung(LARGE, 3, True)


def test_poke__a_plan_outside_the_ladder_changed__is_no_matter(open_one, revise, poke):
    one = open_one(rungs=stage.rungs(stage.rung(SMALL, 1, True)))
    revise(2, MEDIUM._replace(base_price=9_000))
    assert poke(one).events == []
    assert not one.account.is_worsened
