"""`Agreements.settle`: a reading is counted where it belongs, once, or refused with the reason."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import GRACE, NOT_COVERED, PERIOD


@pytest.fixture
def settle(running, outsider):
    """Have somebody bring a reading in."""
    return lambda register, *rest, **changes: running.settle(outsider, register, *rest, **changes)


def names(receipt):
    """The names of what is logged."""
    return [event.event_name for event in receipt.events]


@pytest.fixture
def told(agreements):
    """The receipt of a reading of agreement 1."""

    def _told(receipt, **words):
        read_at = next(
            event.read_at for event in receipt.events if event.event_name == "ReadingSettled"
        )
        common = {"agreement_id": 1, "sequence": 1, "read_at": read_at, "period": 0, "outage": 0}
        return agreements.ReadingSettled(**(common | words))

    return _told


# ---- within a period -------------------------------------------------------------------


def test_settle__within_the_first_plan__is_written_down(running, settle, told, settled):
    receipt = settle(10)
    prices = [1_000, 2_000, 4_000] + [NOT_COVERED] * 3
    assert receipt.events == [
        told(
            receipt,
            register=10,
            use=10,
            rung=0,
            price=1_000,
            less_use=0,
            less_price=1_000,
            prices=prices,
        )
    ]
    account = running.account
    assert (account.use, account.price, account.register, account.sequence) == (10, 1_000, 10, 1)
    assert (account.escrow, account.left) == (10_000, 60_000)
    settled(10_000)


def test_settle__beyond_a_plans_capacity__stands_on_the_next(agreements, running, settle, told):
    receipt = settle(21)
    prices = [NOT_COVERED, 2_000, 4_000] + [NOT_COVERED] * 3
    assert receipt.events == [
        agreements.PlanSwitched(agreement_id=1, period=0, old_plan=1, new_plan=2),
        told(
            receipt,
            register=21,
            use=21,
            rung=1,
            price=2_000,
            less_use=20,
            less_price=1_500,
            prices=prices,
        ),
    ]
    assert running.account.rung == 1


def test_settle__next_plan_cheaper_before_the_capacity__is_the_one(
    price_lists, open_one, outsider, controller
):
    """A plan is left as soon as another one that was agreed costs less."""
    dear = stage.Plan(1_000, 0, 100, 50)
    flat = stage.Plan(2_000, 100, 0, 100)
    for plan in (dear, flat):
        price_lists.publish_plan(1, plan, stage.PLAN_WORDS, sender=controller)
    one = open_one(revision=5, rungs=stage.rungs(stage.rung(dear, 4), stage.rung(flat, 5, True)))
    one.settle(outsider, 10)
    assert (one.account.price, one.account.rung) == (2_000, 0)
    one.settle(outsider, 11)
    assert (one.account.price, one.account.rung) == (2_000, 1)


def test_settle__at_eighty_percent_of_the_limit__warns_once(agreements, open_one, outsider):
    one = open_one(period_cap=60_000)
    assert "LimitNeared" not in names(one.settle(outsider, 159))
    receipt = one.settle(outsider, 160)
    assert agreements.LimitNeared(agreement_id=1, period=0, percent=80) in receipt.events
    assert "LimitNeared" not in names(one.settle(outsider, 161))


def test_settle__at_eighty_percent_of_the_cap__warns_once(agreements, settle):
    assert "LimitNeared" not in names(settle(126))  # 4,780 of 6,000
    receipt = settle(127)
    assert agreements.LimitNeared(agreement_id=1, period=0, percent=80) in receipt.events
    assert "LimitNeared" not in names(settle(128))


def test_settle__at_the_limit__stops(agreements, open_one, outsider):
    one = open_one(period_cap=7_000)
    one.settle(outsider, 199)
    assert agreements.is_entitled(1)
    receipt = one.settle(outsider, 200)
    stopped = agreements.AgreementStopped(agreement_id=1, period=0, use=200, price=7_000)
    assert stopped in receipt.events
    assert not agreements.is_entitled(1)


def test_settle__price_past_the_cap__stops_and_costs_the_cap(agreements, running, settle):
    settle(166)  # 4,000 + 66 x 30 = 5,980
    assert running.account.price == 5_980
    assert agreements.is_entitled(1)
    receipt = settle(167)  # 6,010
    assert (
        agreements.AgreementStopped(agreement_id=1, period=0, use=167, price=6_000)
        in receipt.events
    )
    assert not agreements.is_entitled(1)


def test_settle__stop_in_the_middle__goes_no_further(agreements, open_one, outsider):
    one = open_one(rungs=stage.climb(False, True, True))
    one.settle(outsider, 500)
    assert (one.account.use, one.account.price, one.account.rung) == (500, 2_800, 1)
    assert not agreements.is_entitled(1)


def test_settle__escrow_used_up__stops(agreements, open_one, outsider):
    one = open_one(deposit=1_450)
    one.settle(outsider, 19)  # 1,450
    assert agreements.is_entitled(1)
    one.settle(outsider, 20)  # 1,500
    assert not agreements.is_entitled(1)
    assert one.account.price == 1_500


def test_settle__total_cap_used_up__stops(agreements, open_one, outsider):
    one = open_one(period_cap=4_000, total_cap=4_000, deposit=10_000)
    one.settle(outsider, 101)
    assert not agreements.is_entitled(1)


def test_settle__outage__is_summed_up(running, settle):
    settle(1, outage=10)
    settle(2, outage=25)
    account = running.account
    assert (account.outage, account.outage_total) == (25, 25)


# ---- from period to period ---------------------------------------------------------------


def test_settle__dated_in_the_next_period__closes_the_one_before(
    agreements, running, settle, at, settled
):
    settle(30)
    at(running.ends(0) + 1)
    receipt = settle(35, running.ends(0) + 1)
    assert receipt.events[0] == agreements.PeriodClosed(
        agreement_id=1, period=0, use=30, price=2_000, credit=0, charge=2_000
    )
    account = running.account
    assert (account.period, account.use, account.price) == (1, 5, 1_000)
    assert (account.escrow, account.left) == (8_000, 58_000)
    settled(8_000, due=2_000)


def test_settle__read_as_the_period_ended__counts_in_it(running, settle, at):
    at(running.ends(0) + 5)
    settle(30, running.ends(0))
    assert (running.account.period, running.account.use) == (0, 30)
    settle(31, running.ends(0) + 1)
    assert (running.account.period, running.account.use) == (1, 1)


def test_settle__within_the_grace__counts_in_its_period(running, settle, at):
    at(running.ends(0) + GRACE - 1)
    settle(30, running.ends(0) - 5)
    assert (running.account.period, running.account.use) == (0, 30)


def test_settle__once_the_grace_is_over__counts_in_the_next(agreements, running, settle, at):
    at(running.ends(0) + GRACE)
    receipt = settle(30, running.ends(0) - 5)
    assert receipt.events[0] == agreements.PeriodClosed(
        agreement_id=1, period=0, use=0, price=1_000, credit=0, charge=1_000
    )
    assert (running.account.period, running.account.use) == (1, 30)


def test_settle__after_silence__charges_the_lowest_base_each(
    agreements, running, settle, at, settled
):
    settle(30)
    at(running.ends(4) - 1)
    receipt = settle(31, running.ends(4) - 1)
    assert receipt.events[:2] == [
        agreements.PeriodClosed(
            agreement_id=1, period=0, use=30, price=2_000, credit=0, charge=2_000
        ),
        agreements.SilenceClosed(agreement_id=1, first=1, periods=3, charge=3_000),
    ]
    settled(5_000, due=5_000)


def test_settle__silence_outlasts_the_escrow__charges_what_was_served(
    agreements, open_one, outsider, at, settled
):
    one = open_one(deposit=3_500)
    at(one.ends(6))
    receipt = one.settle(outsider, 3, one.ends(6))
    assert (
        agreements.SilenceClosed(agreement_id=1, first=1, periods=5, charge=2_000) in receipt.events
    )
    settled(500, due=3_000)
    assert not agreements.is_entitled(1)


def test_settle__outage__is_credited_when_the_period_closes(running, settle, at, settled):
    settle(30, outage=PERIOD // 60 // 10)  # a tenth of the period
    at(running.ends(0) + 1)
    settle(30, running.ends(0) + 1, outage=PERIOD // 60 // 10)
    settled(8_200, due=1_800)


def test_settle__outage_of_all_the_period__credits_all(running, settle, at, settled):
    settle(30, outage=PERIOD // 60 * 2)
    at(running.ends(0) + 1)
    settle(30, running.ends(0) + 1, outage=PERIOD // 60 * 2)
    settled(10_000)


def test_settle__counters__start_at_zero(agreements, running, settle, at, wait):
    settle(200)
    assert not agreements.is_entitled(1)
    at(running.ends(0) - 1)
    settle(200)
    assert not agreements.is_entitled(1)
    wait()
    assert agreements.is_entitled(1)  # by the clock, with nothing written down
    wait()
    settle(201)
    assert agreements.is_entitled(1)
    assert running.account.use == 1


def test_settle__term_over__is_written_down_and_costs_nothing(
    agreements, open_one, outsider, at, settled
):
    one = open_one(periods=1)
    at(one.ends(0) + 10)
    receipt = one.settle(outsider, 40, one.ends(0) + 10)
    assert receipt.events == [
        agreements.PeriodClosed(
            agreement_id=1, period=0, use=0, price=1_000, credit=0, charge=1_000
        ),
        agreements.ReadingUncounted(
            agreement_id=1, sequence=1, read_at=one.ends(0) + 10, register=40
        ),
    ]
    assert (one.account.period, one.account.register) == (1, 40)
    receipt = one.settle(outsider, 50, one.ends(0))
    assert [event.event_name for event in receipt.events] == ["ReadingUncounted"]
    settled(9_000, due=1_000)


# ---- what is refused -------------------------------------------------------------------


def test_settle__again_or_older__reverts(running, settle, outsider):
    settle(10)
    settle(11)
    for sequence in (1, 2):
        with ape.reverts("agreements: old reading"):
            running.settle(outsider, 12, sequence=sequence)


def test_settle__rolled_back__reverts(settle):
    settle(10, outage=5)
    with ape.reverts("agreements: rolled back"):
        settle(9, outage=5)
    with ape.reverts("agreements: rolled back"):
        settle(10, outage=4)


def test_settle__dated_in_the_future__reverts(settle, now, at):
    at(now() + 10)
    with ape.reverts("agreements: future reading"):
        settle(10, now() + 11)


def test_settle__dated_before_the_start__reverts(running, settle):
    settle(10, running.starts_at)
    with ape.reverts("agreements: before the start"):
        settle(11, running.starts_at - 1)


def test_settle__by_another_meter__reverts(settle):
    with ape.reverts("agreements: not by the meter"):
        settle(10, meter=stage.OTHER_METER)


def test_settle__for_another_agreement__reverts(open_one, running, outsider):
    two = open_one()
    signed = running.reading(10)
    with ape.reverts("agreements: not by the meter"):
        two.contract.settle(two.id, two.terms, signed, sender=outsider)


def test_settle__other_terms__reverts(running, outsider):
    cheaper = running.terms._replace(period_cap=1)
    signed = running.reading(10)
    with ape.reverts("agreements: other terms"):
        running.contract.settle(running.id, cheaper, signed, sender=outsider)


def test_settle__no_such_agreement__reverts(running, outsider):
    with ape.reverts("agreements: other terms"):
        running.contract.settle(2, running.terms, running.reading(10), sender=outsider)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"register": 2**40}, "agreements: register too large"),
        ({"register": 1, "sequence": 2**32}, "agreements: sequence too large"),
        ({"register": 1, "outage": 2**22}, "agreements: outage too large"),
    ],
)
def test_settle__beyond_its_place__reverts(settle, words, reason):
    with ape.reverts(reason):
        settle(**words)


def test_settle__as_large_as_there_is_place__passes(running, settle):
    settle(2**40 - 1, outage=2**22 - 1, sequence=2**32 - 1)
    account = running.account
    assert (account.use, account.outage, account.sequence) == (2**40 - 1, 2**20 - 1, 2**32 - 1)
    assert account.price == 6_000


# ---- many at once --------------------------------------------------------------------------


def test_settle_many__old_ones_among_them__are_passed_over(agreements, open_one, outsider):
    ones = [open_one() for _ in range(3)]
    for one in ones:
        one.settle(outsider, 5)
    fresh = [(one.id, one.terms, one.reading(9)) for one in ones]
    agreements.settle(*fresh[1], sender=outsider)
    receipt = agreements.settle_many([*fresh, fresh[0]], sender=outsider)
    settled = [event for event in receipt.events if event.event_name == "ReadingSettled"]
    assert [event.agreement_id for event in settled] == [1, 3]
    assert [one.account.use for one in ones] == [9, 9, 9]


def test_settle_many__a_bad_one_among_them__reverts(agreements, open_one, outsider):
    ones = [open_one() for _ in range(2)]
    good = (ones[0].id, ones[0].terms, ones[0].reading(9))
    bad = (ones[1].id, ones[1].terms, ones[1].reading(9, meter=stage.OTHER_METER))
    with ape.reverts("agreements: not by the meter"):
        agreements.settle_many([good, bad], sender=outsider)
    assert ones[0].account.use == 0
