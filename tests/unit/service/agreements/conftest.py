"""One agreement on three plans, its meter, and what is written down of it."""

import pytest

from tests import agreements as stage
from tests.agreements import DAY, PERIOD


class Running:
    """An agreement that a test plays with: it knows its terms and its last reading."""

    def __init__(self, contract, agreement_id, terms, now):
        self.contract, self.id, self.terms, self._now = contract, agreement_id, terms, now
        self.sequence = 0

    @property
    def account(self):
        return self.contract.account_of(self.id)

    @property
    def starts_at(self):
        return self.terms.starts_at

    def ends(self, period):
        """The last second of a period, which is the first of the next."""
        return self.starts_at + (period + 1) * PERIOD

    def reading(self, register, read_at=None, outage=0, **changes):
        self.sequence += 1
        words = {"sequence": self.sequence} | changes
        read_at = self._now() if read_at is None else read_at
        return stage.reading(
            self.contract,
            self.id,
            read_at=read_at,
            register=register,
            outage=outage,
            **words,
        )

    def settle(self, sender, register, read_at=None, outage=0, **changes):
        signed = self.reading(register, read_at, outage, **changes)
        return self.contract.settle(self.id, self.terms, signed, sender=sender)

    def heard(self, receipt):
        """Take over terms that the receipt improved."""
        self.terms = stage.terms_of(receipt)


@pytest.fixture
def open_one(agreements, price_list, customer, now, wait):
    """Open an agreement; tells it."""

    def _open(wallet=customer, **changes):
        receipt = agreements.open(stage.ladder(**changes), sender=wallet)
        return Running(agreements, receipt.return_value, stage.terms_of(receipt), now)

    return _open


@pytest.fixture
def running(open_one, wait):
    """Agreement 1, a day old."""
    one = open_one()
    wait(DAY)
    return one


@pytest.fixture
def poke(agreements, outsider):
    """Have somebody write down what the clock did."""
    return lambda one: agreements.poke(one.id, one.terms, sender=outsider)


@pytest.fixture
def pass_over(running, at, poke):
    """Let time pass until a period of the running agreement is closed, and have it written down."""

    def _pass_over(period=0):
        at(running.ends(period) + stage.GRACE)
        return poke(running)

    return _pass_over


@pytest.fixture
def settled(agreements, token):
    """What lies there is in escrow or due."""

    def _settled(*escrows, due=0):
        assert agreements.due_of(1) == due
        assert token.balanceOf(agreements) == sum(escrows) + due

    return _settled
