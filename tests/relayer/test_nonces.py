"""Nodes that lie about nonces, and others with the key: noticed, never guessed, nothing twice."""

import pytest

from cercle import typed_data
from cercle.models import Head
from cercle.relayer.book import Act, Book, Mined, Signed, Slot
from cercle.relayer.nodes import Seen, Survey
from cercle.relayer.nonces import Nonces
from cercle.relayer.settings import SettingsError
from cercle.relayer.store import Store
from tests.client.nodes import rpc

from .acting import declined, hold_blocks, post, said, send_as, settle, signed_count, slots
from .proxy import methods
from .stage import account

GWEI = 10**9

# ---- the rule, by itself ----------------------------------------------------------------


@pytest.fixture
def book(tmp_path):
    store = Store(tmp_path / "journal.sqlite")
    yield Book(store)
    store.close()


def survey(*counts: int, block: int = 100) -> Survey:
    head = Head(number=block, hash="0x" + "11" * 32, timestamp=1, time="2026-01-01T00:00:00Z")
    seen = [
        Seen(node=f"n{i}", head=head, base_fee=1, count=count, balance=1, tip=1)
        for i, count in enumerate(counts)
    ]
    return Survey(seen=tuple(seen))


def sign(book: Book, *nonces: int, mined: bool = False) -> None:
    for nonce in nonces:
        signed = Signed(hash=f"0x{nonce}", nonce=nonce, raw="0x", max_fee=1, tip=1, signed_at=1.0)
        slot = Slot(
            nonce=nonce,
            kind="vote",
            target="0x",
            data="0x",
            gas=1,
            state="pending",
            signed=(signed,),
        )
        book.sign(slot, [], 1)
        if mined:
            receipt = Mined(tx=f"0x{nonce}", block=1, block_hash="0x", gas_used=1, wei=1)
            book.mined(nonce, receipt, {}, 1.0)


def next_of(book: Book, *counts: int, quorum: int = 2, block: int = 100) -> int | None:
    return Nonces(book, quorum, 2).next(survey(*counts, block=block))


def test_next__empty_journal__takes_what_all_nodes_say(book):
    assert next_of(book, 7) == next_of(book, 7, 7) == 7
    assert next_of(book, 7, 8) is None
    assert next_of(book) is None


def test_next__nodes_that_fit__leave_it_to_the_journal(book):
    sign(book, 5, 6, mined=True)
    sign(book, 7, 8)
    for counts in ((7,), (8, 7), (9, 9), (7, 9)):
        assert next_of(book, *counts) == 9


def test_next__too_low__asks_another_and_waits_if_there_is_none(book):
    sign(book, 5, 6, mined=True)
    assert next_of(book, 5, 7) == 7
    assert next_of(book, 5) is None
    assert next_of(book, 0, 0) is None


def test_next__too_high__asks_another_and_waits_if_there_is_none(book):
    sign(book, 5, 6, mined=True)
    assert next_of(book, 9, 7) == 7
    assert next_of(book, 9) is None
    assert next_of(book, 9, 4) is None


def test_next__all_say_higher_for_some_blocks__somebody_else_has_the_key(book):
    sign(book, 5, 6, mined=True)
    nonces = Nonces(book, 2, 2)
    assert nonces.next(survey(9, 9, block=100)) is None
    assert nonces.next(survey(9, 9, block=101)) is None
    assert nonces.next(survey(9, 8, block=102)) is None
    assert nonces.next(survey(9, 9, block=103)) is None  # it must be said without a break
    assert nonces.next(survey(9, 9, block=105)) == 9


def test_next__one_of_two_nodes_answers_and_says_higher__is_not_believed(book):
    sign(book, 5, mined=True)
    nonces = Nonces(book, 2, 0)
    assert nonces.next(survey(9)) is None
    assert nonces.next(survey(9, 9)) == 9


def test_next__gap_that_a_lie_left__is_filled_from_below(book):
    sign(book, 5, mined=True)
    sign(book, 90)
    assert next_of(book, 6, 6) == 6
    sign(book, 6)
    assert next_of(book, 6, 6) == next_of(book, 7, 7) == 7


