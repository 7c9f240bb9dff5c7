"""`Decisions`: what it is deployed with, and what it is when it is new."""

from eth_abi import encode
from eth_utils import keccak

from tests.consents import OPENING, SECRET, ZERO_HASH


def test_constructor__every_argument__reads_back(decisions, consent):
    assert decisions.consent() == consent
    assert decisions.VERSION() == "1.0.0"
    assert decisions.eip712Domain()[1:3] == ("Cercle Decisions", "1")
    assert decisions.DOMAIN_SEPARATOR() != ZERO_HASH


def test_constructor__new__holds_nothing(decisions):
    assert decisions.decision_count() == 0
    assert decisions.state(1) == 0
    assert tuple(decisions.decision_of(1)) == (0, 0, ZERO_HASH, 0, 0, 0)


def test_commitment_of__any__is_of_company_person_reasons_and_secret(decisions):
    """As somebody without the contract makes it."""
    digest = keccak(encode(["bytes32"] * 4, OPENING))
    words = ["uint256", "uint256", "bytes32", "bytes32"]
    expected = keccak(encode(words, [7, 9, digest, SECRET]))
    assert bytes(decisions.commitment_of(7, 9, OPENING, SECRET)) == expected
