"""
Every contract that takes any ERC-20, against a token of each bad habit: a payment settles exactly,
or is refused with the reason quoted here, and nothing is booked that did not come. One line in
`tests.money.takers` brings a contract into all of it.
"""

import pytest

from tests.money import rules
from tests.money.stage import KINDS
from tests.money.takers import TAKERS
from tests.odd_tokens import Habit

INS = [(taker, way) for taker in TAKERS for way in taker.ins]
OUTS = [(taker, way) for taker in TAKERS for way in taker.outs]
PAIRS = [
    (taker, way, inner)
    for taker in TAKERS
    for way in (*taker.ins, *taker.outs)
    for inner in (*taker.ins, *taker.outs)
]


def named(rows):
    return ["-".join((taker.contract, *ways)) for taker, *ways in rows]


ways_in = pytest.mark.parametrize(("taker", "way"), INS, ids=named(INS))
ways_out = pytest.mark.parametrize(("taker", "way"), OUTS, ids=named(OUTS))
every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


@every_kind
@ways_in
def test_pay_in__a_token_of_each_kind__settles_or_refuses(on_stage, taker, way, kind):
    rules.pays_in(on_stage(taker, kind), way, rules.IN[kind.habit])


@every_kind
@ways_out
def test_pay_out__a_token_that_turned__settles_or_refuses(on_stage, taker, way, kind):
    rules.pays_out(on_stage(taker, kind), way, rules.OUT[kind.habit])


@ways_in
def test_pay_in__a_token_that_says_no__refuses(on_stage, taker, way):
    subject = on_stage(taker, Habit.SOFT)
    too_much = subject.stage.held(subject.stage.people[1]) + 1
    rules.settles_exactly(subject, subject.pay_in(way, 1, too_much), 0, "tokens: not paid")


@ways_in
def test_pay_in__a_listed_payer__refuses(on_stage, taker, way):
    subject = on_stage(taker, Habit.CHOOSY)
    subject.stage.list_person(1)
    rules.pays_in(subject, way, "tokens: not paid")


@ways_out
def test_pay_out__a_blocked_payee__blocks_nobody_else(on_stage, taker, way):
    rules.blocks_nobody_else(on_stage(taker, Habit.CHOOSY), way)


@ways_out
def test_pay_out__a_token_that_shrank__pays_as_long_as_it_lasts(on_stage, taker, way):
    rules.pays_as_long_as_it_lasts(on_stage(taker, Habit.SOFT), way)


@pytest.mark.parametrize(("taker", "way", "inner"), PAIRS, ids=named(PAIRS))
def test_any_way__in_the_midst_of_a_payment__is_shut(on_stage, taker, way, inner):
    """To the person who pays or is paid, and through each way that there is."""
    subject = on_stage(taker, Habit.CHATTY)
    for out in taker.outs:
        subject.owe(out, 1, rules.AMOUNT)
    change = rules.AMOUNT if way in taker.ins else -subject.due(way, 1)
    rules.lets_nobody_back_in(subject, act(subject, way), act(subject, inner), change)


def act(subject, way):
    if way in subject.ins:
        return subject.pay_in(way, 1, rules.AMOUNT)
    return subject.pay_out(way, 1, subject.due(way, 1))
