"""
V1: votes borrowed for the moment of voting move a treasury (Beanstalk, 2022-04, about $182M: lent,
proposed, voted and executed within one transaction's reach).

One of five lets four friends lend them their votes, votes, and gives them back before the
friends vote themselves. A governor that weighs the votes of the moment counts nine of five,
makes a quorum of six that nobody has, and pays 1,000. Ours weighs everybody as of the end of
the voting delay, which nobody can go back to: each counts once, and nothing can be voted on
in the block that proposes it.
"""

import pytest

from tests.attacks.governor_stage import (
    TREASURY,
    careless,
    payment,
    propose,
    transfer_of_all,
)
from tests.attacks.votes_stage import attempt
from tests.drafts import DAY, IN_FAVOUR, PENDING
from tests.refusals import unexpected_state

TEXT = "Lend me your votes."


def flash(votes, cast, attacker, lenders):
    """Borrow, vote, give back, and let the lenders vote."""
    for lender in lenders:
        votes.invoke_transaction("delegate", attacker, sender=lender)
    cast(attacker)
    for lender in lenders:
        votes.invoke_transaction("delegate", lender, sender=lender)
        cast(lender)


@pytest.fixture
def live(project, admin, members):
    """The Electorate without its memory."""
    votes = admin.deploy(project.LiveVotes)
    for member in members:
        votes.join(sender=member)
    return votes


def test_flash__ours__counts_each_once(ours, chain, members, outsider):
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, draft, members[0])

    def cast(voter):
        attempt(ours.governor.castVote, draft.id, IN_FAVOUR, sender=voter)

    flash(ours.house.electorate, cast, members[0], members[1:])
    assert list(ours.governor.proposalVotes(draft.id)) == [0, 5, 0]


def test_at_once__ours__is_not_voted_on_yet(ours, members, outsider):
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    ours.governor.propose(*draft.proposed, sender=members[0])
    told = attempt(ours.governor.castVote, draft.id, IN_FAVOUR, sender=members[0])
    assert told == unexpected_state(draft.id, PENDING, 1)


def test_flash__live_votes__take_everything(project, ours, live, chain, admin, members, outsider):
    twin = careless(project, admin, live, ours.token, quorum=6)
    call = transfer_of_all(ours.token, outsider, TEXT)
    twin.propose(*call, sender=members[0])
    id_ = twin.id_of(*call)
    flash(live, lambda voter: twin.vote(id_, True, sender=voter), members[0], members[1:])
    assert twin.proposals(id_).in_favour == 9
    chain.mine(deltatime=2 * DAY)
    twin.execute(*call, sender=outsider)
    assert ours.token.balanceOf(outsider) == TREASURY
