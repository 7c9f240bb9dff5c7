"""What is told about a transaction: the chain's word, in time, and never more than it said."""

from __future__ import annotations

import pytest

from cercle.calls import Call
from cercle.chain import Fate, Followed
from cercle.errors import NodeUnreachable, Refused
from cercle.models import Head
from frontend.components.wallet.requests import (
    ALREADY_OPEN,
    DISCONNECTED,
    EXPIRED,
    OTHER_ACCOUNT,
    OTHER_CHAIN,
    OVERTAKEN,
    REJECTED,
    Fault,
    Orphan,
    Request,
    State,
    Store,
)
from frontend.wallet import words
from frontend.wallet.activity import is_pending, look, sentence_of

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
HASH = "0x" + "ab" * 32
CALL = Call(to=ACCOUNT, data="0x12", contract="Perks", function="claim")


class FakeChain:
    """A chain that says what the test says."""

    def __init__(self) -> None:
        self.followed = Followed(fate=Fate.PENDING, tx_hash=HASH)
        self.number, self.count = 10, 0
        self.refusal: Exception | None = None
        self.asked: list[tuple[object, ...]] = []
        self.replayed: list[tuple[object, ...]] = []

    def follow(self, *asked: object) -> Followed:
        self.asked.append(asked)
        return self.followed

    def replay(self, call: Call, sender: str, block: int) -> None:
        self.replayed.append((call, sender, block))
        if self.refusal is not None:
            raise self.refusal

    def nonce(self, account: str) -> int:
        return self.count

    def head(self, *, fresh: bool = False) -> Head:
        assert fresh
        time = {"timestamp": 1, "time": "1970-01-01T00:00:01Z"}
        return Head.model_validate({"number": self.number, "hash": HASH, **time})


@pytest.fixture
def chain() -> FakeChain:
    return FakeChain()


@pytest.fixture
def request_() -> Request:
    return Request(
        id="one",
        method="eth_sendTransaction",
        params=[],
        label="Claim",
        sender=ACCOUNT,
        kind="claim",
        chain_id=31_337,
        call=CALL,
        state=State.ANSWERED,
        result=HASH,
        fate=Fate.PENDING,
    )


@pytest.fixture
def store(request_: Request) -> Store:
    return Store(requests={"one": request_}, chain_id=31_337)


def test_look__pending__goes_on(store: Store, chain: FakeChain, request_: Request) -> None:
    chain.followed = Followed(fate=Fate.PENDING, tx_hash=HASH, nonce=7)
    assert not look(store, chain, str)
    assert is_pending(store)
    look(store, chain, str)
    assert chain.asked == [(HASH, ACCOUNT, CALL, None), (HASH, ACCOUNT, CALL, 7)]


def test_look__mined__ends(store: Store, chain: FakeChain, request_: Request) -> None:
    chain.followed = Followed(fate=Fate.MINED, tx_hash=HASH, block=10)
    assert look(store, chain, str)
    assert not is_pending(store)
    assert sentence_of(request_) == words.MINED


def test_look__mined_beyond_the_head_that_pages_read__waits_for_it(
    store: Store, chain: FakeChain
) -> None:
    chain.followed = Followed(fate=Fate.MINED, tx_hash=HASH, block=11)
    assert not look(store, chain, str)
    assert is_pending(store)
    chain.number = 11
    assert look(store, chain, str)


def test_look__refused_on_chain__asks_why(
    store: Store, chain: FakeChain, request_: Request
) -> None:
    chain.followed = Followed(fate=Fate.REVERTED, tx_hash=HASH, block=10)
    chain.refusal = Refused("Sold out.")
    assert look(store, chain, lambda error: f"« {error} »")
    assert (sentence_of(request_), request_.reason) == (words.REVERTED, "« Sold out. »")
    assert chain.replayed == [(CALL, ACCOUNT, 10)]


@pytest.mark.parametrize("refusal", [None, NodeUnreachable("gone")])
def test_look__refused_and_nobody_says_why__says_that_much(
    store: Store, chain: FakeChain, request_: Request, refusal: Exception | None
) -> None:
    chain.followed = Followed(fate=Fate.REVERTED, tx_hash=HASH, block=10)
    chain.refusal = refusal
    assert look(store, chain, str)
    assert request_.reason == ""


@pytest.mark.parametrize(
    ("fate", "sentence"),
    [(Fate.REPLACED, words.REPLACED), (Fate.FOREIGN, words.FOREIGN)],
)
def test_look__not_what_was_asked__is_told(
    store: Store, chain: FakeChain, request_: Request, fate: Fate, sentence: str
) -> None:
    chain.followed = Followed(fate=fate, tx_hash=HASH)
    assert look(store, chain, str)
    assert sentence_of(request_) == sentence


def test_look__orphan__is_watched_until_its_account_moves(chain: FakeChain) -> None:
    orphan = Orphan(id="old", label="Claim", sender=ACCOUNT, nonce=3, tx_hash=None)
    store = Store(orphans={"old": orphan}, chain_id=31_337)
    chain.count = 3
    assert not look(store, chain, str)
    chain.count = 4
    assert look(store, chain, str)
    assert not is_pending(store)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(REJECTED, "wallet"), words.REJECTED),
        (Fault(REJECTED, "page"), words.CANCELLED),
        (Fault(REJECTED, "switch"), words.SWITCH_DECLINED),
        (Fault(EXPIRED, "check"), words.EXPIRED),
        (Fault(OVERTAKEN, "check"), words.CANCELLED),
        (Fault(OTHER_ACCOUNT, "check"), words.OTHER_ACCOUNT),
        (Fault(OTHER_CHAIN, "switch"), words.OTHER_CHAIN),
        (Fault(ALREADY_OPEN, "wallet"), words.ALREADY_OPEN),
        (Fault(DISCONNECTED, "check"), words.DISCONNECTED),
        (Fault(-32603, "wallet"), words.FAILED),
    ],
)
def test_sentence_of__each_fault__has_its_own(
    request_: Request, fault: Fault, sentence: str
) -> None:
    request_.state, request_.fate, request_.fault = State.FAILED, None, fault
    assert sentence_of(request_) == sentence
