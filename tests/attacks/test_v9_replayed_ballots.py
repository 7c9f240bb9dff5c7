"""
V9: ballots that are sent twice, sent in another form, or sent where they were not meant
(scopelift#50: a signed vote without a nonce; the doubles of EIP-2098; Optimism's Wintermute,
a signature good on two chains).

Everything that was ever sent is public, so an attacker has all signed ballots of yesterday.
Three of five members changed their mind; the attacker gives every ballot back as it was, as
its twin with the other s, and folded into 64 bytes. The careless twin, which remembers
signatures by their bytes and names neither chain nor contract, counts yesterday's answers
again, and another brand's as its own. Ours counts none of it: a cell knows the sequence of
the ballot that counts, and the domain says where.
"""

from dataclasses import replace

import pytest

from tests.attacks.votes_stage import CAREFUL, attempt, build, open_poll
from tests.ballots import Ballot, compact
from tests.house import ONE
from tests.signing import twin

TEXT = b"\x01" * 32


@pytest.fixture
def house(project, chain, admin, steward, members):
    return lambda: build(
        project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members
    )


@pytest.fixture
def ours(house):
    return house()


@pytest.fixture
def careless(project, ours, admin):
    return replace(ours, polls=admin.deploy(project.CarelessPolls, ours.electorate))


def signed(house, voter, poll_id, **differing):
    """A ballot for the first option, good for long."""
    ballot = Ballot(voter, poll_id, (1,), 1, 2**40)
    return ballot.signed(house.polls, content_hash=TEXT, **differing)


def forms(ballot):
    """The same ballot in every form that its signature can take."""
    folded = b"".join(word.to_bytes(32, "big") for word in compact(ballot.signature))
    for signature in (ballot.signature, twin(ballot.signature), folded):
        yield replace(ballot, signature=signature)


def give_back(house, chain, members, attacker):
    """All vote by signature; three change their mind; the attacker sends it all again."""
    poll_id = open_poll(house, chain)
    ballots = [signed(house, member, poll_id) for member in members]
    for ballot in ballots:
        house.polls.vote_by_signature(*ballot.arguments, sender=attacker)
    for member in members[:3]:
        house.polls.vote(poll_id, 2, sender=member)
    for ballot in ballots:
        for form in forms(ballot):
            attempt(house.polls.vote_by_signature, *form.arguments, sender=attacker)
    return house.polls.tally(poll_id)


def bring_along(house, elsewhere, chain, members, attacker):
    """Carry here what the same people answered at another brand's polls, or on another chain."""
    poll_id = open_poll(elsewhere, chain)
    assert open_poll(house, chain) == poll_id
    for member in members:
        for ballot in (
            signed(elsewhere, member, poll_id),
            signed(house, member, poll_id, chain_id=1),
        ):
            for form in forms(ballot):
                attempt(house.polls.vote_by_signature, *form.arguments, sender=attacker)
    return house.polls.tally(poll_id)


def test_give_back__ours__counts_the_last_answers(ours, chain, members, outsider):
    assert give_back(ours, chain, members, outsider) == [2, 3]


def test_give_back__careless__counts_yesterdays(careless, chain, members, outsider):
    assert give_back(careless, chain, members, outsider) == [5, 0]


def test_bring_along__ours__counts_nobody(ours, project, chain, admin, members, outsider):
    charter = ours.polls.charter()
    sister = replace(ours, polls=admin.deploy(project.Polls, charter, ours.electorate))
    assert bring_along(ours, sister, chain, members, outsider) == [0, 0]


def test_bring_along__careless__counts_all(careless, project, chain, admin, members, outsider):
    sister = replace(careless, polls=admin.deploy(project.CarelessPolls, careless.electorate))
    assert bring_along(careless, sister, chain, members, outsider) == [5, 0]
