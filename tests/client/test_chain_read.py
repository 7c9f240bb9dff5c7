"""Reading at a block: one request a page, the cache, and what a reorganisation does."""

import threading

import pytest

from cercle.chain import Chain
from cercle.contracts import Contract
from cercle.errors import BlockGone, DeploymentError, NodeUnreachable, PerkSoldOut

from .nodes import CHAIN_ID, ECHO_ABI, place_code, rpc


def requests_of(chain):
    return sum(node.requests for node in chain.nodes)


def test_head__newest__is_the_chains_own_time(chain, node):
    block = rpc(node, "eth_getBlockByNumber", "latest", False)
    head = chain.head()
    assert (head.number, head.hash) == (int(block["number"], 16), block["hash"])
    assert head.time.timestamp() == head.timestamp == int(block["timestamp"], 16)


def test_head__asked_twice_within_its_age__is_asked_once(node):
    chain = Chain([node], CHAIN_ID, head_age=60)
    assert chain.head() == chain.head()
    assert requests_of(chain) == 1
    chain.forget_head()
    chain.head()
    assert requests_of(chain) == 2


def test_read__a_page__is_one_request(chain, echo):
    head = chain.head()
    before = requests_of(chain)
    assert chain.read([echo.read("echo", n) for n in range(150)], head) == list(range(150))
    assert requests_of(chain) == before + 1


def test_read__same_block_again__asks_nothing(chain, echo):
    head = chain.head()
    chain.read([echo.read("echo", 7)], head)
    before = requests_of(chain)
    assert chain.read([echo.read("echo", 7), echo.read("echo", 7)], head) == [7, 7]
    assert requests_of(chain) == before


def test_read__same_question_twice__is_asked_once(chain, echo, fake_node):
    fake = fake_node()
    chain = Chain([fake.url], CHAIN_ID)
    assert chain.read([echo.read("echo", 9)] * 3, chain.head()) == [9, 9, 9]


def test_read__refused__is_typed(chain, refuser):
    with pytest.raises(PerkSoldOut, match="None of these are left"):
        chain.read([refuser.read("echo", 1)], chain.head())


def test_try_read__one_refused__keeps_the_others(chain, echo, refuser):
    answers = chain.try_read([echo.read("echo", 1), refuser.read("echo", 1)], chain.head())
    assert answers[0] == 1
    assert isinstance(answers[1], PerkSoldOut)


def test_read__no_contract_there__names_the_deployment(chain):
    nobody = Contract("Echo", "0x00000000000000000000000000000000000f00d5", ECHO_ABI)
    with pytest.raises(DeploymentError, match="no contract at 0x0000"):
        chain.read([nobody.read("echo", 1)], chain.head())


def test_read__many_threads__agree(chain, echo):
    head = chain.head()
    seen = []

    def work(number):
        reads = [echo.read("echo", n) for n in range(number, number + 20)]
        seen.append(chain.read(reads, head) == list(range(number, number + 20)))

    threads = [threading.Thread(target=work, args=(n % 5,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 10


def test_read__cache_full__forgets_and_asks_again(node, echo):
    chain = Chain([node], CHAIN_ID, cache_size=2)
    head = chain.head()
    for number in range(5):
        chain.read([echo.read("echo", number)], head)
    before = requests_of(chain)
    assert chain.read([echo.read("echo", 0)], head) == [0]
    assert requests_of(chain) == before + 1


def test_read__reorganised__same_number_other_hash_is_not_mixed(chain, fresh_state):
    place = "0x00000000000000000000000000000000000ec0de"
    truth = Contract("Echo", place, ECHO_ABI)
    snapshot = rpc(fresh_state, "evm_snapshot")
    place_code(fresh_state, place, "0x600160005260206000f3")  # answers 1
    rpc(fresh_state, "evm_mine")
    first = chain.head()
    assert chain.read([truth.read("echo", 0)], first) == [1]

    rpc(fresh_state, "evm_revert", snapshot)
    place_code(fresh_state, place, "0x600260005260206000f3")  # answers 2
    rpc(fresh_state, "evm_setNextBlockTimestamp", first.timestamp + 7)
    rpc(fresh_state, "evm_mine")
    second = chain.head()
    assert second.number == first.number
    assert second.hash != first.hash
    assert chain.read([truth.read("echo", 0)], second) == [2]
    assert chain.read([truth.read("echo", 0)], first) == [1], "what was read stays what it was"
    with pytest.raises(BlockGone, match="gone from the chain"):
        chain.read([truth.read("echo", 1)], first)


def test_block__by_number_and_hash__is_the_same(chain):
    head = chain.head()
    assert chain.block(head.number) == chain.block(head.hash) == head


def test_block__unknown__is_gone(chain):
    with pytest.raises(BlockGone):
        chain.block("0x" + "11" * 32)


def test_chain__no_urls__says_so():
    with pytest.raises(NodeUnreachable, match="No node is configured"):
        Chain([], CHAIN_ID)
