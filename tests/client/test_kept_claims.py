"""What stays a member's own: claims of long ago, of the last second, and of who has left."""

from datetime import timedelta

import pytest

from cercle import governance, identity, lens
from cercle.errors import PerkClosed
from cercle.flags import ClaimState, PerkKind
from cercle.loyalty import membership, perks, rewards
from cercle.loyalty.words import Award, claim_id_of

from .community import DAY, perk_text, poll_text


@pytest.fixture
def grown(town):
    """Three members with 600 points each, old enough to have a voice."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    town.send(membership.admit(town.deployment, [1, 2, 3]), town.steward)
    for batch in rewards.batches([Award(member, 6_000, 300) for member in town.members]):
        town.send(rewards.award(town.deployment, batch.id, batch.words), town.issuer)
    town.pass_time(31 * DAY)
    return town


def open_perk(town, *, wait=0, period=0, within=14 * DAY):
    now = town.now() + wait
    terms = (int(PerkKind.STORE), 1_000, now, now + 60 * DAY, period, 1, within, [])
    content = town.store.put(perk_text("Coffee", 1))
    events = town.send(perks.open_perk(town.deployment, content, terms, (9,)), town.steward)
    return events[0].args["perk_id"]


def claims_of(town, member):
    (view,) = lens.perks(town.chain, town.deployment, member)
    return [(claim.id, claim.state) for claim in view.my_claims]


def test_perks__claim_of_ten_periods_ago__is_shown_while_it_waits(grown):
    number, member = open_perk(grown, period=DAY), grown.members[0]
    grown.send(perks.claim(grown.deployment, number), member)
    grown.pass_time(10 * DAY)
    assert claims_of(grown, member) == [(claim_id_of(number, 1, 0, 0), ClaimState.CLAIMED)]


def test_perks__who_left__still_sees_what_they_claimed_and_takes_it_back(grown):
    number, member = open_perk(grown), grown.members[0]
    grown.send(perks.claim(grown.deployment, number), member)
    grown.send(membership.leave(grown.deployment), member)
    ((claim_id, state),) = claims_of(grown, member)
    assert state == ClaimState.CLAIMED
    grown.send(perks.cancel(grown.deployment, claim_id), member)
    assert claims_of(grown, member) == [(claim_id, ClaimState.CANCELLED)]


def test_perks__closed_before_it_opens__is_closed_to_everybody(grown):
    number = open_perk(grown, wait=DAY)
    grown.send(perks.close_perk(grown.deployment, number), grown.steward)
    for account in (None, grown.members[0]):
        (view,) = lens.perks(grown.chain, grown.deployment, account)
        assert view.refusal is PerkClosed


def test_polls__who_left__still_sees_their_ballot(grown):
    member, content = grown.members[0], grown.store.put(poll_text(2))
    closes_at = grown.chain.head().time + timedelta(days=7)
    grown.send(governance.open_poll(grown.deployment, content, 2, closes_at), grown.steward)
    grown.send(governance.vote(grown.deployment, 1, 2), member)
    grown.send(membership.leave(grown.deployment), member)
    (view,) = lens.polls(grown.chain, grown.deployment, member)
    assert (view.my_choice, view.has_voice) == (2, True)
