"""Simulating a call, and following a transaction that a wallet says it sent."""

import pytest

from cercle.calls import Call
from cercle.chain import Chain
from cercle.errors import NodeMisbehaved, NotEnoughFunds, PerkSoldOut
from cercle.tracking import Fate

from .nodes import CHAIN_ID, rpc, wait_mined

RECEIVER = "0x00000000000000000000000000000000000000AA"


@pytest.fixture
def gift():
    return Call(to=RECEIVER, data="0x", value=1, contract="Nobody", function="give")


@pytest.fixture
def manual(fresh_state):
    """The node mines only when it is told to."""
    rpc(fresh_state, "evm_setAutomine", False)
    yield fresh_state
    rpc(fresh_state, "evm_setAutomine", True)


def send(node, call, sender, **fields):
    transaction = {"from": sender, "to": call.to, "data": call.data, "value": hex(call.value)}
    return rpc(node, "eth_sendTransaction", {**transaction, **fields})


def send_and_mine(node, call, sender, **fields):
    tx_hash = send(node, call, sender, **fields)
    wait_mined(node, tx_hash)
    return tx_hash


def test_simulate__allowed__estimates_gas(chain, gift, people):
    assert chain.simulate(gift, people[0]) == 21_000


def test_simulate__refused__is_typed(chain, refuser, people):
    with pytest.raises(PerkSoldOut):
        chain.simulate(refuser.call("echo", 1), people[0])


def test_simulate__poor_sender__cannot_pay(fake_node, gift, people):
    def poor(asked, answers):
        message = "insufficient funds for gas * price + value"
        return [answers[0], {"id": answers[1]["id"], "error": {"code": -32000, "message": message}}]

    with pytest.raises(NotEnoughFunds, match="cannot pay"):
        Chain([fake_node(poor).url], CHAIN_ID).simulate(gift, people[0])


def test_replay__refused__is_typed(chain, refuser, people):
    with pytest.raises(PerkSoldOut):
        chain.replay(refuser.call("echo", 1), people[0], chain.head().number)


def test_replay__allowed__says_nothing(chain, gift, people):
    assert chain.replay(gift, people[0], chain.head().number) is None


@pytest.mark.parametrize("guilty", [0, 1])
def test_replay__state_around_the_block__is_asked_before_and_after(fake_node, gift, people, guilty):
    asked_at = []

    def refuse(asked, answers):
        asked_at.append(asked[-1]["params"][1])
        if len(asked_at) <= guilty:
            return [answers[0], {"id": answers[1]["id"], "result": "0x"}]
        error = {"code": 3, "message": "execution reverted: perk_stock: sold out"}
        return [answers[0], {"id": answers[1]["id"], "error": error}]

    with pytest.raises(PerkSoldOut):
        Chain([fake_node(refuse).url], CHAIN_ID).replay(gift, people[0], 17)
    assert asked_at == ["0x10", "0x11"][: guilty + 1]


def test_transaction__gas__has_a_fifth_to_spare(gift, people):
    fields = gift.transaction(people[0], CHAIN_ID, 21_000)
    assert fields == {
        "from": people[0],
        "to": RECEIVER,
        "data": "0x",
        "value": "0x1",
        "chainId": "0x7a69",
        "gas": hex(25_200),
    }


def test_follow__mined__has_its_receipt(chain, fresh_state, gift, people):
    tx_hash = send_and_mine(fresh_state, gift, people[0])
    followed = chain.follow(tx_hash, people[0], gift)
    assert followed.fate == Fate.MINED
    assert followed.receipt["transactionHash"] == tx_hash
    assert followed.is_final


def test_follow__waiting__is_pending_then_mined(chain, manual, gift, people):
    nonce = chain.nonce(people[0])
    tx_hash = send(manual, gift, people[0])
    assert chain.follow(tx_hash, people[0], gift, nonce).fate == Fate.PENDING
    rpc(manual, "evm_mine")
    assert chain.follow(tx_hash, people[0], gift, nonce).fate == Fate.MINED


def test_follow__unknown_hash__is_pending_while_the_nonce_is_unused(chain, gift, people):
    followed = chain.follow("0x" + "ab" * 32, people[0], gift, chain.nonce(people[0]))
    assert followed.fate == Fate.PENDING


def test_follow__nonce_used_by_another__is_replaced(chain, manual, gift, people):
    nonce = chain.nonce(people[0])
    first = send(manual, gift, people[0], nonce=hex(nonce), gasPrice=hex(10**10))
    other = gift.model_copy(update={"value": 2})
    send(manual, other, people[0], nonce=hex(nonce), gasPrice=hex(10**12))
    rpc(manual, "evm_mine")
    assert chain.follow(first, people[0], gift, nonce).fate == Fate.REPLACED


@pytest.mark.parametrize("change", [{"value": 2}, {"data": "0x01"}, {"to": "0x" + "0" * 38 + "bb"}])
def test_follow__other_than_asked__is_foreign(chain, fresh_state, gift, people, change):
    wanted = Call(**{**gift.model_dump(), **change})
    tx_hash = send_and_mine(fresh_state, gift, people[0])
    assert chain.follow(tx_hash, people[0], wanted).fate == Fate.FOREIGN


def test_follow__other_sender__is_foreign(chain, fresh_state, gift, people):
    tx_hash = send_and_mine(fresh_state, gift, people[1])
    assert chain.follow(tx_hash, people[0], gift).fate == Fate.FOREIGN


def test_follow__failed_on_chain__is_reverted(chain, fresh_state, refuser, people):
    call = refuser.call("echo", 1)
    tx_hash = send_and_mine(fresh_state, call, people[0], gas=hex(100_000))
    assert chain.follow(tx_hash, people[0], call).fate == Fate.REVERTED


def test_follow__reorganised_away__is_pending_again(chain, manual, gift, people):
    snapshot = rpc(manual, "evm_snapshot")
    nonce = chain.nonce(people[0])
    tx_hash = send(manual, gift, people[0])
    rpc(manual, "evm_mine")
    assert chain.follow(tx_hash, people[0], gift, nonce).fate == Fate.MINED
    rpc(manual, "evm_revert", snapshot)
    assert chain.follow(tx_hash, people[0], gift, nonce).fate == Fate.PENDING


def test_follow__answer_for_another_hash__is_misbehaviour(fake_node, fresh_state, gift, people):
    tx_hash = send_and_mine(fresh_state, gift, people[0])
    other = send_and_mine(fresh_state, gift, people[1])

    def swap(asked, answers):
        answers[2]["result"] = rpc(fresh_state, "eth_getTransactionByHash", other)
        return answers

    with pytest.raises(NodeMisbehaved, match="another transaction"):
        Chain([fake_node(swap).url], CHAIN_ID).follow(tx_hash, people[0], gift)


def test_follow__no_hash_at_all__is_refused(chain, gift, people):
    with pytest.raises(ValueError, match="not a hash"):
        chain.follow("0x12", people[0], gift)
