"""What became of decisions: read once, then only what is new, from the index or the chain."""

import pytest

from cercle import lens
from cercle.index.chain_history import ChainHistory
from cercle.index.decisions import Decisions
from cercle.lens.proposal_views import unpacked
from cercle.limits import DAY
from cercle.loyalty import electorate
from cercle.proposals import acts, build, draft_of, made

from .nodes import rpc
from .test_proposal_views import active, draft, grown, proposed, show

__all__ = ["active", "draft", "grown", "proposed", "show"]  # fixtures


class Index:
    """What an index tells that has read up to a block."""

    def __init__(self, community, block):
        self._chain = ChainHistory(community.chain, community.deployment)
        self._block = block

    def served(self):
        return self._chain.served().model_copy(update={"source": "index", "block": self._block})

    def events(self, contract, event, **asked):
        page = self._chain.events(contract, event, **asked)
        kept = tuple(one for one in page.entries if one.event.block <= self._block)
        return page.model_copy(update={"entries": kept, "served": self.served()})


@pytest.fixture
def decisions(grown):
    history = ChainHistory(grown.chain, grown.deployment)
    return Decisions(history, grown.chain, grown.deployment)


def test_decided__proposals__are_those_that_the_chain_tells(grown, proposed, decisions):
    assert decisions.decided().made == made(grown.chain, grown.deployment)


def test_decided__index_that_is_behind__the_rest_is_the_chains(grown, proposed):
    block = grown.chain.head(fresh=True).number
    second = draft_of([build.pay_ether(grown.outsider, 8)], "Pay them more.", class_id=1)
    grown.send(acts.propose(grown.deployment, second), grown.members[1])
    told = Decisions(Index(grown, block), grown.chain, grown.deployment).decided()
    assert [one.id for one in told.made] == [proposed.id, second.id]


def test_decided__twice_at_one_block__looks_once(grown, proposed, decisions, monkeypatch):
    first = decisions.decided()
    monkeypatch.setattr(decisions._proposals._scan, "forwards", None)
    assert decisions.decided() == first


def test_decided__much_later__looks_only_at_what_is_new(grown, proposed, decisions):
    first = decisions.decided()
    rpc(grown.url, "anvil_mine", hex(100))
    grown.chain.forget_head()
    decisions.decided()
    assert decisions._proposals._next > first.made[0].block
    grown.send(acts.cancel(grown.deployment, proposed), grown.members[0])
    (after,) = decisions.decided().made
    assert after.course.canceled_at == grown.chain.head().time
    assert after.course.warden is None


def test_decided__vetoed__has_the_wardens_words(grown, active, decisions):
    warden = grown.people[1]
    grown.send(acts.veto(grown.deployment, active.id, "It pays a stranger."), warden)
    told = decisions.decided().made
    assert (told[0].course.warden, told[0].course.veto) == (warden, "It pays a stranger.")
    (view,) = lens.proposals(grown.chain, grown.deployment, known=told).proposals
    assert view.course == told[0].course


def test_decided__description_that_is_no_text__is_read_again_from_the_chain(grown, decisions):
    draft = draft_of([build.pay_ether(grown.outsider, 7)], "abcd")
    call = acts.propose(grown.deployment, draft)
    grown.send(
        call.model_copy(update={"data": call.data.replace(b"abcd".hex(), "ff616263")}),
        grown.members[0],
    )
    (one,) = decisions.decided().made
    assert one.draft.description == "\\xffabc"


def test_decided__scopes__are_what_the_classes_may_call(grown, decisions):
    (one,) = decisions.decided().allowed
    points = grown.deployment.address("Points")
    assert (one.class_id, one.target, one.cap, one.amount_word) == (2, points, 500, 2)
    view = lens.treasury(grown.chain, grown.deployment)
    assert sorted(two.class_id for two in lens.attacks(view, [one])) == [1, 2]


def test_unpacked__every_class__is_what_the_guard_says_in_words(grown):
    guard, head = grown.deployment.contract("Guard"), grown.chain.head()
    for number in (1, 2):
        asked = [guard.read("word_of", number), guard.read("terms_of", number)]
        word, told = grown.chain.read(asked, head)
        assert unpacked(word) == told


def test_proposals__terms_changed_later__keeps_those_it_was_made_under(grown, proposed):
    governor = grown.deployment.address("Governor")
    rpc(grown.url, "anvil_impersonateAccount", governor)
    rpc(grown.url, "anvil_setBalance", governor, hex(10**18))
    told = lens.proposals(grown.chain, grown.deployment).classes[0]
    seconds = (told.voting_delay, told.voting_period, told.late_extension, told.queue_delay)
    spans = [int(one.total_seconds()) for one in seconds]
    changed = (*spans, 0, 5_000, 0, False, False)
    guard = grown.deployment.contract("Guard")
    grown.send(guard.call("set_terms", 1, changed), governor)
    again = draft_of([build.pay_ether(grown.outsider, 8)], "Once more.")
    grown.send(acts.propose(grown.deployment, again), grown.members[0])
    view = lens.proposals(grown.chain, grown.deployment)
    after, before = view.proposals
    assert before.terms == told
    assert (str(after.terms.quorum), after.terms.has_veto) == ("0.5", False)
    assert view.classes[0] == after.terms
    assert before.proposed_at == before.snapshot - told.voting_delay
    assert not before.is_extended


def test_speakers__those_with_the_most_votes__come_first(grown, decisions):
    giver, taker, third = grown.members
    grown.send(electorate.delegate(grown.deployment, taker), giver)
    assert decisions.speakers() == (taker, third)
    rpc(grown.url, "evm_increaseTime", DAY)
    rpc(grown.url, "evm_mine")
    grown.chain.forget_head()
    known = decisions.speakers()
    found = lens.delegates(grown.chain, grown.deployment, known=known)
    assert [(one.member_no, one.votes) for one in found] == [(2, 2), (3, 1)]
    assert lens.delegation(grown.chain, grown.deployment, giver).delegate_no == 2


def test_season_end__first_season__is_a_year_from_the_guards_first_block(grown):
    book = grown.deployment
    first = grown.chain.block(book.contracts["Guard"].block).time
    assert (lens.season_end(grown.chain, book, 0) - first).days == 365


def test_treasury__assets__say_what_they_call_themselves(grown):
    view = lens.treasury(grown.chain, grown.deployment)
    assert [(one.symbol, one.decimals, one.balance) for one in view.assets] == [
        ("", 18, 1_000),
        ("SIL", 1, 0),
    ]
    assert view.supply == 3
    assert view.warden_until is not None
    assert [one.id for one in view.classes] == [1, 2]


def test_treasury__token_that_tells_no_balance__silences_no_other(grown):
    points = grown.deployment.address("Points")
    rpc(grown.url, "anvil_setCode", points, "0xfe")
    rpc(grown.url, "evm_mine")
    grown.chain.forget_head()
    coin, token = lens.treasury(grown.chain, grown.deployment).assets
    assert (coin.balance, coin.is_silent) == (1_000, False)
    assert (token.balance, token.symbol, token.is_silent) == (0, "", True)
