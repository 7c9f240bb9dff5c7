"""Proposals as a page shows them, from the draft to the act, with every way to vote."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from eth_account import Account

from cercle import identity, lens, typed_data
from cercle.errors import (
    ExecutionTooEarly,
    NodeMisbehaved,
    NoVotes,
    ProposalElsewhere,
    ReservedForItsProposer,
    TooFewVotesToPropose,
    VotedAlready,
)
from cercle.flags import ProposalState, Support
from cercle.loyalty import electorate, membership
from cercle.proposals import acts, build, draft_of, made
from cercle.proposals.history import _made
from cercle.typed_data import SignedMessage

from .community import DAY
from .nodes import rpc


@pytest.fixture
def grown(town):
    """Three members, old enough to have a voice, and a wei in the treasury."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    town.send(membership.admit(town.deployment, [1, 2, 3]), town.steward)
    town.pass_time(31 * DAY)
    town.send(electorate.refresh(town.deployment, [1, 2, 3]), town.steward)
    governor = town.deployment.address("Governor")
    rpc(town.url, "anvil_setBalance", governor, hex(1_000))
    town.pass_time(60)
    return town


@pytest.fixture
def draft(grown):
    return draft_of([build.pay_ether(grown.outsider, 7)], "Pay them.")


@pytest.fixture
def proposed(grown, draft):
    """Made by the first member, and not voted on yet."""
    grown.send(acts.propose(grown.deployment, draft), grown.members[0])
    return draft


@pytest.fixture
def active(grown, proposed):
    grown.pass_time(DAY + 60)
    return proposed


@pytest.fixture
def show(grown):
    """The newest proposal, as somebody sees it."""

    def _show(account=None):
        return lens.proposals(grown.chain, grown.deployment, account).proposals[0]

    return _show


@pytest.fixture
def signed(keys):
    def _signed(message, place=7):
        told = Account.sign_typed_data(keys[place], full_message=message.full)
        return SignedMessage(message=message, signature="0x" + bytes(told.signature).hex())

    return _signed


def test_proposals__none_yet__shows_the_classes(grown):
    view = lens.proposals(grown.chain, grown.deployment)
    first, second = view.classes
    assert view.proposals == ()
    assert (first.voting_delay, first.queue_delay) == (timedelta(days=1), timedelta(days=2))
    assert (first.quorum, first.season_share, first.has_veto) == (Decimal("0.4"), None, True)
    assert (second.quorum, second.season_share) == (Decimal("0.2"), Decimal("0.5"))
    assert view.recent is not None


def test_proposals__just_made__is_pending_and_told_by_its_calls(grown, proposed, show):
    found = show(grown.members[0])
    assert (found.id, found.state) == (proposed.id, ProposalState.PENDING)
    assert found.proposer == grown.members[0]
    assert [said.text for said in found.said] == [
        f"Pay 0.000000000000000007 ether to {grown.outsider}."
    ]
    assert (found.quorum, found.supply, found.turnout, found.my_votes) == (None, None, None, None)
    assert (found.has_voted, found.eta, found.class_id) == (False, None, 1)
    assert found.deadline - found.snapshot == timedelta(days=3)


def test_proposals__voted_on_in_every_way__counts_each(grown, active, show, signed):
    book, members, chosen = grown.deployment, grown.members, {"proposal_id": active.id}
    grown.send(acts.vote(book, active.id, Support.AGAINST), members[0])
    ballot = typed_data.governor_ballot(book, members[1], **chosen, support=Support.IN_FAVOUR)
    grown.send(typed_data.carry(book, signed(ballot, 8)), grown.outsider)
    until = typed_data.ballot_until(
        *(book, members[2]), **chosen, support=Support.ABSTAIN, deadline=grown.now() + DAY
    )
    (cast,) = grown.send(typed_data.carry(book, signed(until, 9)), grown.outsider)
    assert (cast.name, cast.args["voter"]) == ("VoteCast", members[2])

    found = show(members[0])
    assert (found.against, found.in_favour, found.abstaining) == (1, 1, 1)
    assert (found.supply, found.quorum, found.turnout) == (3, 1, Decimal(1))
    assert (found.has_voted, found.my_votes, found.has_quorum) == (True, 1, True)
    assert show(grown.outsider).my_votes == 0


