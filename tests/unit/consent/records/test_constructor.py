"""`Records`: what it is deployed with, and what it is when it is new."""

from tests.consents import ZERO_HASH


def test_constructor__every_argument__reads_back(records, consent):
    assert records.consent() == consent
    assert records.VERSION() == "1.0.0"
    assert records.eip712Domain()[1:3] == ("Cercle Records", "1")


def test_constructor__new__holds_nothing(records):
    assert tuple(records.move_of(1, 0)) == (0, 0, False)
    assert records.acknowledged_version(1, 1, 0) == 0
    assert records.custodians_of(1) == []
    assert not records.is_shredded(1, 0, 0, records)
    assert records.DOMAIN_SEPARATOR() != ZERO_HASH
