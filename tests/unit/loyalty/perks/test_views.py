"""What Perks tells: perks, claims, and the points that lie here."""

import ape
import pytest

from .conftest import CLAIMED, DAY, claim_number

PERIOD = 30 * DAY


def test_perk__unknown__reverts(perks, store_perk):
    for number in (0, store_perk + 1):
        with ape.reverts("perks: unknown perk"):
            perks.perk(number)


@pytest.mark.parametrize("change", [1, 3, 4, 255, 1 << 8, 1 << 48, 1 << 80, 1 << 112, 1 << 255])
def test_claim_of__number_of_no_claim__reverts(perks, claimed, change):
    with ape.reverts("perk_claims: unknown claim"):
        perks.claim_of(claimed ^ change)


def test_claim_of__perk_with_one_variant__reads_its_terms(perks, open_perk, claim, members):
    perk_id = open_perk(stock=(1,), price=30, fulfil_within=DAY)
    made = perks.claim_of(claim(perk_id, members[0]))
    assert (made.held, made.deadline - made.claimed_at, made.state) == (30, DAY, CLAIMED)


def test_claims_of__none__is_empty(perks, store_perk, claimed):
    assert perks.claims_of(store_perk, 2) == []
    assert perks.claims_of(store_perk, 0) == []


def test_claims_of__number_that_would_spill_over__is_empty(perks, store_perk, claimed):
    assert perks.claims_of(store_perk, 1 + 2**32) == []
    assert perks.claims_at(store_perk, 1, 2**40 + 2**60) == []


def test_claims_of__unknown_perk__reverts(perks, store_perk):
    with ape.reverts("perks: unknown perk"):
        perks.claims_of(store_perk + 1, 1)
    with ape.reverts("perks: unknown perk"):
        perks.claims_at(store_perk + 1, 1, 0)


def test_claims_of__next_period__begins_anew(perks, store_perk, claimed, chain, opening):
    assert perks.claims_of(store_perk, 1) == [claimed]
    chain.mine(timestamp=opening + PERIOD)
    assert perks.claims_of(store_perk, 1) == []
    assert perks.claims_at(store_perk, 1, opening) == [claimed]


def test_claims_of__long_after_the_window__is_of_its_last_period(
    perks, open_perk, claim, members, chain, at, opening
):
    perk_id = open_perk(window=2 * PERIOD)
    claim(perk_id, members[0])
    at(opening + 2 * PERIOD - 1)
    last = claim(perk_id, members[0])
    chain.mine(timestamp=opening + 9 * PERIOD)

    assert last == claim_number(perk_id, 1, period=1)
    assert perks.claims_of(perk_id, 1) == [last]


def test_claims_of__not_open_yet__is_empty(perks, open_perk, opening):
    perk_id = open_perk(opens_at=opening + DAY)
    assert perks.claims_of(perk_id, 1) == []
    assert perks.claims_at(perk_id, 1, opening + DAY - 1) == []


def test_escrowed__points_sent_by_hand__are_nobodys_refund(perks, points, claimed, members):
    """Solvent all the same: it holds more than it owes, and every refund stays exact."""
    points.transfer(perks, 7, sender=members[1])
    assert perks.escrowed() == 107
    perks.cancel(claimed, sender=members[0])
    assert perks.escrowed() == 7
