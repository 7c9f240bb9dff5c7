"""
V6: the last second decides, and everybody else finds out when it is over (what OpenZeppelin's
GovernorPreventLateQuorum is for); and its cure as a disease: a vote that never ends
(openzeppelin-contracts#6644: an extension without a bound stopped all governance).

Two of five keep their votes back, and make the quorum in the last second. A vote that ends
when it ends pays them 1,000. Ours lasts another day from that second, once: three say no. And
nobody prolongs it again: neither by more late votes, nor by terms, in which an extension is
at most as long as the vote. A Guard that takes any terms lets a vote stay open for 194 days.

Said plainly: it is the quorum that prolongs a vote, and not the swing. Who has three of five may
make the quorum early, by abstaining, and swing it in the last second; what is left to the others
then is the queue's delay, the warden, and the bound of a class that pays.
"""

import ape

from tests.attacks.governor_stage import (
    FIRST,
    TREASURY,
    careless,
    cast,
    close,
    payment,
    propose,
    transfer_of_all,
)
from tests.attacks.votes_stage import attempt
from tests.drafts import ABSTAIN, ACTIVE, AGAINST, DAY, DEFEATED, SUCCEEDED, terms

TEXT = "In the last second."
ENDLESS = terms(FIRST, late_extension=2**24 - 1)


def hold_back(place, chain, members, outsider):
    """Two vote in the last second."""
    draft = payment(place.token, outsider, TREASURY, TEXT)
    propose(place, chain, draft, members[0])
    cast(place, draft, members[:1])
    chain.pending_timestamp = place.governor.proposalDeadline(draft.id)
    cast(place, draft, members[1:2])
    return draft


def test_late_swing__ours__is_answered(ours, chain, members, outsider):
    draft = hold_back(ours, chain, members, outsider)
    chain.mine(deltatime=DAY - 60)
    cast(ours, draft, members[2:], AGAINST)
    close(ours, chain, draft)
    assert ours.governor.state(draft.id) == DEFEATED


def test_late_swing__careless__is_final(project, ours, chain, admin, members, outsider):
    twin = careless(project, admin, ours.house.electorate, ours.token, quorum=2)
    call = transfer_of_all(ours.token, outsider, TEXT)
    twin.propose(*call, sender=members[0])
    id_ = twin.id_of(*call)
    chain.mine(deltatime=DAY - 10)
    for member in members[:2]:
        twin.vote(id_, True, sender=member)
    chain.mine(deltatime=60)
    assert attempt(twin.vote, id_, False, sender=members[2]) == "careless_governor: over"
    twin.execute(*call, sender=outsider)
    assert ours.token.balanceOf(outsider) == TREASURY


def test_again_and_again__ours__is_prolonged_once(ours, chain, members, outsider):
    draft = hold_back(ours, chain, members, outsider)
    end = ours.governor.proposalDeadline(draft.id)
    for member in members[2:]:
        chain.mine(deltatime=DAY // 4)
        cast(ours, draft, [member])
    assert ours.governor.proposalDeadline(draft.id) == end


def test_late_swing__ours_with_the_quorum_made_early__is_not_prolonged(
    ours, chain, members, outsider
):
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, draft, members[0])
    cast(ours, draft, members[:2], ABSTAIN)
    end = ours.governor.proposalDeadline(draft.id)
    chain.pending_timestamp = end
    cast(ours, draft, members[2:3])
    assert ours.governor.proposalDeadline(draft.id) == end
    close(ours, chain, draft)
    assert ours.governor.state(draft.id) == SUCCEEDED


def test_endless__ours__is_refused_as_terms(project, ours, admin):
    charter = ours.house.membership.charter()
    with ape.reverts("settings: extension too long"):
        admin.deploy(project.Guard, charter, [ENDLESS], [], [])


def test_endless__trusting__is_still_open_half_a_year_later(trusting, chain, members, outsider):
    place = trusting(ENDLESS)
    draft = hold_back(place, chain, members, outsider)
    chain.mine(deltatime=190 * DAY)
    assert place.governor.state(draft.id) == ACTIVE
