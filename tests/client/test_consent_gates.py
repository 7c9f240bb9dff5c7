"""A perk's gate at Consent: made, read back, written in a perk file."""

from datetime import UTC, datetime

import pytest

from cercle.deployments import Deployed, Deployment
from cercle.errors import DeploymentError, NotInVocabulary
from cercle.flags import GateQuestion
from cercle.gates import ConsentAsked, consent_asked, pack_gate, read_consent, unpack_gate
from cercle.perk_file import BadPerkFile, PerkTerms

CONSENT = "0x" + "0" * 39 + "1"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
TERMS = {"kind": "ship", "price": 100, "stock": [3], "closes": "+60 days"}
ADDRESS = {"company": 2, "purpose": "DeliveryOfGoods", "category": "PhysicalAddress"}


def brand(**contracts):
    made = {
        name: Deployed(address=address, block=1, codehash="0x" + "11" * 32)
        for name, address in contracts.items()
    }
    return Deployment(chain_id=1, network="n", brand="b", contracts=made)


@pytest.mark.parametrize("company", [1, 2, 2**64 - 1])
@pytest.mark.parametrize("category", ["Name", "PhysicalAddress", "ClothingSize"])
def test_gate__consent__reads_back_by_the_vocabulary(company, category):
    asked = consent_asked(company, "DeliveryOfGoods", category)
    deployment = brand(Consent=CONSENT)
    gate, argument = pack_gate(deployment, GateQuestion.CONSENT, asked.value)
    assert gate == CONSENT
    assert argument == company << 16 | asked.purpose << 8 | asked.category < 2**96
    assert unpack_gate(deployment, gate, argument) == (GateQuestion.CONSENT, argument)
    assert read_consent(argument) == asked


@pytest.mark.parametrize("value", [0, 1, 255, 1 << 16 | 200 << 8, 1 << 16 | 200, 1 << 80 | 1])
def test_gate__consent_that_nobody_can_give__is_not_made_and_has_no_name(value):
    deployment = brand(Consent=CONSENT)
    assert read_consent(value) is None
    assert unpack_gate(deployment, CONSENT, value) == (GateQuestion.OTHER, value)
    with pytest.raises(ValueError, match="consent"):
        pack_gate(deployment, GateQuestion.CONSENT, value or 7)


@pytest.mark.parametrize("company", [0, -1, 2**64])
def test_consent_asked__no_such_company__is_refused(company):
    with pytest.raises(ValueError, match="company's number"):
        consent_asked(company, 0, 0)


def test_consent_asked__not_in_the_vocabulary__is_refused():
    with pytest.raises(NotInVocabulary):
        consent_asked(1, "Gossip", "Name")


def test_gate__another_contract__is_no_consent():
    asked = ConsentAsked(1, 0, 1).value
    assert unpack_gate(brand(), CONSENT, asked) == (GateQuestion.OTHER, asked)
    with pytest.raises(DeploymentError):
        pack_gate(brand(), GateQuestion.CONSENT, asked)


def test_perk_file__sent_behind_a_consent__is_for_the_chain():
    terms = PerkTerms.parse({**TERMS, "gates": [{"consent": ADDRESS}]}, NOW)
    kind, *_, gates = terms.for_chain(brand(Consent=CONSENT))
    assert kind == 4
    assert gates == [(CONSENT, 2 << 16 | 0 << 8 | 1)]


@pytest.mark.parametrize(
    ("gate", "says"),
    [
        (3, "names a company, a purpose and a category"),
        ({"company": 2, "purpose": "DeliveryOfGoods"}, "names a company"),
        ({**ADDRESS, "company": 0}, "company must be a whole number"),
        ({**ADDRESS, "purpose": 0}, "by the vocabulary's codes"),
        ({**ADDRESS, "category": 1}, "by the vocabulary's codes"),
        ({**ADDRESS, "purpose": "Gossip"}, "'Gossip' is not a purpose"),
        ({**ADDRESS, "category": "Secret"}, "'Secret' is not a category"),
    ],
)
def test_perk_file__consent_that_does_not_read__says_why(gate, says):
    with pytest.raises(BadPerkFile, match=says):
        PerkTerms.parse({**TERMS, "gates": [{"consent": gate}]}, NOW)
