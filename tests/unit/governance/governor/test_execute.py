"""`Governor.execute`: what was decided is done, once, when it is due, all or nothing."""

import ape
import pytest

from tests.drafts import DAY, EXECUTED, PENDING, QUEUED, SUCCEEDED, Draft
from tests.refusals import nonexistent, refusal, unexpected_state


@pytest.fixture
def several(target, token, outsider):
    """Three actions, in an order that shows."""
    return Draft(
        (
            (target, 3, bytes(target.work.encode_input(1))),
            (token, 0, bytes(token.transfer.encode_input(outsider, 40))),
            (target, 0, bytes(target.work.encode_input(2))),
        )
    )


def done(governor, draft):
    return governor.ProposalExecuted(proposalId=draft.id)


def test_execute__due__does_all_in_order(governor, several, target, token, carry_through, outsider):
    carry_through(several)
    receipt = governor.execute(*several.named, sender=outsider)

    assert receipt.events == [
        target.Worked(caller=governor, amount=3, word=1),
        target.Worked(caller=governor, amount=0, word=2),
        done(governor, several),
    ]
    assert receipt.return_value == several.id
    assert governor.state(several.id) == EXECUTED
    assert token.balanceOf(outsider) == 40
    assert governor.balance == 997


def test_execute__a_second_early__reverts(governor, work, open_vote, voters, outsider, at, chain):
    open_vote(work)
    for voter in voters:
        governor.castVote(work.id, 1, sender=voter)
    chain.mine(timestamp=governor.proposalDeadline(work.id) + 1)
    governor.queue(*work.named, sender=outsider)
    eta = governor.proposalEta(work.id)
    at(eta - 1)
    with ape.reverts(refusal("GovernorUnmetDelay(uint256,uint256)", work.id, eta)):
        governor.execute(*work.named, sender=outsider)
    at(eta)
    receipt = governor.execute(*work.named, sender=outsider)
    assert receipt.events[-1] == done(governor, work)


def test_execute__ether_sent_along__pays_the_action(governor, target, carry_through, outsider):
    draft = Draft(((target, 50, bytes(target.work.encode_input(1))),))
    carry_through(draft)
    governor.execute(*draft.named, sender=outsider, value=50)
    assert governor.balance == 1_000


def test_execute__one_action_fails__none_is_done(
    governor, several, target, token, carry_through, outsider
):
    fail = (target, 0, bytes(target.fail.encode_input()))
    draft = Draft((*several.actions, fail))
    carry_through(draft)
    with ape.reverts("fake_target: told to fail"):
        governor.execute(*draft.named, sender=outsider)
    assert governor.state(draft.id) == QUEUED
    assert token.balanceOf(outsider) == 0


def test_execute__more_ether_than_there_is__reverts(governor, target, carry_through, outsider):
    draft = Draft(((target, 1_001, bytes(target.work.encode_input(1))),))
    carry_through(draft)
    with ape.reverts("Transaction failed."):
        governor.execute(*draft.named, sender=outsider)
    assert governor.state(draft.id) == QUEUED


def test_execute__twice__reverts(governor, work, decide, outsider):
    decide(work)
    with ape.reverts(unexpected_state(work.id, EXECUTED, QUEUED)):
        governor.execute(*work.named, sender=outsider)


def test_execute__not_queued__reverts(governor, work, open_vote, voters, outsider, chain):
    open_vote(work)
    for voter in voters:
        governor.castVote(work.id, 1, sender=voter)
    chain.mine(timestamp=governor.proposalDeadline(work.id) + 100 * DAY)
    with ape.reverts(unexpected_state(work.id, SUCCEEDED, QUEUED)):
        governor.execute(*work.named, sender=outsider)


def test_execute__pending__reverts(governor, work, propose, outsider):
    propose(work)
    with ape.reverts(unexpected_state(work.id, PENDING, QUEUED)):
        governor.execute(*work.named, sender=outsider)


def test_execute__other_actions_than_decided__revert(
    governor, work, target, carry_through, outsider
):
    carry_through(work)
    other = Draft(((target, 0, bytes(target.work.encode_input(8))),))
    with ape.reverts(nonexistent(other.id)):
        governor.execute(*other.named, sender=outsider)


def test_execute__from_within_an_action__is_locked(governor, work, target, carry_through, outsider):
    """A target that calls back can carry out nothing in the middle."""
    inner = bytes(governor.execute.encode_input(*work.named))
    outer = Draft(((target, 0, bytes(target.call_back.encode_input(governor, inner))),), "Twice")
    carry_through(outer)
    with ape.reverts("Transaction failed."):
        governor.execute(*outer.named, sender=outsider)


def test_execute__a_call_of_itself__nobody_answers(governor, carry_through, outsider):
    draft = Draft(((governor, 0, b"\x12\x34\x56\x78"),))
    carry_through(draft)
    with ape.reverts("governor: unknown call"):
        governor.execute(*draft.named, sender=outsider)


def test_execute__admin_offered__is_accepted(governor, charter, admin, decide):
    """How a brand is handed over: by a vote of those who take it."""
    charter.offer_admin(governor, sender=admin)
    receipt = decide(Draft(((charter, 0, bytes(charter.accept_admin.encode_input())),)))
    assert charter.admin() == governor
    assert receipt.events[0] == charter.AdminHandedOver(old_admin=admin, new_admin=governor)
