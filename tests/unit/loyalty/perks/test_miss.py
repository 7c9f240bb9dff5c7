"""`Perks.miss`: the brand's time is over; anyone sends the price home."""

import ape
import pytest

from .conftest import CLAIMED, DAY, MISSED, PURSE


@pytest.fixture
def past(perks, at):
    """Let the next transaction fall into the first second past a claim's deadline."""

    def _past(claim_id):
        at(perks.claim_of(claim_id).deadline + 1)

    return _past


def test_miss__by_anyone__gives_back_exactly_the_price(
    perks, points, claimed, past, members, outsider
):
    past(claimed)
    receipt = perks.miss(claimed, sender=outsider)

    assert receipt.events == [
        perks.ClaimMissed(claim_id=claimed, by=outsider, refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    claim = perks.claim_of(claimed)
    assert (claim.state, claim.held) == (MISSED, 0)
    assert points.balanceOf(members[0]) == PURSE
    assert points.balanceOf(outsider) == 0
    assert perks.escrowed() == 0
    assert (perks.perk(1).stock, perks.perk(1).taken) == ([4, 2], [1, 0])


def test_miss__free__touches_no_points(perks, open_perk, claim, past, members, outsider):
    number = claim(open_perk(price=0), members[0])
    past(number)
    receipt = perks.miss(number, sender=outsider)
    assert receipt.events == [perks.ClaimMissed(claim_id=number, by=outsider, refund=0)]


def test_miss__a_code__gives_back_too(perks, points, claimed_code, past, members, outsider):
    past(claimed_code)
    perks.miss(claimed_code, sender=outsider)
    assert points.balanceOf(members[0]) == PURSE


def test_miss__main_wallet_changed_since__goes_to_the_new_one(
    perks, points, passport, claimed, past, link, members, spare_wallets, outsider
):
    link(members[0], spare_wallets[0])
    passport.set_main(spare_wallets[0], sender=members[0])
    past(claimed)
    perks.miss(claimed, sender=outsider)
    assert points.balanceOf(spare_wallets[0]) == 100


def test_miss__after_leaving__gives_back(
    perks, points, claimed, past, membership, members, outsider
):
    membership.leave(sender=members[0])
    past(claimed)
    perks.miss(claimed, sender=outsider)
    assert points.balanceOf(members[0]) == PURSE


def test_miss__last_second_of_the_deadline__reverts(perks, claimed, members, at):
    at(perks.claim_of(claimed).deadline)
    with ape.reverts("perk_claims: not missed yet"):
        perks.miss(claimed, sender=members[0])


def test_miss__before_anyone_did__the_state_is_missed_by_the_clock(perks, claimed, chain):
    assert (perks.claim_of(claimed).state, perks.claim_of(claimed).held) == (CLAIMED, 100)
    chain.mine(timestamp=perks.claim_of(claimed).deadline + 1)
    assert (perks.claim_of(claimed).state, perks.claim_of(claimed).held) == (MISSED, 100)
    assert perks.escrowed() == 100


def test_miss__twice__reverts(perks, claimed, past, outsider):
    past(claimed)
    perks.miss(claimed, sender=outsider)
    with ape.reverts("perk_claims: already settled"):
        perks.miss(claimed, sender=outsider)


def test_miss__fulfilled__reverts(perks, claimed_code, past, steward, outsider):
    perks.fulfil([claimed_code], b"\x33" * 32, sender=steward)
    past(claimed_code)
    with ape.reverts("perk_claims: already settled"):
        perks.miss(claimed_code, sender=outsider)


@pytest.mark.parametrize("lane", [1, 3, 4, 255])
def test_miss__unknown__reverts(perks, claimed, outsider, lane):
    with ape.reverts("perk_claims: unknown claim"):
        perks.miss(claimed | lane, sender=outsider)


def test_miss__while_paused__gives_back(perks, points, claimed, pause, members, outsider, at):
    deadline = perks.claim_of(claimed).deadline
    at(deadline - DAY // 2)
    pause("perks")
    pause("points")
    at(deadline + 1)
    perks.miss(claimed, sender=outsider)
    assert points.balanceOf(members[0]) == PURSE
