"""`Governor.cancel`: the proposer takes a proposal back before the vote begins."""

import ape
import pytest

from tests.drafts import CANCELED, DAY, Draft
from tests.refusals import nonexistent, refusal, unexpected_state


def unable(draft, account):
    return refusal("GovernorUnableToCancel(uint256,address)", draft.id, str(account))


def test_cancel__pending__is_canceled_for_good(governor, work, propose, voters, chain):
    propose(work)
    receipt = governor.cancel(*work.named, sender=voters[0])

    assert receipt.events == [governor.ProposalCanceled(proposalId=work.id)]
    assert receipt.return_value == work.id
    assert governor.state(work.id) == CANCELED
    chain.mine(deltatime=100 * DAY)
    assert governor.state(work.id) == CANCELED
    with ape.reverts(unexpected_state(work.id, CANCELED)):
        propose(work)


def test_cancel__second_of_the_snapshot__is_taken(governor, work, propose, voters, at):
    propose(work)
    at(governor.proposalSnapshot(work.id))
    governor.cancel(*work.named, sender=voters[0])


def test_cancel__second_after_the_snapshot__reverts(governor, work, propose, voters, at):
    propose(work)
    at(governor.proposalSnapshot(work.id) + 1)
    with ape.reverts(unable(work, voters[0])):
        governor.cancel(*work.named, sender=voters[0])


@pytest.mark.parametrize("who", ["admin", "warden", "outsider"])
def test_cancel__by_another__reverts(governor, work, propose, request, who):
    propose(work)
    account = request.getfixturevalue(who)
    with ape.reverts(unable(work, account)):
        governor.cancel(*work.named, sender=account)


def test_cancel__twice__reverts(governor, work, propose, voters):
    propose(work)
    governor.cancel(*work.named, sender=voters[0])
    with ape.reverts(unable(work, voters[0])):
        governor.cancel(*work.named, sender=voters[0])


def test_cancel__unknown__reverts(governor, work, voters):
    with ape.reverts(nonexistent(work.id)):
        governor.cancel(*work.named, sender=voters[0])


def test_cancel__other_lists__are_another_proposal(governor, work, target, propose, voters):
    propose(work)
    other = Draft(((target, 1, work.actions[0][2]),))
    with ape.reverts(nonexistent(other.id)):
        governor.cancel(*other.named, sender=voters[0])
