"""`checkpoints`: a trace of values over time, told through its harness."""

import ape
import pytest

TRACE = 2**200 + 7
HIGHEST = 2**58 - 1


@pytest.fixture(scope="session")
def harness(project, chain, admin):
    chain.mine(deltatime=10 * 86_400)  # ahead of the wall's clock, which some nodes obey
    return admin.deploy(project.VotesHarness)


@pytest.fixture
def write(harness, chain, admin):
    """Write values ten seconds apart; returns the seconds."""

    def _write(*values):
        seconds = []
        for value in values:
            chain.pending_timestamp = second = chain.blocks.head.timestamp + 10
            harness.set_value(TRACE, second, value, sender=admin)
            seconds.append(second)
        return seconds

    return _write


def values_at(harness, seconds):
    return [harness.value_at(TRACE, second)[1] for second in seconds]


def test_value_at__empty_trace__reads_zero(harness, chain):
    assert tuple(harness.value_at(TRACE, chain.blocks.head.timestamp)) == (0, 0)
    assert harness.latest(TRACE) == 0
    assert harness.length_of(TRACE) == 0


@pytest.mark.parametrize("count", range(1, 9))
def test_value_at__any_length__reads_what_held(harness, write, count):
    values = [11 * (i + 1) for i in range(count)]
    seconds = write(*values)
    assert harness.length_of(TRACE) == count
    assert values_at(harness, seconds) == values
    assert values_at(harness, [second - 1 for second in seconds]) == [0, *values[:-1]]
    assert values_at(harness, [second + 9 for second in seconds]) == values
    assert harness.latest(TRACE) == values[-1]
    assert values_at(harness, [0, 2**40 - 1]) == [0, values[-1]]


def test_set_value__twice_in_a_second__is_one_checkpoint(harness, write, chain, admin):
    before, between = write(1, 2)
    chain.pending_timestamp = now = between + 10
    harness.set_values(TRACE, [3, 4, 5], sender=admin)
    assert harness.length_of(TRACE) == 3
    assert values_at(harness, [before, between, now]) == [1, 2, 5]


@pytest.mark.parametrize("count", range(5))
def test_set_value__ahead__counts_from_its_second(harness, write, chain, admin, count):
    write(*range(10, 10 + count))
    plan = chain.blocks.head.timestamp + 100
    harness.set_value(TRACE, plan, 99, sender=admin)
    held = 9 + count if count else 0
    assert harness.latest(TRACE) == held
    assert values_at(harness, [plan - 1, plan]) == [held, 99]


@pytest.mark.parametrize("count", range(5))
def test_set_value__before_a_plan__replaces_it(harness, write, chain, admin, count):
    seconds = write(*range(10, 10 + count))
    plan = chain.blocks.head.timestamp + 100
    harness.set_value(TRACE, plan, 99, sender=admin)
    now = write(5)[0]
    assert harness.length_of(TRACE) == count + 1
    assert values_at(harness, [*seconds, now, plan]) == [*range(10, 10 + count), 5, 5]


def test_set_value__later_plan__replaces_the_earlier(harness, chain, admin):
    now = chain.blocks.head.timestamp
    harness.set_value(TRACE, now + 100, 99, sender=admin)
    harness.set_value(TRACE, now + 200, 5, sender=admin)
    assert harness.length_of(TRACE) == 1
    assert values_at(harness, [now + 150, now + 200]) == [0, 5]


@pytest.mark.parametrize("count", range(1, 5))
def test_set_value__plan_dropped_in_a_second_already_written__leaves_no_double(
    harness, write, chain, admin, count
):
    write(*range(10, 9 + count))
    now = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = now
    harness.set_value(TRACE, now, 3, sender=admin)
    assert harness.length_of(TRACE) == count
    harness.set_value(TRACE, now + 1_000, 99, sender=admin)
    assert harness.length_of(TRACE) == count + 1
    later = write(4)[0]
    assert harness.length_of(TRACE) == count + 1
    assert values_at(harness, [now, later, now + 1_000]) == [3, 4, 4]


