"""Parts of numbered lists: which numbers they hold, and that all parts are the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.lens import Part


@pytest.mark.parametrize(
    ("part", "length", "numbers"),
    [
        (Part(), 3, [1, 2, 3]),
        (Part(), 0, []),
        (Part(2), 5, [4, 5]),
        (Part(9), 2, [1, 2]),
        (Part(2, before=4), 5, [2, 3]),
        (Part(2, before=99), 5, [4, 5]),
        (Part(2, before=1), 5, []),
        (Part(before=3), 5, [1, 2]),
        (Part(2), -4, []),
    ],
)
def test_part__of_a_list__holds_the_newest_before(part, length, numbers):
    assert list(part.of(length)) == numbers


@given(st.integers(0, 200), st.integers(1, 50))
def test_parts__one_after_another__are_the_whole(length, most):
    found, before = [], None
    while numbers := Part(most, before).of(length):
        found += reversed(numbers)
        assert len(numbers) <= most
        before = numbers[0]
    assert found == list(range(length, 0, -1))
