"""
In which order, and how often, things are written down changes nothing: pokes, readings that come
again and acts that are refused may stand anywhere between the acts that count. The list does not
change meanwhile; that its prices reach whoever looks first is another promise.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.invariant.agreements_world import (
    DAY,
    GRACE,
    PERIOD,
    Account,
    AgreementsWorld,
    build,
)

UNITS = st.integers(0, 70)
# Days from the one before, units, minutes of outage; how late it is brought in, in days.
READING = st.tuples(st.integers(0, 40), UNITS, st.sampled_from((0, 0, 90)), st.integers(0, 2))
NOISE = ("poke", "again", "old", "future", "too much", "another period")
AMONG = st.lists(
    st.tuples(st.integers(0, 6 * PERIOD), st.permutations(NOISE)), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def stage(project):
    return build(project)


def make_noise(world, kind):
    """An act that must not matter; all but a poke are refused, as the model says."""
    model = world.models[0]
    shown = (model.register, model.outage)
    if kind == "poke":
        world.poke(0)
    elif kind == "again":
        world.read(0, model.sequence, max(model.starts_at, world.now - DAY), *shown)
    elif kind == "old":
        world.read(0, max(0, model.sequence - 1), world.now, model.register + 9, model.outage)
    elif kind == "future":
        world.read(0, model.sequence + 1, world.now + 1, model.register + 9, model.outage)
    elif kind == "too much":
        world.withdraw(0, model.paid_in + 1)
    else:
        world.go_on(0, model.periods + 1, 500, 500_000)


def told(stage, readings, noise):
    """The same acts at the same seconds, with so much else between; what is in the book then."""
    world = AgreementsWorld(stage)
    try:
        world.open(0, [(1, False), (3, True), (5, True)], 0, 5, 4_000, 14_000, 12_000)
        begun, due, at = world.now, [], world.now + 2
        brought = begun
        for sequence, (days, units, outage, late) in enumerate(readings, 1):
            at += days * DAY
            brought = max(brought, at + late * DAY)
            due.append((brought, 1, sequence, (at, units, outage)))
        due += [(begun + 1 + second, 0, 0, kinds) for second, kinds in noise]
        register = outage = 0
        for second, is_reading, sequence, words in sorted(due, key=lambda one: one[:3]):
            world.wait(max(0, second - world.now))
            if not is_reading:
                for kind in words:
                    make_noise(world, kind)
                continue
            read_at, units, lost = words
            register, outage = register + units, outage + lost
            world.read(0, sequence, read_at, register, outage)
        world.wait(max(0, max(brought, begun + 6 * PERIOD) + GRACE - world.now))
        world.poke(0)
        world.agree()
        model = world.models[0]
        account = Account(*stage.book.view("account_of", 1))
        charges = [model.period(number).charge for number in range(model.periods)]
        due = stage.book.view("due_of", 1)
        return account.escrow, account.left, account.register, due, charges
    finally:
        world.end()


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(readings=st.lists(READING, max_size=6), noise=AMONG, order=st.randoms())
def test_agreements__anything_idle_between__ends_the_same(stage, readings, noise, order):
    plain = told(stage, readings, [])
    assert told(stage, readings, noise) == plain
    shuffled = [(second, order.sample(kinds, len(kinds))) for second, kinds in noise]
    order.shuffle(shuffled)
    assert told(stage, readings, shuffled) == plain
