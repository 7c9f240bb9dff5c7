"""Contract wallets that burn, flood or stall: at their own cost, and nobody else's."""

import pytest

from cercle import typed_data
from cercle.errors import NodeUnreachable
from cercle.typed_data import SignedMessage
from tests.client.nodes import rpc

from .acting import declined, post, said, settle
from .stage import account

YES = "0x7f1626ba7e" + "00" * 28 + "60005260206000f3"
BURNS = "0x5b600056"  # for ever
BREAKS = "0xfe"
FLOODS = "0x7f1626ba7e" + "00" * 28 + "60005261fe006000f3"  # yes, and 65,024 bytes of nothing
WALLET = account("contract wallet").address


@pytest.fixture
def register(stage):
    """A newcomer that is a contract signs for a passport."""

    def sign(code: str, nonce: int = 1, invitation: int = 7) -> SignedMessage:
        rpc(stage.url, "anvil_setCode", WALLET, code)
        message = typed_data.register(stage.deployment, WALLET, nonce=nonce, deadline=stage.soon())
        slip = stage.invitation(invitation)
        return SignedMessage(message=message, signature="0x11", invitation=slip)

    return sign


@pytest.mark.parametrize("code", [BURNS, BREAKS, "0x", "0x600556"])
def test_wallet__that_runs_out_or_breaks__has_not_signed(stage, relayer, register, code):
    assert declined(relayer, register(code)) == (422, "not_signed")
    assert relayer.parts.chain._resting == {}  # no node's fault


def test_wallets_of_strangers__are_given_no_more_gas_than_an_act(stage, new_relayer, proxy):
    asked = []
    proxy.before = lambda batch: asked.extend(batch)
    relayer = new_relayer(proxy.url, gas_caps={"Register": 500_000})
    post(relayer, new := register_of(stage))
    foreign = [
        one["params"][0]
        for one in asked
        if one["method"] in ("eth_call", "eth_estimateGas")
        and one["params"][0].get("to") in (WALLET, stage.deployment.address("Passport"))
    ]
    assert {one["gas"] for one in foreign} == {hex(500_000)}
    assert new.message.actor == WALLET


def register_of(stage) -> SignedMessage:
    rpc(stage.url, "anvil_setCode", WALLET, YES)
    message = typed_data.register(stage.deployment, WALLET, nonce=1, deadline=stage.soon())
    return SignedMessage(message=message, signature="0x11", invitation=stage.invitation())


def test_wallet__that_floods__is_not_remembered(stage, relayer, register):
    signed = register(FLOODS)
    assert declined(relayer, signed.model_copy(update={"invitation": None}))[0] == 403
    kept = relayer.parts.chain._cache._values.values()
    assert max(len(one) for one in kept if isinstance(one, bytes)) < 4_096


def test_wallet__that_burns_once_it_was_taken__is_dropped_and_stops_no_other(
    stage, relayer, register
):
    posted = post(relayer, register(YES))
    other = post(relayer, stage.leave(stage.members[0]))
    rpc(stage.url, "anvil_setCode", WALLET, BURNS)
    settle(relayer, stage)
    assert said(relayer, posted) == ("refused", "not_signed_by_them")
    assert said(relayer, other) == ("mined", None)


def test_act__that_no_node_gets_done_with__stops_no_other(stage, relayer, register, monkeypatch):
    posted = post(relayer, register(YES))
    simulate = relayer.parts.chain.simulate
    tried = []

    def stall(call, *rest, **more):
        if call.function == "register_by_signature":
            tried.append(call)
            raise NodeUnreachable("The node is too slow.")
        return simulate(call, *rest, **more)

    monkeypatch.setattr(relayer.parts.chain, "simulate", stall)
    others = [post(relayer, stage.leave(member)) for member in stage.members[:3]]
    settle_all(relayer, stage)
    assert {said(relayer, one) for one in others} == {("mined", None)}
    assert said(relayer, posted)[0] == "accepted"  # and is tried again, more and more rarely
    assert len(tried) == 1


def settle_all(relayer, stage):
    for _ in range(3):
        relayer.step()
        stage.mine()


def test_invitation__whose_acts_fail_and_fail__is_worth_a_members_budget(
    stage, new_relayer, register
):
    """Each in another wallet's name: it is the invitation that somebody paid for."""
    relayer = new_relayer(per_member=2)
    invitation = stage.invitation()
    for number in (1, 2):
        newcomer = account(f"newcomer {number}")
        posted = post(relayer, stage.register(newcomer, invitation))
        relayer.parts.book.settle(posted.id, "failed", "reverted", 1.0)
    third = stage.register(account("newcomer 3"), invitation)
    assert declined(relayer, third) == (429, "budget")
    assert post(relayer, stage.register(account("newcomer 3"), stage.invitation(8)))
