"""
V13: one ballot that keeps a whole batch out.

Five people sign, and one of them is a saboteur: by the time the batch is mined their ballot
is stale, because they voted themselves in the block before; or it has expired, or their
wallet is no longer a member's, or they never signed it. It costs them one transaction, again
and again; the others lose their vote, and whoever carries pays for a call that does nothing.
Ours skips that one, says why, and counts the rest; a carrier that insists on each counts
nobody.
"""

import ape
import pytest

from tests.attacks.votes_stage import CAREFUL, build, open_poll
from tests.ballots import EXPIRED, NO_VOICE, NOT_SIGNED, STALE, Ballot
from tests.conftest import DAY
from tests.house import ONE
from tests.signing import sign

TEXT = b"\x01" * 32
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"


@pytest.fixture
def ours(project, chain, admin, steward, members):
    return build(project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members)


@pytest.fixture
def brittle(project, outsider):
    """A carrier that does not skip."""
    return outsider.deploy(project.BrittleCarrier)


def ballot_of(house, poll_id, voter, until, signer=None):
    return Ballot(voter, poll_id, (1,), 1, until).signed(house.polls, signer, content_hash=TEXT)


def votes_just_before(house, poll_id, saboteur, spare, until):
    ballot = ballot_of(house, poll_id, saboteur, until)
    house.polls.vote(poll_id, 2, sender=saboteur)
    return ballot, STALE


def lets_it_expire(house, poll_id, saboteur, spare, until):
    return ballot_of(house, poll_id, saboteur, until - 2 * DAY), EXPIRED


def lets_the_wallet_go(house, poll_id, saboteur, spare, until):
    number = house.passport.id_of(saboteur)
    words = {"passport_id": number, "wallet": spare, "nonce": 1, "deadline": until}
    signature = sign(spare, house.passport, LINK, **words)
    house.passport.link(spare, 1, until, signature, sender=saboteur)
    ballot = ballot_of(house, poll_id, spare, until)
    house.passport.unlink(spare, sender=saboteur)
    return ballot, NO_VOICE


def has_another_sign(house, poll_id, saboteur, spare, until):
    return ballot_of(house, poll_id, saboteur, until, signer=spare), NOT_SIGNED


REASONS = {
    votes_just_before: "polls: stale ballot",
    lets_it_expire: "signatures: expired",
    lets_the_wallet_go: "polls: no voice",
    has_another_sign: "signatures: not by signer",
}


@pytest.fixture
def batch(ours, chain, members, newcomer):
    """Four good ballots with the saboteur's in their midst, and why that one is none."""

    def _batch(sabotage):
        poll_id = open_poll(ours, chain)
        until = chain.blocks.head.timestamp + DAY
        good = [ballot_of(ours, poll_id, member, until) for member in members[:4]]
        bad, why = sabotage(ours, poll_id, members[4], newcomer, until)
        return poll_id, [*good[:2], bad, *good[2:]], why

    return _batch


@pytest.mark.parametrize("sabotage", REASONS)
def test_poison__ours__counts_the_others(ours, outsider, batch, sabotage):
    poll_id, ballots, why = batch(sabotage)
    words = [ballot.words for ballot in ballots]
    receipt = ours.polls.vote_by_signatures(poll_id, words, sender=outsider)

    assert ours.polls.tally(poll_id)[0] == 4
    told = {"poll_id": poll_id, "voter": ballots[2].voter, "index": 2, "why": why}
    assert receipt.events[2] == ours.polls.BallotSkipped(**told)


@pytest.mark.parametrize(("sabotage", "reason"), REASONS.items())
def test_poison__brittle__counts_nobody(ours, brittle, outsider, batch, sabotage, reason):
    poll_id, ballots, _ = batch(sabotage)
    told = [(one.voter, [1], one.sequence, one.deadline, one.signature) for one in ballots]
    with ape.reverts(reason):
        brittle.carry(ours.polls, poll_id, told, sender=outsider)
    assert ours.polls.tally(poll_id)[0] == 0
