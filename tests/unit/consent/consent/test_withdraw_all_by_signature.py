"""`Consent.withdraw_all_by_signature`: everything taken back, by whoever carries it."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour
from tests.conftest import DAY

from .words import PURPOSE


@pytest.fixture
def withdrawing(act_of):
    """A withdrawal of everything that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("WithdrawAll", "withdraw_all_by_signature", wallet, keys, **changes)

    return _act


class TestWithdrawAllSigned(SignedActBehaviour):
    ZERO = "consent: no passport"
    REPLAYED = "consent: withdrawn since"
    IS_DATED = True

    @pytest.fixture
    def act(self, withdrawing, person):
        return withdrawing(person)

    @pytest.fixture
    def act_of_a_contract(self, withdrawing, joint_person):
        return withdrawing(*joint_person)

    @pytest.fixture
    def is_done(self, consent, passport):
        def _is_done(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.person_of(whose).withdrawn_at != 0

        return _is_done

    @pytest.fixture
    def question(self, consent):
        return lambda act: consent.person_of.encode_input(act.message["passport_id"])


def test_withdraw_all_by_signature__carried__ends_everything(
    consent, withdrawing, person, give, outsider
):
    give()
    receipt = withdrawing(person).carry(outsider)

    assert receipt.events == [consent.EverythingWithdrawn(passport_id=1)]
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.person_of(1).withdrawn_at == receipt.timestamp


def test_withdraw_all_by_signature__dated_ahead__reverts(
    consent, withdrawing, person, outsider, at, now
):
    moment = now() + 100
    for signed_at in (moment + 1, 2**40, 2**256 - 1):
        at(moment)
        with ape.reverts("consent: dated ahead"):
            withdrawing(person, signed_at=signed_at).carry(outsider)
    at(moment)
    withdrawing(person, signed_at=moment).carry(outsider)
    assert consent.person_of(1).withdrawn_at == moment


def test_withdraw_all_by_signature__withdrawn_since__reverts(
    consent, withdrawing, person, give, outsider, wait
):
    """It has been done, and what was given since stays."""
    act = withdrawing(person)
    wait()
    consent.withdraw_all(sender=person)
    give()
    with ape.reverts("consent: withdrawn since"):
        act.carry(outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_all_by_signature__dated_with_the_last_one__reverts(
    consent, withdrawing, person, outsider, wait
):
    moment = consent.withdraw_all(sender=person).timestamp
    wait()
    with ape.reverts("consent: withdrawn since"):
        withdrawing(person, signed_at=moment).carry(outsider)
    withdrawing(person, signed_at=moment + 1).carry(outsider)


def test_withdraw_all_by_signature__carried_late__ends_what_was_given_since_too(
    consent, withdrawing, person, give, outsider, wait
):
    """Everything is everything: a deadline bounds how late it may come."""
    act = withdrawing(person)
    wait(DAY // 2)
    give()
    act.carry(outsider)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_all_by_signature__wallet_came_to_another_person__is_not_theirs(
    consent, passport, withdrawing, person, other, give, link, newcomer, outsider
):
    give(other)
    link(person, newcomer)
    act = withdrawing(newcomer)
    passport.unlink(newcomer, sender=person)
    link(other, newcomer, nonce=2)
    with ape.reverts("signatures: not by signer"):
        act.carry(outsider)
    assert consent.allowed(2, 1, PURPOSE, 0)
