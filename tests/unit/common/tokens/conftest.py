"""A till that takes and pays any token, and tokens to try on it."""

import pytest

from tests.odd_tokens import Habit


@pytest.fixture(scope="session")
def till(project, admin):
    return admin.deploy(project.TokensHarness)


@pytest.fixture
def issue(project, admin, till, outsider):
    """A token of this habit: the till and the payer, who allows everything, hold 1,000 each."""

    def _issue(habit, decimals=18):
        token = admin.deploy(project.OddToken, habit, decimals)
        for account in (till, outsider):
            token.mint(account, 1_000, sender=admin)
        token.approve(till, 2**256 - 1, sender=outsider)
        return token

    return _issue


@pytest.fixture
def plain(issue):
    return issue(Habit.PLAIN)
