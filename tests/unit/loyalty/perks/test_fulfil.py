"""`Perks.fulfil`: codes that staff showed, many at a time, all or none."""

import ape
import pytest

from .conftest import CLAIMED, CODE, DAY, FULFILLED

EVIDENCE = b"\x33" * 32
ZERO = "0x" + "00" * 20


@pytest.fixture
def claimed_codes(claim, open_perk, members):
    """Three members' claims of codes, two prices among them."""
    cheap, dear = open_perk(kind=CODE, price=30), open_perk(kind=CODE, price=200)
    return [claim(cheap, members[0]), claim(dear, members[1]), claim(cheap, members[2])]


def test_fulfil__several__burns_the_sum_of_their_prices(perks, points, claimed_codes, steward):
    supply = points.totalSupply()
    receipt = perks.fulfil(claimed_codes, EVIDENCE, sender=steward)

    assert receipt.events == [
        *[
            perks.ClaimFulfilled(claim_id=number, by=steward, evidence=EVIDENCE)
            for number in claimed_codes
        ],
        points.Transfer(sender=perks, receiver=ZERO, value=260),
    ]
    for number in claimed_codes:
        assert (perks.claim_of(number).state, perks.claim_of(number).held) == (FULFILLED, 0)
    assert perks.escrowed() == 0
    assert points.totalSupply() == supply - 260


def test_fulfil__free__touches_no_points(perks, open_perk, claim, members, steward):
    number = claim(open_perk(kind=CODE, price=0), members[0])
    receipt = perks.fulfil([number], EVIDENCE, sender=steward)
    assert receipt.events == [perks.ClaimFulfilled(claim_id=number, by=steward, evidence=EVIDENCE)]


def test_fulfil__none__changes_nothing(perks, claimed_codes, steward):
    assert perks.fulfil([], EVIDENCE, sender=steward).events == []
    assert perks.escrowed() == 260


def test_fulfil__last_second__is_taken(perks, claimed_code, steward, at):
    at(perks.claim_of(claimed_code).deadline)
    perks.fulfil([claimed_code], EVIDENCE, sender=steward)


def test_fulfil__past_the_deadline__reverts(perks, claimed_code, steward, at):
    at(perks.claim_of(claimed_code).deadline + 1)
    with ape.reverts("perk_claims: past its deadline"):
        perks.fulfil([claimed_code], EVIDENCE, sender=steward)


def test_fulfil__one_is_settled_already__reverts_them_all(perks, claimed_codes, steward):
    perks.cancel(claimed_codes[1], sender=steward)
    with ape.reverts("perk_claims: already settled"):
        perks.fulfil(claimed_codes, EVIDENCE, sender=steward)
    assert perks.claim_of(claimed_codes[0]).state == CLAIMED


def test_fulfil__one_named_twice__reverts(perks, claimed_code, steward):
    with ape.reverts("perk_claims: already settled"):
        perks.fulfil([claimed_code, claimed_code], EVIDENCE, sender=steward)


def test_fulfil__what_a_till_hands_out__reverts(perks, claimed, steward):
    with ape.reverts("perks: needs the member's code"):
        perks.fulfil([claimed], EVIDENCE, sender=steward)


@pytest.mark.parametrize("number", [0, 1, 2**256 - 1])
def test_fulfil__unknown__reverts(perks, claimed_code, steward, number):
    with ape.reverts("perk_claims: unknown claim"):
        perks.fulfil([number], EVIDENCE, sender=steward)


def test_fulfil__without_evidence__reverts(perks, claimed_code, steward):
    with ape.reverts("perks: empty evidence"):
        perks.fulfil([claimed_code], b"\x00" * 32, sender=steward)


def test_fulfil__by_anyone_else__reverts(perks, claimed_code, admin, till, members, outsider):
    for sender in (admin, till, members[0], outsider):
        with ape.reverts("wing: lacks the role"):
            perks.fulfil([claimed_code], EVIDENCE, sender=sender)


def test_fulfil__while_paused__is_taken(perks, claimed_code, steward, pause):
    pause("perks")
    perks.fulfil([claimed_code], EVIDENCE, sender=steward)


def test_fulfil__a_second_day__leaves_other_lanes_alone(perks, claim, code_perk, members, steward):
    first, second = claim(code_perk, members[0]), claim(code_perk, members[0], 1)
    perks.fulfil([second], EVIDENCE, sender=steward)

    assert [perks.claim_of(n).state for n in (first, second)] == [CLAIMED, FULFILLED]
    assert perks.claim_of(first).deadline == perks.claim_of(first).claimed_at + 7 * DAY
    assert perks.escrowed() == 100
