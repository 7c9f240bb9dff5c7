"""Points, rewards, perks and polls obey their Charter, and nobody else."""

import pytest

from tests.behaviours.wing import WingBehaviour


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
