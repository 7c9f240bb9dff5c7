"""
V12: a machine pays for votes, claimed by bots (w3f/Grants#2536: a reward for each vote cast).

The buyer wants 1,000 for 30: three of five at 10 each. A machine can be trusted where it sees
how somebody voted: the careless governor tells every contract, so three claim, and the other
two know that they would have been paid too. Ours keeps the bit that somebody voted and the
sums; a machine can pay for having voted at all, which is paid alike for no and for abstaining,
and buys nothing: it paid 50, and the vote was lost.

Said plainly: votes are public in the events, and a ballot that is signed and not yet sent can be
sold to a machine that sends it. What such a vote can move is for the Guard to bound.
"""

import pytest

from tests.attacks.governor_stage import (
    TREASURY,
    careless,
    cast,
    close,
    payment,
    propose,
    transfer_of_all,
)
from tests.attacks.votes_stage import attempt
from tests.drafts import AGAINST, DAY, DEFEATED, IN_FAVOUR, own_nonce, sign_ballot

TEXT = "Ten for your vote."
PRICE = 10


@pytest.fixture
def buyer(project, outsider):
    return outsider.deploy(project.VoteBuyer, PRICE, value=100)


@pytest.fixture
def draft(ours, chain, members, outsider):
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, draft, members[0])
    return draft


def test_for_a_choice__careless__pays_who_obeyed(
    project, ours, buyer, chain, admin, members, outsider
):
    twin = careless(project, admin, ours.house.electorate, ours.token, quorum=3)
    call = transfer_of_all(ours.token, outsider, TEXT)
    twin.propose(*call, sender=members[0])
    id_ = twin.id_of(*call)
    for place, member in enumerate(members):
        twin.vote(id_, place < 3, sender=member)
    told = [attempt(buyer.claim_for_choice, twin, id_, sender=member) for member in members]
    assert told == [None] * 3 + ["vote_buyer: not in favour"] * 2
    assert buyer.balance == 100 - 3 * PRICE
    chain.mine(deltatime=2 * DAY)
    twin.execute(*call, sender=outsider)
    assert ours.token.balanceOf(outsider) == TREASURY


def test_for_a_choice__ours__cannot_be_seen(ours, buyer, draft, members):
    cast(ours, draft, members)
    id_ = draft.id.to_bytes(32, "big")
    for member in members:
        told = attempt(buyer.claim_for_choice, ours.governor, id_, sender=member)
        assert told == "governor: unknown call"
    assert buyer.balance == 100


def test_for_voting__ours__is_paid_for_a_no_too(ours, buyer, draft, chain, members):
    cast(ours, draft, members[:2])
    cast(ours, draft, members[2:], AGAINST)
    for member in members:
        buyer.claim_for_voting(ours.governor, draft.id, sender=member)
    assert buyer.balance == 100 - 5 * PRICE
    close(ours, chain, draft)
    assert ours.governor.state(draft.id) == DEFEATED


def test_signed_ballot__ours__can_be_sold(ours, buyer, draft, members):
    nonce = own_nonce(draft)
    for member in members[:3]:
        signature = sign_ballot(ours.governor, draft, member, IN_FAVOUR, nonce)
        buyer.sell_ballot(ours.governor, draft.id, signature, sender=member)
    assert list(ours.governor.proposalVotes(draft.id)) == [0, 3, 0]
    assert buyer.balance == 100 - 3 * PRICE
