"""`Consent.deny_purpose_by_signature`: a purpose shut out by whoever carries it."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour

from .words import PURPOSE


@pytest.fixture
def denying(act_of):
    """A denial that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("DenyPurpose", "deny_purpose_by_signature", wallet, keys, **changes)

    return _act


class TestDenyPurposeSigned(SignedActBehaviour):
    ZERO = "consent: no passport"

    @pytest.fixture
    def act(self, denying, person):
        return denying(person)

    @pytest.fixture
    def act_of_a_contract(self, denying, joint_person):
        return denying(*joint_person)

    @pytest.fixture
    def is_done(self, consent, passport):
        def _is_done(act):
            return consent.person_of(passport.id_of(act.message["wallet"])).denied_purposes != 0

        return _is_done

    @pytest.fixture
    def question(self, consent, passport):
        return lambda act: consent.person_of.encode_input(passport.id_of(act.message["wallet"]))


def test_deny_purpose_by_signature__out_and_in__each_is_carried(
    consent, denying, person, give, outsider
):
    give()
    receipt = denying(person).carry(outsider)
    assert receipt.events == [
        consent.NonceUsed(account=person, nonce=5),
        consent.PurposeDenied(passport_id=1, purpose=PURPOSE, is_denied=True),
    ]
    assert not consent.allowed(1, 1, PURPOSE, 0)

    receipt = denying(person, is_denied=False, nonce=6).carry(outsider)
    assert receipt.events == [
        consent.NonceUsed(account=person, nonce=6),
        consent.PurposeDenied(passport_id=1, purpose=PURPOSE, is_denied=False),
    ]
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_deny_purpose_by_signature__unknown_purpose__reverts(denying, person, outsider):
    with ape.reverts("consent: unknown purpose"):
        denying(person, purpose=64).carry(outsider)
