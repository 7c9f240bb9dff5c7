"""`splits._set_shares`: who may have a share, and from when it counts."""

import ape
import pytest

EIGHT = [(payee, 1_250) for payee in range(2, 10)]
REFUSED = [
    ([(0, 1)], "splits: unknown payee"),
    ([(2**240, 1)], "splits: unknown payee"),
    ([(1, 1)], "splits: owner has the rest"),
    ([(2, 0)], "splits: empty share"),
    ([(2, 10_001)], "splits: more than all"),
    ([(2, 5_000), (3, 5_001)], "splits: more than all"),
    ([(2, 10_000), (3, 1)], "splits: more than all"),
    ([(2, 2**256 - 1)], "splits: more than all"),
    ([(2, 1), (2, 1)], "splits: named twice"),
    ([(2, 1), (3, 1), (2, 1)], "splits: named twice"),
]


def named(shares):
    return [(share.payee, share.basis_points) for share in shares]


def test_set_shares__once__count_from_the_next_month_on(splits, share, month):
    receipt = share((2, 2_500), (3, 1))
    shares = [(2, 2_500), (3, 1)]
    assert receipt.events == [splits.SharesSet(account=1, month=month() + 1, shares=shares)]
    assert named(splits.shares_of(1)) == []
    number, coming = splits.next_shares_of(1)
    assert (number, named(coming)) == (month() + 1, shares)


def test_set_shares__the_month_comes__they_are_those_of_now(splits, share, month):
    share((2, 2_500))
    month(1)
    assert named(splits.shares_of(1)) == [(2, 2_500)]
    assert tuple(splits.next_shares_of(1)) == (0, [])


def test_set_shares__again_in_the_same_month__replace_those_set_before(
    splits, share, month, credit
):
    share((2, 2_500), (3, 2_500))
    share((4, 5_000))
    assert named(splits.next_shares_of(1)[1]) == [(4, 5_000)]
    month(1)
    credit(100)
    assert [splits.due(1, payee) for payee in (1, 2, 3, 4)] == [50, 0, 0, 50]


def test_set_shares__again_in_a_later_month__earned_parts_stay(splits, share, month, credit):
    share((2, 5_000))
    month(1)
    credit(100)
    share((3, 1_000))
    credit(10)
    month(1)
    credit(1_000)
    assert [splits.due(1, payee) for payee in (1, 2, 3)] == [955, 55, 100]


def test_set_shares__with_no_credit_between__earned_parts_stay(splits, share, month, credit):
    share((2, 5_000))
    month(1)
    credit(100)
    share((3, 1_000))
    month(1)
    share((4, 1_000))
    month(1)
    credit(1_000)
    assert [splits.due(1, payee) for payee in (1, 2, 3, 4)] == [950, 50, 0, 100]


def test_set_shares__three_tables_with_income_each__all_parts_stay(splits, share, month, credit):
    for payee in (2, 3, 4):
        share((payee, 5_000))
        month(1)
        credit(100)
    assert [splits.due(1, payee) for payee in (1, 2, 3, 4)] == [150, 50, 50, 50]


def test_set_shares__to_nobody__all_is_the_owners_again(splits, share, month, credit):
    share((2, 5_000))
    month(1)
    receipt = share()
    assert receipt.events == [splits.SharesSet(account=1, month=month() + 1, shares=[])]
    month(1)
    credit(100)
    assert named(splits.shares_of(1)) == []
    assert (splits.due(1, 1), splits.due(1, 2)) == (100, 0)


def test_set_shares__to_nobody__waits_for_the_month_too(splits, share, month):
    share((2, 5_000))
    month(1)
    share()
    assert named(splits.shares_of(1)) == [(2, 5_000)]
    number, coming = splits.next_shares_of(1)
    assert (number, named(coming)) == (month() + 1, [])


def test_set_shares__eight_who_have_it_all__nothing_is_the_owners(splits, share, month, credit):
    share(*EIGHT)
    month(1)
    credit(800)
    assert [splits.due(1, payee) for payee in range(1, 10)] == [0, *[100] * 8]


def test_set_shares__the_highest_number__is_a_payee(splits, share, month, credit):
    share((2**240 - 1, 10_000))
    month(1)
    credit(5)
    assert splits.due(1, 2**240 - 1) == 5


@pytest.mark.parametrize(("shares", "reason"), REFUSED)
def test_set_shares__not_to_be_shared_so__reverts(share, shares, reason):
    with ape.reverts(reason):
        share(*shares)
