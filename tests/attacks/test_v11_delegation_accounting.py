"""
V11: votes made from nothing by the books of delegation: delegating to the same again,
to oneself, and several changes in one second that become several checkpoints.

Five delegations to the same delegate and five to oneself give the careless twin ten votes
that nobody has; and one vote lent twice in a second counts at both delegates.
"""

import pytest

from tests.attacks.votes_stage import CAREFUL, build, data
from tests.house import MATURITY, ONE


@pytest.fixture
def ours(project, chain, admin, steward, members):
    house = build(project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members)
    return house.electorate


@pytest.fixture
def puppet(project, outsider):
    """A wallet that can do several things in one transaction."""
    return outsider.deploy(project.Puppet)


@pytest.fixture
def ours_with_puppet(project, chain, admin, steward, members, puppet, outsider):
    """The puppet is a sixth member, and counts."""
    house = build(project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members)
    puppet.act(house.passport, data("register()"), sender=outsider)
    house.membership.admit([6], sender=steward)
    chain.mine(deltatime=MATURITY)
    house.electorate.refresh([6], sender=outsider)
    return house.electorate


@pytest.fixture
def twin(project, chain, admin, members):
    votes = admin.deploy(project.CarelessVotes)
    for member in members:
        votes.join(sender=member)
    chain.mine(deltatime=10)
    return votes


def delegate(votes, delegatee, sender):
    votes.invoke_transaction("delegate", delegatee, sender=sender)


def churn(votes, chain, attacker, helper):
    """Delegate to the same and to oneself over and over; returns all votes there are."""
    delegate(votes, helper, attacker)
    for _ in range(5):
        delegate(votes, helper, attacker)
    delegate(votes, attacker, attacker)
    for _ in range(5):
        delegate(votes, attacker, attacker)
    return votes.getVotes(attacker) + votes.getVotes(helper)


def lend_twice_in_one_second(votes, chain, puppet, delegates, opener):
    """Give one vote to two people in one second; returns what that second reads later."""
    calls = [data("delegate(address)", str(delegate)) for delegate in delegates]
    second = puppet.act_at_once(votes, calls, sender=opener).timestamp
    chain.mine(timestamp=second + 10)
    return [votes.getPastVotes(who, second) for who in (puppet, *delegates)]


def test_churn__electorate__makes_nothing(ours, chain, members):
    assert churn(ours, chain, members[0], members[1]) == 2
    total = ours.getPastTotalSupply(chain.blocks.head.timestamp - 1)
    assert total == 5


def test_churn__careless_votes__make_ten(twin, chain, members):
    assert churn(twin, chain, members[0], members[1]) == 12


def test_one_second__electorate__reads_its_end(ours_with_puppet, chain, members, puppet, outsider):
    read = lend_twice_in_one_second(ours_with_puppet, chain, puppet, members[:2], outsider)
    assert read == [0, 1, 2]


def test_one_second__careless_votes__count_the_vote_twice(twin, chain, members, puppet, outsider):
    puppet.act(twin, data("join()"), sender=outsider)
    chain.mine(deltatime=10)
    read = lend_twice_in_one_second(twin, chain, puppet, members[:2], outsider)
    assert read == [0, 2, 2]  # three people, four votes
