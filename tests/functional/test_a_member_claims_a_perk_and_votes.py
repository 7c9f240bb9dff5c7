"""A newcomer registers, joins, earns, claims, is served at the till, votes, and is thanked."""

import pytest

from tests.conftest import DAY
from tests.signing import sign

STORE, CODE = 1, 2
FULFILLED = 2
NO_ORDER = b"\x00" * 32
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
SINGLE = 1


@pytest.fixture
def open_perk(perks, steward, chain):
    def _open(kind, price, gates):
        now = chain.blocks.head.timestamp
        terms = (kind, price, now, now + 365 * DAY, 30 * DAY, 1, 14 * DAY, gates)
        perks.open_perk(b"\x11" * 32, terms, [20, 20], sender=steward)
        return perks.perk_count()

    return _open


@pytest.fixture
def member(newcomer, passport, membership, community, steward):
    """A newcomer among members: registered by their own act, admitted by staff."""
    passport_id = passport.register(sender=newcomer).return_value
    membership.admit([passport_id], sender=steward)
    return newcomer


@pytest.fixture
def shopper(member, rewards, issuer):
    """The same after a purchase: 400 points, and standing for the first tier."""
    award = int(member.address, 16) << 96 | 400 << 48 | 120
    rewards.award(b"\x0a" * 32, [award], sender=issuer)
    return member


def test_a_shopper_spends_points_on_a_perk_of_their_tier_and_is_served_at_the_till(
    shopper, membership, points, perks, open_perk, till, chain
):
    first_tier = (membership.address, 1 << 88 | 1)
    perk_id = open_perk(STORE, 150, [first_tier])

    claim_id = perks.claim(perk_id, 1, NO_ORDER, sender=shopper).return_value
    assert points.balanceOf(shopper) == 250
    assert perks.escrowed() == 150

    deadline = chain.blocks.head.timestamp + 300
    code = sign(shopper, perks, REDEEM, wallet=shopper, claim_id=claim_id, deadline=deadline)
    perks.redeem(claim_id, shopper, deadline, code, sender=till)
    assert perks.claim_of(claim_id).state == FULFILLED
    assert (perks.escrowed(), points.totalSupply()) == (0, 250)
    assert perks.perk(perk_id).taken == [0, 1]


def test_a_member_votes_changes_their_mind_and_is_thanked_whatever_they_chose(
    shopper, community, membership, polls, perks, open_perk, steward, chain
):
    chain.mine(deltatime=31 * DAY)  # old enough to have a voice
    closes_at = chain.blocks.head.timestamp + 7 * DAY
    poll_id = polls.open_poll(b"\x44" * 32, SINGLE, 3, closes_at, sender=steward).return_value
    thanks = open_perk(CODE, 0, [(polls.address, poll_id)])

    polls.vote(poll_id, 1, sender=shopper)
    for neighbour in community[:2]:
        polls.vote(poll_id, 2, sender=neighbour)
    assert polls.tally(poll_id) == [1, 2, 0]
    polls.vote(poll_id, 2, sender=shopper)
    assert polls.tally(poll_id) == [0, 3, 0]

    chain.mine(timestamp=closes_at)
    claim_id = perks.claim(thanks, 0, NO_ORDER, sender=shopper).return_value
    perks.fulfil([claim_id], b"\x33" * 32, sender=steward)
    assert perks.claim_of(claim_id).state == FULFILLED


def test_a_member_who_moves_to_a_new_wallet_and_leaves_gets_the_price_of_a_claim_back(
    shopper, membership, passport, points, perks, open_perk, spare_wallets, outsider, chain
):
    claim_id = perks.claim(open_perk(STORE, 150, []), 0, NO_ORDER, sender=shopper).return_value

    new_wallet, deadline = spare_wallets[0], chain.blocks.head.timestamp + DAY
    words = {"passport_id": passport.id_of(shopper), "wallet": new_wallet, "nonce": 1}
    text = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
    consent = sign(new_wallet, passport, text, **words, deadline=deadline)
    passport.link(new_wallet, 1, deadline, consent, sender=shopper)
    passport.set_main(new_wallet, sender=shopper)
    membership.leave(sender=new_wallet)

    chain.mine(deltatime=15 * DAY)  # nobody at the brand lifted a finger
    perks.miss(claim_id, sender=outsider)
    assert points.balanceOf(new_wallet) == 150
    assert points.balanceOf(shopper) == 250
    assert perks.escrowed() == 0
