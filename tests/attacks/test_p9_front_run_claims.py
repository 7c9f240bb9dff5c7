"""P9, the claim seen before it is mined, and the choice made by its carrier.

Whoever carries a signed act, and whoever watches the pool of waiting transactions, knows all of
it. A copier sends it first, sends it with another choice, or in another name. Ours: what the copier
sends first is the member's all the same, and any word changed is refused. So the copier has paid
the gas for somebody else, and the first carrier has lost theirs. The twin lets the carrier say for
whom and which: the member has paid, the copier has the unit.
"""

import ape
import pytest

from cercle import typed_data
from tests.attacks.signed_stage import CONTENT, NOT_SIGNED, ORDER, PURSE, sign

DAY = 86_400
OWN_ORDER = b"\x99" * 32


@pytest.fixture
def copier(signers, points, book):
    """Another member, who has as many points, and watches."""
    return signers["other"]


@pytest.fixture
def seen(cases, signers):
    """The member's claim on its way: (its words, its signature)."""
    message = cases["Claim"].message
    told = message.message
    words = {"wallet": told["wallet"], "perk_id": 1, "variant": 1, "order_hash": ORDER}
    words |= {"claim_id": told["claim_id"], "deadline": told["deadline"]}
    return words, sign(signers["member"], message)


# ---- the claim ------------------------------------------------------------------------


def test_claim__copied_and_sent_first__is_the_members(perks, points, seen, copier, signers):
    words, signature = seen
    before = points.balanceOf(signers["member"])
    perks.claim_by_signature(*words.values(), signature, sender=copier)

    claim = perks.claim_of(words["claim_id"])
    assert (claim.member_no, claim.variant) == (1, 1)
    assert points.balanceOf(signers["member"]) == before - 100
    assert points.balanceOf(copier) == PURSE
    assert perks.claims_of(1, 3) == []
    with ape.reverts("perks: other claim number"):  # the first carrier comes too late, once paid
        perks.claim_by_signature(*words.values(), signature, sender=signers["carrier"])
    assert points.balanceOf(signers["member"]) == before - 100


@pytest.mark.parametrize(
    "changed",
    [{"variant": 0}, {"order_hash": OWN_ORDER}, {"deadline": 2**40}],
    ids=["variant", "order", "deadline"],
)
def test_claim__any_word_changed__is_refused(perks, seen, copier, changed):
    words, signature = seen
    with ape.reverts(NOT_SIGNED):
        perks.claim_by_signature(*(words | changed).values(), signature, sender=copier)


def test_claim__in_the_copiers_name__is_refused(perks, points, seen, copier):
    words, signature = seen
    own = {"wallet": copier, "claim_id": perks.next_claim_id(1, 3)}
    with ape.reverts(NOT_SIGNED):
        perks.claim_by_signature(*(words | own).values(), signature, sender=copier)
    assert points.balanceOf(copier) == PURSE


def test_claim__last_unit_taken_ahead__costs_the_member_nothing(
    perks, points, cases, copier, signers, steward, book, chain
):
    """Who is first has it and pays for it; nobody pays for what they do not get."""
    now = chain.blocks.head.timestamp
    terms = (1, 100, now, now + 60 * DAY, 0, 1, 30 * DAY, [])
    perks.open_perk(CONTENT, terms, [1], sender=steward)
    message = typed_data.claim(
        *(book, signers["member"].address),
        perk_id=2,
        content_hash="0x" + CONTENT.hex(),
        variant=0,
        price=100,
        claim_id=perks.next_claim_id(2, 1),
        deadline=now + DAY,
    )
    before = points.balanceOf(signers["member"])
    perks.claim(2, 0, OWN_ORDER, sender=copier)
    told = message.message
    words = told["wallet"], 2, 0, bytes(32), told["claim_id"], told["deadline"]
    with ape.reverts("perk_stock: sold out"):
        signature = sign(signers["member"], message)
        perks.claim_by_signature(*words, signature, sender=signers["carrier"])
    assert points.balanceOf(signers["member"]) == before
    assert points.balanceOf(copier) == PURSE - 100


