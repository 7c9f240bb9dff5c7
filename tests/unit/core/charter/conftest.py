"""A charter with one wing in its directory, before and after the seal."""

import pytest
from eth_utils import keccak

from tests.conftest import entry_name

POINTS = entry_name("points")


@pytest.fixture(scope="session")
def new_wing(project, admin, charter):
    """Deploy a contract that answers to the charter, as often as wanted."""
    return lambda: admin.deploy(project.WingHarness, charter)


@pytest.fixture(scope="session")
def wing(new_wing):
    return new_wing()


@pytest.fixture(scope="session")
def successor(new_wing):
    return new_wing()


@pytest.fixture
def founding(charter, wing, admin):
    """The wing is listed as points; everything may still change at once."""
    charter.set_entry(POINTS, wing, sender=admin)
    return charter


@pytest.fixture
def sealed(founding, admin):
    founding.seal(sender=admin)
    return founding


@pytest.fixture
def announced(sealed, successor, admin):
    """The successor is announced for points."""
    sealed.announce_replacement(POINTS, successor, sender=admin)
    return sealed


@pytest.fixture(scope="session")
def governor(project, admin):
    return admin.deploy(project.FakeGovernor)


@pytest.fixture
def governed(charter, governor, admin):
    """The governor is in the directory, the directory sealed, ADMIN handed over."""
    charter.set_entry(entry_name("governor"), governor, sender=admin)
    charter.seal(sender=admin)
    charter.offer_admin(governor, sender=admin)
    governor.accept_admin(charter, sender=admin)
    return charter


@pytest.fixture(scope="session")
def codehash_of(chain):
    """What the chain says an account's code hashes to."""
    return lambda contract: keccak(chain.provider.get_code(contract.address))