def test_sign__nonce_that_was_signed_for__is_impossible(book):
    sign(book, 5)
    with pytest.raises(Exception, match="UNIQUE"):
        sign(book, 5)


def test_sign__act_that_is_on_its_way__is_impossible(book):
    act = Act(id="a", struct="Leave", actor="x", person="p", payload="{}", day=1, created_at=1.0)
    book.add(act)
    for nonce in (5, 6):
        signed = Signed(hash=f"0x{nonce}", nonce=nonce, raw="0x", max_fee=1, tip=1, signed_at=1.0)
        slot = Slot(
            nonce=nonce,
            kind="vote",
            target="0x",
            data="0x",
            gas=1,
            state="pending",
            signed=(signed,),
        )
        if nonce == 5:
            book.sign(slot, [act], 1)
            continue
        with pytest.raises(Exception, match="on its way"):
            book.sign(slot, [act], 1)
    assert not book.is_free(5)
    assert book.is_free(6)


# ---- nodes that lie ---------------------------------------------------------------------


@pytest.fixture
def liar(proxy):
    """A node whose word about counts is off by `liar.off`."""

    def bend(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getTransactionCount":
                answer["result"] = hex(max(0, int(answer["result"], 16) + proxy.off))
        return answers

    proxy.off, proxy.after = 0, bend
    return proxy


@pytest.mark.parametrize("off", [-1, 5])
def test_one_node_lies__after_an_honest_start__nothing_is_accepted(stage, new_relayer, liar, off):
    relayer = new_relayer(liar.url)
    first = post(relayer, stage.leave(stage.members[0]))
    settle(relayer, stage)
    liar.off = off
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[1])) == (503, "behind")
    stage.mine(5)
    relayer.step()
    liar.off = 0
    relayer.step()
    second = post(relayer, stage.leave(stage.members[1]))
    settle(relayer, stage)
    assert said(relayer, first) == said(relayer, second) == ("mined", None)
    assert stage.count() == signed_count(relayer) == 2


@pytest.mark.parametrize("off", [-1, 5])
def test_one_of_two_lies__the_honest_one_is_believed(stage, new_relayer, liar, off):
    relayer = new_relayer(liar.url, stage.url)
    for member in stage.members[:3]:
        posted = post(relayer, stage.leave(member))
        settle(relayer, stage)
        assert said(relayer, posted) == ("mined", None)
        liar.off = off
        stage.mine(5)
        relayer.step()
        assert relayer.parts.conditions.is_well
    assert [slot[0] for slot in slots(relayer)] == [0, 1, 2]


def test_node_lies_while_an_act_is_on_its_way__it_is_not_sent_again(stage, new_relayer, liar):
    relayer = new_relayer(liar.url, stage.url)
    hold_blocks(stage)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    liar.off = 1  # it says that the nonce is used, and has no receipt
    for _ in range(4):
        relayer.step()
    assert (said(relayer, posted)[0], signed_count(relayer)) == ("sent", 1)
    stage.mine()
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert stage.count() == 1


def test_node_swallows_what_it_is_given__another_is_handed_it(stage, new_relayer, proxy):
    kept = []

    def swallow(asked):
        if methods(asked)[-1] != "eth_sendRawTransaction":
            return None
        kept.append(asked[-1]["params"][0])
        return [{"id": 0, "result": "0x7a69"}, {"id": 1, "result": "0x" + "11" * 32}]

    proxy.before = swallow
    relayer = new_relayer(proxy.url, stage.url, rebroadcast_seconds=0.001)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    assert (len(kept), stage.count()) == (1, 0)
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert signed_count(relayer) == 1


def test_node_dead__the_other_one_serves(stage, new_relayer):
    relayer = new_relayer("http://127.0.0.1:9", stage.url)
    posted = post(relayer, stage.leave(stage.members[0]))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)


def test_node_dead__and_no_other__says_so(stage, new_relayer, proxy):
    relayer = new_relayer(proxy.url)
    signed = stage.leave(stage.members[0])
    proxy.before = lambda asked: b""
    assert declined(relayer, signed) == (503, "unreachable")  # before the worker noticed
    relayer.step()
    assert relayer.parts.conditions.parts["chain"] == "unreachable"
    assert declined(relayer, signed) == (503, "unreachable")
    proxy.before = lambda asked: None
    relayer.step()
    assert post(relayer, signed).state == "accepted"


