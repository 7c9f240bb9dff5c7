"""Without an index: what every page asks of the chain is read from its first block once."""

import threading

import pytest

from cercle import identity, lens, passkeys
from cercle.chain import Chain
from cercle.errors import NodeMisbehaved, NodeUnreachable
from cercle.index.chain_history import ChainHistory
from cercle.index.history import open_history
from cercle.index.scan import Scan
from cercle.index.specs import spec_of
from frontend import services
from tests.client.nodes import rpc
from tests.relayer.stage import account

from .looking import events_on_chain
from .test_history import places, whole
from .town import act_together


@pytest.fixture
def asked(monkeypatch):
    """Each range of blocks that a chain was searched in."""
    found = []
    whole_of_it = Chain.ask

    def note(self, requests, check):
        ranges = [one[1][0] for one in requests if one[0] == "eth_getLogs"]
        found.extend((int(one["fromBlock"], 16), int(one["toBlock"], 16)) for one in ranges)
        return whole_of_it(self, requests, check)

    monkeypatch.setattr(Chain, "ask", note)
    return found


@pytest.fixture
def chain(stage):
    return Chain([stage.url], stage.chain.chain_id, head_age=0, rest=0)


def first_of(stage) -> int:
    return min(one.block for one in stage.deployment.contracts.values())


def test_lookups__of_many_people_at_many_blocks__search_from_the_first_block_once(
    stage, chain, asked
):
    live = services.LiveCommunity(chain, stage.deployment, None)
    other = open_history(chain, stage.deployment)  # as the passkeys' own route has one
    stage.mine(100)
    for person in stage.members[:4]:
        card = lens.card(chain, stage.deployment, person.address, chain.head())
        assert person.address in live.wallets(card)
        assert live.past.person_of(person.address) == other.person_of(person.address)
        assert other.of_member(9_999).entries == ()
        assert passkeys.find(chain, stage.deployment, b"id", "localhost", other) == ()
        stage.mine(1)
    first = first_of(stage)
    assert [one[0] for one in asked].count(first) == 1
    assert all(low > first for low, _ in asked[1:])


def test_lookups__same_block__ask_nothing(stage, asked):
    chain = Chain([stage.url], stage.chain.chain_id, head_age=60)
    history = ChainHistory(chain, stage.deployment)
    history.person_of(stage.members[0].address)
    asked.clear()
    for person in stage.members:
        history.person_of(person.address)
    assert asked == []


def test_person_of__linked_and_let_go_meanwhile__is_who_they_are_now(stage, chain):
    history = ChainHistory(chain, stage.deployment)
    first, second = stage.members[0].address, account("second wallet 0").address
    assert set(history.person_of(first).wallets) == {first, second}
    stage.mine(200)  # what was recent is final now
    assert set(history.person_of(first).wallets) == {first, second}
    act_together(stage, [(second, identity.unlink(stage.deployment, first))])
    assert history.person_of(first) is None
    assert history.person_of(second).wallets == (second,)


@pytest.mark.parametrize("blocks", [1, 70, 300])
def test_person_of__chain_turns_that_deep__forgets_what_was_undone(stage, chain, blocks):
    history = ChainHistory(chain, stage.deployment)
    first, second = stage.members[0].address, account("second wallet 0").address
    history.person_of(first)
    snapshot = rpc(stage.url, "evm_snapshot")
    act_together(stage, [(second, identity.unlink(stage.deployment, first))])
    stage.mine(blocks)
    assert history.person_of(first) is None
    rpc(stage.url, "evm_revert", snapshot)
    rpc(stage.url, "evm_increaseTime", "0x40")
    stage.mine(blocks + 5)
    assert set(history.person_of(first).wallets) == {first, second}


