"""The Vault with its token, a company with money in it, and reads."""

import pytest

from tests import consents
from tests.odd_tokens import Habit

PURSE = 10**24


@pytest.fixture(scope="session")
def token(project, admin):
    """What prices and bonds are paid in."""
    return admin.deploy(project.OddToken, Habit.PLAIN, 18)


@pytest.fixture(scope="session")
def vault(project, admin, consent, token):
    return admin.deploy(project.Vault, consent, token)


@pytest.fixture
def pay_in(vault, token, controller):
    """Pay in for a company."""

    def _pay_in(amount=1_000, company_id=1, payer=controller):
        token.mint(payer, amount, sender=payer)
        token.approve(vault, amount, sender=payer)
        return vault.deposit(company_id, amount, sender=payer)

    return _pay_in


@pytest.fixture
def read(vault, agent):
    """Look at something of a person's; as company 1 at person 1, unless told."""

    def _read(sender=agent, **changes):
        words = {"company_id": 1, "passport_id": 1, "purpose": consents.PURPOSE}
        words |= {"category": consents.CATEGORY, "order_hash": consents.ORDER, "max_price": 0}
        words |= changes
        return vault.request_access(*words.values(), sender=sender)

    return _read


@pytest.fixture
def attest(vault, agent):
    """Say that what was read of person 1 is gone."""

    def _attest(sender=agent, **changes):
        words = {"company_id": 1, "passport_id": 1, "purpose": consents.PURPOSE}
        words |= {"certificate_hash": consents.CERTIFICATE} | changes
        return vault.attest_deletion(*words.values(), sender=sender)

    return _attest


@pytest.fixture
def mark(vault, outsider):
    """Have somebody write down that company 1 is overdue with person 1."""
    return lambda purpose=consents.PURPOSE: vault.mark_overdue(1, 1, purpose, sender=outsider)


@pytest.fixture
def staked(vault, give, pay_in, read, controller):
    """The company stakes 100 and has read once, of 1,000 paid in; tells the terms."""
    pay_in()
    vault.set_bond(1, 100, sender=controller)
    agreed = give()
    read()
    return agreed


@pytest.fixture
def settled(vault, token):
    """What is owed lies there, and is free, set aside or unpaid income."""

    def _settled(free, bonds=0, unpaid=0):
        assert vault.funds_of(1).free == free
        assert vault.owed() == token.balanceOf(vault) == free + bonds + unpaid

    return _settled
