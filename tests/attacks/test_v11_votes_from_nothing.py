"""
V11: votes that the books of delegation make from nothing pass a proposal.

One of five delegates to themselves over and over before they propose. Books that read both
balances before they write either give them nine votes: more than the five
there are, a quorum of six, and 1,000. Over the Electorate the same takes them nowhere: the
sum of all votes is the sum of all units, so a turnout never passes the votable supply, which
the season's bound divides by.
"""

from tests.attacks.governor_stage import (
    TREASURY,
    careless,
    cast,
    close,
    payment,
    propose,
    transfer_of_all,
)
from tests.drafts import DAY, DEFEATED

TEXT = "From nothing."
TIMES = 10


def churn(votes, chain, attacker):
    """Delegate to oneself, second after second."""
    for _ in range(TIMES):
        votes.invoke_transaction("delegate", attacker, sender=attacker)
        chain.mine(deltatime=10)


def test_churn__ours__is_one_vote(ours, chain, members, outsider):
    churn(ours.house.electorate, chain, members[0])
    draft = payment(ours.token, outsider, TREASURY, TEXT)
    propose(ours, chain, draft, members[0])
    cast(ours, draft, members[:1])
    close(ours, chain, draft)
    assert list(ours.governor.proposalVotes(draft.id)) == [0, 1, 0]
    assert ours.governor.quorum_of(draft.id) == 2
    assert ours.governor.state(draft.id) == DEFEATED


def test_churn__careless_votes__pay_everything(project, ours, chain, admin, members, outsider):
    votes = admin.deploy(project.CarelessVotes)
    for member in members:
        votes.join(sender=member)
    churn(votes, chain, members[0])
    twin = careless(project, admin, votes, ours.token, quorum=6)
    call = transfer_of_all(ours.token, outsider, TEXT)
    twin.propose(*call, sender=members[0])
    id_ = twin.id_of(*call)
    twin.vote(id_, True, sender=members[0])
    assert twin.proposals(id_).in_favour == TIMES - 1
    chain.mine(deltatime=2 * DAY)
    twin.execute(*call, sender=outsider)
    assert ours.token.balanceOf(outsider) == TREASURY
