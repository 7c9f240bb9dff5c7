"""The common modules, opened by their harnesses."""

import pytest

from tests.scripted import deploy_scripted


@pytest.fixture(scope="session")
def signatures(project, admin):
    return admin.deploy(project.SignaturesHarness)


@pytest.fixture
def now(chain):
    return chain.pending_timestamp


@pytest.fixture(scope="session")
def new_wallet(project, admin):
    """A contract wallet that its owners command together."""
    return lambda *owners: admin.deploy(project.FakeWallet, list(owners))


@pytest.fixture(scope="session")
def scripted_wallet(admin):
    """Deploy a wallet that has one answer to every question."""
    return lambda answer: deploy_scripted(admin, answer)
