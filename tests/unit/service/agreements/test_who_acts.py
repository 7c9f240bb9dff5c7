"""The customer is a person: their main wallet of the day, wherever it moved, and nobody else."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY, SMALL
from tests.signing import sign

END = (
    "EndAgreement(address wallet,uint256 agreement_id,bool is_at_once,"
    "uint256 nonce,uint256 deadline)"
)
ACTS = ("go_on", "end", "leave", "withdraw")


@pytest.fixture
def act(agreements, price_lists, running, controller):
    """What the customer of agreement 1 alone may do, by whomever."""
    dearer = SMALL._replace(base_price=1_001)
    price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)
    terms = running.terms
    return {
        "go_on": lambda who: agreements.go_on(1, terms, 0, 200, 7_000, sender=who),
        "end": lambda who: agreements.end(1, terms, False, sender=who),
        "leave": lambda who: agreements.end(1, terms, True, sender=who),
        "withdraw": lambda who: agreements.withdraw(1, terms, who, 500, sender=who),
    }


@pytest.mark.parametrize("name", ACTS)
def test_acts__linked_wallet__reverts(act, linked, name):
    with ape.reverts("agreements: not the main wallet"):
        act[name](linked)


@pytest.mark.parametrize("name", ACTS)
def test_acts__main_wallet_moved__are_the_new_ones(act, passport, customer, linked, name):
    passport.set_main(linked, sender=customer)
    with ape.reverts("agreements: not the main wallet"):
        act[name](customer)
    act[name](linked)


@pytest.mark.parametrize("name", ACTS)
def test_acts__old_wallet_with_a_passport_of_its_own__reverts(
    act, passport, customer, linked, name
):
    """Whose wallet it was is no matter: the agreement went with the person."""
    passport.set_main(linked, sender=customer)
    passport.unlink(customer, sender=linked)
    with ape.reverts("agreements: no passport"):
        act[name](customer)
    passport.register(sender=customer)
    with ape.reverts("agreements: not the customer"):
        act[name](customer)


@pytest.mark.parametrize("name", ACTS)
def test_acts__another_person_or_who_has_no_part__reverts(
    act, other, outsider, agent, operator, name
):
    with ape.reverts("agreements: not the customer"):
        act[name](other)
    for stranger in (outsider, agent, operator):
        with ape.reverts("agreements: no passport"):
            act[name](stranger)


@pytest.mark.parametrize("name", ACTS)
def test_acts__anothers_passport_in_the_terms__reverts(agreements, running, other, name):
    """Whoever writes themselves into the terms has other terms."""
    terms = running.terms._replace(passport_id=2)
    calls = {
        "go_on": lambda: agreements.go_on(1, terms, 0, 200, 7_000, sender=other),
        "end": lambda: agreements.end(1, terms, False, sender=other),
        "leave": lambda: agreements.end(1, terms, True, sender=other),
        "withdraw": lambda: agreements.withdraw(1, terms, other, 500, sender=other),
    }
    with ape.reverts("agreements: other terms"):
        calls[name]()


def test_acts__own_terms_for_anothers_agreement__revert(
    agreements, running, open_one, token, other
):
    token.mint(other, 10_000, sender=other)
    token.approve(agreements, 10_000, sender=other)
    own = open_one(other)
    with ape.reverts("agreements: other terms"):
        agreements.withdraw(1, own.terms, other, 500, sender=other)
    with ape.reverts("agreements: other terms"):
        agreements.end(1, own.terms, False, sender=other)


def test_end_by_signature__signed_by_what_was_the_main_wallet__reverts(
    agreements, passport, running, customer, linked, now, outsider
):
    words = {"wallet": customer, "agreement_id": 1, "is_at_once": False, "nonce": 5}
    words["deadline"] = now() + DAY
    signature = sign(customer, agreements, END, **words)
    passport.set_main(linked, sender=customer)
    with ape.reverts("agreements: not the main wallet"):
        agreements.end_by_signature(
            customer, 1, running.terms, False, 5, words["deadline"], signature, sender=outsider
        )


def test_end_by_signature__by_another_person__reverts(agreements, running, other, now, outsider):
    words = {"wallet": other, "agreement_id": 1, "is_at_once": False, "nonce": 5}
    words["deadline"] = now() + DAY
    signature = sign(other, agreements, END, **words)
    with ape.reverts("agreements: not the customer"):
        agreements.end_by_signature(
            other, 1, running.terms, False, 5, words["deadline"], signature, sender=outsider
        )


def test_acts__of_a_provider_that_changed_hands__are_the_new_controllers(
    agreements, consent, running, controller, outsider, pass_over
):
    pass_over()
    consent.offer_controller(1, outsider, sender=controller)
    consent.accept_controller(1, sender=outsider)
    with ape.reverts("agreements: not the controller"):
        agreements.collect(1, controller, sender=controller)
    agreements.collect(1, outsider, sender=outsider)
    agreements.discontinue(1, running.terms, sender=outsider)
    assert agreements.due_of(1) == 0
