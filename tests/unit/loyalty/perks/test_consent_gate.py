"""A perk behind consents, asked of the real `Consent`: what opens it, and what comes after."""

import ape
import pytest

from tests.consents import CATEGORY, NOTICE, OTHER_CATEGORY, OTHER_PURPOSE, PURPOSE, found, terms
from tests.odd_tokens import Habit

from .conftest import CANCELLED, CLAIMED, DAY, MISSED, NO_ORDER, ORDER, PURSE, SHIP, claim_number

SHOP, CARRIER, UNREGISTERED = 1, 2, 9


def asks(company_id=SHOP, purpose=PURPOSE, category=CATEGORY):
    """What a gate at Consent is asked."""
    return company_id << 16 | purpose << 8 | category


@pytest.fixture(scope="module")
def vault(project, admin, consent):
    return admin.deploy(project.Vault, consent, admin.deploy(project.OddToken, Habit.PLAIN, 18))


@pytest.fixture(scope="module", autouse=True)
def companies(wealthy, consent, vault, curator, treasurer):
    """The shop and who carries its parcels, each with notices for the same purposes."""
    assert (found(consent, curator), found(consent, treasurer)) == (SHOP, CARRIER)


@pytest.fixture
def give(consent, members, chain):
    """A member lets a company see something, the shop unless told; tells the terms."""

    def _give(whose=members[0], **changes):
        agreed = terms(chain.blocks.head.timestamp, **changes)
        consent.grant(agreed, sender=whose)
        return agreed

    return _give


@pytest.fixture
def parcel(open_perk, consent):
    """A perk that is sent, behind some consents; the shop's alone, unless told."""

    def _parcel(*arguments, **changes):
        gates = [(consent.address, argument) for argument in arguments or (asks(),)]
        return open_perk(kind=SHIP, gates=gates, **changes)

    return _parcel


@pytest.fixture
def claims(perks, members):
    """The first member claims."""

    def _claims(perk_id, member=members[0], order=ORDER):
        return perks.claim(perk_id, 0, order, sender=member).events[0].claim_id

    return _claims


@pytest.fixture
def is_shut(perks, points, claims, members):
    """See a claim refused at the gate, for nothing."""

    def _is_shut(perk_id, member=members[0]):
        with ape.reverts("perk_gates: closed"):
            claims(perk_id, member)
        assert points.balanceOf(member) == PURSE
        assert perks.perk(perk_id).taken == [0, 0]

    return _is_shut


# ---- what opens it --------------------------------------------------------------------------


def test_claim__that_very_consent_given__is_taken(perks, parcel, give, claims, is_shut):
    perk_id = parcel()
    is_shut(perk_id)
    give()
    assert perks.claim_of(claims(perk_id)).state == CLAIMED


def test_claim__consent_given_but_no_order__reverts(parcel, give, claims):
    perk_id = parcel()
    give()
    with ape.reverts("perks: no order"):
        claims(perk_id, order=NO_ORDER)


@pytest.mark.parametrize(
    "changes",
    [
        {"company_id": CARRIER},
        {"purpose": OTHER_PURPOSE},
        {"categories": 2**64 - 1 - (1 << CATEGORY)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_claim__consent_given_for_something_else__reverts(parcel, give, is_shut, changes):
    give(**changes)
    is_shut(parcel())


def test_claim__consent_of_another_person__reverts(parcel, give, is_shut, members):
    give(whose=members[1])
    is_shut(parcel())


@pytest.mark.parametrize(
    "argument",
    [
        asks(company_id=0),
        asks(company_id=UNREGISTERED),
        asks(company_id=2**64 | SHOP),
        asks(company_id=0, purpose=64 | PURPOSE),
        asks(purpose=64 | PURPOSE),
        asks(category=64 | CATEGORY),
        asks(category=255),
    ],
    ids=hex,
)
def test_claim__consent_that_nobody_can_give__is_shut_to_all(parcel, give, is_shut, argument):
    """Not even by numbers that would share a place with those of a consent that was given."""
    give(categories=2**64 - 1)
    is_shut(parcel(argument))


@pytest.mark.parametrize("given", [(), (SHOP,), (CARRIER,)], ids=str)
def test_claim__one_of_two_consents_is_missing__reverts(parcel, give, is_shut, given):
    for company_id in given:
        give(company_id=company_id)
    is_shut(parcel(asks(SHOP), asks(CARRIER, category=OTHER_CATEGORY)))


def test_claim__both_consents_given__is_taken(perks, parcel, give, claims):
    for company_id in (SHOP, CARRIER):
        give(company_id=company_id)
    perk_id = parcel(asks(SHOP), asks(CARRIER, category=OTHER_CATEGORY))
    assert perks.claim_of(claims(perk_id)).state == CLAIMED


def test_claim__from_the_persons_other_wallet__is_taken(
    perks, points, parcel, give, claims, link, members, spare_wallets
):
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 100, sender=members[0])
    give()
    assert perks.claim_of(claims(parcel(), spare_wallets[0])).member_no == 1


def test_claim__wallet_that_gave_it_is_another_persons__reverts(
    passport, points, parcel, give, claims, link, members, spare_wallets
):
    """A consent is the person's, and stays with them."""
    link(members[0], spare_wallets[0])
    points.transfer(spare_wallets[0], 100, sender=members[0])
    give(whose=spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=members[0])
    link(members[1], spare_wallets[0], nonce=2)
    with ape.reverts("perk_gates: closed"):
        claims(parcel(), spare_wallets[0])


# ---- what shuts it again --------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda consent, **who: consent.withdraw(SHOP, PURPOSE, sender=who["person"]),
        lambda consent, **who: consent.withdraw_all(sender=who["person"]),
        lambda consent, **who: consent.deny_company(SHOP, True, sender=who["person"]),
        lambda consent, **who: consent.deny_purpose(PURPOSE, True, sender=who["person"]),
        lambda consent, **who: consent.end_notice(SHOP, PURPOSE, sender=who["company"]),
        lambda consent, **who: consent.publish_notice(
            SHOP, PURPOSE, 1 << CATEGORY, NOTICE, sender=who["company"]
        ),
    ],
    ids=["withdrawn", "all withdrawn", "company denied", "purpose denied", "ended", "new notice"],
)
def test_claim__consent_no_longer_counts__reverts(
    consent, parcel, give, claiming, is_shut, members, curator, outsider, act
):
    """Neither sent nor carried, though it was signed before."""
    perk_id = parcel()
    give()
    signed = claiming(perk_id, members[0])
    act(consent, person=members[0], company=curator)
    is_shut(perk_id)
    with ape.reverts("perk_gates: closed"):
        signed.carry(outsider)


