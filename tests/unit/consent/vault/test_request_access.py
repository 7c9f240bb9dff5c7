"""`Vault.request_access`: a look is written down, counted and paid, or it is refused."""

import ape
import pytest

from tests.consents import (
    CATEGORY,
    COMMITMENT,
    ORDER,
    OTHER_CATEGORY,
    OTHER_PURPOSE,
    PURPOSE,
    SELLING,
    UNGRANTED,
    ZERO_HASH,
)


@pytest.fixture
def told(vault):
    """What is logged of a read."""

    def _told(agreed, **changes):
        words = {"passport_id": 1, "company_id": 1, "order_hash": ORDER, "purpose": PURPOSE}
        words |= {"category": CATEGORY, "issued_at": agreed.issued_at, "read": 1, "price": 0}
        return vault.AccessRequested(**(words | changes))

    return _told


# ---- what passes -----------------------------------------------------------------------


def test_request_access__allowed__is_written_down(vault, give, read, told, now):
    agreed = give()
    receipt = read()

    assert receipt.events == [told(agreed)]
    assert receipt.return_value == 1
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (agreed.issued_at, 1, now(), 0, False)


def test_request_access__by_the_controller__counts_on(give, read, told, controller):
    agreed = give()
    read()
    receipt = read(controller, category=OTHER_CATEGORY, order_hash=COMMITMENT)
    changes = {"category": OTHER_CATEGORY, "order_hash": COMMITMENT, "read": 2}
    assert receipt.events == [told(agreed, **changes)]


def test_request_access__last_category__passes(give, read, told):
    agreed = give()
    assert read(category=63).events == [told(agreed, category=63)]


def test_request_access__in_the_last_second__passes(give, read, at):
    agreed = give()
    at(agreed.until - 1)
    assert read().return_value == 1


def test_request_access__as_often_as_granted__passes(give, read):
    give(reads=3)
    assert [read().return_value for _ in range(3)] == [1, 2, 3]
    with ape.reverts("vault: no reads left"):
        read()
    with ape.reverts("vault: no reads left"):
        read(category=OTHER_CATEGORY)


def test_request_access__given_anew__counts_anew(vault, give, read, told):
    give(reads=1)
    read()
    agreed = give(reads=1)
    assert read().events == [told(agreed)]
    with ape.reverts("vault: no reads left"):
        read()


def test_request_access__other_purpose__counts_by_itself(vault, give, read, told):
    give(reads=1)
    agreed = give(reads=1, purpose=OTHER_PURPOSE)
    read()
    assert read(purpose=OTHER_PURPOSE).events == [told(agreed, purpose=OTHER_PURPOSE)]
    assert vault.duty_of(1, 1, PURPOSE).reads == vault.duty_of(1, 1, OTHER_PURPOSE).reads == 1


# ---- what it costs ---------------------------------------------------------------------


def test_request_access__priced__is_paid_to_the_person(
    vault, give, read, told, pay_in, person, settled
):
    agreed = give()
    pay_in(10)
    vault.set_price(PURPOSE, CATEGORY, 10, sender=person)
    receipt = read(max_price=10)

    assert receipt.events == [
        vault.IncomeCredited(account=1, amount=10),
        told(agreed, price=10),
    ]
    assert vault.due(1, 1) == vault.income_of(1) == 10
    settled(0, unpaid=10)


def test_request_access__other_category_priced__is_free(vault, give, read, person):
    give()
    vault.set_price(PURPOSE, OTHER_CATEGORY, 10, sender=person)
    vault.set_price(OTHER_PURPOSE, CATEGORY, 10, sender=person)
    read()


def test_request_access__dearer_than_agreed__reverts(vault, give, read, pay_in, person):
    give()
    pay_in(100)
    vault.set_price(PURPOSE, CATEGORY, 10, sender=person)
    with ape.reverts("vault: dearer than agreed"):
        read(max_price=9)


def test_request_access__too_little_for_the_price__reverts(vault, give, read, pay_in, person):
    give()
    pay_in(9)
    vault.set_price(PURPOSE, CATEGORY, 10, sender=person)
    with ape.reverts("vault: too little paid in"):
        read(max_price=10)


def test_request_access__selling_without_a_price__reverts(vault, give, read, pay_in, person):
    give(purpose=SELLING)
    pay_in()
    with ape.reverts("vault: not for sale"):
        read(purpose=SELLING, max_price=100)
    vault.set_price(SELLING, CATEGORY, 1, sender=person)
    assert read(purpose=SELLING, max_price=1).return_value == 1
    with ape.reverts("vault: not for sale"):
        read(purpose=SELLING, category=OTHER_CATEGORY, max_price=100)


