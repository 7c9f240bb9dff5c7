"""`Perks.next_claim_id`: what a member writes into a claim that they sign."""

import ape
import pytest

from .conftest import DAY, NO_ORDER, claim_number

PERIOD = 30 * DAY


def test_next_claim_id__nothing_claimed__is_the_first_lane(perks, store_perk):
    assert perks.next_claim_id(store_perk, 1) == claim_number(store_perk, 1)
    assert perks.next_claim_id(store_perk, 5) == claim_number(store_perk, 5)


def test_next_claim_id__after_each_claim__is_the_one_that_comes(perks, open_perk, claim, members):
    perk_id = open_perk(stock=(9,), limit=4)
    for lane in range(4):
        foretold = perks.next_claim_id(perk_id, 1)
        assert foretold == claim_number(perk_id, 1, lane=lane)
        assert perks.claim.call(perk_id, 0, NO_ORDER, sender=members[0]) == foretold
        assert claim(perk_id, members[0]) == foretold
    assert perks.next_claim_id(perk_id, 1) == 0
    assert perks.next_claim_id(perk_id, 2) == claim_number(perk_id, 2)


def test_next_claim_id__cancelled__is_never_the_same_again(perks, store_perk, claimed, members):
    perks.cancel(claimed, sender=members[0])
    assert perks.next_claim_id(store_perk, 1) == claim_number(store_perk, 1, lane=1)


def test_next_claim_id__period_turned__begins_anew(perks, store_perk, claimed, chain, opening):
    chain.mine(timestamp=opening + PERIOD - 1)
    assert perks.next_claim_id(store_perk, 1) == claim_number(store_perk, 1, lane=1)
    chain.mine(timestamp=opening + PERIOD)
    assert perks.next_claim_id(store_perk, 1) == claim_number(store_perk, 1, period=1)


def test_next_claim_id__outside_the_window__is_none(perks, open_perk, chain, opening):
    perk_id = open_perk(opens_at=opening + DAY, window=DAY)
    for moment, number in (
        (opening + DAY - 1, 0),
        (opening + DAY, claim_number(perk_id, 1)),
        (opening + 2 * DAY - 1, claim_number(perk_id, 1)),
        (opening + 2 * DAY, 0),
    ):
        chain.mine(timestamp=moment)
        assert perks.next_claim_id(perk_id, 1) == number


def test_next_claim_id__closed_by_hand__is_none(perks, store_perk, open_perk, steward, opening):
    later = open_perk(opens_at=opening + DAY)
    for perk_id in (store_perk, later):
        perks.close_perk(perk_id, sender=steward)
        assert perks.next_claim_id(perk_id, 1) == 0


@pytest.mark.parametrize("member_no", [2**32, 1 + 2**32, 2**256 - 1])
def test_next_claim_id__number_that_would_spill_over__is_none(perks, store_perk, member_no):
    assert perks.next_claim_id(store_perk, member_no) == 0
    highest = 2**32 - 1
    assert perks.next_claim_id(store_perk, highest) == claim_number(store_perk, highest)


def test_next_claim_id__unknown_perk__reverts(perks, store_perk):
    for number in (0, store_perk + 1):
        with ape.reverts("perks: unknown perk"):
            perks.next_claim_id(number, 1)
