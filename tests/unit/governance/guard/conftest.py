"""A Guard by itself, commanded by somebody in a Governor's place."""

import pytest

from tests.drafts import FIRST, PAYING


@pytest.fixture(scope="session")
def commander(project, admin):
    """A contract that has bound the guard, and does what anybody tells it."""
    return admin.deploy(project.FakeGovernor)


@pytest.fixture(scope="session")
def own_guard(project, admin, charter, commander, token):
    """Two classes without a scope."""
    guard = admin.deploy(project.Guard, charter, [FIRST, PAYING], [], [token])
    commander.execute(guard, guard.bind.encode_input(), sender=admin)
    return guard


@pytest.fixture
def command(own_guard, commander, outsider):
    """Have the Governor call its guard."""

    def _command(function, *arguments):
        call = getattr(own_guard, function).encode_input(*arguments)
        return commander.execute(own_guard, call, sender=outsider)

    return _command
