"""The chain's clock."""

import pytest


@pytest.fixture
def now(chain):
    """The last second that passed."""
    return lambda: chain.blocks.head.timestamp


@pytest.fixture
def wait(chain):
    """Let time pass."""
    return lambda seconds=1: chain.mine(deltatime=seconds)
