"""A community that is asked."""

import pytest

from tests.signing import sign

DAY = 86_400
OPEN, CLOSED, WITHDRAWN = 1, 2, 4
TEXT = b"\x44" * 32


@pytest.fixture(scope="session")
def voters(community):
    """Members 1 to 5, each old enough to have a voice."""
    return community


@pytest.fixture
def open_poll(polls, voters, steward, chain):
    """Open a poll; gives its number."""

    def _open(options=3, duration=7 * DAY):
        closes_at = chain.blocks.head.timestamp + duration
        polls.open_poll(TEXT, options, closes_at, sender=steward)
        return polls.poll_count()

    return _open


@pytest.fixture
def poll(open_poll):
    """An open poll of three options, a week long."""
    return open_poll()


@pytest.fixture
def link(passport, chain):
    """Link a second wallet to a member's passport."""

    def _link(main, wallet):
        deadline = chain.blocks.head.timestamp + DAY
        words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": 1}
        text = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
        signature = sign(wallet, passport, text, **words, deadline=deadline)
        passport.link(wallet, 1, deadline, signature, sender=main)

    return _link


@pytest.fixture
def at(chain):
    """Let the next transaction fall into this second."""

    def _at(timestamp):
        chain.pending_timestamp = timestamp

    return _at


@pytest.fixture
def pause(charter, warden):
    """Stop the new business of a wing."""

    def _pause(name, duration=DAY):
        charter.pause(name.encode().ljust(32, b"\x00"), duration, sender=warden)

    return _pause
