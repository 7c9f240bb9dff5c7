"""
V15: staff make voters for the vote they want to win.

A steward admits a crowd on the morning of a poll; an issuer awards an accomplice a fortune
in standing where standing is votes. Membership lets the crowd in up to a public cap and
hears nobody before the age of membership; standing is capped a period, and both are shown
by `recent`. Without that, the poll goes to the crowd and one award outweighs everybody.
"""

import pytest

from tests.attacks.votes_stage import CAREFUL, WITHOUT_DEFENCE, attempt, build, data, open_poll
from tests.house import ONE, SQRT

CROWD = 40
FORTUNE = 10**12


@pytest.fixture
def house(project, chain, admin, steward, members):
    def _house(rules, unit_rule):
        return build(
            project, chain, rules, unit_rule, admin=admin, steward=steward, members=members
        )

    return _house


@pytest.fixture
def crowd(project, outsider):
    template = outsider.deploy(project.Puppet)
    return outsider.deploy(project.PuppetMaster, template)


def pack(house, crowd, chain, members, outsider):
    """Admit as many as the brand lets its staff, and let them vote at once."""
    for _ in range(0, CROWD, 20):
        crowd.make(20, house.passport, sender=outsider)
    ids = [house.passport.id_of(crowd.puppets(i)) for i in range(CROWD)]
    while ids and attempt(house.membership.admit, ids, sender=house.steward):
        ids.pop()  # as many as go in
    chain.mine(deltatime=10)
    poll_id = open_poll(house, chain)
    for member in members:
        house.polls.vote(poll_id, 1, sender=member)
    ballot = data("vote(uint256,uint256)", poll_id, 2)
    for first in range(0, CROWD, 20):
        crowd.command(first, 20, house.polls, ballot, sender=outsider)
    return len(ids), house.polls.tally(poll_id)


def enrich(project, house, chain, members, outsider):
    """Award the accomplice all that goes through, count it, and ask the council."""
    amount = FORTUNE
    credit = house.rewards.credit
    while attempt(credit, house.membership, [1 << 96 | amount], sender=outsider):
        amount //= 2
    house.electorate.refresh([1], sender=outsider)
    chain.mine(deltatime=10)
    votes = house.electorate.getVotes(members[0])
    others = sum(house.electorate.getVotes(member) for member in members[1:])
    return votes, others


def test_pack__ours__waits_outside_the_poll(house, crowd, chain, members, outsider):
    ours = house(CAREFUL, ONE)
    since = chain.blocks.head.timestamp
    admitted, tally = pack(ours, crowd, chain, members, outsider)
    assert (admitted, tally) == (20, [5, 0])
    assert ours.membership.recent(since)[0] == 20


def test_pack__without_the_defence__wins_the_poll(house, crowd, chain, members, outsider):
    admitted, tally = pack(house(WITHOUT_DEFENCE, ONE), crowd, chain, members, outsider)
    assert (admitted, tally) == (CROWD, [5, CROWD])


def test_enrich__ours__is_bounded_and_shown(project, house, chain, members, outsider):
    ours = house(CAREFUL, SQRT)
    since = chain.blocks.head.timestamp
    votes, others = enrich(project, ours, chain, members, outsider)
    assert others == 40
    assert votes <= 316  # the root of 100,000, the period's cap
    _, awards, standing = ours.membership.recent(since)
    assert awards == 1
    assert 50_000 < standing <= 100_000


def test_enrich__without_the_defence__outweighs_everybody(project, house, chain, members, outsider):
    votes, others = enrich(project, house(WITHOUT_DEFENCE, SQRT), chain, members, outsider)
    assert others == 40
    assert votes >= 1_000_000
