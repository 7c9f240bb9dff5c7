"""Each contract of a brand obeys its Charter, and nobody else."""

import pytest

from tests.behaviours.wing import WingBehaviour


class TestMembershipWing(WingBehaviour):
    @pytest.fixture
    def subject(self, membership):
        return membership


class TestPointsWing(WingBehaviour):
    @pytest.fixture
    def subject(self, points):
        return points


class TestRewardsWing(WingBehaviour):
    @pytest.fixture
    def subject(self, rewards):
        return rewards


class TestPerksWing(WingBehaviour):
    @pytest.fixture
    def subject(self, perks):
        return perks


class TestPollsWing(WingBehaviour):
    @pytest.fixture
    def subject(self, polls):
        return polls
