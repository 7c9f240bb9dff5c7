"""`tokens._push`: the till is poorer by the exact amount, or nothing happened."""

import ape
import pytest

from tests.odd_tokens import Habit

KEPT = [Habit.PLAIN, Habit.MUTE, Habit.WORDY, Habit.SOFT, Habit.CHOOSY, Habit.CHATTY]
REFUSED = [
    (Habit.GREEDY, "tokens: took too much"),
    (Habit.HOLLOW, "tokens: not sent"),
    (Habit.VAGUE, "tokens: not sent"),
]


@pytest.mark.parametrize("habit", KEPT)
def test_push__a_token_that_pays__the_payee_has_it(issue, till, outsider, habit):
    token = issue(habit)
    till.push(token, outsider, 300, sender=outsider)
    assert (token.balanceOf(till), token.balanceOf(outsider)) == (700, 1_300)


def test_push__a_share_is_lost_on_the_way__the_till_paid_what_it_owed(issue, till, outsider):
    """It took none when the money came; the payee is not locked out by what changed since."""
    token = issue(Habit.TAXED)
    till.push(token, outsider, 300, sender=outsider)
    assert (token.balanceOf(till), token.balanceOf(outsider)) == (700, 1_297)


def test_push__all_of_it__nothing_is_left(plain, till, outsider):
    till.push(plain, outsider, 1_000, sender=outsider)
    assert plain.balanceOf(till) == 0


@pytest.mark.parametrize(("habit", "reason"), REFUSED)
def test_push__a_token_that_does_not__reverts(issue, till, outsider, habit, reason):
    token = issue(habit)
    with ape.reverts(reason):
        till.push(token, outsider, 300, sender=outsider)
    assert token.balanceOf(till) == 1_000


def test_push__too_much_by_one_unit__reverts(issue, till, outsider):
    token = issue(Habit.GREEDY)
    till.push(token, outsider, 99, sender=outsider)
    with ape.reverts("tokens: took too much"):
        till.push(token, outsider, 100, sender=outsider)


@pytest.mark.parametrize("habit", [Habit.PLAIN, Habit.SOFT, Habit.MUTE])
def test_push__more_than_the_till_has__reverts(issue, till, outsider, habit):
    token = issue(habit)
    with ape.reverts("tokens: not sent"):
        till.push(token, outsider, 1_001, sender=outsider)


def test_push__a_listed_payee__reverts(issue, till, outsider, admin):
    token = issue(Habit.CHOOSY)
    token.list_account(outsider, True, sender=admin)
    with ape.reverts("tokens: not sent"):
        till.push(token, outsider, 300, sender=outsider)


def test_push__to_itself__reverts(plain, till, outsider):
    with ape.reverts("tokens: not sent"):
        till.push(plain, till, 300, sender=outsider)


def test_push__the_balance_goes_up__reverts(issue, till, outsider, admin):
    token = issue(Habit.CHATTY)
    token.call_back(token, token.mint.encode_input(till, 301), sender=admin)
    with ape.reverts("tokens: not sent"):
        till.push(token, outsider, 300, sender=outsider)


def test_push__a_payee_who_gives_back_on_the_way__reverts(issue, till, outsider, admin):
    token = issue(Habit.CHATTY)
    token.call_back(token, token.mint.encode_input(till, 1), sender=admin)
    with ape.reverts("tokens: not sent"):
        till.push(token, outsider, 300, sender=outsider)


def test_push__no_token__reverts(till, outsider):
    with ape.reverts("tokens: silent token"):
        till.push(outsider, outsider, 0, sender=outsider)


def test_push__a_token_that_tells_no_balance__reverts(project, till, outsider, admin):
    token = admin.deploy(project.FakeToken)
    token.break_down(sender=admin)
    with ape.reverts("tokens: silent token"):
        till.push(token, outsider, 0, sender=outsider)
