"""`Agreements.settle_many`: up to fifty readings at once."""

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests import agreements as stage


@pytest.fixture
def settle_many(agreements, outsider):
    """Have somebody bring readings in."""
    return lambda readings: agreements.settle_many(readings, sender=outsider)


def as_settled(one, *words, **changes):
    return one.id, one.terms, one.reading(*words, **changes)


def test_settle_many__none__does_nothing(settle_many):
    assert settle_many([]).events == []


def test_settle_many__one__logs_what_settle_logs(agreements, open_one, settle_many, outsider):
    ones = [open_one() for _ in range(2)]
    alone = ones[0].settle(outsider, 21)
    together = settle_many([as_settled(ones[1], 21)])
    assert [event.event_name for event in together.events] == ["PlanSwitched", "ReadingSettled"]
    for first, second in zip(alone.events, together.events, strict=True):
        differs = ("agreement_id", "read_at")
        words = {name: first.event_arguments[name] for name in first.event_arguments}
        other = {name: second.event_arguments[name] for name in second.event_arguments}
        assert {k: v for k, v in words.items() if k not in differs} == {
            k: v for k, v in other.items() if k not in differs
        }


def test_settle_many__fifty_of_one__count_all_in_their_order(running, settle_many):
    settle_many([as_settled(running, 2 * (place + 1)) for place in range(50)])
    account = running.account
    assert (account.use, account.sequence, account.price) == (100, 50, 4_000)


def test_settle_many__fifty_one__are_too_many(running, settle_many):
    readings = [as_settled(running, place) for place in range(51)]
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        settle_many(readings)
    assert running.account.sequence == 0


def test_settle_many__the_same_twice__counts_once(running, settle_many):
    reading = as_settled(running, 9)
    receipt = settle_many([reading, reading])
    assert [event.event_name for event in receipt.events] == ["ReadingSettled"]
    assert running.account.use == 9


def test_settle_many__out_of_order__passes_over_the_older(running, settle_many):
    older, newer = as_settled(running, 5), as_settled(running, 9)
    receipt = settle_many([newer, older])
    assert [event.register for event in receipt.events] == [9]
    assert running.account.register == 9


def test_settle_many__other_terms__reverts_even_where_the_reading_is_old(
    running, settle_many, outsider
):
    reading = running.reading(9)
    running.contract.settle(1, running.terms, reading, sender=outsider)
    with ape.reverts("agreements: other terms"):
        settle_many([(1, running.terms._replace(limit=1), reading)])


def test_settle_many__several_periods__closes_each_once(running, settle_many, at, settled):
    readings = [
        as_settled(running, 5, running.ends(0)),
        as_settled(running, 9, running.ends(1)),
        as_settled(running, 30, running.ends(1) + 1),
    ]
    at(running.ends(1) + 10)
    receipt = settle_many(readings)
    closed = [event for event in receipt.events if event.event_name == "PeriodClosed"]
    assert [(event.period, event.use) for event in closed] == [(0, 0), (1, 9)]
    assert (running.account.period, running.account.use) == (2, 21)
    settled(8_000, due=2_000)


def test_settle_many__zero_sequence__is_passed_over(running, settle_many):
    assert settle_many([as_settled(running, 9, sequence=0)]).events == []
    assert running.account.use == 0


def test_settle__signed_by_another_meter_of_the_same_operator__reverts(
    price_lists, running, settle_many, metering, operator
):
    stage.register_meter(price_lists, metering, operator, stage.OTHER_METER)
    with ape.reverts("agreements: not by the meter"):
        settle_many([as_settled(running, 9, meter=stage.OTHER_METER)])
