"""The book of records."""

import pytest


@pytest.fixture(scope="session")
def records(project, admin, consent):
    return admin.deploy(project.Records, consent)
