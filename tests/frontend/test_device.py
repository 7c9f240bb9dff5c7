"""This device instead of a wallet: offered where it can be, and never sent where it only signs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cercle.errors import NodeUnreachable, RelayerBudget, RelayerError, RelayerUnreachable
from cercle.slips import Invitation
from frontend import carrying, device, refusals, services
from frontend import settings as told
from frontend.components.passkey import route
from frontend.components.wallet import bridge
from frontend.components.wallet.requests import Fault, Request, State
from frontend.settings import Settings
from frontend.testing import fakes
from frontend.wallet import words
from frontend.wallet.activity import sentence_of

INVITATION = Invitation(inviter=fakes.PERSON, nonce=7, deadline=2**33, signature="0x" + "12" * 65)


@pytest.fixture
def relayer(community) -> fakes.FakeCarrier:
    community.relayer = fakes.FakeCarrier()
    return community.relayer


@pytest.fixture
def passkey(monkeypatch) -> fakes.FakeWallet:
    """A member's account that only signs."""
    mine = fakes.FakeWallet(fakes.MEMBER, signs_only=True)
    monkeypatch.setattr(services, "wallet", lambda: mine)
    return mine


def texts(app) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption, *app.warning])


# ---- for somebody without a wallet ----------------------------------------------------


def test_card__no_wallet_and_a_device_that_can__offers_it(show, wallet, monkeypatch):
    wallet.account = None
    monkeypatch.setattr(services, "has_device", lambda: True)
    app = show("card")
    assert "No wallet? This device is enough" in texts(app)
    assert "For a new account you need an invitation" in texts(app)
    app.button(key="card_device").click().run()
    assert app.session_state[bridge.STORE].wish["rdns"] == "cercle.passkey"


def test_card__no_wallet_but_an_invitation__asks_for_no_other(show, wallet, monkeypatch):
    wallet.account = None
    monkeypatch.setattr(services, "has_device", lambda: True)
    app = show("card", invitation=INVITATION.as_text())
    assert "you need an invitation" not in texts(app)


def test_card__device_cannot__shows_no_dead_button(show, wallet, monkeypatch):
    wallet.account = None
    monkeypatch.setattr(services, "has_device", lambda: False)
    app = show("card")
    assert not [button for button in app.button if button.key == "card_device"]


# ---- what only signs ------------------------------------------------------------------


def test_act__signs_only_and_nobody_carries__is_refused_in_words(show, passkey):
    app = show("card")
    app.button(key="card_leave").click().run()
    assert (passkey.sent, passkey.carried) == ([], [])
    assert "Your account only signs, and nobody sends this for you here." in texts(app)


def test_act__signs_only__is_carried_whoever_was_to_pay(show, passkey, relayer, monkeypatch):
    monkeypatch.setattr(carrying, "is_alone", lambda: True)
    app = show("card")
    app.button(key="card_leave").click().run()
    assert passkey.sent == []
    assert passkey.carried[0][0].struct == "Leave"


def test_fee__signs_only__is_no_question(show, passkey, relayer):
    app = show("card")
    assert not [one for one in app.toggle if one.key == "card_fee"]


# ---- who pays for a stranger ----------------------------------------------------------


def test_register__invited__is_carried_on_the_invitation(show, wallet, relayer):
    wallet.account = fakes.STRANGER
    app = show("card", invitation=INVITATION.as_text())
    assert "It costs you nothing: the brand pays, on your invitation." in texts(app)
    app.button(key="card_register").click().run()
    act, _, _ = wallet.carried[0]
    assert (act.struct, act.invitation) == ("Register", INVITATION)


def test_register__not_invited__is_sent(show, wallet, relayer):
    wallet.account = fakes.STRANGER
    app = show("card")
    assert "your wallet shows the network's fee" in texts(app)
    app.button(key="card_register").click().run()
    assert wallet.carried == []
    assert len(wallet.sent) == 1


# ---- words ----------------------------------------------------------------------------


@pytest.mark.parametrize("error", [RelayerUnreachable(), RelayerBudget(), RelayerError()])
def test_say_signer__not_carried__names_no_way_that_is_none(error):
    assert "send it yourself" in refusals.sentence(type(error)).lower()
    assert "yourself" not in refusals.say_signer(error, "en")


def test_sentence_of__asked_to_send__says_that_it_signs_only():
    asked = Request(
        id="1", method="eth_sendTransaction", params=[], label="", sender=fakes.MEMBER, kind="",
        chain_id=31_337, state=State.FAILED, fault=Fault(4200, "wallet"),
    )  # fmt: skip
    assert sentence_of(asked) == words.UNSUPPORTED


# ---- whether it can -------------------------------------------------------------------

RELAYED = Settings(relayer_url="http://127.0.0.1:1", public_url="https://club.example")
CHAIN = SimpleNamespace(head=lambda: fakes.HEAD, read=lambda reads, head: [True])


@pytest.fixture
def look(monkeypatch):
    """Ask on a server with these settings, its route mounted or not, over a chain."""
    device._is_supported.clear()

    def ask(settings=RELAYED, *, mounted=True, chain=CHAIN, invitation=None):
        monkeypatch.setattr(told, "_current", settings)
        monkeypatch.setattr(route, "_mounted", mounted)
        return device.device(chain, fakes.DEPLOYMENT, "Delta", invitation)

    yield ask
    device._is_supported.clear()


def test_device__all_is_there__is_told_what_it_needs(look):
    found = look(invitation=INVITATION)
    assert found.script == "/passkey/passkey.js"
    assert dict(found.told) == {
        "site": "club.example",
        "origin": "https://club.example",
        "brand": "Delta",
        "place": f"31337.{fakes.GATE}",
        "invitation": INVITATION.as_text(),
    }


def test_device__nobody_carries__is_no_question(look):
    assert look(Settings(public_url="https://club.example")) is None


def test_device__no_factory__cannot(look):
    assert look(mounted=False).script is None


def test_device__chain_cannot_check__cannot(look):
    never = SimpleNamespace(head=lambda: fakes.HEAD, read=lambda reads, head: [False])
    assert look(chain=never).script is None


def test_device__no_node_answers__is_no_question(look):
    def fail():
        raise NodeUnreachable("no node")

    assert look(chain=SimpleNamespace(head=fail)) is None
