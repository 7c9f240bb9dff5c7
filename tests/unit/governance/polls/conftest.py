"""A community that is asked."""

import pytest

from tests.ballots import TEXT, Ballot

DAY = 86_400
OPEN, CLOSED, WITHDRAWN = 1, 2, 4
SINGLE, APPROVAL = 1, 2
MANY = 127  # where the sequence stops


@pytest.fixture(scope="session")
def voters(community):
    """Members 1 to 5, each old enough to have a voice."""
    return community


@pytest.fixture
def open_poll(polls, voters, steward, chain):
    """Open a poll; gives its number."""

    def _open(options=3, duration=7 * DAY, kind=SINGLE, text=TEXT):
        closes_at = chain.blocks.head.timestamp + duration
        polls.open_poll(text, kind, options, closes_at, sender=steward)
        return polls.poll_count()

    return _open


@pytest.fixture
def poll(open_poll):
    """An open poll of three options, a week long."""
    return open_poll()


@pytest.fixture
def approval(open_poll):
    """An open poll of three options, of which members approve any."""
    return open_poll(kind=APPROVAL)


# ---- what members sign ------------------------------------------------------------


@pytest.fixture
def ballot(polls, poll, chain):
    """A signed ballot, good for a day; what is signed can be made to differ, by its name."""

    def _ballot(
        voter, options=(2,), sequence=1, /, *, number=poll, until=None, signer=None, **differing
    ):
        until = chain.blocks.head.timestamp + DAY if until is None else until
        is_approval = polls.poll(number).kind == APPROVAL
        unsigned = Ballot(voter, number, tuple(options), sequence, until, b"", is_approval)
        return unsigned.signed(polls, signer, **differing)

    return _ballot


@pytest.fixture
def carry(polls, outsider):
    """Send one signed ballot, as a stranger."""
    return lambda ballot: polls.vote_by_signature(*ballot.arguments, sender=outsider)


@pytest.fixture
def carry_all(polls, poll, outsider):
    """Send several in one call, as a stranger."""

    def _carry(*ballots, number=poll):
        words = [getattr(one, "words", one) for one in ballots]
        return polls.vote_by_signatures(number, words, sender=outsider)

    return _carry


@pytest.fixture
def enlist(passport, membership, voters, steward, chain):
    """Make a wallet the next member, with a voice; gives its number."""

    def _enlist(wallet):
        passport.register(sender=wallet)
        membership.admit([passport.id_of(wallet)], sender=steward)
        chain.mine(deltatime=31 * DAY)
        return membership.member_of(wallet)[1]

    return _enlist


@pytest.fixture
def shared_wallet(passport, membership, voters, steward, new_wallet, chain):
    """Member 6: a contract wallet of two owners."""
    wallet = new_wallet(*voters[:2])
    wallet.execute(passport, passport.register.encode_input(), sender=steward)
    membership.admit([6], sender=steward)
    chain.mine(deltatime=31 * DAY)
    return wallet
