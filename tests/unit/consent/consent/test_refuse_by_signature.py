"""`Consent.refuse_by_signature`: a no that anybody may carry."""

import ape
import pytest

from tests.behaviours.signed_act import SignedActBehaviour

from .words import PURPOSE


@pytest.fixture
def refusing(act_of):
    """A refusal that a wallet could sign now."""

    def _act(wallet, keys=None, **changes):
        return act_of("Refuse", "refuse_by_signature", wallet, keys, **changes)

    return _act


class TestRefuseSigned(SignedActBehaviour):
    ZERO = "consent: no passport"

    @pytest.fixture
    def act(self, refusing, person):
        return refusing(person)

    @pytest.fixture
    def act_of_a_contract(self, refusing, joint_person):
        return refusing(*joint_person)

    @pytest.fixture
    def is_done(self, consent, passport):
        def _is_done(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.ask_of(whose, 1, PURPOSE).refused_at != 0

        return _is_done

    @pytest.fixture
    def question(self, consent, passport):
        def _question(act):
            whose = passport.id_of(act.message["wallet"])
            return consent.ask_of.encode_input(whose, 1, PURPOSE)

        return _question


def test_refuse_by_signature__carried__is_written_down(consent, refusing, person, outsider):
    receipt = refusing(person).carry(outsider)

    assert receipt.events == [
        consent.NonceUsed(account=person, nonce=5),
        consent.ConsentRefused(passport_id=1, company_id=1, purpose=PURPOSE),
    ]
    assert consent.ask_of(1, 1, PURPOSE).refused_at == receipt.timestamp


def test_refuse_by_signature__unknown_numbers__reverts(refusing, person, outsider):
    with ape.reverts("consent: unknown purpose"):
        refusing(person, purpose=64).carry(outsider)
    with ape.reverts("consent: unknown company"):
        refusing(person, company_id=2**64 | 1).carry(outsider)
