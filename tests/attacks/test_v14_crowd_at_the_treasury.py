"""
V14: one person makes as many passports as they like, walks in by the open door, and proposes
to be paid.

Sixty puppets vote as one, against five members who are all against it. Where units count at
once and nobody counts who comes in, they win, and 1,000 are gone for the gas of sixty
passports. With ours ten get in a day, and none of them has a vote for thirty days: the
proposer is refused, and a member's proposal is decided by the five.
"""

import pytest

from tests.attacks.governor_stage import (
    FIRST,
    TREASURY,
    act,
    cast,
    close,
    payment,
    propose,
    seat,
)
from tests.attacks.votes_stage import CAREFUL, WITHOUT_DEFENCE, data
from tests.drafts import AGAINST, DEFEATED, IN_FAVOUR

CROWD = 60


@pytest.fixture
def crowd(project, outsider):
    template = outsider.deploy(project.Puppet)
    return outsider.deploy(project.PuppetMaster, template)


@pytest.fixture
def storm(project, chain, admin, steward, members, outsider, crowd):
    """Walk in, wait for the snapshot, and vote as one; the members vote against."""

    def _storm(rules):
        people = {"admin": admin, "steward": steward, "members": members}
        place = seat(project, chain, rules=rules, **people)
        joined = 0
        for first in range(0, CROWD, 20):
            crowd.make(20, place.house.passport, sender=outsider)
            crowd.command(first, 20, place.house.membership, data("join_open()"), sender=outsider)
            joined += crowd.succeeded()
        place.house.electorate.refresh(list(range(6, 6 + joined)), sender=outsider)
        draft = payment(place.token, outsider, TREASURY, "For the crowd.")
        propose(place, chain, draft, members[0])
        ballot = data("castVote(uint256,uint8)", draft.id, IN_FAVOUR)
        for first in range(0, CROWD, 20):
            crowd.command(first, 20, place.governor, ballot, sender=outsider)
        cast(place, draft, members, AGAINST)
        close(place, chain, draft)
        return place, draft

    return _storm


def test_storm__ours__has_no_vote(storm, chain, outsider):
    place, draft = storm(CAREFUL)
    assert list(place.governor.proposalVotes(draft.id)) == [5, 0, 0]
    assert place.governor.state(draft.id) == DEFEATED
    assert FIRST[4] == place.governor.proposalThreshold() == 1


def test_storm__without_the_defence__takes_everything(storm, chain, outsider):
    place, draft = storm(WITHOUT_DEFENCE)
    assert list(place.governor.proposalVotes(draft.id)) == [5, CROWD, 0]
    assert act(place, chain, draft, outsider) is None
    assert place.token.balanceOf(outsider) == TREASURY
