"""`Rewards.set_budget`: a cut holds at once, a raise from the next period on."""

import ape
import pytest

from .conftest import BUDGET, PERIOD, word


@pytest.fixture
def next_period(chain):
    return (chain.blocks.head.timestamp // PERIOD + 1) * PERIOD


def budgets(rewards):
    return rewards.budget(), rewards.next_budget(), rewards.budget_left()


def test_set_budget__cut__holds_at_once(rewards, treasurer):
    receipt = rewards.set_budget(500, sender=treasurer)
    assert receipt.events == [
        rewards.BudgetChanged(old_budget=BUDGET, new_budget=500, effective_from=receipt.timestamp)
    ]
    assert budgets(rewards) == (500, 500, 500)


def test_set_budget__raise__waits_for_the_next_period(rewards, treasurer, next_period, chain):
    receipt = rewards.set_budget(2 * BUDGET, sender=treasurer)
    assert receipt.events == [
        rewards.BudgetChanged(old_budget=BUDGET, new_budget=2 * BUDGET, effective_from=next_period)
    ]
    chain.pending_timestamp = next_period - 1
    chain.mine()
    assert budgets(rewards) == (BUDGET, 2 * BUDGET, BUDGET)
    chain.pending_timestamp = next_period
    chain.mine()
    assert budgets(rewards) == (2 * BUDGET, 2 * BUDGET, 2 * BUDGET)


def test_set_budget__raise_taken_back__never_counts(rewards, treasurer, next_period, chain):
    rewards.set_budget(2 * BUDGET, sender=treasurer)
    receipt = rewards.set_budget(BUDGET, sender=treasurer)
    assert receipt.events == [
        rewards.BudgetChanged(
            old_budget=2 * BUDGET, new_budget=BUDGET, effective_from=receipt.timestamp
        )
    ]
    chain.pending_timestamp = next_period
    chain.mine()
    assert rewards.budget() == BUDGET


def test_set_budget__cut_and_raised_again__waits(rewards, treasurer):
    """Else a cut would be no promise, and a cut and a raise would be a raise at once."""
    rewards.set_budget(500, sender=treasurer)
    rewards.set_budget(BUDGET, sender=treasurer)
    assert budgets(rewards) == (500, BUDGET, 500)


def test_set_budget__below_what_is_spent__leaves_none(
    rewards, community, treasurer, issuer, next_period, chain
):
    rewards.award(7, [word(community[0], 600, 0)], sender=issuer)
    rewards.set_budget(500, sender=treasurer)
    assert budgets(rewards) == (500, 500, 0)
    with ape.reverts("rewards: over budget"):
        rewards.award(8, [word(community[0], 1, 0)], sender=issuer)
    chain.pending_timestamp = next_period
    rewards.award(8, [word(community[0], 500, 0)], sender=issuer)
    assert budgets(rewards) == (500, 500, 0)


def test_set_budget__zero__stops_points_and_not_standing(
    rewards, membership, community, treasurer, issuer
):
    rewards.set_budget(0, sender=treasurer)
    with ape.reverts("rewards: over budget"):
        rewards.award(7, [word(community[0], 1, 1)], sender=issuer)
    rewards.award(7, [word(community[0], 0, 1)], sender=issuer)
    assert membership.standing_of(1) == 1


def test_set_budget__below_what_is_spent__still_lets_standing_through(
    rewards, membership, community, treasurer, issuer
):
    rewards.award(7, [word(community[0], 600, 0)], sender=issuer)
    rewards.set_budget(0, sender=treasurer)
    receipt = rewards.award(8, [word(community[0], 0, 5)], sender=issuer)

    assert receipt.events == [
        membership.StandingCredited(credits=[1 << 96 | 5]),
        rewards.BatchAwarded(batch_id=8, issuer=issuer, points=0, standing=5),
    ]
    assert membership.standing_of(1) == 5
    assert budgets(rewards) == (0, 0, 0)


def test_budget__each_period__starts_anew(rewards, community, issuer, next_period, chain):
    rewards.award(7, [word(community[0], BUDGET, 0)], sender=issuer)
    chain.pending_timestamp = next_period - 1
    with ape.reverts("rewards: over budget"):
        rewards.award(8, [word(community[0], 1, 0)], sender=issuer)
    chain.pending_timestamp = next_period
    rewards.award(8, [word(community[0], BUDGET, 0)], sender=issuer)
    assert rewards.budget_left() == 0


def test_budget__reversal__frees_none(rewards, community, batch, issuer):
    """Else an issuer and a friend could go round and round."""
    before = rewards.budget_left()
    rewards.reverse(7, batch, 0, sender=issuer)
    assert rewards.budget_left() == before


def test_set_budget__beyond_its_field__reverts(rewards, treasurer):
    rewards.set_budget(2**64 - 1, sender=treasurer)
    with ape.reverts("rewards: budget too high"):
        rewards.set_budget(2**64, sender=treasurer)


def test_set_budget__by_anybody_else__reverts(rewards, admin, issuer, outsider):
    for sender in (admin, issuer, outsider):
        with ape.reverts("wing: lacks the role"):
            rewards.set_budget(1, sender=sender)
