"""Membership answers to its Charter as every wing does."""

import pytest

from tests.behaviours.wing import WingBehaviour


class TestMembershipWing(WingBehaviour):
    @pytest.fixture
    def subject(self, membership):
        return membership