def test_proposals__from_the_vote_to_the_act__shows_where_it_stands(grown, active, show):
    book = grown.deployment
    with pytest.raises(ProposalElsewhere):
        grown.send(acts.queue(book, active), grown.outsider)
    for member in grown.members[:2]:
        grown.send(acts.vote(book, active.id, Support.IN_FAVOUR, "Oui."), member)
    with pytest.raises(VotedAlready):
        grown.send(acts.vote(book, active.id, Support.AGAINST), grown.members[0])
    with pytest.raises(NoVotes):
        grown.send(acts.vote(book, active.id, Support.AGAINST), grown.outsider)
    grown.pass_time(3 * DAY)
    assert show().state == ProposalState.SUCCEEDED
    grown.send(acts.queue(book, active), grown.outsider)
    queued = show()
    assert queued.state == ProposalState.QUEUED
    assert queued.eta is not None
    with pytest.raises(ExecutionTooEarly):
        grown.send(acts.execute(book, active), grown.outsider)
    grown.pass_time(2 * DAY)
    grown.send(acts.execute(book, active), grown.outsider)
    assert show().state == ProposalState.EXECUTED
    assert lens.treasury(grown.chain, book).balances["ether"] == 993


def test_proposals__vetoed__is_canceled(grown, active, show):
    warden = grown.people[1]
    grown.send(acts.veto(grown.deployment, active.id, "It pays a stranger."), warden)
    assert show().state == ProposalState.CANCELED


def test_proposals__canceled_by_its_proposer(grown, proposed, show):
    grown.send(acts.cancel(grown.deployment, proposed), grown.members[0])
    assert show().state == ProposalState.CANCELED


def test_propose__reserved_for_another__is_refused(grown, draft):
    mine = draft.reserved_for(grown.members[0])
    with pytest.raises(ReservedForItsProposer):
        grown.send(acts.propose(grown.deployment, mine), grown.members[1])
    grown.send(acts.propose(grown.deployment, mine), grown.members[0])


def test_propose__without_votes__is_refused(grown, draft):
    with pytest.raises(TooFewVotesToPropose):
        grown.send(acts.propose(grown.deployment, draft), grown.outsider)


def test_made__in_another_class__knows_it(grown, show):
    points = grown.deployment.address("Points")
    paid = build.pay_token(points, grown.outsider, 15)
    draft = draft_of([paid], "Thanks.", class_id=2)
    grown.send(acts.propose(grown.deployment, draft), grown.members[0])
    found = show()
    assert (found.class_id, found.draft.id) == (2, draft.id)
    assert found.said[0].text == f'Pay 1.5 "SIL" to {grown.outsider}.'


def test_made__description_that_is_no_text__is_shown_and_can_be_acted_on(grown, show):
    draft = draft_of([build.pay_ether(grown.outsider, 7)], "abcd")
    call = acts.propose(grown.deployment, draft)
    broken = call.model_copy(update={"data": call.data.replace(b"abcd".hex(), "ff616263")})
    grown.send(broken, grown.members[0])
    found = show()
    assert found.draft.description == "\\xffabc"
    assert found.draft.id == found.id
    grown.send(acts.cancel(grown.deployment, found.draft), grown.members[0])
    assert show().state == ProposalState.CANCELED


def test_made__id_that_is_anothers__is_not_believed(grown, proposed):
    (one,) = made(grown.chain, grown.deployment)
    contract = grown.deployment.contract("Governor")
    topic = next(t for t, e in contract.events().items() if e["name"] == "ProposalCreated")
    question = {"address": contract.address, "topics": ["0x" + topic.hex()], "fromBlock": "0x0"}
    (log,) = grown.chain.request("eth_getLogs", [question])
    assert _made(log, {}) == one
    with pytest.raises(NodeMisbehaved, match="its id does not name"):
        _made({**log, "data": "0x" + "11" * 32 + log["data"][66:]}, {})


def test_treasury__bounds__are_of_each_class_that_has_one(grown):
    view = lens.treasury(grown.chain, grown.deployment)
    points = grown.deployment.address("Points")
    assert view.balances == {"ether": 1_000, points: 0}
    assert [(one.class_id, one.asset, one.most) for one in view.spending] == [
        (2, None, 500),
        (2, points, 0),
    ]


def test_delegation__given_until_a_day__is_shown_with_its_end(grown):
    book, (giver, taker, third) = grown.deployment, grown.members
    before = lens.delegation(grown.chain, book, giver)
    assert (before.is_away, before.delegate, before.own, before.votes) == (False, giver, 1, 1)
    end = grown.now() + 5 * DAY
    grown.send(electorate.delegate_until(book, taker, end), giver)
    after = lens.delegation(grown.chain, book, giver)
    assert (after.is_away, after.delegate, after.votes) == (True, taker, 0)
    assert after.expires_at == datetime.fromtimestamp(end, UTC)
    assert not after.is_expired
    assert lens.delegation(grown.chain, book, taker).votes == 2
    grown.pass_time(60)
    found = lens.delegates(grown.chain, book)
    assert [(one.account, one.votes) for one in found] == [(taker, 2), (third, 1)]
    grown.pass_time(6 * DAY)
    assert lens.delegation(grown.chain, book, giver).is_expired


def test_delegation__of_a_stranger__is_nobodys(grown):
    view = lens.delegation(grown.chain, grown.deployment, grown.outsider)
    assert (view.delegate, view.is_away, view.own, view.votes) == (None, False, 0, 0)