def test_person_of__many_at_once__search_once(stage, chain, asked):
    chain.head()
    chain._head_age = 60
    history = ChainHistory(chain, stage.deployment)
    told = []
    threads = [
        threading.Thread(target=lambda who=who: told.append(history.person_of(who.address)))
        for who in stage.members[:6]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 6
    assert [one[0] for one in asked].count(first_of(stage)) == 1


# ---- how wide a range is ---------------------------------------------------------------------


def narrow(proxy, most):
    """A node that takes so many blocks at once."""
    seen = []

    def before(asked):
        for question in asked:
            if question["method"] == "eth_getLogs":
                told = question["params"][0]
                seen.append(int(told["toBlock"], 16) - int(told["fromBlock"], 16) + 1)
                if seen[-1] > most:
                    error = {"code": -32005, "message": "block range is too wide"}
                    return [
                        {"jsonrpc": "2.0", "id": one["id"], "result": "0x7a69"}
                        if one["method"] == "eth_chainId"
                        else {"jsonrpc": "2.0", "id": one["id"], "error": error}
                        for one in asked
                    ]
        return None

    proxy.before = before
    return seen


def test_history__node_takes_few_blocks_at_once__is_the_same_and_asks_no_more_in_vain(stage, proxy):
    seen = narrow(proxy, 20)
    chain = Chain([proxy.url], stage.chain.chain_id, head_age=0, rest=0)
    history = ChainHistory(chain, stage.deployment)
    expected = whole(
        lambda **page: ChainHistory(stage.chain, stage.deployment).of_member(1, **page)
    )
    assert places(whole(lambda **page: history.of_member(1, **page))) == places(expected)
    assert len([one for one in seen if one > 20]) == 2
    seen.clear()
    history.poll_course(2)
    assert max(seen) <= 20


def test_scan__node_gives_all__widens(stage, chain, asked, monkeypatch):
    monkeypatch.setattr("cercle.index.scan.STEP", 10)
    scan = Scan(chain, stage.deployment)
    head = chain.head(fresh=True).number
    spec = spec_of("Passport", "WalletLinked")
    wanted = {"address": stage.deployment.address("Passport"), "topics": [spec.topic]}
    forwards = [log for _, logs in scan.forwards([wanted], 1, head) for log in logs]
    assert [high - low + 1 for low, high in asked[:3]] == [10, 40, 160]
    assert len(asked) == 4
    backwards = list(scan.backwards([wanted], head, 1))
    assert forwards == backwards[::-1]
    linked = [one for one in events_on_chain(stage.url, stage.deployment) if one.name == spec.name]
    assert [(one.block, one.place) for one in forwards] == [(o.block, o.index) for o in linked]


def test_history__node_is_behind__the_next_one_is_asked(stage, proxy):
    """It would answer with what it has, and say nothing of the rest."""
    known = stage.chain.head(fresh=True).number - 100

    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            method, told = question["method"], question["params"]
            if method == "eth_getLogs":
                answer["result"] = [
                    one for one in answer["result"] if int(one["blockNumber"], 16) <= known
                ]
            if method == "eth_getBlockByNumber" and told[0] != "latest":
                is_there = int(told[0], 16) <= known
                answer["result"] = answer["result"] if is_there else None
        return answers

    proxy.after = after
    chain = Chain([proxy.url, stage.url], stage.chain.chain_id, head_age=0, rest=0)
    told = ChainHistory(chain, stage.deployment).of_member(1)
    assert told.entries == ChainHistory(stage.chain, stage.deployment).of_member(1).entries != ()


def test_history__node_answers_no_list__the_next_one_is_asked(stage, proxy):
    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getLogs":
                answer["result"] = {"logs": []}
        return answers

    proxy.after = after
    alone = Chain([proxy.url], stage.chain.chain_id, head_age=0, rest=0)
    with pytest.raises(NodeMisbehaved, match="answered a search for events with something else"):
        ChainHistory(alone, stage.deployment).of_member(1)
    chain = Chain([proxy.url, stage.url], stage.chain.chain_id, head_age=0, rest=0)
    assert ChainHistory(chain, stage.deployment).of_member(1).entries


def test_person_of__node_ends_half_way__goes_on_where_it_was(stage, proxy, asked):
    chain = Chain([proxy.url], stage.chain.chain_id, head_age=0, rest=0)
    history = ChainHistory(chain, stage.deployment)
    seen = narrow(proxy, 20)
    taking = proxy.before

    def ends(questions):
        return b"" if len(seen) > 8 else taking(questions)

    proxy.before = ends
    with pytest.raises((NodeMisbehaved, NodeUnreachable)):
        history.person_of(stage.members[0].address)
    asked.clear()
    proxy.before = taking
    assert history.person_of(stage.members[0].address).passport_id == 1
    assert min(low for low, _ in asked) > first_of(stage) + 20


# ---- a page ----------------------------------------------------------------------------------


def test_page__of_many_blocks__asks_for_their_times_at_once(stage, monkeypatch):
    chain = Chain([stage.url], stage.chain.chain_id, head_age=60)
    history = ChainHistory(chain, stage.deployment)
    history.of_member(1, limit=1)
    sent = chain.nodes[0].requests
    page = history.of_member(1, limit=20)
    assert len({one.event.block for one in page.entries}) > 5
    assert chain.nodes[0].requests - sent == 2  # the events, and their blocks
    history.of_member(1, limit=20)
    assert chain.nodes[0].requests - sent == 3


def test_poll_course__is_not_sought_before_the_poll_opened(stage, chain, asked, monkeypatch):
    monkeypatch.setattr("cercle.index.scan.STEP", 10)
    history = ChainHistory(chain, stage.deployment)
    told = history.poll_course(2)
    opened = [
        one
        for one in events_on_chain(stage.url, stage.deployment)
        if one.name == "PollOpened" and one.args["poll_id"] == 2
    ]
    assert told.moments
    lowest = min(low for low, _ in asked)
    assert first_of(stage) < lowest <= opened[0].block == told.served.first
