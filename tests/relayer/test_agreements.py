"""Service contracts by signatures alone: opened, gone on with, ended, their money taken out."""

import pytest

from cercle import typed_data
from cercle.agreements import AtCapacity, Ladder, Plan, Rung, Terms
from cercle.loyalty import membership
from cercle.relayer.wire import ActRequest
from tests import agreements as words
from tests.agreements import DAY, LARGE, MEDIUM, SMALL, climb
from tests.client.market import found_market
from tests.client.nodes import rpc

from .acting import declined, post, said, settle
from .stage import ETHER

MINED = ("mined", None)


@pytest.fixture
def market(stage):
    return found_market(stage.town)


@pytest.fixture
def customer(stage, market):
    """The first member: money that the book may take, and no ether."""
    who = stage.members[0]
    rpc(stage.url, "anvil_setBalance", who.address, hex(ETHER))
    market.pay_for(who.address)
    rpc(stage.url, "anvil_setBalance", who.address, "0x0")
    return who


@pytest.fixture
def running(stage, market, customer):
    """Agreement 1, which stops at each plan."""
    rpc(stage.url, "anvil_setBalance", customer.address, hex(ETHER))
    number = market.open(customer.address, rungs=climb(True, True, True), period_cap=1_500)
    rpc(stage.url, "anvil_setBalance", customer.address, "0x0")
    stage.town.pass_time(DAY)
    return number


@pytest.fixture
def ask(stage, market):
    """A customer's message about an agreement, with its terms beside."""

    def _ask(struct, who, number, terms=None, nonce=7, **told):
        told |= {"wallet": who.address, "agreement_id": number}
        told |= {"nonce": nonce, "deadline": stage.soon()}
        message = typed_data.message(stage.deployment, struct, **told)
        return stage.sign(who, message, terms=terms or terms_of(market, number))

    return _ask


@pytest.fixture
def go_on(ask, customer, running):
    return lambda **more: ask("GoOn", customer, running, period=0, limit=60, period_cap=7_000)


@pytest.fixture
def end(ask, customer, running):
    return lambda **more: ask("EndAgreement", customer, running, is_at_once=False, **more)


@pytest.fixture
def withdraw(ask, customer, running):
    def _withdraw(amount=1_000, **more):
        told = {"payee": customer.address, "amount": amount}
        return ask("WithdrawEscrow", customer, running, **told, **more)

    return _withdraw


def terms_of(market, number):
    told = words.as_terms(market.terms[number])
    return Terms.of(told._asdict())


def opening(stage, who, **changes):
    """What a wallet shows of a ladder of three plans."""
    kinds = (AtCapacity.SWITCH, AtCapacity.SWITCH, AtCapacity.STOP)
    rungs = tuple(
        Rung(plan_id=number, plan=Plan(**plan._asdict()), at_capacity=kind)
        for number, (plan, kind) in enumerate(zip((SMALL, MEDIUM, LARGE), kinds, strict=True), 1)
    )
    told = words.ladder(**changes)._asdict() | {"rungs": rungs}
    ladder, until = Ladder(**told), {"nonce": 7, "deadline": stage.soon()}
    message = typed_data.open_agreement(stage.deployment, who.address, ladder, **until)
    return stage.sign(who, message)


def account_of(stage, number):
    return stage.read("Agreements", "account_of", number)


# ---- each of them ---------------------------------------------------------------------


def test_open__signed_by_a_member_without_ether__is_carried(stage, relayer, market, customer):
    before = stage.count(customer.address)
    posted = post(relayer, opening(stage, customer))
    settle(relayer, stage)
    assert said(relayer, posted) == MINED
    assert account_of(stage, 1)["escrow"] == 10_000
    assert stage.count(customer.address) == before


def test_rest__each_message__is_carried_alone(stage, relayer, market, go_on, withdraw, end):
    for signed in (go_on(), withdraw(nonce=8), end(nonce=9)):
        posted = post(relayer, signed)
        settle(relayer, stage)
        assert said(relayer, posted) == MINED, signed.struct
    told = account_of(stage, 1)
    assert (told["has_gone_on"], told["escrow"], told["periods"]) == (True, 9_000, 1)


def test_all__over_http__say_the_same_as_by_hand(relayer, http, market, go_on, end, withdraw):
    """Terms and ladders go through JSON, their large numbers as text."""
    for signed in (go_on(), end(nonce=8), withdraw(nonce=9)):
        answer = http.post("/v1/acts", json=ActRequest.of(signed).model_dump(mode="json"))
        assert answer.status_code < 300, answer.text
        assert answer.json()["struct"] == signed.struct


def test_open__over_http__is_taken(stage, http, market, customer):
    body = ActRequest.of(opening(stage, customer)).model_dump(mode="json")
    assert body["message"]["rungs"][2]["at_capacity"] == "STOP"
    assert http.post("/v1/acts", json=body).status_code < 300


# ---- what protects --------------------------------------------------------------------


@pytest.mark.parametrize("act", ["end", "withdraw"])
def test_way_out__members_budget_is_spent__is_carried(stage, new_relayer, go_on, act, request):
    relayer = new_relayer(per_member=0, per_kind={"EndAgreement": 0, "WithdrawEscrow": 0})
    signed = request.getfixturevalue(act)()
    assert declined(relayer, go_on()) == (429, "budget")
    posted = post(relayer, signed)
    settle(relayer, stage)
    assert said(relayer, posted) == MINED


@pytest.mark.parametrize("act", ["end", "withdraw"])
def test_way_out__the_days_gas_is_spent__takes_the_reserve(stage, new_relayer, act, request):
    signed = request.getfixturevalue(act)()
    relayer = new_relayer(gas_per_day=0)
    assert declined(relayer, stage.ballot(stage.members[1])) == (429, "budget")
    posted = post(relayer, signed)
    settle(relayer, stage)
    assert said(relayer, posted) == MINED


def test_end__behind_others_in_the_queue__goes_first(stage, new_relayer, end):
    relayer = new_relayer(max_in_flight=1, batch_seconds=0.0)
    waiting = [post(relayer, stage.leave(member)) for member in stage.members[1:4]]
    last = post(relayer, end())
    relayer.step()
    assert said(relayer, last)[0] != "accepted"
    assert [said(relayer, one)[0] for one in waiting] == ["accepted"] * 3


def test_end__by_who_has_left_the_brand__is_carried(stage, relayer, customer, go_on, end):
    rpc(stage.url, "anvil_setBalance", customer.address, hex(ETHER))
    stage.town.send(membership.leave(stage.deployment), customer.address)
    assert declined(relayer, go_on()) == (403, "not_a_member")
    posted = post(relayer, end())
    settle(relayer, stage)
    assert said(relayer, posted) == MINED


def test_withdraw__bit_by_bit__ends_somewhere(new_relayer, stage, withdraw):
    relayer = new_relayer(protective_per_member=2)
    for nonce in (1, 2):
        post(relayer, withdraw(1, nonce=nonce))
    assert declined(relayer, withdraw(1, nonce=3)) == (429, "budget")


def test_end__a_second_time__is_told_why(stage, relayer, end):
    post(relayer, end())
    settle(relayer, stage)
    assert declined(relayer, end(nonce=8)) == (409, "agreement_ends_already")
