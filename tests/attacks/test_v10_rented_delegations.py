"""
V10: votes for rent (LobbyFi, 2025-04: 19.3 million ARB of votes for 5 ETH), and the votes that are
cheapest to have: those that somebody lent once and forgot.

Three of five lent a friend their votes for a month. A year later the friend sells what they
carry: where a delegation lasts until it is taken back, a buyer gets four votes of five for the
price of one, and 1,000 with them. With ours a delegation may end on a day; from then on anybody
brings the votes home, before the vote begins, and the buyer has bought one. Units cannot be
sold at all.

Said plainly: who lends without an end, or sells their own ballot, is not stopped. A vote is
final, so a buyer gets what they pay for; what it may move is bounded by the Guard.
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
from tests.drafts import AGAINST, DAY, DEFEATED

TEXT = "As agreed."
MONTH = 30 * DAY


def test_forgotten__ours__are_brought_home(ours, chain, members, outsider):
    seller, *lenders, last = members
    electorate = ours.house.electorate
    until = chain.blocks.head.timestamp + MONTH
    for lender in lenders:
        electorate.delegate_until(seller, until, sender=lender)
    assert electorate.getVotes(seller) == 4
    chain.mine(deltatime=365 * DAY)

    draft = payment(ours.token, outsider, TREASURY, TEXT)
    ours.governor.propose(*draft.proposed, sender=seller)
    for number in (2, 3, 4):
        electorate.expire_delegation(number, sender=outsider)
    chain.mine(timestamp=ours.governor.proposalSnapshot(draft.id) + 1)
    cast(ours, draft, [seller])
    cast(ours, draft, [last], AGAINST)
    close(ours, chain, draft)
    assert ours.governor.state(draft.id) == DEFEATED
    assert list(ours.governor.proposalVotes(draft.id)) == [1, 1, 0]


@pytest.fixture
def live(project, admin, members):
    """Delegations without an end."""
    votes = admin.deploy(project.LiveVotes)
    for member in members:
        votes.join(sender=member)
    return votes


def test_forgotten__live_votes__go_to_the_buyer(
    project, ours, live, chain, admin, members, outsider
):
    seller, *lenders, last = members
    for lender in lenders:
        live.invoke_transaction("delegate", seller, sender=lender)
    chain.mine(deltatime=365 * DAY)
    twin = careless(project, admin, live, ours.token, quorum=2)
    call = transfer_of_all(ours.token, outsider, TEXT)
    twin.propose(*call, sender=seller)
    id_ = twin.id_of(*call)
    twin.vote(id_, True, sender=seller)
    twin.vote(id_, False, sender=last)
    assert (twin.proposals(id_).in_favour, twin.proposals(id_).against) == (4, 1)
    chain.mine(deltatime=2 * DAY)
    twin.execute(*call, sender=outsider)
    assert ours.token.balanceOf(outsider) == TREASURY


def test_paid_for_a_vote__ours__is_not_stopped(ours, chain, members, outsider):
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, draft, members[0])
    cast(ours, draft, members[:3])
    assert cast(ours, draft, members[:3], AGAINST)[0] is not None  # none can change it later
    assert list(ours.governor.proposalVotes(draft.id)) == [0, 3, 0]
