"""`Perks.add_stock`: more units, of a variant that there is."""

import ape
import pytest

from .conftest import DAY

MAX_STOCK = 2**16 - 1


@pytest.mark.parametrize("variant", [0, 1, 15])
def test_add_stock__to_a_variant__is_there_to_claim(
    perks, open_perk, claim, steward, members, variant
):
    perk_id = open_perk(stock=[0] * 16)
    with ape.reverts("perk_stock: sold out"):
        claim(perk_id, members[0], variant)

    receipt = perks.add_stock(perk_id, variant, 2, sender=steward)

    assert receipt.events == [perks.StockAdded(perk_id=perk_id, variant=variant, amount=2)]
    assert perks.perk(perk_id).stock == [2 if i == variant else 0 for i in range(16)]
    claim(perk_id, members[0], variant)
    assert perks.perk(perk_id).taken == [1 if i == variant else 0 for i in range(16)]


def test_add_stock__up_to_the_most__is_taken(perks, store_perk, steward):
    perks.add_stock(store_perk, 0, MAX_STOCK - 3, sender=steward)
    assert perks.perk(store_perk).stock == [MAX_STOCK, 2]


@pytest.mark.parametrize("amount", [MAX_STOCK - 2, MAX_STOCK + 1, 2**234, 2**256 - 1])
def test_add_stock__more_than_the_most__reverts(perks, store_perk, steward, amount):
    with ape.reverts("perk_stock: stock too large"):
        perks.add_stock(store_perk, 0, amount, sender=steward)


def test_add_stock__nothing__reverts(perks, store_perk, steward):
    with ape.reverts("perks: nothing to add"):
        perks.add_stock(store_perk, 0, 0, sender=steward)


@pytest.mark.parametrize("variant", [2, 15, 16, 2**256 - 1])
def test_add_stock__unknown_variant__reverts(perks, store_perk, steward, variant):
    with ape.reverts("perks: unknown variant"):
        perks.add_stock(store_perk, variant, 1, sender=steward)


def test_add_stock__unknown_perk__reverts(perks, steward):
    with ape.reverts("perks: unknown perk"):
        perks.add_stock(1, 0, 1, sender=steward)


def test_add_stock__window_is_over__reverts(perks, open_perk, steward, at, opening):
    perk_id = open_perk(window=DAY)
    at(opening + DAY)
    with ape.reverts("perks: closed"):
        perks.add_stock(perk_id, 0, 1, sender=steward)


def test_add_stock__by_anyone_else__reverts(perks, store_perk, admin, till, members, outsider):
    for sender in (admin, till, members[0], outsider):
        with ape.reverts("wing: lacks the role"):
            perks.add_stock(store_perk, 0, 1, sender=sender)


def test_add_stock__while_paused__reverts(perks, store_perk, steward, pause):
    pause("perks")
    with ape.reverts("wing: halted"):
        perks.add_stock(store_perk, 0, 1, sender=steward)
