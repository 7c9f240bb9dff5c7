"""
V3: a whale waits until nobody looks (Compound 289, 2024-07, about $24M: passed over a weekend).

Two of five votes are the whale's, which is the quorum. They propose to pay themselves, and
vote in the last second. Where a vote just ends, and what has passed is done at once, all
1,000 are gone before anybody wakes up. Ours is open for another day, in which the other three
say no; if they sleep through that too, the warden has the days of the queue; and a class that
needs less pays no more than its turnout is worth: 200.
"""

import pytest

from tests.attacks.governor_stage import (
    FIRST,
    PAYING,
    TREASURY,
    act,
    cast,
    close,
    payment,
    propose,
)
from tests.drafts import AGAINST, CANCELED, DEFEATED, terms

HASTY = terms(FIRST, late_extension=0, queue_delay=0)


@pytest.fixture
def strike(chain, members, outsider):
    """Vote at the last second; the others see it the day after, if at all."""

    def _strike(place, class_id, amount, others):
        draft = payment(place.token, outsider, amount, "A small matter.")
        place.house.electorate.invoke_transaction("delegate", members[0], sender=members[1])
        assert propose(place, chain, draft, members[0], class_id) is None
        chain.pending_timestamp = place.governor.proposalDeadline(draft.id)
        cast(place, draft, members[:1])
        chain.mine(deltatime=3_600)
        cast(place, draft, others, AGAINST)
        close(place, chain, draft)
        return draft

    return _strike


def test_strike__ours__is_answered_within_the_extension(ours, strike, members, outsider):
    draft = strike(ours, 1, TREASURY, members[2:])
    assert ours.governor.state(draft.id) == DEFEATED
    assert list(ours.governor.proposalVotes(draft.id)) == [3, 2, 0]


def test_strike__hasty__is_over_before_anybody_wakes(trusting, strike, chain, members, outsider):
    place = trusting(HASTY)
    draft = strike(place, 1, TREASURY, members[2:])
    assert act(place, chain, draft, outsider) is None
    assert place.token.balanceOf(outsider) == TREASURY


def test_strike__ours_asleep__is_vetoed_in_the_queue(ours, strike, admin, outsider):
    """Nobody answers in the class that may be vetoed; its warden does."""
    draft = strike(ours, 2, 200, [])
    ours.governor.queue(*draft.named, sender=outsider)
    ours.governor.veto(draft.id, "Nobody asked for it.", sender=admin)
    assert ours.governor.state(draft.id) == CANCELED
    assert ours.token.balanceOf(outsider) == 0


@pytest.mark.parametrize(("amount", "paid"), [(200, 200), (201, 0)])
def test_strike__ours_asleep__takes_no_more_than_its_turnout(
    ours, strike, chain, outsider, amount, paid
):
    draft = strike(ours, 2, amount, [])
    act(ours, chain, draft, outsider)
    assert ours.token.balanceOf(outsider) == paid


def test_strike__trusting__takes_all_of_it(trusting, strike, chain, outsider):
    place = trusting(FIRST, PAYING)
    act(place, chain, strike(place, 2, TREASURY, []), outsider)
    assert place.token.balanceOf(outsider) == TREASURY
