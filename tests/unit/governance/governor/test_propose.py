"""`Governor.propose`: what is proposed, by whom, and what is refused."""

import ape
import pytest

from tests.drafts import FIRST, PAYING, PENDING, Draft, created
from tests.refusals import refusal, unexpected_state


def test_propose__by_a_member__is_pending(governor, guard, work, target, voters, propose):
    receipt = propose(work)

    pinned, made = receipt.events
    assert pinned == guard.CodePinned(target=target)
    assert made == created(governor, work, voters[0], receipt.timestamp)
    assert governor.state(work.id) == PENDING
    assert governor.proposalProposer(work.id) == voters[0]
    assert governor.proposalSnapshot(work.id) == receipt.timestamp + FIRST[0]
    assert governor.proposalDeadline(work.id) == receipt.timestamp + FIRST[0] + FIRST[1]
    assert governor.proposalEta(work.id) == 0
    assert governor.class_of(work.id) == 1
    assert receipt.return_value == work.id


def test_propose__known_code__pins_nothing(governor, work, propose, voters):
    propose(work)
    again = work.described("Do it again.")
    receipt = propose(again)
    assert receipt.events == [created(governor, again, voters[0], receipt.timestamp)]


def test_propose__in_another_class__is_told(governor, payment, propose, voters):
    draft = payment(5)
    receipt = propose(draft, 2)
    assert receipt.events[1:] == [
        created(governor, draft, voters[0], receipt.timestamp, PAYING),
        governor.ProposalClassed(proposal_id=draft.id, class_id=2),
    ]
    assert governor.class_of(draft.id) == 2


def test_propose__ten_actions__are_all_there(governor, target, propose):
    calls = [(target, 0, bytes(target.work.encode_input(n))) for n in range(10)]
    draft = Draft(tuple(calls))
    propose(draft)
    assert governor.state(draft.id) == PENDING


def test_propose__call_as_long_as_may_be__is_taken(governor, target, propose):
    draft = Draft(((target, 0, b"\x01" * 1_024),), "x" * 2_048)
    propose(draft)
    assert governor.hashProposal(*draft.named) == draft.id
    assert governor.getProposalId(*draft.named) == draft.id


def test_propose__eleven_actions__are_not_decoded(governor, target, voters, chain):
    draft = Draft(((target, 0, b""),) * 11)
    before = chain.blocks.height
    with ape.reverts("Transaction failed."):
        governor.propose(*draft.proposed, sender=voters[0])
    assert chain.blocks.height == before + 1


@pytest.mark.parametrize(
    ("targets", "values", "calls"),
    [(0, 0, 0), (1, 0, 1), (1, 1, 0), (1, 2, 1), (2, 1, 2), (0, 1, 1)],
)
def test_propose__lists_that_do_not_match__revert(governor, target, voters, targets, values, calls):
    signature = "GovernorInvalidProposalLength(uint256,uint256,uint256)"
    with ape.reverts(refusal(signature, targets, calls, values)):
        governor.propose([target] * targets, [0] * values, [b""] * calls, "x", sender=voters[0])


def test_propose__twice__reverts(work, propose):
    propose(work)
    with ape.reverts(unexpected_state(work.id, PENDING)):
        propose(work)


def test_propose__without_the_votes__reverts(work, propose, outsider):
    signature = "GovernorInsufficientProposerVotes(address,uint256,uint256)"
    with ape.reverts(refusal(signature, str(outsider), 0, 1)):
        propose(work, sender=outsider)


def test_propose__delegated_all_votes_away__reverts(electorate, work, propose, voters, chain):
    electorate.invoke_transaction("delegate", voters[1], sender=voters[0])
    chain.mine(deltatime=10)
    signature = "GovernorInsufficientProposerVotes(address,uint256,uint256)"
    with ape.reverts(refusal(signature, str(voters[0]), 0, 1)):
        propose(work)
    propose(work, sender=voters[1])


def test_propose__no_threshold__anybody_may(project, admin, charter, electorate, work, outsider):
    free = (*FIRST[:4], 0, *FIRST[5:])
    guard = admin.deploy(project.Guard, charter, [free], [], [])
    governor = admin.deploy(project.Governor, "Open", electorate, guard)
    governor.propose(*work.proposed, sender=outsider)
    assert governor.state(work.id) == PENDING


@pytest.mark.parametrize("class_id", [0, 3, 2**255])
def test_propose__unknown_class__reverts(work, propose, class_id):
    with ape.reverts("settings: unknown class"):
        propose(work, class_id)


def test_propose__out_of_its_class__reverts(target, propose):
    draft = Draft(((target, 0, bytes(target.fail.encode_input())),))
    with ape.reverts("scopes: out of scope"):
        propose(draft, 2)
    propose(draft)


def test_propose__second_action_out_of_its_class__reverts(payment, target, propose):
    draft = payment(5)
    fail = (target, 0, bytes(target.fail.encode_input()))
    with ape.reverts("scopes: out of scope"):
        propose(Draft((*draft.actions, fail)), 2)
