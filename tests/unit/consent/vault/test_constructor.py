"""`Vault`: what it is deployed with, and what it is when it is new."""

from tests.consents import ZERO_HASH


def test_constructor__every_argument__reads_back(vault, consent, token):
    assert vault.consent() == consent
    assert vault.token() == token
    assert vault.VERSION() == "1.0.0"
    assert vault.eip712Domain()[1:3] == ("Cercle Vault", "1")
    assert vault.DOMAIN_SEPARATOR() != ZERO_HASH


def test_constructor__new__holds_nothing(vault):
    assert vault.owed() == 0
    assert tuple(vault.funds_of(1)) == (0, 0, 0, 0)
    assert tuple(vault.duty_of(1, 1, 0)) == (0, 0, 0, 0, False)
    assert (vault.due_at(1, 1, 0), vault.price_of(1, 0, 0)) == (0, 0)
    assert (vault.income_of(1), vault.due(1, 1)) == (0, 0)
    assert (vault.shares_of(1), tuple(vault.next_shares_of(1))) == ([], (0, []))
