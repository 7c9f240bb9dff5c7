"""What is due now, by terms, book and clock alone."""

from bots.due import due_at, is_due, next_due_at

TERMS = {"starts_at": 1_000, "period": 100, "grace": 10}


def book(period: int, periods: int = 4) -> dict[str, int]:
    return {"period": period, "periods": periods}


def test_due_at__of_a_period__is_its_end_and_the_grace():
    assert [due_at(TERMS, period) for period in (0, 1, 3)] == [1_110, 1_210, 1_410]


def test_is_due__a_second_before_the_grace_is_over__is_not():
    assert not is_due(TERMS, book(0), 1_109)
    assert is_due(TERMS, book(0), 1_110)


def test_is_due__closed_already__is_due_with_the_next_period():
    assert not is_due(TERMS, book(1), 1_110)
    assert is_due(TERMS, book(1), 1_210)


def test_is_due__all_closed__never_is():
    assert next_due_at(TERMS, book(4)) is None
    assert not is_due(TERMS, book(4), 2**40)


def test_is_due__ended_before_its_start__never_is():
    assert next_due_at(TERMS, book(0, periods=0)) is None
