"""
V7: a proposal is copied from the mempool and proposed first, by somebody who cancels it
(GHSA-5h3x-9wvq-w4m2, OpenZeppelin before 4.9.1: the id says what, and not who).

It costs the attacker two transactions for each attempt; the community can never decide what
it wanted in these words. Against the careless governor they even let everybody vote first.
In ours a description that ends in "#proposer=" and an address is that account's alone to
propose; without it, a copy can be canceled only while it is pending: once the vote has begun
it is everybody's, whoever proposed it.
"""

from tests.attacks.governor_stage import (
    act,
    careless,
    cast,
    close,
    payment,
    propose,
    transfer_of_all,
)
from tests.attacks.votes_stage import attempt
from tests.drafts import DAY, EXECUTED, PENDING
from tests.refusals import refusal, unexpected_state

TEXT = "Pay the printer."


def test_front_run__ours__is_refused_by_the_suffix(ours, chain, members, outsider):
    proposer, attacker = members[:2]
    text = f"{TEXT} #proposer={proposer.address}"
    draft = payment(ours.token, outsider, 10, text)
    told = attempt(ours.governor.propose, *draft.proposed, sender=attacker)
    assert told == refusal("GovernorRestrictedProposer(address)", attacker.address)

    propose(ours, chain, draft, proposer)
    told = attempt(ours.governor.cancel, *draft.named, sender=attacker)
    assert told == refusal("GovernorUnableToCancel(uint256,address)", draft.id, attacker.address)
    cast(ours, draft, members)
    close(ours, chain, draft)
    assert act(ours, chain, draft, outsider) is None
    assert ours.token.balanceOf(outsider) == 10


def test_front_run__ours_into_another_class__is_refused_by_the_suffix(ours, members, outsider):
    """The class is no part of the id: who copies the words may choose the terms."""
    proposer, attacker = members[:2]
    plain = payment(ours.token, outsider, 10, TEXT)
    ours.governor.propose(*plain.proposed, 2, sender=attacker)
    told = attempt(ours.governor.propose, *plain.proposed, sender=proposer)
    assert told == unexpected_state(plain.id, PENDING)
    assert ours.governor.class_of(plain.id) == 2

    marked = plain.described(f"{TEXT} #proposer={proposer.address}")
    told = attempt(ours.governor.propose, *marked.proposed, 2, sender=attacker)
    assert told == refusal("GovernorRestrictedProposer(address)", attacker.address)
    ours.governor.propose(*marked.proposed, sender=proposer)
    assert ours.governor.class_of(marked.id) == 1


def test_cancel__ours_without_the_suffix__too_late_once_voted_on(ours, chain, members, outsider):
    """The copy is the attacker's, and goes its way all the same."""
    draft, attacker = payment(ours.token, outsider, 10, TEXT), members[1]
    propose(ours, chain, draft, attacker)
    cast(ours, draft, members)
    told = attempt(ours.governor.cancel, *draft.named, sender=attacker)
    assert told == refusal("GovernorUnableToCancel(uint256,address)", draft.id, attacker.address)
    close(ours, chain, draft)
    act(ours, chain, draft, outsider)
    assert ours.governor.state(draft.id) == EXECUTED


def test_front_run__careless__is_canceled_after_everybody_voted(
    project, ours, chain, admin, members, outsider
):
    twin = careless(project, admin, ours.house.electorate, ours.token, quorum=2)
    proposer, attacker = members[:2]
    call = transfer_of_all(ours.token, outsider, f"{TEXT} #proposer={proposer.address}")
    twin.propose(*call, sender=attacker)
    assert attempt(twin.propose, *call, sender=proposer) == "careless_governor: proposed"
    id_ = twin.id_of(*call)
    for member in members:
        twin.vote(id_, True, sender=member)
    twin.cancel(id_, sender=attacker)
    chain.mine(deltatime=2 * DAY)
    assert attempt(twin.execute, *call, sender=outsider) == "careless_governor: no more"
    assert attempt(twin.propose, *call, sender=proposer) == "careless_governor: proposed"
