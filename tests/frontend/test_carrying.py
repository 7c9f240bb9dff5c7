"""Acts that are only signed: what is asked, who carries it, and the way out when nobody does."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cercle import typed_data
from cercle.acts import Act
from cercle.calls import Call
from cercle.chain import Fate, Followed
from cercle.errors import (
    NonceUsed,
    NoVoice,
    RelayerBudget,
    RelayerMisbehaved,
    RelayerRefused,
    RelayerUnreachable,
    SignatureExpired,
    StaleBallot,
)
from cercle.flags import PollKind, Support
from cercle.relayer.client import ActStatus, Terms
from cercle.typed_data import SignedMessage
from frontend import carrying, services
from frontend.components.wallet.requests import Fault, Request, State, Store
from frontend.testing import fakes
from frontend.testing.agreements import TOKEN
from frontend.wallet import words
from frontend.wallet.activity import look, sentence_of

SIGNATURE = "0x" + "1b" * 65
TX = "0x" + "cd" * 32
MESSAGE = typed_data.cancel(fakes.DEPLOYMENT, fakes.MEMBER, 7, 2**33)
SIGNED = SignedMessage(message=MESSAGE, signature=SIGNATURE)
CALL = Call(to=fakes.GATE, data="0x", contract="Perks", function="cancel")
ACT = Act(CALL, lambda chain, account: MESSAGE, "Cancel")


@pytest.fixture
def relayer(community) -> fakes.FakeCarrier:
    community.relayer = fakes.FakeCarrier()
    return community.relayer


def answered(signature: str = SIGNATURE) -> Request:
    """A request that the wallet has signed just now."""
    return Request(
        id="1", method="eth_signTypedData_v4", params=[], label="Give it back.",
        sender=fakes.MEMBER, kind="carry_cancel", chain_id=31_337, state=State.ANSWERED,
        result=signature, meta={"act": ACT, "message": MESSAGE, "alone": "Give it back."},
    )  # fmt: skip


# ---- what the wallet is asked --------------------------------------------------------


def test_act__with_a_carrier__is_only_signed(show, wallet, relayer):
    app = show("card")
    app.button(key="card_leave").click().run()
    assert wallet.sent == []
    act, _, label = wallet.carried[0]
    assert (act.struct, label) == ("Leave", "Leave. Your points, number and standing stay yours.")


def test_act__nobody_carries_it__is_sent(show, wallet, community, relayer):
    relayer.carries = lambda struct: False
    app = show("card")
    app.button(key="card_leave").click().run()
    assert wallet.carried == []
    assert len(wallet.sent) == 1


def test_act__would_be_refused__is_not_even_signed(show, wallet, community, relayer):
    community.refusal = NoVoice()
    app = show("card")
    app.button(key="card_leave").click().run()
    assert (wallet.sent, wallet.carried) == ([], [])


def test_fee__paid_by_the_member__is_sent(show, wallet, community, relayer, monkeypatch):
    monkeypatch.setattr(carrying, "is_alone", lambda: True)
    app = show("card")
    app.button(key="card_leave").click().run()
    assert wallet.carried == []
    assert len(wallet.sent) == 1


# ---- handing over ---------------------------------------------------------------------


@pytest.fixture
def hand_over(monkeypatch, community):
    monkeypatch.setattr(services, "community", lambda: community)
    return services.hand_over


def test_hand_over__signed__is_with_the_carrier(hand_over, relayer):
    request = answered()
    hand_over(request)
    assert relayer.handed == [SIGNED]
    assert (request.carried, request.fate) == ("act-1", Fate.PENDING)
    assert sentence_of(request) == words.CARRIED


@pytest.mark.parametrize("refusal", [RelayerUnreachable(), RelayerBudget(), StaleBallot()])
def test_hand_over__not_taken__says_why_and_nothing_is_pending(hand_over, relayer, refusal):
    relayer.refusal = refusal
    request = answered()
    hand_over(request)
    assert (request.state, request.fault) == (State.FAILED, Fault(-5, "carrier"))
    assert request.reason
    assert not request.is_pending
    assert sentence_of(request) == words.NOT_CARRIED


def test_hand_over__carrier_gone_meanwhile__says_so(hand_over, community):
    request = answered()
    hand_over(request)
    assert sentence_of(request) == words.NOT_CARRIED


def test_hand_over__what_is_no_signature__is_not_handed(hand_over, relayer):
    request = answered("0xzz")
    hand_over(request)
    assert relayer.handed == []
    assert request.state is State.FAILED


def test_hand_over__declined__stays_declined(hand_over, relayer):
    request = answered()
    request.state = State.FAILED
    hand_over(request)
    assert relayer.handed == []


# ---- the member, alone --------------------------------------------------------------------


@pytest.fixture
def send_alone(monkeypatch, community, hand_over, relayer):
    """A hand-over that seemed to fail, then the member's own press; what the wallet was asked."""
    relayer.refusal = RelayerUnreachable()
    mine = fakes.FakeWallet(fakes.MEMBER)
    monkeypatch.setattr(services, "wallet", lambda: mine)

    def press(request: Request) -> list[Call]:
        hand_over(request)
        services.send_alone(request)
        return [call for call, _, _ in mine.sent]

    return press


