"""What a relayer refuses of service contracts: strangers, others' terms, words that are none."""

import pytest

from cercle import typed_data
from cercle.relayer.wire import ActRequest
from tests.agreements import GRACE, PERIOD, PLAN_WORDS, SMALL

from .acting import declined, post, said, settle
from .stage import account
from .test_agreements import (
    MINED,
    account_of,
    ask,
    customer,
    end,
    market,
    opening,
    running,
    terms_of,
    withdraw,
)

__all__ = ["ask", "customer", "end", "market", "running", "withdraw"]  # fixtures

# ---- whose, and under which terms --------------------------------------------------------


def test_open__by_a_stranger__is_not_carried(stage, relayer, market):
    assert declined(relayer, opening(stage, account("a stranger to the brand"))) == (
        *(403, "not_a_member"),
    )


def test_end__of_anothers_agreement__is_refused(stage, relayer, ask, running):
    signed = ask("EndAgreement", stage.members[1], running, is_at_once=False)
    assert declined(relayer, signed) == (409, "not_the_customer")


def test_end__under_other_terms__is_refused(stage, relayer, market, running, ask, customer):
    terms = terms_of(market, running)
    other = terms.model_copy(update={"period_cap": terms.period_cap - 1})
    signed = ask("EndAgreement", customer, running, other, is_at_once=False)
    assert declined(relayer, signed) == (409, "other_terms")


def test_end__without_terms__is_malformed(relayer, end):
    signed = end().model_copy(update={"terms": None})
    assert declined(relayer, signed) == (400, "malformed")


def test_end__terms_got_better_meanwhile__is_refused_and_signed_anew(
    stage, new_relayer, market, running, end
):
    relayer = new_relayer()
    posted = post(relayer, end())
    market.provide("revise_plan", 1, 1, SMALL._replace(base_price=900), PLAN_WORDS)
    market.act("poke", running, sender=stage.town.outsider)
    settle(relayer, stage)
    assert said(relayer, posted) == ("refused", "other_terms")
    again = post(relayer, end(nonce=8))
    settle(relayer, stage)
    assert said(relayer, again) == MINED


def test_withdraw__once_it_is_over__pays_all_that_is_left(stage, relayer, market, end, withdraw):
    post(relayer, end())
    settle(relayer, stage)
    stage.town.pass_time(PERIOD + GRACE)
    posted = post(relayer, withdraw(9_000, nonce=8))
    settle(relayer, stage)
    assert said(relayer, posted) == MINED
    assert account_of(stage, 1)["escrow"] == 0


def test_open__does_what_no_ladder_does__is_malformed(stage, relayer, customer):
    """Signed as it stands: no contract reads such a message."""
    signed = opening(stage, customer)
    told = signed.message.message
    rungs = [told["rungs"][0] | {"at_capacity": "PAUSE"}, *told["rungs"][1:]]
    message = typed_data.message(stage.deployment, "OpenAgreement", **(told | {"rungs": rungs}))
    assert declined(relayer, stage.sign(customer, message)) == (400, "malformed")


# ---- bad input ----------------------------------------------------------------------------


@pytest.fixture
def send(http):
    """What comes of a body: the status, and the word."""

    def _send(body):
        answer = http.post("/v1/acts", json=body)
        return answer.status_code, answer.json().get("code")

    return _send


@pytest.mark.parametrize(
    "changes",
    [
        {"passport_id": -1},
        {"lowest": 2**256},
        {"meter": "0x12"},
        {"rungs": [{}]},
        {"period": "soon"},
        {"rungs": [{"plan_id": 2**24, "plan": SMALL._asdict()}]},
        {"rungs": [{"plan_id": 1, "plan": SMALL._asdict() | {"base_price": 2**88}}]},
        {"rungs": [{"plan_id": 1, "plan": SMALL._asdict()}] * 7},
    ],
    ids=str,
)
def test_terms__that_no_contract_has__are_refused(send, end, changes):
    body = ActRequest.of(end()).model_dump(mode="json")
    body["terms"] |= changes
    assert send(body) == (400, "malformed")


@pytest.mark.parametrize(
    "change",
    [
        *({"at_capacity": word} for word in ("", "stop", "S" * 17, 7, None)),
        *({"plan": "STOP"}, {"capacity": -1}, {"base_price": 2**256}, {"more": 1}),
    ],
    ids=str,
)
def test_ladder__with_a_rung_that_is_none__is_malformed(stage, send, customer, change):
    body = ActRequest.of(opening(stage, customer)).model_dump(mode="json")
    body["message"]["rungs"][0] |= change
    assert send(body) == (400, "malformed")
