"""The least of wings keeps the promises of every wing."""

import pytest

from tests.behaviours.wing import WingBehaviour
from tests.conftest import DAY


class TestWingHarness(WingBehaviour):
    @pytest.fixture
    def charter(self, project, chain, admin, warden):
        """One of its own: the brand's may be sealed by now."""
        end = chain.blocks.head.timestamp + 365 * DAY
        return admin.deploy(project.Charter, admin, warden, end)

    @pytest.fixture
    def subject(self, project, admin, charter):
        return admin.deploy(project.WingHarness, charter)