def test_send_alone__what_was_signed_is_good__sends_just_that(send_alone):
    """The relayer may have it after all: then the contract refuses one of the two."""
    assert send_alone(answered()) == [typed_data.carry(fakes.DEPLOYMENT, SIGNED)]


def test_send_alone__what_was_signed_has_expired__sends_the_act(send_alone, monkeypatch, community):
    late = fakes.HEAD.model_copy(update={"timestamp": 2**33 + 1})
    monkeypatch.setattr(community, "head", lambda: late)
    assert send_alone(answered()) == [CALL]


def test_send_alone__ballot_without_an_end__sends_just_that(send_alone):
    ballot = typed_data.governor_ballot(
        fakes.DEPLOYMENT, fakes.MEMBER, proposal_id=7, support=Support.IN_FAVOUR
    )
    signed, request = SIGNED.model_copy(update={"message": ballot}), answered()
    request.meta["message"] = ballot
    assert send_alone(request) == [typed_data.carry(fakes.DEPLOYMENT, signed)]


def test_send_alone__nothing_usable_was_signed__sends_the_act(send_alone):
    assert send_alone(answered("0xzz")) == [CALL]


def test_send_alone__carried_after_all__says_so_and_sends_nothing(send_alone, community):
    community.refusal = NonceUsed()
    request = answered()
    assert send_alone(request) == []
    assert request.reason.startswith("It was sent after all")


# ---- following ------------------------------------------------------------------------


class Chain:
    """A chain that has what the test says."""

    def __init__(self, fate: Fate = Fate.PENDING, receipt: dict | None = None) -> None:
        self.followed = Followed(fate=fate, tx_hash=TX, receipt=receipt or {"logs": []}, block=9)
        self.now, self.asked = 5, []

    def follow_carried(self, *asked: object) -> Followed:
        self.asked.append(asked)
        return self.followed

    def forget_head(self) -> None:
        pass

    def head(self, *, fresh: bool = False):
        return fakes.HEAD.model_copy(update={"timestamp": self.now, "number": 9})


class Client:
    url = "http://relayer"

    def __init__(self, **told: object) -> None:
        self.told = ActStatus.model_validate({"id": "a", "state": "accepted", **told})

    def status(self, number: str) -> ActStatus:
        return self.told


def carrier(chain: Chain, **told: object) -> carrying.LiveCarrier:
    made = carrying.LiveCarrier("http://relayer", chain, fakes.DEPLOYMENT)
    made.client = Client(**told)
    return made


def test_look__accepted__is_pending():
    assert carrier(Chain()).look("a", SIGNED) == carrying.Look()


def test_look__said_to_be_mined_and_is__is_done():
    chain = Chain(Fate.MINED)
    seen = carrier(chain, state="mined", tx=TX).look("a", SIGNED)
    assert (seen.fate, seen.tx_hash, seen.block) == (Fate.MINED, TX, 9)
    ((tx, contract, is_carried),) = chain.asked
    assert (tx, contract) == (TX, fakes.ESCROW)
    data = typed_data.carry(fakes.DEPLOYMENT, SIGNED).data
    assert [is_carried(told) for told in (data, data + "00")] == [True, False]


def test_look__said_to_be_mined_and_the_chain_knows_nothing__is_pending():
    seen = carrier(Chain(), state="mined", tx=TX).look("a", SIGNED)
    assert seen.fate is Fate.PENDING


def test_look__another_transaction_than_ours__is_foreign():
    seen = carrier(Chain(Fate.FOREIGN), state="mined", tx=TX).look("a", SIGNED)
    assert seen.fate is Fate.FOREIGN


def test_look__refused__says_the_contracts_reason():
    seen = carrier(Chain(), state="refused", refusal="stale_ballot").look("a", SIGNED)
    assert seen.fate is Fate.REVERTED
    assert isinstance(seen.refusal, StaleBallot)


def test_look__past_its_deadline__is_over():
    chain = Chain()
    chain.now = 2**33 + 1
    assert carrier(chain).look("a", SIGNED).fate is Fate.REVERTED


def test_look__carrier_silent__keeps_looking():
    kept = Store()
    request = answered()
    request.carried, request.fate, request.meta["signed"] = "a", Fate.PENDING, SIGNED
    kept.requests["1"] = request
    silent = fakes.FakeCarrier()

    def nothing(number: str, signed: SignedMessage) -> carrying.Look:
        raise RelayerUnreachable()

    silent.look = nothing
    with pytest.raises(RelayerUnreachable):
        look(kept, Chain(), str, silent)
    assert request.is_pending


