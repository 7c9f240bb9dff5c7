"""The common modules, opened by their harnesses."""

import pytest


@pytest.fixture(scope="session")
def signatures(project, admin):
    return admin.deploy(project.SignaturesHarness)


@pytest.fixture
def now(chain):
    return chain.pending_timestamp
