"""When a person is reminded: at half, four fifths and nineteen twentieths of the time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.consent import LEVELS, next_reminder, reminder


@pytest.mark.parametrize(
    ("now", "level"),
    [
        *((0, 0), (1_000, 0), (1_499, 0), (1_500, 50), (1_799, 50), (1_800, 80)),
        *((1_949, 80), (1_950, 95), (1_999, 95), (2_000, 0), (9_999, 0)),
    ],
)
def test_reminder__as_time_passes__rises_and_ends(now, level):
    assert reminder(1_000, 2_000, now) == level


@pytest.mark.parametrize(
    ("now", "moment"),
    [(1_000, 1_500), (1_500, 1_800), (1_800, 1_950), (1_950, 0), (2_000, 0), (5_000, 0)],
)
def test_next_reminder__as_time_passes__is_the_next_level(now, moment):
    assert next_reminder(1_000, 2_000, now) == moment


@pytest.mark.parametrize("until", [0, 999, 1_000])
def test_reminder__no_time_at_all__is_none(until):
    assert (reminder(1_000, until, 500), next_reminder(1_000, until, 500)) == (0, 0)


@given(st.integers(1, 2**40), st.integers(1, 2**40), st.integers(0, 2**41))
def test_next_reminder__any_window__is_where_the_level_changes(start, lasts, passed):
    until, now = start + lasts, start + passed
    moment = next_reminder(start, until, now)
    if moment:
        assert reminder(start, until, moment) > reminder(start, until, moment - 1)
        assert reminder(start, until, moment) in LEVELS
