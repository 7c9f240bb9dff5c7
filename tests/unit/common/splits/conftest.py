"""An account, number 1, whose owner has that number too; months that the test turns."""

import pytest

OWNER = 1
MONTH = 30 * 86_400


@pytest.fixture
def splits(project, admin):
    return admin.deploy(project.SplitsHarness)


@pytest.fixture(scope="session")
def month(chain):
    """This month's number; with `later`, that of one to come, once the chain has got there."""

    def _month(later=0):
        number = chain.blocks.head.timestamp // MONTH + later
        if later:
            chain.pending_timestamp = number * MONTH
            chain.mine()
        return number

    return _month


@pytest.fixture
def at_least_a_minute_left(chain):
    """The chain is not about to pass into the next month by itself."""
    if chain.blocks.head.timestamp % MONTH > MONTH - 60:
        chain.pending_timestamp = (chain.blocks.head.timestamp // MONTH + 1) * MONTH
        chain.mine()


@pytest.fixture
def credit(splits, outsider):
    return lambda amount, account=OWNER: splits.credit(account, amount, sender=outsider)


@pytest.fixture
def share(splits, outsider, at_least_a_minute_left):
    return lambda *shares: splits.set_shares(OWNER, list(shares), sender=outsider)


@pytest.fixture
def collect(splits, outsider):
    return lambda payee: splits.collect(OWNER, payee, sender=outsider)