def test_node_of_another_chain__is_not_used(stage, new_relayer, proxy):
    relayer = new_relayer(proxy.url)

    def bend(asked, answers):
        answers[0]["result"] = "0x1"
        return answers

    proxy.after = bend
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[0])) == (503, "wrong_chain")


def test_head_too_old__is_behind(stage, new_relayer, clock):
    relayer = new_relayer(max_head_age=60)
    clock.now = stage.town.now() + 60
    relayer.step()
    assert relayer.parts.conditions.is_well
    clock.wait(1)
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[0])) == (503, "behind")


def test_blocks__deep_enough_and_gone_all_the_same__acts_are_handed_over_again(stage, relayer):
    signed = stage.leave(stage.members[0])
    snapshot = rpc(stage.url, "evm_snapshot")
    posted = post(relayer, signed)
    settle(relayer, stage)
    stage.mine(2)
    relayer.step()
    assert (said(relayer, posted), slots(relayer)[0][1]) == (("mined", None), "final")
    rpc(stage.url, "evm_revert", snapshot)
    stage.mine(3)
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[1])) == (503, "behind")
    for _ in range(3):  # one node alone is believed late
        stage.mine(16)
        relayer.step()
    settle(relayer, stage)
    assert (said(relayer, posted), stage.count()) == (("mined", None), 1)
    assert signed_count(relayer) == 1
    assert post(relayer, stage.leave(stage.members[1])).state == "accepted"


# ---- others with the key ----------------------------------------------------------------


def elsewhere(stage, **fees: str) -> None:
    """The relayer's key used by somebody else, for nothing."""
    call = typed_data.carry(stage.deployment, stage.leave(stage.members[50]))
    nothing = call.model_copy(update={"to": account("nowhere").address, "data": "0x"})
    send_as(stage, stage.payer.address, nothing, **fees)


def test_key_used_elsewhere__while_idle__goes_on_after_it(stage, relayer):
    post(relayer, stage.leave(stage.members[0]))
    settle(relayer, stage)
    elsewhere(stage)
    stage.mine()
    relayer.step()
    assert declined(relayer, stage.leave(stage.members[1])) == (503, "behind")
    stage.mine(2)
    relayer.step()
    posted = post(relayer, stage.leave(stage.members[1]))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert [slot[0] for slot in slots(relayer)] == [0, 2]
    assert "nonce_resyncs_total 1.0" in relayer.parts.metrics.text().decode()


def test_key_used_elsewhere__for_an_act_on_its_way__the_act_is_sent_anew(stage, relayer):
    """The one case of a second signature: the first can never be mined any more."""
    hold_blocks(stage)
    posted = post(relayer, stage.leave(stage.members[0]))
    relayer.step()
    rpc(stage.url, "anvil_dropAllTransactions")
    elsewhere(stage, nonce="0x0")
    stage.mine()
    relayer.step()
    stage.mine(31)
    relayer.step()
    assert said(relayer, posted)[0] == "sent"  # one node alone is believed late
    stage.mine()
    relayer.step()
    stage.mine()
    relayer.step()
    assert said(relayer, posted) == ("mined", None)
    assert [slot[:2] for slot in slots(relayer)] == [(0, "lost"), (1, "mined")]


# ---- one process ------------------------------------------------------------------------


def test_second_relayer__on_the_same_key__does_not_start(relayer, new_relayer, stage):
    with pytest.raises(SettingsError, match=f"Another relayer pays from {stage.payer.address}"):
        new_relayer()


def test_second_relayer__after_the_first__starts(relayer, new_relayer):
    relayer.close()
    new_relayer()


def test_journal__of_another_key__is_not_used(relayer, new_relayer, stage, monkeypatch):
    relayer.close()
    monkeypatch.setattr(type(stage), "payer", account("another payer"))
    with pytest.raises(SettingsError, match="This journal is of account"):
        new_relayer()
