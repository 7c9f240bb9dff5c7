"""
V4: a proposal that does something else than it says (Audius, 2022-07; Fortress, 2022-05; Lazy
Summer, 2026-04).

"Pay the printer 10", it says, and everybody is for it. What it calls pays the proposer
1,000, or changes the terms of all votes to come. Where voters are all that stands between the
words and the calls, it is done. In ours a class does only what its scopes list, so neither can
even be proposed there; a first class that may do anything shows its calls for days before
and after the vote, in which the warden, or who votes by the calls, stops it.
"""

import pytest

from tests.attacks.governor_stage import (
    FIRST,
    PAYING,
    TREASURY,
    act,
    carry,
    cast,
    close,
    payment,
    propose,
)
from tests.drafts import CANCELED, IN_FAVOUR, Draft, terms

TEXT = "Pay the printer 10."
EASY = terms(FIRST, quorum=0, threshold=0)


@pytest.fixture
def swindle(outsider):
    """Words about the printer, and a call that pays everything to somebody."""
    return lambda place: payment(place.token, outsider, TREASURY, TEXT)


@pytest.fixture
def capture():
    """The same words, and a call that makes every later vote a formality."""

    def _capture(place):
        call = bytes(place.guard.set_terms.encode_input(1, EASY))
        return Draft(((place.guard, 0, call),), TEXT)

    return _capture


@pytest.mark.parametrize(
    ("trick", "reason"),
    [("swindle", "scopes: past the cap"), ("capture", "scopes: out of scope")],
)
def test_trick__ours__is_not_even_proposed(request, ours, chain, members, trick, reason):
    draft = request.getfixturevalue(trick)(ours)
    assert carry(ours, chain, draft, members, class_id=2) == reason


def test_swindle__trusting__is_paid(trusting, chain, members, outsider, swindle):
    place = trusting(FIRST, PAYING)
    assert carry(place, chain, swindle(place), members, class_id=2) is None
    assert place.token.balanceOf(outsider) == TREASURY


def test_capture__trusting__is_done(trusting, chain, members, outsider, capture):
    place = trusting(FIRST, PAYING)
    assert carry(place, chain, capture(place), members, class_id=2) is None
    assert place.governor.quorumNumerator() == 0


@pytest.fixture
def watched(ours, chain, members):
    """Ours, with a first class that may be vetoed."""
    call = bytes(ours.guard.set_terms.encode_input(1, terms(FIRST, is_vetoable=True)))
    draft = Draft(((ours.guard, 0, call),), "Let the warden look.")
    assert carry(ours, chain, draft, members) is None
    return ours


def test_swindle__first_class__waits_where_it_can_be_read_and_vetoed(
    watched, chain, members, admin, outsider, swindle
):
    draft = swindle(watched)
    propose(watched, chain, draft, members[0])
    cast(watched, draft, members, IN_FAVOUR)
    close(watched, chain, draft)
    watched.governor.queue(*draft.named, sender=outsider)
    watched.governor.veto(draft.id, "It pays somebody else.", sender=admin)
    chain.mine(timestamp=watched.governor.proposalEta(draft.id))
    assert act(watched, chain, draft, outsider) is not None
    assert watched.governor.state(draft.id) == CANCELED
    assert watched.token.balanceOf(outsider) == 0
