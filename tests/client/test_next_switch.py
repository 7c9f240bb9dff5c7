"""Where another plan of a ladder begins to count: the least use, by trying every one."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cercle.agreements import AtCapacity, Plan, Rung
from cercle.agreements.tariff import next_switch, priced, stop_of
from cercle.errors import BeyondTheRungs, EmptyTariff, UseTooLarge

from .ladders import ladders

SMALL = Plan(base_price=1_000, included=10, unit_price=50, capacity=50)
LARGE = Plan(base_price=2_000, included=40, unit_price=40, capacity=60)
LADDER = (Rung(plan_id=1, plan=SMALL), Rung(plan_id=2, plan=LARGE, at_capacity=AtCapacity.STOP))


@given(rungs=ladders(most_base=400, most_unit=9), data=st.data())
def test_next_switch__any_use__is_where_the_plan_changes_first(rungs, data):
    reach = stop_of(rungs)
    most = rungs[reach - 1].plan.capacity
    use, limit = data.draw(st.integers(0, 400)), data.draw(st.integers(0, 400))
    stands = priced(rungs, reach, min(use, most)).rung
    steps = ((one, priced(rungs, reach, one).rung) for one in range(use + 1, min(limit, most) + 1))
    told = next(((one, rung) for one, rung in steps if rung != stands), None)
    event(f"changes {told is not None}")
    assert next_switch(rungs, use, limit) == told


def test_next_switch__cheaper_before_the_capacity__is_told_there():
    assert next_switch(LADDER, 12, 60) == (31, 1)  # 1,000 + 21 x 50 is more than 2,000
    assert next_switch(LADDER, 12, 30) is None
    assert next_switch(LADDER, 12, 60, reach=1) is None


def test_next_switch__no_ladder_or_number__is_refused():
    with pytest.raises(EmptyTariff):
        next_switch((), 0, 1)
    with pytest.raises(UseTooLarge):
        next_switch(LADDER, 2**40, 1)
    with pytest.raises(BeyondTheRungs):
        next_switch(LADDER, 0, 1, reach=3)
