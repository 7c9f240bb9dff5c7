"""The least of wings keeps the promises of every wing."""

import pytest

from tests.behaviours.wing import WingBehaviour


class TestWingHarness(WingBehaviour):
    @pytest.fixture
    def subject(self, project, admin, charter):
        return admin.deploy(project.WingHarness, charter)
