"""`Perks.claim`: stock of each variant, to the last unit and back."""

import ape
import pytest

MAX_STOCK = 2**16 - 1


def test_claim__last_unit__is_taken_and_no_more(perks, open_perk, claim, members):
    perk_id = open_perk(stock=[2, 9])
    claim(perk_id, members[0])
    last = claim(perk_id, members[1])

    assert perks.claim_of(last).serial == 2
    assert perks.perk(perk_id).taken == [2, 0]
    with ape.reverts("perk_stock: sold out"):
        claim(perk_id, members[2])


def test_claim__one_variant_sold_out__others_are_not(open_perk, claim, members):
    perk_id = open_perk(stock=[0, 1])
    with ape.reverts("perk_stock: sold out"):
        claim(perk_id, members[0], 0)
    claim(perk_id, members[0], 1)


def test_claim__each_variant__has_serials_of_its_own(perks, open_perk, claim, members):
    perk_id = open_perk(stock=[5] * 16, limit=4)
    order = (0, 15, 15, 0)
    numbers = [claim(perk_id, members[0], variant) for variant in order]

    found = [(perks.claim_of(n).variant, perks.claim_of(n).serial) for n in numbers]
    assert found == [(0, 1), (15, 1), (15, 2), (0, 2)]
    assert perks.perk(perk_id).taken == [2, *[0] * 14, 2]


def test_claim__unit_that_came_back__has_a_new_serial(perks, open_perk, claim, members):
    perk_id = open_perk(stock=[1])
    first = claim(perk_id, members[0])
    perks.cancel(first, sender=members[0])

    assert (perks.perk(perk_id).stock, perks.perk(perk_id).taken) == ([2], [1])
    second = claim(perk_id, members[1])
    assert (perks.claim_of(first).serial, perks.claim_of(second).serial) == (1, 2)
    with ape.reverts("perk_stock: sold out"):
        claim(perk_id, members[2])


@pytest.mark.parametrize("variant", [0, 1])
def test_cancel__stock_at_its_highest__loses_the_unit_but_not_the_refund(
    perks, points, open_perk, claim, members, variant
):
    perk_id = open_perk(stock=[MAX_STOCK, MAX_STOCK])
    before = points.balanceOf(members[0])
    perks.cancel(claim(perk_id, members[0], variant), sender=members[0])

    assert perks.perk(perk_id).stock == [MAX_STOCK, MAX_STOCK]
    assert sum(perks.perk(perk_id).taken) == 1
    assert points.balanceOf(members[0]) == before
