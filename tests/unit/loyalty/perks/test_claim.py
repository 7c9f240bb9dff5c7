"""`Perks.claim`: what a claim takes and gives, who may make one, and when."""

import ape
import pytest

from .conftest import CLAIMED, DAY, NO_ORDER, PURSE, claim_number

ORDER = b"\x22" * 32


def test_claim__priced__takes_exactly_the_price(perks, points, store_perk, members, opening, at):
    at(opening + 100)
    receipt = perks.claim(store_perk, 1, ORDER, sender=members[0])

    number = claim_number(store_perk, member_no=1)
    assert receipt.events == [
        perks.PerkClaimed(
            perk_id=store_perk,
            member_no=1,
            claim_id=number,
            wallet=members[0],
            variant=1,
            serial=1,
            order_hash=ORDER,
        ),
        points.Transfer(sender=members[0], receiver=perks, value=100),
    ]
    assert points.balanceOf(members[0]) == PURSE - 100
    assert perks.escrowed() == points.balanceOf(perks) == 100
    assert tuple(perks.claim_of(number)) == (
        store_perk,
        1,
        1,
        1,
        opening + 100,
        opening + 100 + 7 * DAY,
        CLAIMED,
        100,
    )


def test_claim__asked_beforehand__tells_the_number(perks, store_perk, claimed, members):
    number = perks.claim.call(store_perk, 0, NO_ORDER, sender=members[0])
    assert number == claim_number(store_perk, member_no=1, lane=1)


def test_claim__free__touches_no_points(perks, points, open_perk, members):
    perk_id = open_perk(price=0)
    receipt = perks.claim(perk_id, 0, NO_ORDER, sender=members[0])

    assert receipt.events == [
        perks.PerkClaimed(
            perk_id=perk_id,
            member_no=1,
            claim_id=claim_number(perk_id, member_no=1),
            wallet=members[0],
            variant=0,
            serial=1,
            order_hash=NO_ORDER,
        )
    ]
    assert points.balanceOf(members[0]) == PURSE


def test_claim__all_they_have__is_taken(points, open_perk, claim, members):
    claim(open_perk(price=PURSE), members[0])
    assert points.balanceOf(members[0]) == 0


def test_claim__one_point_short__reverts(open_perk, claim, members):
    perk_id = open_perk(price=PURSE + 1)
    with ape.reverts("points: balance too low"):
        claim(perk_id, members[0])


def test_claim__from_a_linked_wallet__is_the_members_and_paid_by_it(
    perks, points, store_perk, claim, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 150, sender=members[0])
    number = claim(store_perk, spare_wallets[0])

    assert number == claim_number(store_perk, member_no=1)
    assert points.balanceOf(spare_wallets[0]) == 50
    assert points.balanceOf(members[0]) == PURSE - 150


def test_claim__first_second__is_taken(open_perk, claim, members, at, opening):
    perk_id = open_perk(opens_at=opening + DAY)
    at(opening + DAY)
    claim(perk_id, members[0])


def test_claim__a_second_too_soon__reverts(open_perk, claim, members, at, opening):
    perk_id = open_perk(opens_at=opening + DAY)
    at(opening + DAY - 1)
    with ape.reverts("perks: not open yet"):
        claim(perk_id, members[0])


def test_claim__last_second__is_taken(open_perk, claim, members, at, opening):
    perk_id = open_perk(window=DAY)
    at(opening + DAY - 1)
    claim(perk_id, members[0])


def test_claim__a_second_too_late__reverts(open_perk, claim, members, at, opening):
    perk_id = open_perk(window=DAY)
    at(opening + DAY)
    with ape.reverts("perks: closed"):
        claim(perk_id, members[0])


@pytest.mark.parametrize("number", [0, 2, 2**184, 2**256 - 1])
def test_claim__unknown_perk__reverts(store_perk, claim, members, number):
    with ape.reverts("perks: unknown perk"):
        claim(number, members[0])


@pytest.mark.parametrize("variant", [2, 15, 16, 2**256 - 1])
def test_claim__unknown_variant__reverts(store_perk, claim, members, variant):
    with ape.reverts("perks: unknown variant"):
        claim(store_perk, members[0], variant)


def test_claim__no_passport__reverts(store_perk, claim, outsider):
    with ape.reverts("perks: not a member"):
        claim(store_perk, outsider)


def test_claim__passport_but_no_member__reverts(store_perk, claim, passport, newcomer):
    passport.register(sender=newcomer)
    with ape.reverts("perks: not a member"):
        claim(store_perk, newcomer)


def test_claim__after_leaving__reverts(store_perk, claim, membership, members):
    membership.leave(sender=members[0])
    with ape.reverts("perks: not a member"):
        claim(store_perk, members[0])


def test_claim__while_paused__reverts(store_perk, claim, members, pause):
    pause("perks")
    with ape.reverts("wing: halted"):
        claim(store_perk, members[0])


def test_claim__after_the_pause__is_taken(store_perk, claim, members, pause, at, chain):
    pause("perks", DAY)
    at(chain.blocks.head.timestamp + DAY)
    claim(store_perk, members[0])


def test_claim__not_recognised_by_points__reverts(
    project, admin, charter, passport, membership, points, steward, wealthy, opening
):
    """Another contract of the same code, which Points does not let take."""
    from .conftest import CONTENT, Offer

    stranger = admin.deploy(project.Perks, charter, passport, membership, points)
    stranger.open_perk(CONTENT, Offer(opens_at=opening).terms(), [1], sender=steward)
    with ape.reverts("point_rights: lacks the right"):
        stranger.claim(1, 0, NO_ORDER, sender=wealthy[0])
