"""A community that is asked."""

import pytest

DAY = 86_400
OPEN, CLOSED, WITHDRAWN = 1, 2, 4
SINGLE, APPROVAL = 1, 2
TEXT = b"\x44" * 32


@pytest.fixture(scope="session")
def voters(community):
    """Members 1 to 5, each old enough to have a voice."""
    return community


@pytest.fixture
def open_poll(polls, voters, steward, chain):
    """Open a poll; gives its number."""

    def _open(options=3, duration=7 * DAY, kind=SINGLE):
        closes_at = chain.blocks.head.timestamp + duration
        polls.open_poll(TEXT, kind, options, closes_at, sender=steward)
        return polls.poll_count()

    return _open


@pytest.fixture
def poll(open_poll):
    """An open poll of three options, a week long."""
    return open_poll()
