"""What a provider changes while an agreement runs: who pays what, from when on."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import GRACE, LARGE, MEDIUM, PERIOD, SMALL


@pytest.fixture
def revise(price_lists, controller):
    """The provider changes a plan."""

    def _revise(plan_id, plan):
        return price_lists.revise_plan(1, plan_id, plan, stage.PLAN_WORDS, sender=controller)

    return _revise


def test_revise__dearer__costs_who_signed_before_nothing_more(
    running, revise, outsider, at, poke, settled
):
    for plan_id, plan in ((1, SMALL), (2, MEDIUM), (3, LARGE)):
        dearer = plan._replace(base_price=5_000, unit_price=500, included=0)
        revise(plan_id, dearer)
    running.settle(outsider, 30)
    at(running.ends(0) + GRACE)
    poke(running)
    settled(8_000, due=2_000)


def test_revise__dearer__who_comes_now_signs_the_new_price(open_one, running, revise):
    revise(1, SMALL._replace(base_price=1_500))
    with ape.reverts("price_lists: list was changed"):
        open_one()
    with ape.reverts("price_lists: other terms"):
        open_one(revision=4)


def test_revise__cheaper__leaves_old_terms_behind(running, revise, poke, outsider):
    old = running.terms
    revise(1, SMALL._replace(base_price=900))
    running.heard(poke(running))
    with ape.reverts("agreements: other terms"):
        running.contract.settle(1, old, running.reading(5), sender=outsider)
    running.settle(outsider, 5)
    assert running.account.price == 900


def test_revise__cheaper__does_not_reach_a_period_that_is_closed(
    running, revise, poke, at, settled
):
    at(running.ends(0) + GRACE)
    poke(running)
    revise(1, SMALL._replace(base_price=1))
    running.heard(poke(running))
    settled(9_000, due=1_000)


def test_revise__cheaper_plan_elsewhere_on_the_ladder__switches_at_once(
    agreements, running, revise, poke, outsider
):
    running.settle(outsider, 20)  # 1,500 on the first plan
    revise(2, MEDIUM._replace(base_price=1_400))
    receipt = poke(running)
    assert agreements.PlanSwitched(agreement_id=1, period=0, old_plan=1, new_plan=2) in (
        receipt.events
    )
    assert (running.account.rung, running.account.price) == (1, 1_400)


def test_revise__cheaper_while_the_cap_stops__serves_again(
    agreements, open_one, revise, poke, outsider
):
    one = open_one(period_cap=4_000)
    one.settle(outsider, 150)
    assert not agreements.is_entitled(1)
    revise(3, LARGE._replace(included=150))
    poke(one)
    assert agreements.is_entitled(1)
    assert one.account.price == 4_000


def test_revise__cheaper_then_dearer__the_best_that_was_written_down_holds(
    running, revise, poke, at, settled
):
    revise(1, SMALL._replace(base_price=700))
    running.heard(poke(running))
    revise(1, SMALL)
    receipt = poke(running)
    assert [event.event_name for event in receipt.events] == ["TermsWorsened"]
    at(running.ends(0) + GRACE)
    poke(running)
    settled(9_300, due=700)


def test_revise__cheaper_and_back_unseen__changes_nothing(running, revise, poke):
    revise(1, SMALL._replace(base_price=700))
    revise(1, SMALL)
    assert poke(running).events == []
    assert running.account.revision == 5
    assert not running.account.is_worsened


def test_revise__all_for_nothing__costs_nothing(agreements, running, revise, poke, at, settled):
    revise(1, SMALL._replace(base_price=0, unit_price=0))
    running.heard(poke(running))
    assert running.terms.lowest == 0
    at(running.ends(11) - 1)
    poke(running)
    assert agreements.is_entitled(1)
    settled(10_000)


def test_settle__within_a_period__does_not_ask_the_list(running, revise, outsider):
    """What is written down within a period charges nobody; the list counts when it is closed."""
    revise(1, SMALL._replace(base_price=900))
    running.settle(outsider, 5)
    assert (running.account.price, running.account.revision) == (1_000, 3)


def test_withdraw_plan__has_it__keeps_it_for_the_term(
    agreements, price_lists, running, controller, outsider, at, poke, settled
):
    for plan_id in (1, 2, 3):
        price_lists.withdraw_plan(1, plan_id, sender=controller)
    at(running.ends(1) + GRACE)
    poke(running)
    running.settle(outsider, 30)
    assert running.account.price == 2_000
    assert agreements.is_entitled(1)
    settled(8_000, due=2_000)


def test_end__at_once_in_the_second_of_the_change__counts(
    agreements, running, revise, customer, at
):
    at(running.starts_at + PERIOD // 2)
    revise(3, LARGE._replace(capacity=199))
    agreements.end(1, running.terms, True, sender=customer)
    assert not agreements.is_entitled(1)


def test_end__at_once_with_one_dearer_and_one_cheaper__pays_the_cheaper(
    agreements, running, revise, customer, at, poke, settled
):
    revise(1, SMALL._replace(base_price=600))
    revise(2, MEDIUM._replace(unit_price=41))
    at(running.starts_at + PERIOD // 2)
    receipt = agreements.end(1, running.terms, True, sender=customer)
    names = [event.event_name for event in receipt.events]
    assert names == ["TermsImproved", "TermsWorsened", "AgreementEnded"]
    running.heard(receipt)
    at(running.ends(0) + GRACE)
    poke(running)
    settled(9_700, due=300)
