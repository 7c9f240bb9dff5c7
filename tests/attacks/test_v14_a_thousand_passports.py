"""
V14: one person makes as many passports as they like and walks in by the open door.

Passports are free but for gas, and nothing proves that a person stands behind one. Sixty
puppets (a thousand differ in gas alone) take a poll of five members from a brand without
an age of membership and a cap; against ours ten get in, none has a voice for thirty days,
and `recent` shows them to whoever looks.
"""

import pytest

from tests.attacks.votes_stage import CAREFUL, WITHOUT_DEFENCE, build, data, open_poll
from tests.house import MATURITY, ONE

CROWD = 60


@pytest.fixture
def house(project, chain, admin, steward, members):
    def _house(rules):
        return build(project, chain, rules, ONE, admin=admin, steward=steward, members=members)

    return _house


@pytest.fixture
def crowd(project, outsider):
    template = outsider.deploy(project.Puppet)
    return outsider.deploy(project.PuppetMaster, template)


def storm(house, crowd, chain, members, outsider, wait=0):
    """Make the crowd, walk in, vote for the second option; members vote for the first."""
    joined = 0
    for first in range(0, CROWD, 20):
        crowd.make(20, house.passport, sender=outsider)
        crowd.command(first, 20, house.membership, data("join_open()"), sender=outsider)
        joined += crowd.succeeded()
    chain.mine(deltatime=max(wait, 10))
    poll_id = open_poll(house, chain)
    for member in members:
        house.polls.vote(poll_id, 1, sender=member)
    ballot = data("vote(uint256,uint256)", poll_id, 2)
    for first in range(0, CROWD, 20):
        crowd.command(first, 20, house.polls, ballot, sender=outsider)
    return joined, house.polls.tally(poll_id)


def test_storm__ours__is_heard_by_nobody(house, crowd, chain, members, outsider):
    ours = house(CAREFUL)
    since = chain.blocks.head.timestamp
    joined, tally = storm(ours, crowd, chain, members, outsider)
    assert (joined, tally) == (10, [5, 0])
    assert ours.membership.recent(since)[0] == 10  # a page can say: ten voters joined today
    assert ours.electorate.getPastTotalSupply(since) == 5


def test_storm__without_the_defence__takes_the_poll(house, crowd, chain, members, outsider):
    joined, tally = storm(house(WITHOUT_DEFENCE), crowd, chain, members, outsider)
    assert (joined, tally) == (CROWD, [5, CROWD])


def test_storm__patient__is_slowed_and_seen_not_stopped(house, crowd, chain, members, outsider):
    """Said plainly: there is no proof of personhood. A month later a day's ten do vote."""
    wait = MATURITY + 60  # a poll hears whose unit counted before the second it opened in
    joined, tally = storm(house(CAREFUL), crowd, chain, members, outsider, wait=wait)
    assert (joined, tally) == (10, [5, 10])
