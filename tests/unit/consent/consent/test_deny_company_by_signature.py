"""`Consent.deny_company_by_signature`: a company shut out by whoever carries it."""

import pytest

from tests.behaviours.signed_act import SignedActBehaviour

from .words import PURPOSE


@pytest.fixture
def denying(act_of):
    """A denial that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("DenyCompany", "deny_company_by_signature", wallet, keys, **changes)

    return _act


class TestDenyCompanySigned(SignedActBehaviour):
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
            return consent.is_company_denied(passport.id_of(act.message["wallet"]), 1)

        return _is_done

    @pytest.fixture
    def question(self, consent, passport):
        def _question(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.is_company_denied.encode_input(whose, 1)

        return _question


def test_deny_company_by_signature__out_and_in__each_is_carried(
    consent, denying, person, give, outsider
):
    give()
    receipt = denying(person).carry(outsider)
    assert receipt.events == [
        consent.NonceUsed(account=person, nonce=5),
        consent.CompanyDenied(passport_id=1, company_id=1, is_denied=True),
    ]
    assert not consent.allowed(1, 1, PURPOSE, 0)

    receipt = denying(person, is_denied=False, nonce=6).carry(outsider)
    assert receipt.events == [
        consent.NonceUsed(account=person, nonce=6),
        consent.CompanyDenied(passport_id=1, company_id=1, is_denied=False),
    ]
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_deny_company_by_signature__as_it_is__only_spends_the_number(
    consent, denying, person, outsider
):
    receipt = denying(person, is_denied=False).carry(outsider)
    assert receipt.events == [consent.NonceUsed(account=person, nonce=5)]
