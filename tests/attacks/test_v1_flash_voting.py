"""
V1: votes that are borrowed for the moment of voting (Beanstalk, 2022-04, about $182M).

One person lets four friends lend them their votes in turn, votes, and gives the votes back
before the friends vote themselves. A council of five that weighs live votes counts nine;
against the Electorate, which is asked for the second before the question, it counts five.
"""

import pytest

from tests.attacks.votes_stage import CAREFUL, build
from tests.house import ONE


@pytest.fixture
def ours(project, chain, admin, steward, members):
    house = build(project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members)
    return house.electorate


@pytest.fixture
def twin(project, admin, members):
    votes = admin.deploy(project.LiveVotes)
    for member in members:
        votes.join(sender=member)
    return votes


def flash_vote(project, votes, attacker, lenders, opener):
    """Borrow, vote, give back, and let the lenders vote; returns what was counted."""
    council = opener.deploy(project.Council, votes)
    for lender in lenders:
        votes.invoke_transaction("delegate", attacker, sender=lender)
    assert votes.getVotes(attacker) == 1 + len(lenders)
    council.vote(sender=attacker)
    for lender in lenders:
        votes.invoke_transaction("delegate", lender, sender=lender)
        council.vote(sender=lender)
    return council.tally()


def test_flash_voting__electorate__counts_each_once(project, ours, members, outsider):
    assert flash_vote(project, ours, members[0], members[1:], outsider) == 5


def test_flash_voting__live_votes__count_twice(project, twin, members, outsider):
    assert flash_vote(project, twin, members[0], members[1:], outsider) == 9
