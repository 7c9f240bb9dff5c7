"""The till: a code is tried and its call prepared; each refusal is the contract's own."""

import pytest

from cercle.calls import Call
from cercle.loyalty import perks
from cercle.slips import RedeemCode

from .asking import no


@pytest.fixture
def redeem(stage, till):
    def ask(code, by=None):
        return till.post("/v1/redeem", {"code": code, "till": by or stage.till})

    return ask


def test_redeem__good_code__prepares_the_call_that_the_till_sends(stage, till, redeem):
    claim_id = stage.claim(0)
    answer = redeem(stage.code(claim_id)).json()
    assert (answer["claim"]["id"], answer["claim"]["state"]) == (str(claim_id), "claimed")
    assert answer["perk"] == {"fr": "Coffee (fr)", "en": "Coffee"}
    assert answer["variant"] == {"fr": "Simple", "en": "Plain"}
    call = answer["call"]
    assert (call["chain_id"], call["sender"], call["value"]) == (31_337, stage.till, "0")
    assert call["to"] == stage.deployment.address("Perks")
    sent = Call(to=call["to"], data=call["data"], contract="Perks", function="redeem")
    stage.act(sent, stage.till)
    assert till.get(f"/v1/claims/{claim_id}").json()["claim"]["state"] == "fulfilled"


def test_redeem__nothing_is_sent_by_asking(stage, till, redeem):
    claim_id = stage.claim(0)
    for _ in range(2):
        assert redeem(stage.code(claim_id)).status_code == 200
    assert till.get(f"/v1/claims/{claim_id}").json()["claim"]["state"] == "claimed"


def test_redeem__code_as_it_is_typed__is_read(stage, redeem):
    code = stage.code(stage.claim(0)).lower()
    spaced = " ".join(code[start : start + 4] for start in range(0, len(code), 4))
    assert redeem(spaced).status_code == 200


def refused(answer, code, sentence):
    assert no(answer) == (409, code)
    assert sentence in answer.json()["message"]


def test_redeem__twice__is_settled(stage, redeem):
    code = stage.code(stage.claim(0))
    read = RedeemCode.from_text(code)
    stage.act(perks.redeem_code(stage.deployment, read), stage.till)
    refused(redeem(code), "claim_settled", "settled")


def test_redeem__by_nobody_of_the_brand__lacks_the_role(stage, redeem):
    code = stage.code(stage.claim(0))
    refused(redeem(code, stage.stranger.address), "lacks_the_role", "role")


def test_redeem__code_expired__comes_too_late(stage, redeem):
    code = stage.code(stage.claim(0), lasts=60)
    stage.town.pass_time(61)
    refused(redeem(code), "signature_expired", "")


def test_redeem__signed_by_another__is_not_theirs(stage, redeem):
    code = stage.code(stage.claim(0), signer=1)
    refused(redeem(code), "not_signed_by_them", "")


def test_redeem__another_members_claim__is_not_theirs(stage, redeem):
    refused(redeem(stage.code(stage.claim(0), place=1)), "not_the_members_wallet", "")


def test_redeem__past_the_deadline__is_late(stage, redeem):
    claim_id = stage.claim(0)
    stage.town.pass_time(15 * 86_400)
    refused(redeem(stage.code(claim_id)), "claim_past_deadline", "")


def test_redeem__no_code__is_named(redeem):
    answer = redeem("ABCD EFGH")
    refused(answer, "bad_slip", "This is not a code that a member signed for one claim.")


def test_redeem__till_mistyped__is_named(stage, redeem):
    place = next(i for i, letter in enumerate(stage.till) if i > 1 and letter.isalpha())
    wrong = stage.till[:place] + stage.till[place].swapcase() + stage.till[place + 1 :]
    assert no(redeem("ABCD", wrong)) == (404, "bad_checksum")


@pytest.mark.parametrize(
    "body", [{}, {"code": "A!", "till": "0x" + "00" * 20}, {"code": 1}, [], None, "x"]
)
def test_redeem__of_no_form__is_malformed(till, body):
    assert no(till.post("/v1/redeem", body)) == (400, "malformed")


def test_claim__unknown__is_not_found(till):
    for number in (1, 2**255, 10**76):
        answer = till.get(f"/v1/claims/{number}")
        assert no(answer) == (404, "unknown_claim")
