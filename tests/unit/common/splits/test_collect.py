"""`splits._collect`: each fetches their own part, once, in any order, to the unit."""

import ape
import pytest

EIGHT = [(payee, 1_250) for payee in range(2, 10)]


def test_collect__the_owner__has_what_came(splits, credit, collect):
    credit(100)
    receipt = collect(1)
    assert receipt.return_value == 100
    assert receipt.events == [splits.IncomeCollected(account=1, payee=1, amount=100)]
    assert splits.due(1, 1) == 0
    assert splits.income_of(1) == 100


def test_collect__a_co_owner__leaves_the_others_parts(splits, credit, share, month, collect):
    share((2, 2_500), (3, 2_500))
    month(1)
    credit(1_000)
    assert collect(2).events == [splits.IncomeCollected(account=1, payee=2, amount=250)]
    assert [splits.due(1, payee) for payee in (1, 2, 3)] == [500, 0, 250]


def test_collect__twice__reverts(credit, collect):
    credit(100)
    collect(1)
    with ape.reverts("splits: nothing due"):
        collect(1)


def test_collect__more_came__has_the_rest(credit, collect):
    credit(100)
    collect(1)
    credit(5)
    assert collect(1).return_value == 5


def test_collect__who_has_no_share__reverts(credit, collect):
    credit(100)
    with ape.reverts("splits: nothing due"):
        collect(2)


def test_collect__shares_that_do_not_count_yet__reverts(credit, share, collect):
    share((2, 5_000))
    credit(100)
    with ape.reverts("splits: nothing due"):
        collect(2)


@pytest.mark.parametrize("payee", [1, 2])
def test_collect__across_tables__has_all_parts_at_once(credit, share, month, collect, payee):
    for _ in range(3):
        share((2, 5_000))
        month(1)
        credit(100)
    assert collect(payee).return_value == 150


def test_collect__between_tables__has_each_part_once(credit, share, month, collect):
    had = []
    for _ in range(3):
        share((2, 5_000))
        month(1)
        credit(100)
        had.append(collect(2).return_value)
    assert had == [50, 50, 50]


def test_collect__long_gone__the_part_is_still_there(splits, credit, share, month, collect):
    share((2, 5_000))
    month(1)
    credit(100)
    share()
    month(40)
    for _ in range(3):
        share()
        credit(100)
        month(1)
    assert collect(2).return_value == 50
    assert splits.due(1, 1) == 350


def test_collect__in_turn__the_rest_is_the_owners(splits, credit, share, month):
    """A third of 100 is 33; a third of the 67 that are left, with two thirds of shares, is 33."""
    share((2, 3_333), (3, 3_333))
    month(1)
    credit(100)
    assert [splits.due(1, payee) for payee in (1, 2, 3)] == [34, 33, 33]


def test_collect__unit_by_unit__nobodys_part_ever_shrinks(splits, credit, share, month, collect):
    """With the rest for the owner alone, 7 would be theirs of 7, and nothing of 8."""
    share(*EIGHT)
    month(1)
    collected = 0
    for income in range(1, 18):
        credit(1)
        due = [splits.due(1, payee) for payee in range(1, 10)]
        assert sum(due) + collected == income
        payee = due.index(1) + 1
        collected += collect(payee).return_value


def test_collect__a_unit_a_table__is_whole_in_each(splits, credit, share, month, collect):
    for _ in range(3):
        share((2, 5_000), (3, 2_500))
        month(1)
        credit(3)
    assert sum(splits.due(1, payee) for payee in (1, 2, 3)) == 9
