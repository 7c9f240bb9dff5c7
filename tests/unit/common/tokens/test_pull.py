"""`tokens._pull`: the exact amount comes, or nothing does."""

import ape
import pytest

from tests.odd_tokens import Habit

KEPT = [Habit.PLAIN, Habit.MUTE, Habit.WORDY, Habit.SOFT, Habit.CHOOSY, Habit.CHATTY]
REFUSED = [
    (Habit.TAXED, "tokens: took a share"),
    (Habit.HOLLOW, "tokens: took a share"),
    (Habit.LAVISH, "tokens: gave too much"),
    (Habit.VAGUE, "tokens: not paid"),
]


@pytest.mark.parametrize("habit", KEPT)
def test_pull__a_token_that_pays__the_exact_amount_comes(issue, till, outsider, habit):
    token = issue(habit)
    till.pull(token, outsider, 300, sender=outsider)
    assert (token.balanceOf(till), token.balanceOf(outsider)) == (1_300, 700)


@pytest.mark.parametrize("amount", [0, 1, 1_000])
def test_pull__the_bounds_of_what_the_payer_has__come(plain, till, outsider, amount):
    till.pull(plain, outsider, amount, sender=outsider)
    assert plain.balanceOf(till) == 1_000 + amount


@pytest.mark.parametrize(("habit", "reason"), REFUSED)
def test_pull__a_token_that_does_not__reverts(issue, till, outsider, habit, reason):
    token = issue(habit)
    with ape.reverts(reason):
        till.pull(token, outsider, 300, sender=outsider)
    assert token.balanceOf(till) == 1_000


def test_pull__a_share_of_nothing__comes(issue, till, outsider):
    """99 units are too few for a hundredth to be lost."""
    token = issue(Habit.TAXED)
    till.pull(token, outsider, 99, sender=outsider)
    assert token.balanceOf(till) == 1_099


def test_pull__lost_by_one_unit__reverts(issue, till, outsider):
    token = issue(Habit.TAXED)
    with ape.reverts("tokens: took a share"):
        till.pull(token, outsider, 100, sender=outsider)


def test_pull__too_much_by_one_unit__reverts(issue, till, outsider):
    token = issue(Habit.LAVISH)
    with ape.reverts("tokens: gave too much"):
        till.pull(token, outsider, 100, sender=outsider)


@pytest.mark.parametrize("habit", [Habit.PLAIN, Habit.SOFT, Habit.MUTE])
def test_pull__more_than_the_payer_has__reverts(issue, till, outsider, habit):
    token = issue(habit)
    with ape.reverts("tokens: not paid"):
        till.pull(token, outsider, 1_001, sender=outsider)


@pytest.mark.parametrize("habit", [Habit.PLAIN, Habit.SOFT])
def test_pull__not_allowed__reverts(issue, till, outsider, habit):
    token = issue(habit)
    token.approve(till, 299, sender=outsider)
    with ape.reverts("tokens: not paid"):
        till.pull(token, outsider, 300, sender=outsider)


def test_pull__a_listed_payer__reverts(issue, till, outsider, admin):
    token = issue(Habit.CHOOSY)
    token.list_account(outsider, True, sender=admin)
    with ape.reverts("tokens: not paid"):
        till.pull(token, outsider, 300, sender=outsider)


def test_pull__more_than_there_can_be__reverts(plain, till, outsider):
    with ape.reverts("tokens: not paid"):
        till.pull(plain, outsider, 2**256 - 1, sender=outsider)


def test_pull__the_balance_goes_down__reverts(issue, till, outsider, admin):
    """Who is paid may lose, at a token that calls somebody in the midst of it."""
    token = issue(Habit.CHATTY)
    token.call_back(token, token.shrink.encode_input(till, 400), sender=admin)
    with ape.reverts("tokens: took a share"):
        till.pull(token, outsider, 300, sender=outsider)


def test_pull__no_token__reverts(till, outsider):
    with ape.reverts("tokens: silent token"):
        till.pull(outsider, outsider, 0, sender=outsider)


def test_pull__a_token_that_tells_no_balance__reverts(project, till, outsider, admin):
    token = admin.deploy(project.FakeToken)
    token.break_down(sender=admin)
    with ape.reverts("tokens: silent token"):
        till.pull(token, outsider, 0, sender=outsider)
