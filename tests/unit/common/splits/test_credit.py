"""`splits._credit`: what comes in, and under which shares it is booked."""

import ape

MOST = 2**128 - 1


def test_credit__without_shares__all_is_the_owners(splits, credit):
    receipt = credit(100)
    assert receipt.events == [splits.IncomeCredited(account=1, amount=100)]
    assert splits.income_of(1) == splits.due(1, 1) == 100
    assert splits.due(1, 2) == 0


def test_credit__again__adds_up(splits, credit):
    credit(100)
    credit(1)
    assert splits.income_of(1) == splits.due(1, 1) == 101


def test_credit__of_another_account__leaves_this_one(splits, credit):
    credit(100)
    credit(7, account=2)
    assert (splits.due(1, 1), splits.due(2, 2), splits.due(1, 2)) == (100, 7, 0)


def test_credit__before_the_month__under_the_old_shares(splits, credit, share, month, chain):
    share((2, 5_000))
    chain.pending_timestamp = (month() + 1) * 30 * 86_400 - 1
    credit(100)
    assert (splits.due(1, 1), splits.due(1, 2)) == (100, 0)


def test_credit__in_the_months_first_second__under_the_new_ones(
    splits, credit, share, month, chain
):
    credit(10)
    share((2, 5_000))
    chain.pending_timestamp = (month() + 1) * 30 * 86_400
    receipt = credit(100)
    assert receipt.events == [splits.IncomeCredited(account=1, amount=100)]
    assert (splits.due(1, 1), splits.due(1, 2)) == (60, 50)
    assert splits.income_of(1) == 110


def test_credit__months_later__under_the_same_ones(splits, credit, share, month):
    share((2, 5_000))
    month(1)
    credit(100)
    month(20)
    credit(100)
    assert (splits.due(1, 1), splits.due(1, 2)) == (100, 100)


def test_credit__the_most_there_can_be__is_taken(splits, credit):
    credit(MOST)
    assert splits.due(1, 1) == MOST


def test_credit__one_more__reverts(splits, credit):
    credit(MOST)
    with ape.reverts("splits: income too large"):
        credit(1)


def test_credit__of_the_most_with_shares__is_divided_and_collected(
    splits, credit, share, month, collect
):
    share((2, 9_999))
    month(1)
    credit(MOST)
    theirs = MOST * 9_999 // 10_000
    assert collect(2).return_value == theirs
    assert collect(1).return_value == MOST - theirs
