"""A Safe of two owners is a person: it signs what both agreed to, and a stranger carries it all."""

from types import SimpleNamespace

import pytest

from tests.conftest import DAY
from tests.safe import SafeHouse
from tests.signing import sign, typed

STORE, SINGLE, APPROVAL = 1, 1, 2
FULFILLED, CANCELLED = 2, 4
CONTENT, ORDER = b"\x11" * 32, b"\x22" * 32
LATE = 2**40

REGISTER = "Register(address wallet,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
ADOPT = "Adopt(address main_wallet,address wallet,uint256 nonce,uint256 deadline)"
INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
LEAVE = "Leave(address wallet,uint256 nonce,uint256 deadline)"
DELEGATE_UNTIL = (
    "DelegateUntil(address delegator,address delegatee,uint256 expires_at,"
    "uint256 nonce,uint256 deadline)"
)
CLAIM = (
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,"
    "bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL = "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
BALLOT = (
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,"
    "uint256 sequence,uint256 deadline)"
)


@pytest.fixture
def safe(admin, spare_wallets):
    """Two owners, who must both agree."""
    owners = spare_wallets[:2]
    made = SafeHouse(admin).found(owners, 2)

    def signs(contract, text, **words):
        return made.sign(typed(contract, text, **words), *owners)

    return SimpleNamespace(wallet=made.contract, address=made.address, signs=signs)


@pytest.fixture
def person(safe, community, passport, outsider):
    """The Safe with a passport."""
    told = safe.signs(passport, REGISTER, wallet=safe, nonce=1, deadline=LATE)
    passport.register_by_signature(safe.wallet, 1, LATE, told, sender=outsider)
    return safe


@pytest.fixture
def member(person, membership, steward, outsider):
    """The Safe in the brand, by the invitation of a steward."""
    names = {"inviter": steward, "nonce": 1, "deadline": LATE}
    invited = sign(steward, membership, INVITATION, passport_id=0, **names)
    joins = person.signs(membership, JOIN, wallet=person, **names)
    words = person.wallet, 1, LATE, joins, steward, 1, LATE, invited
    membership.join_by_signature(*words, sender=outsider)
    return person


@pytest.fixture
def shopper(member, rewards, issuer):
    """The same with 400 points."""
    rewards.award(b"\x0a" * 32, [int(member.address, 16) << 96 | 400 << 48 | 120], sender=issuer)
    return member


@pytest.fixture
def voter(member, electorate, chain, outsider):
    """The same, old enough to have a voice."""
    chain.mine(deltatime=31 * DAY)
    electorate.refresh([6], sender=outsider)
    return member


@pytest.fixture
def claim(shopper, perks, steward, chain, outsider):
    """The Safe's claim of a perk, signed and carried; its number."""
    now = chain.blocks.head.timestamp
    terms = (STORE, 150, now, now + 90 * DAY, 0, 1, 14 * DAY, [])
    perks.open_perk(CONTENT, terms, [3], sender=steward)
    number = perks.next_claim_id(1, 6)
    words = {"wallet": shopper, "perk_id": 1, "content_hash": CONTENT, "variant": 0}
    words |= {"price": 150, "order_hash": ORDER, "claim_id": number, "deadline": LATE}
    told = shopper.signs(perks, CLAIM, **words)
    perks.claim_by_signature(shopper.wallet, 1, 0, ORDER, number, LATE, told, sender=outsider)
    return number


def test_it_takes_a_passport_and_joins(member, passport, membership):
    assert passport.wallet_of(6) == member.wallet
    assert tuple(membership.member_of(member.wallet)) == (6, 6)


def test_it_claims_with_its_own_points_and_is_served_at_the_till(
    shopper, claim, perks, points, till
):
    assert points.balanceOf(shopper.wallet) == 250
    code = shopper.signs(perks, REDEEM, wallet=shopper, claim_id=claim, deadline=LATE)
    perks.redeem(claim, shopper.wallet, LATE, code, sender=till)
    assert perks.claim_of(claim).state == FULFILLED
    assert perks.escrowed() == 0


def test_it_gives_a_claim_back_and_has_its_points_again(shopper, claim, perks, points, outsider):
    told = shopper.signs(perks, CANCEL, wallet=shopper, claim_id=claim, deadline=LATE)
    perks.cancel_by_signature(shopper.wallet, claim, LATE, told, sender=outsider)
    assert perks.claim_of(claim).state == CANCELLED
    assert points.balanceOf(shopper.wallet) == 400


@pytest.mark.parametrize(
    ("kind", "options", "tally"),
    [(SINGLE, [2], [0, 1, 0]), (APPROVAL, [1, 3], [1, 0, 1])],
    ids=["single", "approval"],
)
def test_it_votes_and_changes_its_mind(
    voter, polls, steward, outsider, chain, kind, options, tally
):
    closes_at = chain.blocks.head.timestamp + 7 * DAY
    polls.open_poll(CONTENT, kind, 3, closes_at, sender=steward)
    for sequence, chosen in ((1, [1]), (2, options)):
        words = {"voter": voter, "poll_id": 1, "content_hash": CONTENT, "options": chosen}
        told = voter.signs(polls, BALLOT, **words, sequence=sequence, deadline=LATE)
        ballot = voter.wallet, 1, chosen, sequence, LATE, told
        polls.vote_by_signature(*ballot, sender=outsider)
    assert polls.tally(1) == tally
    assert polls.poll(1).ballot_count == 1


def test_it_lets_another_member_speak_for_it(voter, community, electorate, outsider):
    words = {"delegator": voter, "delegatee": community[0], "expires_at": 0}
    told = voter.signs(electorate, DELEGATE_UNTIL, **words, nonce=1, deadline=LATE)
    sent = voter.wallet, community[0], 0, 1, LATE, told
    electorate.delegate_by_signature(*sent, sender=outsider)
    assert electorate.delegates(voter.wallet) == community[0]
    assert electorate.getVotes(community[0]) == 2


def test_it_adds_a_wallet_to_its_passport_and_leaves_by_it(
    member, passport, membership, spare_wallets, outsider
):
    added = spare_wallets[2]
    terms = {"wallet": added, "nonce": 2, "deadline": LATE}
    adopts = member.signs(passport, ADOPT, main_wallet=member, **terms)
    agrees = sign(added, passport, LINK, passport_id=6, **terms)
    words = member.wallet, added, 2, LATE, adopts, agrees
    passport.link_by_signatures(*words, sender=outsider)

    leaves = sign(added, membership, LEAVE, wallet=added, nonce=1, deadline=LATE)
    membership.leave_by_signature(added, 1, LATE, leaves, sender=outsider)
    assert tuple(membership.member_of(member.wallet)) == (6, 0)