def test_cancel__copied_and_sent_first__pays_the_member(perks, points, cases, copier, signers):
    message = cases["Cancel"].message
    before = points.balanceOf(signers["member"])
    signature = sign(signers["member"], message)
    perks.cancel_by_signature(*message.message.values(), signature, sender=copier)
    assert points.balanceOf(signers["member"]) == before + 100
    assert points.balanceOf(copier) == PURSE


# ---- the other acts -----------------------------------------------------------------------


def test_link__seen_by_another_person__is_not_theirs(passport, cases, copier, signers, book):
    """Who watches would have the wallet for their own passport: it named whose it wants to be."""
    message = cases["Link"].message
    agreed = sign(signers["fresh"], message)
    terms = {name: message.message[name] for name in ("nonce", "deadline")}
    fresh = signers["fresh"].address
    adopt = typed_data.adopt(book, copier.address, fresh, **terms)
    words = copier, fresh, *terms.values(), sign(copier, adopt), agreed
    with ape.reverts(NOT_SIGNED):
        passport.link_by_signatures(*words, sender=copier)


def test_invitation__named__is_of_no_use_to_who_sees_it(membership, cases, signers, passport):
    """The copier has a passport and would come in the newcomer's place."""
    message = cases["Invitation"].message
    passport.register(sender=signers["third"])
    words = [message.message[name] for name in ("inviter", "nonce", "deadline")]
    signature = sign(signers["steward"], message)
    with ape.reverts(NOT_SIGNED):
        membership.join(*words, signature, sender=signers["third"])


def test_invitation__of_its_bearer__is_whosoever_is_first(
    membership, cases, signers, passport, book
):
    """Said plainly in the docs: it is money lying about, so invite by name who comes by carrier."""
    named = cases["Invitation"].message
    terms = {name: named.message[name] for name in ("nonce", "deadline")}
    bearer = typed_data.invitation(book, signers["steward"].address, **terms)
    signature = sign(signers["steward"], bearer)
    passport.register(sender=signers["third"])
    invited = signers["steward"], *terms.values(), signature
    membership.join(*invited, sender=signers["third"])

    joins = cases["Join"].message
    told = sign(signers["newcomer"], joins)
    words = signers["newcomer"], joins.message["nonce"], joins.message["deadline"], told
    with ape.reverts("signatures: nonce used"):
        membership.join_by_signature(*words, *invited, sender=signers["carrier"])


def test_delegation__to_the_carrier_instead__is_refused(electorate, cases, copier, signers):
    message = cases["DelegateUntil"].message
    words = message.message | {"delegatee": copier}
    with ape.reverts(NOT_SIGNED):
        told = sign(signers["member"], message)
        electorate.delegate_by_signature(*words.values(), told, sender=copier)


def test_ballot__held_back_and_carried_last__is_stale(polls, cases, signers, book):
    """A carrier with two ballots of one member cannot choose which of them is the last."""
    first = cases["Ballot"].message
    second = typed_data.ballot(
        *(book, signers["member"].address),
        poll_id=1,
        content_hash="0x" + CONTENT.hex(),
        options=[3],
        sequence=2,
        deadline=first.message["deadline"],
    )

    def carry(message):
        told = message.message
        words = [told[n] for n in ("voter", "poll_id", "options", "sequence", "deadline")]
        signature = sign(signers["member"], message)
        polls.vote_by_signature(*words, signature, sender=signers["carrier"])

    carry(second)
    with ape.reverts("polls: stale ballot"):
        carry(first)
    assert polls.tally(1) == [0, 0, 1]


# ---- the twin: what it would cost -----------------------------------------------------


def test_twin__copied_with_another_receiver__robs_the_member(project, admin, signers, copier):
    member, counter = signers["member"], admin.deploy(project.TrustingCounter)
    counter.mint(member, PURSE, sender=admin)
    told = member.sign_raw_msghash(counter.slip(1))
    slip = told.v, int.from_bytes(told.r, "big"), int.from_bytes(told.s, "big")
    counter.claim(member, 1, 7, copier, *slip, sender=copier)

    assert counter.points_of(member) == PURSE - 100
    assert (counter.units_of(copier), counter.units_of(member)) == (1, 0)
    assert counter.choice_of(copier) == 7
