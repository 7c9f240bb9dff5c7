"""`Consent.withdraw_by_signature`: a withdrawal that anybody may carry."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour
from tests.conftest import DAY

from .words import PURPOSE, Status


@pytest.fixture
def withdrawing(act_of):
    """A withdrawal that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("Withdraw", "withdraw_by_signature", wallet, keys, **changes)

    return _act


class TestWithdrawSigned(SignedActBehaviour):
    ZERO = "consent: no passport"
    REPLAYED = "consent: outdated"
    IS_DATED = True

    @pytest.fixture
    def act(self, withdrawing, person, give):
        give()
        return withdrawing(person)

    @pytest.fixture
    def act_of_a_contract(self, consent, withdrawing, joint_person, terms, admin, wait):
        wallet, owners = joint_person
        wallet.execute(consent, consent.grant.encode_input(terms()), sender=admin)
        wait()
        return withdrawing(wallet, owners)

    @pytest.fixture
    def is_done(self, consent, passport):
        def _is_done(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.status(whose, 1, PURPOSE) == Status.WITHDRAWN

        return _is_done

    @pytest.fixture
    def question(self, consent):
        return lambda act: consent.status.encode_input(act.message["passport_id"], 1, PURPOSE)


def test_withdraw_by_signature__carried__ends_it_now(consent, withdrawing, person, give, outsider):
    give()
    act = withdrawing(person)
    receipt = act.carry(outsider)

    assert receipt.events == [
        consent.ConsentWithdrawn(passport_id=1, company_id=1, purpose=PURPOSE)
    ]
    assert consent.kept_until(1, 1, PURPOSE) == receipt.timestamp
    assert consent.grant_of(1, 1, PURPOSE).issued_at == receipt.timestamp


def test_withdraw_by_signature__dated_with_the_grant__ends_it(
    consent, withdrawing, person, give, outsider
):
    agreed = give()
    withdrawing(person, signed_at=agreed.issued_at).carry(outsider)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_by_signature__given_since__reverts(consent, withdrawing, person, give, outsider):
    give()
    act = withdrawing(person)
    give()
    with ape.reverts("consent: outdated"):
        act.carry(outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_by_signature__carried_in_its_own_second__is_no_use_again(
    consent, withdrawing, person, give, outsider, at, now, wait
):
    """Else it would take back, later, what the person signed since."""
    give()
    moment = now() + 100
    act = withdrawing(person, signed_at=moment)
    signature = act.signature()
    at(moment)
    act.carry(outsider, signature)
    wait(100)
    with ape.reverts("consent: outdated"):
        act.carry(outsider, signature)
    assert consent.grant_of(1, 1, PURPOSE).issued_at == moment


def test_withdraw_by_signature__dated_ahead__reverts(
    consent, withdrawing, person, give, outsider, at, now
):
    give()
    moment = now() + 100
    for signed_at in (moment + 1, 2**40, 2**256 - 1):
        at(moment)
        with ape.reverts("consent: dated ahead"):
            withdrawing(person, signed_at=signed_at).carry(outsider)
    at(moment)
    withdrawing(person, signed_at=moment).carry(outsider)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_by_signature__never_given__takes_back_what_was_signed(
    consent, withdrawing, act_of, person, outsider, wait
):
    granted = act_of("Grant", "grant_by_signature", person)
    wait()
    withdrawing(person).carry(outsider)
    with ape.reverts("consent: issued before"):
        granted.carry(outsider)


def test_withdraw_by_signature__carried_late__ends_it_when_carried(
    consent, withdrawing, person, give, outsider, wait
):
    give()
    act = withdrawing(person, deadline=2**40)
    wait(DAY)
    receipt = act.carry(outsider)
    assert consent.kept_until(1, 1, PURPOSE) == receipt.timestamp


def test_withdraw_by_signature__wallet_came_to_another_person__is_not_theirs(
    consent, passport, withdrawing, person, other, give, link, newcomer, outsider, wait
):
    give()
    give(other)
    link(person, newcomer)
    act = withdrawing(newcomer)
    passport.unlink(newcomer, sender=person)
    link(other, newcomer, nonce=2)
    with ape.reverts("signatures: not by signer"):
        act.carry(outsider)
    assert consent.allowed(2, 1, PURPOSE, 0)


def test_withdraw_by_signature__unknown_numbers__reverts(withdrawing, person, give, outsider):
    give()
    with ape.reverts("consent: unknown purpose"):
        withdrawing(person, purpose=64).carry(outsider)
    with ape.reverts("consent: unknown company"):
        withdrawing(person, company_id=2**64 | 1).carry(outsider)
