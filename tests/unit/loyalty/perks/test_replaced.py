"""Perks after the Charter replaced it: no new business, every exit."""

import ape
import pytest

from tests.signing import sign

from .conftest import CANCEL, CONTENT, DAY, NO_ORDER, PURSE, Offer

PERKS = b"perks".ljust(32, b"\x00")
DELAY = 14 * DAY


@pytest.fixture
def successor(project, admin, charter, passport, membership, points):
    return admin.deploy(project.Perks, charter, passport, membership, points)


@pytest.fixture
def lasting(open_perk):
    """Perks whose claims outlive the delay of a replacement: one of the till's, one code."""
    return open_perk(fulfil_within=60 * DAY), open_perk(fulfil_within=60 * DAY, kind=2)


@pytest.fixture
def claims(lasting, claim, members):
    """Two claims of the till's and one of a code."""
    store, code = lasting
    return claim(store, members[0]), claim(store, members[1]), claim(code, members[2])


@pytest.fixture
def replaced(charter, points, successor, claims, admin, chain, outsider):
    charter.announce_replacement(PERKS, successor, sender=admin)
    chain.mine(deltatime=DELAY)
    charter.replace(PERKS, sender=outsider)
    points.recognise(PERKS, sender=outsider)
    return successor


def test_replaced__new_business__is_refused(
    perks, replaced, lasting, claim, members, steward, opening
):
    with ape.reverts("wing: halted"):
        claim(lasting[0], members[3])
    with ape.reverts("wing: halted"):  # asked before the signature
        words = members[3], lasting[0], 0, NO_ORDER, 1, 2**40, b""
        perks.claim_by_signature(*words, sender=members[3])
    with ape.reverts("wing: halted"):
        perks.open_perk(CONTENT, Offer(opens_at=opening).terms(), [1], sender=steward)


def test_replaced__exits__are_open_to_the_last_point(
    perks, points, replaced, claims, code_for, members, till, steward
):
    first, second, third = claims
    perks.redeem(first, members[0], *code_for(members[0], first), sender=till)
    perks.cancel(second, sender=members[1])
    perks.fulfil([third], b"\x33" * 32, sender=steward)

    assert points.balanceOf(members[1]) == PURSE
    assert perks.escrowed() == 0


def test_replaced__signed_exit__is_open(perks, points, replaced, claims, members, outsider):
    words = {"wallet": members[0], "claim_id": claims[0], "deadline": 2**40}
    signature = sign(members[0], perks, CANCEL, **words)
    perks.cancel_by_signature(*words.values(), signature, sender=outsider)
    assert points.balanceOf(members[0]) == PURSE


def test_replaced__missed__is_sent_home_years_later(
    perks, points, replaced, claims, chain, outsider, members
):
    """What lies in escrow never expires, whoever holds it now."""
    chain.mine(deltatime=800 * DAY)
    perks.miss(claims[0], sender=outsider)
    assert points.balanceOf(members[0]) >= 100


def test_replaced__successor__takes_claims(replaced, members, steward, opening):
    replaced.open_perk(CONTENT, Offer(opens_at=opening).terms(), [1], sender=steward)
    replaced.claim(1, 0, NO_ORDER, sender=members[3])
    assert replaced.escrowed() == 100