@pytest.mark.parametrize(("late", "is_open"), [(-1, True), (0, False)])
def test_claim__to_the_last_second_of_the_consent__is_taken(
    perks, parcel, give, claims, at, late, is_open
):
    perk_id = parcel()
    agreed = give()
    at(agreed.until + late)
    if is_open:
        claims(perk_id)
    else:
        with ape.reverts("perk_gates: closed"):
            claims(perk_id)


# ---- what comes after -----------------------------------------------------------------------


def test_claim__consent_withdrawn_before_it_is_sent__nobody_looks_and_points_come_back(
    perks, points, consent, vault, parcel, give, claims, members, curator, outsider, at
):
    give()
    claim_id = claims(parcel())
    consent.withdraw(SHOP, PURPOSE, sender=members[0])
    with ape.reverts("vault: not allowed"):
        vault.request_access(SHOP, 1, PURPOSE, CATEGORY, ORDER, 0, sender=curator)
    claim = perks.claim_of(claim_id)
    assert (claim.state, claim.held) == (CLAIMED, 100)
    at(claim.deadline + 1)
    perks.miss(claim_id, sender=outsider)
    assert perks.claim_of(claim_id).state == MISSED
    assert points.balanceOf(members[0]) == PURSE


def test_claim__every_read_is_used_up__is_taken_and_can_be_taken_back(
    perks, points, vault, parcel, give, claims, members, curator
):
    """The gate says what is allowed, not how often: the order would wait in vain."""
    give(reads=1)
    vault.request_access(SHOP, 1, PURPOSE, CATEGORY, b"\x77" * 32, 0, sender=curator)
    claim_id = claims(parcel())
    with ape.reverts("vault: no reads left"):
        vault.request_access(SHOP, 1, PURPOSE, CATEGORY, ORDER, 0, sender=curator)
    perks.cancel(claim_id, sender=members[0])
    assert perks.claim_of(claim_id).state == CANCELLED
    assert points.balanceOf(members[0]) == PURSE


def test_claim__with_another_members_order__is_a_claim_of_ones_own(
    perks, points, vault, parcel, give, claims, members, curator
):
    """Who copies the hash pays for a claim, and leads nobody to what the other keeps."""
    give()
    give(whose=members[1], company_id=CARRIER)
    claims(parcel())
    copied = parcel(asks(CARRIER))
    assert claims(copied, members[1]) == claim_number(copied, member_no=2)
    assert [points.balanceOf(one) for one in members[:2]] == [PURSE - 100] * 2
    with ape.reverts("vault: not allowed"):
        vault.request_access(SHOP, 2, PURPOSE, CATEGORY, ORDER, 0, sender=curator)
    perks.cancel(claim_number(copied, member_no=2), sender=members[1])
    assert perks.escrowed() == 100


def test_claim__an_order_again_after_its_claim_was_cancelled__is_taken(
    perks, parcel, give, claims, members
):
    give()
    perk_id = parcel()
    perks.cancel(claims(perk_id), sender=members[0])
    assert claims(perk_id) == claim_number(perk_id, member_no=1, lane=1)


def test_claim__given_again_before_it_is_carried__counts_as_signed(
    perks, consent, parcel, give, claiming, members, outsider, chain
):
    perk_id = parcel()
    give()
    signed = claiming(perk_id, members[0], deadline=chain.blocks.head.timestamp + DAY)
    consent.withdraw(SHOP, PURPOSE, sender=members[0])
    chain.mine(deltatime=1)
    give()
    signed.carry(outsider)
    assert perks.claim_of(claim_number(perk_id, member_no=1)).state == CLAIMED