# ---- what it stakes --------------------------------------------------------------------


def test_request_access__first__sets_the_bond_aside(vault, staked, read, settled):
    assert vault.duty_of(1, 1, PURPOSE).bond == 100
    settled(900, bonds=100)
    read()
    settled(900, bonds=100)


def test_request_access__bond_just_enough__passes(vault, give, read, pay_in, controller, settled):
    give()
    pay_in(100)
    vault.set_bond(1, 100, sender=controller)
    read()
    settled(0, bonds=100)


def test_request_access__bond_and_price_one_short__reverts(
    vault, give, read, pay_in, controller, person, settled
):
    give()
    vault.set_price(PURPOSE, CATEGORY, 10, sender=person)
    vault.set_bond(1, 100, sender=controller)
    pay_in(109)
    with ape.reverts("vault: too little paid in"):
        read(max_price=10)
    pay_in(1)
    read(max_price=10)
    settled(0, bonds=100, unpaid=10)


def test_request_access__bond_raised__holds_for_who_begins(
    vault, staked, give, read, controller, settled
):
    vault.set_bond(1, 200, sender=controller)
    read()
    settled(900, bonds=100)
    give(purpose=OTHER_PURPOSE)
    read(purpose=OTHER_PURPOSE)
    assert vault.duty_of(1, 1, OTHER_PURPOSE).bond == 200
    settled(700, bonds=300)


def test_request_access__first_bond_after_a_read__is_set_aside(
    vault, give, read, pay_in, controller, settled
):
    give()
    read()
    pay_in(100)
    vault.set_bond(1, 100, sender=controller)
    read()
    settled(0, bonds=100)


def test_request_access__bond_lowered_a_moment_before__is_set_aside(
    vault, give, read, pay_in, controller, settled
):
    pay_in(100)
    vault.set_bond(1, 100, sender=controller)
    give()
    vault.set_bond(1, 0, sender=controller)
    read()
    settled(0, bonds=100)


def test_request_access__largest_bond__is_kept_whole(
    vault, give, read, pay_in, controller, settled, now
):
    most = 2**104 - 1
    pay_in(most)
    vault.set_bond(1, most, sender=controller)
    agreed = give(reads=2**16 - 1)
    read()
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (agreed.issued_at, 1, now(), most, False)
    settled(0, bonds=most)


# ---- what is refused -------------------------------------------------------------------


def test_request_access__no_order__reverts(give, read):
    give()
    with ape.reverts("vault: no order"):
        read(order_hash=ZERO_HASH)


def test_request_access__by_another__reverts(give, read, rival, outsider, person):
    give()
    for sender in (outsider, person):
        with ape.reverts("vault: not the company"):
            read(sender)
    for company_id in (0, 3, 1 + 2**64):
        with ape.reverts("vault: not the company"):
            read(company_id=company_id)


def test_request_access__beyond_the_grant__reverts(give, read, rival, outsider, other):
    give()
    for changes in (
        {"purpose": OTHER_PURPOSE},
        {"category": UNGRANTED},
        {"passport_id": 2},
    ):
        with ape.reverts("vault: not allowed"):
            read(**changes)
    with ape.reverts("vault: not allowed"):
        read(outsider, company_id=2)


def test_request_access__numbers_out_of_range__are_nobodys(give, read):
    give()
    for changes in (
        {"purpose": PURPOSE + 64},
        {"category": 64},
        {"category": 2**256 - 1},
        {"passport_id": 1 + 2**64},
        {"passport_id": 1 + 2**250},
    ):
        with ape.reverts("vault: not allowed"):
            read(**changes)


def test_request_access__not_a_read_granted__reverts(give, read):
    give(reads=0)
    with ape.reverts("vault: no reads left"):
        read()


def test_request_access__at_the_end__reverts(give, read, at):
    agreed = give()
    at(agreed.until)
    with ape.reverts("vault: not allowed"):
        read()


def test_request_access__no_longer_allowed__reverts(consent, give, read, person, controller):
    for stop in (
        lambda: consent.withdraw(1, PURPOSE, sender=person),
        lambda: consent.withdraw_all(sender=person),
        lambda: consent.deny_company(1, True, sender=person),
        lambda: (
            consent.deny_company(1, False, sender=person)
            and consent.deny_purpose(PURPOSE, True, sender=person)
        ),
        lambda: (
            consent.deny_purpose(PURPOSE, False, sender=person)
            and consent.end_notice(1, PURPOSE, sender=controller)
        ),
    ):
        give()
        stop()
        with ape.reverts("vault: not allowed"):
            read()
