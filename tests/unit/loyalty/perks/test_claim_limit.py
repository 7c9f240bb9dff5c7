"""`Perks.claim`: how often in a period, and when the next one begins."""

import ape
import pytest

from .conftest import DAY, claim_number

PERIOD = 30 * DAY


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_claim__up_to_the_limit__each_has_a_lane_of_its_own(
    perks, open_perk, claim, members, limit
):
    perk_id = open_perk(stock=[10], limit=limit)
    numbers = [claim(perk_id, members[0]) for _ in range(limit)]

    assert numbers == [claim_number(perk_id, 1, lane=lane) for lane in range(limit)]
    assert perks.claims_of(perk_id, 1) == numbers
    assert [perks.claim_of(n).serial for n in numbers] == list(range(1, limit + 1))
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__at_the_limit__of_one_is_not_of_another(open_perk, claim, members):
    perk_id = open_perk(limit=1)
    claim(perk_id, members[0])
    claim(perk_id, members[1])


def test_claim__at_the_limit__holds_for_all_variants_together(open_perk, claim, members):
    perk_id = open_perk(limit=1)
    claim(perk_id, members[0], 0)
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0], 1)


def test_claim__at_the_limit__by_another_wallet_of_theirs__reverts(
    open_perk, claim, link, members, spare_wallets
):
    perk_id = open_perk(limit=1, price=0)
    link(members[0], spare_wallets[0])
    claim(perk_id, members[0])
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, spare_wallets[0])


def test_claim__left_and_joined_again__the_limit_still_holds(
    open_perk, claim, membership, members, steward
):
    perk_id = open_perk(limit=1)
    claim(perk_id, members[0])
    membership.leave(sender=members[0])
    membership.admit([1], sender=steward)
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__last_second_of_the_period__reverts(open_perk, claim, members, at, opening):
    perk_id = open_perk(limit=1)
    claim(perk_id, members[0])
    at(opening + PERIOD - 1)
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__first_second_of_the_next_period__is_taken(
    perks, open_perk, claim, members, at, opening
):
    perk_id = open_perk(limit=1)
    first = claim(perk_id, members[0])
    at(opening + PERIOD)
    second = claim(perk_id, members[0])

    assert second == claim_number(perk_id, 1, period=1)
    assert perks.claims_of(perk_id, 1) == [second]
    assert perks.claims_at(perk_id, 1, opening + PERIOD - 1) == [first]
    assert perks.claims_at(perk_id, 1, opening + PERIOD) == [second]


def test_claim__no_period__the_whole_window_is_one(open_perk, claim, members, at, opening):
    perk_id = open_perk(limit=1, period=0)
    assert claim(perk_id, members[0]) == claim_number(perk_id, 1)
    at(opening + 89 * DAY)
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__period_of_a_second__is_a_claim_a_second(open_perk, claim, members, at, opening):
    perk_id = open_perk(limit=1, period=1, price=0, stock=[9])
    for second in (1_000, 1_001, 1_002):
        at(opening + second)
        assert claim(perk_id, members[0]) == claim_number(perk_id, 1, period=second)


def test_claim__fulfilled__still_counts(perks, open_perk, claim, members, steward):
    perk_id = open_perk(kind=2, limit=1)
    perks.fulfil([claim(perk_id, members[0])], b"\x33" * 32, sender=steward)
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__cancelled__frees_its_place_but_not_its_number(perks, open_perk, claim, members):
    perk_id = open_perk(limit=1)
    first = claim(perk_id, members[0])
    perks.cancel(first, sender=members[0])
    second = claim(perk_id, members[0])

    assert second == claim_number(perk_id, 1, lane=1)
    assert perks.claims_of(perk_id, 1) == [first, second]
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__missed__frees_its_place(perks, open_perk, claim, members, at, outsider, chain):
    perk_id = open_perk(limit=1, fulfil_within=DAY)
    first = claim(perk_id, members[0])
    at(chain.blocks.head.timestamp + DAY + 1)
    perks.miss(first, sender=outsider)
    assert claim(perk_id, members[0]) == claim_number(perk_id, 1, lane=1)


def test_claim__four_times_cancelled__is_the_end_of_it(open_perk, perks, claim, members):
    """A number means one claim for ever, so lanes run out."""
    perk_id = open_perk(limit=1)
    for _ in range(4):
        perks.cancel(claim(perk_id, members[0]), sender=members[0])
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])


def test_claim__between_cancelled_ones__counts_the_live_only(open_perk, perks, claim, members):
    perk_id = open_perk(limit=2, stock=[9])
    first, second = claim(perk_id, members[0]), claim(perk_id, members[0])
    perks.cancel(first, sender=members[0])
    claim(perk_id, members[0])
    with ape.reverts("perk_claims: limit reached"):
        claim(perk_id, members[0])
    perks.cancel(second, sender=members[0])
    claim(perk_id, members[0])
