"""`Perks.claim_by_signature`: the clock, and what came between signing and carrying."""

import ape

from .conftest import DAY, PURSE, claim_number


def test_claim_by_signature__claimed_directly_meanwhile__reverts(
    perks, points, store_perk, claiming, claim, members, outsider
):
    act = claiming(store_perk, members[0])
    claim(store_perk, members[0])
    with ape.reverts("perks: other claim number"):
        act.carry(outsider)
    assert points.balanceOf(members[0]) == PURSE - 100


def test_claim_by_signature__claimed_and_cancelled_meanwhile__stays_spent(
    perks, store_perk, claiming, claim, members, outsider
):
    act = claiming(store_perk, members[0])
    perks.cancel(claim(store_perk, members[0]), sender=members[0])
    with ape.reverts("perks: other claim number"):
        act.carry(outsider)


def test_claim_by_signature__last_second_of_the_period__is_taken(
    perks, store_perk, claiming, members, outsider, opening, at
):
    at(opening + 30 * DAY - 1)
    claiming(store_perk, members[0], deadline=2**40).carry(outsider)
    assert perks.escrowed() == 100


def test_claim_by_signature__period_turned__reverts(
    store_perk, claiming, members, outsider, opening, at
):
    act = claiming(store_perk, members[0], deadline=2**40)
    at(opening + 30 * DAY)
    with ape.reverts("perks: other claim number"):
        act.carry(outsider)


def test_claim_by_signature__left__reverts(store_perk, claiming, membership, members, outsider):
    act = claiming(store_perk, members[0])
    membership.leave(sender=members[0])
    with ape.reverts("perks: not a member"):
        act.carry(outsider)


def test_claim_by_signature__left_and_back__is_taken(
    perks, store_perk, claiming, membership, members, steward, outsider
):
    """Under the same number, which is the person's for ever."""
    act = claiming(store_perk, members[0])
    membership.leave(sender=members[0])
    membership.admit([1], sender=steward)
    act.carry(outsider)
    assert perks.escrowed() == 100


def test_claim_by_signature__wallet_is_another_persons_by_now__reverts(
    passport, points, store_perk, claiming, link, members, spare_wallets, outsider, chain
):
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 150, sender=members[0])
    act = claiming(store_perk, spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=members[0])
    with ape.reverts("perks: not a member"):
        act.carry(outsider)
    link(members[1], spare_wallets[0], nonce=2)
    with ape.reverts("perks: other claim number"):
        act.carry(outsider)


def test_claim_by_signature__spent_the_points_meanwhile__reverts(
    points, store_perk, claiming, members, outsider
):
    act = claiming(store_perk, members[0])
    points.transfer(members[1], PURSE - 99, sender=members[0])
    with ape.reverts("points: balance too low"):
        act.carry(outsider)
    assert points.balanceOf(members[0]) == 99


def test_claim_by_signature__sold_out_meanwhile__reverts(
    open_perk, claiming, claim, members, outsider
):
    perk_id = open_perk(stock=(1, 1))
    act = claiming(perk_id, members[0])
    claim(perk_id, members[1], 1)
    with ape.reverts("perk_stock: sold out"):
        act.carry(outsider)


def test_claim_by_signature__limit_reached_meanwhile__reverts(
    open_perk, claiming, claim, members, outsider
):
    perk_id = open_perk(limit=1)
    act = claiming(perk_id, members[0], claim_id=claim_number(perk_id, 1, lane=1))
    claim(perk_id, members[0])
    with ape.reverts("perk_claims: limit reached"):
        act.carry(outsider)


def test_claim_by_signature__a_second_too_soon__reverts(
    open_perk, claiming, members, outsider, at, opening
):
    perk_id = open_perk(opens_at=opening + DAY)
    act = claiming(perk_id, members[0], deadline=2**40)
    at(opening + DAY - 1)
    with ape.reverts("perks: not open yet"):
        act.carry(outsider)
    at(opening + DAY)
    act.carry(outsider)


def test_claim_by_signature__a_second_too_late__reverts(
    open_perk, claiming, members, outsider, at, opening
):
    act = claiming(open_perk(window=DAY), members[0], deadline=2**40)
    at(opening + DAY)
    with ape.reverts("perks: closed"):
        act.carry(outsider)
