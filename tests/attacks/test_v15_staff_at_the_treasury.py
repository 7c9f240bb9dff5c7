"""
V15: staff make voters for the vote they want to win.

A steward admits forty accomplices after a proposal has been made, in the days before its
snapshot; the five members are against it. Where units count at once, the staff's side has
forty votes and 1,000. With ours twenty go in, which the cap of the period allows and
everybody sees, and none of them counts on that vote: whoever is admitted after a proposal is
made is too young at its snapshot, for the age of membership is longer than any voting delay
in use.
"""

import pytest

from tests.attacks.governor_stage import (
    TREASURY,
    act,
    cast,
    close,
    payment,
    seat,
)
from tests.attacks.votes_stage import CAREFUL, WITHOUT_DEFENCE, attempt, data
from tests.drafts import AGAINST, DEFEATED, IN_FAVOUR

CROWD = 40


@pytest.fixture
def crowd(project, outsider):
    template = outsider.deploy(project.Puppet)
    return outsider.deploy(project.PuppetMaster, template)


@pytest.fixture
def pack(project, chain, admin, steward, members, outsider, crowd):
    """Propose, admit as many as go in, and have them vote; the members vote against."""

    def _pack(rules):
        people = {"admin": admin, "steward": steward, "members": members}
        place = seat(project, chain, rules=rules, **people)
        house, governor = place.house, place.governor
        draft = payment(place.token, outsider, TREASURY, "For the house.")
        governor.propose(*draft.proposed, sender=members[0])
        for _ in range(0, CROWD, 20):
            crowd.make(20, house.passport, sender=outsider)
        ids = [house.passport.id_of(crowd.puppets(i)) for i in range(CROWD)]
        while ids and attempt(house.membership.admit, ids, sender=steward):
            ids.pop()
        house.electorate.refresh(list(range(6, 6 + len(ids))), sender=outsider)
        chain.mine(timestamp=governor.proposalSnapshot(draft.id) + 1)
        ballot = data("castVote(uint256,uint8)", draft.id, IN_FAVOUR)
        for first in range(0, CROWD, 20):
            crowd.command(first, 20, governor, ballot, sender=outsider)
        cast(place, draft, members, AGAINST)
        close(place, chain, draft)
        return place, draft, len(ids)

    return _pack


def test_pack__ours__comes_too_late(pack):
    place, draft, admitted = pack(CAREFUL)
    assert admitted == 20
    assert list(place.governor.proposalVotes(draft.id)) == [5, 0, 0]
    assert place.governor.state(draft.id) == DEFEATED


def test_pack__without_the_defence__takes_everything(pack, chain, outsider):
    place, draft, admitted = pack(WITHOUT_DEFENCE)
    assert admitted == CROWD
    assert list(place.governor.proposalVotes(draft.id)) == [5, CROWD, 0]
    act(place, chain, draft, outsider)
    assert place.token.balanceOf(outsider) == TREASURY