class Silent(Client):
    """A relayer that does not say what became of it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def status(self, number: str) -> ActStatus:
        raise self.error


@pytest.mark.parametrize("error", [RelayerUnreachable(), RelayerMisbehaved(), RelayerBudget()])
def test_look__carrier_silent_past_the_deadline__is_over(error):
    chain = Chain()
    silent = carrier(chain)
    silent.client = Silent(error)
    with pytest.raises(type(error)):
        silent.look("a", SIGNED)
    chain.now = 2**33 + 1
    seen = silent.look("a", SIGNED)
    assert (seen.fate, type(seen.refusal)) == (Fate.REVERTED, SignatureExpired)


@pytest.mark.parametrize("error", [RelayerRefused(), StaleBallot()])
def test_look__carrier_knows_of_no_such_act__is_over(error):
    lost = carrier(Chain())
    lost.client = Silent(error)
    assert lost.look("a", SIGNED) == carrying.Look(Fate.REVERTED, refusal=error)


def test_look__carrier_silent__what_was_sent_alone_is_followed(monkeypatch):
    kept = Store()
    lost, alone = answered(), answered()
    lost.carried, lost.fate, lost.meta["signed"] = "a", Fate.PENDING, SIGNED
    alone.method, alone.call, alone.result, alone.fate = (
        *("eth_sendTransaction", CALL, TX),
        Fate.PENDING,
    )
    kept.requests |= {"1": lost, "2": alone}
    chain = Chain(Fate.MINED)
    chain.follow = chain.follow_carried
    silent = carrier(chain)
    silent.client = Silent(RelayerUnreachable())
    assert look(kept, chain, str, silent)
    assert (lost.fate, alone.fate) == (Fate.PENDING, Fate.MINED)


def test_show__carrier_silent__member_may_send_it_alone():
    def page() -> None:
        import streamlit as st

        from cercle.chain import Fate
        from frontend.components.wallet.requests import Request, State, Store
        from frontend.wallet.activity import show

        lost = Request(
            id="1", method="eth_signTypedData_v4", params=[], label="Leave.", sender="0x",
            kind="carry_leave", chain_id=1, state=State.ANSWERED, carried="a", fate=Fate.PENDING,
        )  # fmt: skip
        pressed = st.session_state.setdefault("pressed", [])
        alone = lambda request: pressed.append(request.id)  # noqa: E731
        for is_answering in (True, False):
            show(Store(requests={"1": lost}), str, is_answering=is_answering, alone=alone)

    app = AppTest.from_function(page).run()
    (button,) = app.button  # none while somebody says how it stands
    button.click().run()
    assert app.session_state["pressed"] == ["1"]


def test_offered__other_chain__is_nothing():
    class Elsewhere:
        url = "http://elsewhere"

        def terms(self) -> Terms:
            return Terms(chain_id=1, relayer=fakes.MEMBER, structs=("Ballot",))

    assert carrying._offered("http://elsewhere", Elsewhere(), 31_337).structs == ()
    assert carrying._offered("http://here", Elsewhere(), 1).structs == ("Ballot",)


class Bearer:
    """A relayer that carries permits of one token."""

    url = "http://permits"

    def terms(self) -> Terms:
        told = {"structs": ("TokenPermit",), "tokens": {TOKEN: 5}}
        return Terms(chain_id=fakes.DEPLOYMENT.chain_id, relayer=fakes.MEMBER, **told)


def test_carries__permit__only_of_the_tokens_that_are_told():
    carrier = carrying.LiveCarrier(Bearer.url, None, fakes.DEPLOYMENT)
    carrier.client = Bearer()
    assert carrier.carries("TokenPermit", TOKEN)
    assert not carrier.carries("TokenPermit", fakes.GATE)
    assert not carrier.carries("Ballot")


def test_will_carry__permit_of_another_token__is_sent(relayer):
    act = Act(CALL, lambda chain, account: MESSAGE, "TokenPermit", token=TOKEN)
    assert not carrying.will_carry(relayer, act)
    relayer.tokens.add(TOKEN)
    assert carrying.will_carry(relayer, act)


# ---- several answers --------------------------------------------------------------------


def test_vote__approval__sends_all_that_is_ticked(show, wallet, community):
    poll = community.poll_views[0].model_copy(update={"kind": PollKind.APPROVAL, "has_voice": True})
    community.poll_views = (poll,)
    app = show("votes")
    app.checkbox(key="votes_choice_2_1").check()
    app.checkbox(key="votes_choice_2_3").check()
    app.button(key="votes_vote_2").click().run()
    assert community.built == [("vote", 2, 1, 3)]


def test_vote__approval_of_none__is_an_answer(show, wallet, community):
    poll = community.poll_views[0].model_copy(update={"kind": PollKind.APPROVAL, "has_voice": True})
    community.poll_views = (poll,)
    app = show("votes")
    app.button(key="votes_vote_2").click().run()
    assert community.built == [("vote", 2)]
    assert "none of these" in wallet.sent[0][1]
