"""Kind SHIP: claimed with an order, sent by staff, never collected at a till."""

import ape
import pytest

from .conftest import (
    CANCELLED,
    CLAIMED,
    FULFILLED,
    MISSED,
    NO_ORDER,
    ORDER,
    PURSE,
    SHIP,
    TIER,
    claim_number,
)

PROOF = b"\x33" * 32  # of the parcel
ZERO = "0x" + "00" * 20


def test_claim__with_an_order__tells_its_hash_and_no_more(perks, points, ship_perk, members):
    receipt = perks.claim(ship_perk, 1, ORDER, sender=members[0])
    number = claim_number(ship_perk, member_no=1)

    assert receipt.events == [
        perks.PerkClaimed(
            perk_id=ship_perk,
            member_no=1,
            claim_id=number,
            wallet=members[0],
            variant=1,
            serial=1,
            order_hash=ORDER,
        ),
        points.Transfer(sender=members[0], receiver=perks, value=100),
    ]
    assert (perks.claim_of(number).state, perks.claim_of(number).held) == (CLAIMED, 100)


@pytest.mark.parametrize("order", [b"\x00" * 31 + b"\x01", b"\x80" + b"\x00" * 31])
def test_claim__any_bit_of_an_order__is_one(perks, ship_perk, members, order):
    perks.claim(ship_perk, 0, order, sender=members[0])


def test_claim__without_an_order__reverts(perks, points, ship_perk, claim, members):
    with ape.reverts("perks: no order"):
        claim(ship_perk, members[0])
    assert points.balanceOf(members[0]) == PURSE
    assert perks.perk(ship_perk).taken == [0, 0]


@pytest.mark.parametrize("gates", [1, 2])
def test_claim__without_an_order_behind_open_gates__reverts(
    perks, open_perk, claim, membership, members, gates
):
    perk_id = open_perk(kind=SHIP, gates=[(membership.address, TIER | 1)] * gates)
    with ape.reverts("perks: no order"):
        claim(perk_id, members[0])
    perks.claim(perk_id, 0, ORDER, sender=members[0])


def test_claim__with_an_order_behind_a_closed_gate__reverts(perks, open_perk, membership, members):
    gates = [(membership.address, TIER | 1), (membership.address, TIER | 3)]
    perk_id = open_perk(kind=SHIP, gates=gates)
    with ape.reverts("perk_gates: closed"):
        perks.claim(perk_id, 0, ORDER, sender=members[0])


def test_claim__of_a_kind_that_nobody_sends__needs_no_order(
    perks, store_perk, code_perk, claim, members
):
    for perk_id in (store_perk, code_perk):
        claim(perk_id, members[0])
        perks.claim(perk_id, 0, ORDER, sender=members[1])


# ---- signed ---------------------------------------------------------------------


def test_claim_by_signature__with_an_order__is_sent_there(
    perks, ship_perk, claiming, members, outsider
):
    receipt = claiming(ship_perk, members[0]).carry(outsider)
    assert receipt.events[0] == perks.PerkClaimed(
        perk_id=ship_perk,
        member_no=1,
        claim_id=claim_number(ship_perk, member_no=1),
        wallet=members[0],
        variant=1,
        serial=1,
        order_hash=ORDER,
    )


def test_claim_by_signature__without_an_order__reverts(ship_perk, claiming, members, outsider):
    with ape.reverts("perks: no order"):
        claiming(ship_perk, members[0], order_hash=NO_ORDER).carry(outsider)


# ---- its end --------------------------------------------------------------------


def test_fulfil__sent__burns_the_price_under_the_proof(perks, points, claimed_parcel, steward):
    receipt = perks.fulfil([claimed_parcel], PROOF, sender=steward)

    assert receipt.events == [
        perks.ClaimFulfilled(claim_id=claimed_parcel, by=steward, evidence=PROOF),
        points.Transfer(sender=perks, receiver=ZERO, value=100),
    ]
    assert perks.claim_of(claimed_parcel).state == FULFILLED
    assert perks.escrowed() == 0


def test_fulfil__codes_and_parcels_together__are_taken(
    perks, claimed_code, claimed_parcel, steward
):
    perks.fulfil([claimed_code, claimed_parcel], PROOF, sender=steward)
    assert perks.claim_of(claimed_code).state == FULFILLED
    assert perks.claim_of(claimed_parcel).state == FULFILLED


def test_fulfil__sent_past_the_deadline__reverts(perks, claimed_parcel, steward, at):
    at(perks.claim_of(claimed_parcel).deadline + 1)
    with ape.reverts("perk_claims: past its deadline"):
        perks.fulfil([claimed_parcel], PROOF, sender=steward)


def test_redeem__what_is_sent__reverts(perks, claimed_parcel, code_for, members, till):
    code = code_for(members[0], claimed_parcel)
    with ape.reverts("perks: is sent, not collected"):
        perks.redeem(claimed_parcel, members[0], *code, sender=till)
    assert perks.claim_of(claimed_parcel).state == CLAIMED


def test_cancel__not_sent_yet__is_the_members(perks, points, claimed_parcel, members):
    receipt = perks.cancel(claimed_parcel, sender=members[0])

    assert receipt.events == [
        perks.ClaimCancelled(claim_id=claimed_parcel, by=members[0], refund=100),
        points.Transfer(sender=perks, receiver=members[0], value=100),
    ]
    assert perks.claim_of(claimed_parcel).state == CANCELLED


def test_cancel__not_sent_yet__is_a_stewards_too(perks, points, claimed_parcel, members, steward):
    perks.cancel(claimed_parcel, sender=steward)
    assert points.balanceOf(members[0]) == PURSE


def test_cancel__sent__reverts(perks, claimed_parcel, members, steward):
    perks.fulfil([claimed_parcel], PROOF, sender=steward)
    with ape.reverts("perk_claims: already settled"):
        perks.cancel(claimed_parcel, sender=members[0])


def test_cancel__by_another_member__reverts(perks, claimed_parcel, members, outsider):
    for sender in (members[1], outsider):
        with ape.reverts("wing: lacks the role"):
            perks.cancel(claimed_parcel, sender=sender)


def test_miss__never_sent__gives_back(perks, points, claimed_parcel, members, outsider, at):
    at(perks.claim_of(claimed_parcel).deadline + 1)
    perks.miss(claimed_parcel, sender=outsider)
    assert perks.claim_of(claimed_parcel).state == MISSED
    assert points.balanceOf(members[0]) == PURSE
