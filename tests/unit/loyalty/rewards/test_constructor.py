"""New rewards: every argument reads back, and what is refused."""

import ape
import pytest

from .conftest import BUDGET, DAY, NOBODY, PERIOD


@pytest.fixture
def deploy(project, admin, charter, passport, membership, points):
    def _deploy(**changed):
        words = {
            "charter": charter,
            "passport": passport,
            "membership": membership,
            "points": points,
            "period": PERIOD,
            "budget": BUDGET,
        }
        return admin.deploy(project.Rewards, *(words | changed).values())

    return _deploy


def test_constructor__every_argument__reads_back(deploy, charter, passport, membership, points):
    rewards = deploy(period=DAY, budget=5)
    assert rewards.charter() == charter
    assert rewards.PASSPORT() == passport
    assert rewards.MEMBERSHIP() == membership
    assert rewards.POINTS() == points
    assert (rewards.period(), rewards.budget(), rewards.next_budget()) == (DAY, 5, 5)
    assert rewards.budget_left() == 5


@pytest.mark.parametrize("what", ["passport", "membership", "points"])
@pytest.mark.parametrize("is_zero", [True, False], ids=["zero", "a wallet"])
def test_constructor__no_contract__reverts(deploy, outsider, what, is_zero):
    """A raw call to an account without code would succeed, and pay nobody."""
    reasons = {
        "passport": "rewards: zero passport",
        "membership": "rewards: zero membership",
        "points": "rewards: zero points",
    }
    with ape.reverts(reasons[what]):
        deploy(**{what: NOBODY if is_zero else outsider})


def test_constructor__without_charter__reverts(deploy):
    with ape.reverts("wing: zero charter"):
        deploy(charter=NOBODY)


@pytest.mark.parametrize("period", [DAY, 365 * DAY])
def test_constructor__bounds_of_the_period__are_taken(deploy, period):
    assert deploy(period=period).period() == period


@pytest.mark.parametrize("period", [0, DAY - 1, 365 * DAY + 1])
def test_constructor__beyond_them__reverts(deploy, period):
    with ape.reverts("rewards: bad period"):
        deploy(period=period)


def test_constructor__budget_beyond_its_field__reverts(deploy):
    assert deploy(budget=2**64 - 1).budget() == 2**64 - 1
    with ape.reverts("rewards: budget too high"):
        deploy(budget=2**64)
