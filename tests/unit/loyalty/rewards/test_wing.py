"""Rewards keep the promises of a wing, and know nothing of what never was."""

import pytest

from tests.behaviours.wing import WingBehaviour


class TestRewardsWing(WingBehaviour):
    @pytest.fixture
    def subject(self, rewards):
        return rewards


def test_views__unknown_batch__are_all_zero(rewards):
    batch = rewards.batch(404)
    assert (bytes(batch.awards_hash), batch.awarded_at) == (bytes(32), 0)
    assert not rewards.has_reversed(404, 0)
    assert not rewards.has_skipped(404, 0)


@pytest.mark.parametrize("index", [100, 128, 255, 256, 2**256 - 1])
def test_has_skipped__beyond_a_batch__is_false(rewards, index):
    assert not rewards.has_skipped(7, index)