def test_push__differences__add_up(harness, chain, admin):
    for diff in (5, 7, -12, 3):
        chain.pending_timestamp = chain.blocks.head.timestamp + 1
        harness.push(TRACE, diff, sender=admin)
    assert harness.latest(TRACE) == 3
    assert harness.length_of(TRACE) == 4


def test_push__below_zero__reverts(harness, admin):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.push(TRACE, -1, sender=admin)


# ---- the side slot ---------------------------------------------------------------------


def test_side__written_alone__changes_no_value(harness, write, admin):
    seconds = write(1, 2, 3)
    harness.set_side(TRACE, 2**158 - 1, sender=admin)
    assert harness.side_of(TRACE) == 2**158 - 1
    assert values_at(harness, seconds) == [1, 2, 3]


def test_side__too_wide__reverts(harness, admin):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.set_side(TRACE, 2**158, sender=admin)
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.push_beside(TRACE, 1, 2**158, sender=admin)


@pytest.mark.parametrize(
    "pattern", ["1111111", "0101010", "1010101", "0011011", "1100100", "0001000"]
)
def test_push_beside__any_mix__reads_what_held(harness, chain, admin, pattern):
    """Seven changes, each beside the side slot or not: spilling loses and moves nothing."""
    seen, held, side = [], 0, 0
    start = chain.blocks.head.timestamp + 10
    for step, beside in enumerate(pattern):
        chain.pending_timestamp = start + 10 * step
        held += step + 1
        if beside == "1":
            side = step + 100
            harness.push_beside(TRACE, step + 1, side, sender=admin)
        else:
            harness.push(TRACE, step + 1, sender=admin)
        seen.append((start + 10 * step, held))
    assert harness.length_of(TRACE) == 7
    assert harness.side_of(TRACE) == side
    assert values_at(harness, [second for second, _ in seen]) == [value for _, value in seen]
    assert values_at(harness, [second - 1 for second, _ in seen]) == [
        0,
        *(value for _, value in seen[:-1]),
    ]


def test_push_beside__twice_in_a_second__is_one_checkpoint(harness, chain, admin):
    start = chain.blocks.head.timestamp + 10
    for step in range(4):
        chain.pending_timestamp = start + step
        harness.push_beside(TRACE, 1, 7, sender=admin)
    chain.pending_timestamp = start + 10
    harness.push_twice(TRACE, 5, 9, sender=admin)
    assert harness.length_of(TRACE) == 5
    assert harness.side_of(TRACE) == 9
    assert values_at(harness, [start + i for i in (0, 1, 2, 3, 9, 10)]) == [1, 2, 3, 4, 4, 14]


def test_set_tag__beside_values__changes_nothing_else(harness, write, admin):
    seconds = write(1, 2, 3)
    harness.set_tag(TRACE, 2**32 - 1, sender=admin)
    assert harness.tag_of(TRACE) == 2**32 - 1
    assert values_at(harness, seconds) == [1, 2, 3]
    assert harness.value_at(TRACE, seconds[0])[0] == 2**32 - 1
    write(4)
    assert harness.tag_of(TRACE) == 2**32 - 1
    harness.set_tag(TRACE, 1, sender=admin)
    assert harness.tag_of(TRACE) == 1
    assert harness.length_of(TRACE) == 4


def test_set_tag__too_wide__reverts(harness, admin):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.set_tag(TRACE, 2**32, sender=admin)


def test_set_value__widest__is_kept(harness, write):
    second = write(HIGHEST)[0]
    assert harness.value_at(TRACE, second)[1] == HIGHEST


@pytest.mark.parametrize(
    ("shift", "value"),
    [(-1, 1), (2**40, 1), (10, HIGHEST + 1)],
    ids=["in the past", "time too far", "value too wide"],
)
def test_set_value__out_of_bounds__reverts(harness, chain, admin, shift, value):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.set_value(TRACE, chain.blocks.head.timestamp + shift, value, sender=admin)


def test_traces__side_by_side__do_not_touch(harness, chain, admin):
    for trace in (TRACE, TRACE + 1):
        for value in (1, 2, 3):
            chain.pending_timestamp = chain.blocks.head.timestamp + 1
            harness.push(trace, value, sender=admin)
    assert [harness.latest(t) for t in (TRACE, TRACE + 1, TRACE + 2)] == [6, 6, 0]
