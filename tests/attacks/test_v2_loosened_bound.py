"""
V2, by a way round: a bounded class that may call the Guard undoes its bound in the very act that
it should bound.

The community bounded its first class too: at most half of the treasury in a year. All five
agree to something that reads like housekeeping: no token is listed any more, or the books of
the season are written by hand; and in the same breath everything is paid out. What is compared
afterwards must be what was listed before, by numbers that only an act has made. A Guard that
guards nothing needs no trick at all.
"""

import pytest

from tests.attacks.governor_stage import FIRST, TREASURY, carry
from tests.drafts import Draft, terms

HALF = terms(FIRST, is_bounded=True, season_share=5_000)
UNTOLD = 2**127


@pytest.fixture
def bounded(ours, chain, members):
    """Ours, with a first class that pays half a year's treasury at most."""
    call = bytes(ours.guard.set_terms.encode_input(1, HALF))
    assert carry(ours, chain, Draft(((ours.guard, 0, call),), "Bound us."), members) is None
    return ours


def unlist(place):
    return place.guard.set_assets.encode_input([])


def forge(place):
    """A season's treasury out of nothing, booked to another class, of no votes."""
    return place.guard.spend.encode_input(2, 1, 1, 0, [0, UNTOLD, 0, 0, 0])


@pytest.mark.parametrize("trick", [unlist, forge])
def test_loosened__ours__pays_no_more_than_its_bound(bounded, chain, members, outsider, trick):
    pay = bytes(bounded.token.transfer.encode_input(outsider, TREASURY))
    actions = ((bounded.guard, 0, bytes(trick(bounded))), (bounded.token, 0, pay))
    assert carry(bounded, chain, Draft(actions, "Some housekeeping."), members) is not None
    assert bounded.token.balanceOf(outsider) == 0


def test_loosened__trusting__pays_everything(trusting, chain, members, outsider):
    place = trusting(HALF)
    pay = bytes(place.token.transfer.encode_input(outsider, TREASURY))
    draft = Draft(((place.token, 0, pay),), "Some housekeeping.")
    assert carry(place, chain, draft, members) is None
    assert place.token.balanceOf(outsider) == TREASURY
