"""The routes with a good act, the terms, and what is not carried here."""

from eth_account.messages import encode_typed_data

from cercle.relayer.wire import ActRequest
from tests.client.community import DAY

from .acting import declined, settle


def body_of(signed):
    return ActRequest.of(signed).model_dump(mode="json")


def test_post_act__good__is_taken_and_told_of(stage, http, relayer):
    signed = stage.ballot(stage.members[0])
    answer = http.post("/v1/acts", json=body_of(signed))
    told = answer.json()
    assert (answer.status_code, told["state"], told["tx"]) == (202, "accepted", None)
    assert set(told) == {
        *("id", "struct", "actor", "state", "tx", "block", "refusal", "created_at"),
    }
    assert http.get(f"/v1/acts/{told['id']}").json() == told
    settle(relayer, stage)
    told = http.get(f"/v1/acts/{told['id'].upper().replace('X', 'x')}").json()
    assert (told["state"], told["refusal"]) == ("mined", None)


def test_post_act__id__is_the_digest_that_the_wallet_signs(stage, http):
    signed = stage.ballot(stage.members[0])
    made = stage.members[0].sign_message(encode_typed_data(full_message=signed.message.full))
    told = http.post("/v1/acts", json=body_of(signed)).json()
    assert told["id"] == "0x" + made.message_hash.hex()


def test_terms__of_the_usual_relayer__name_what_it_carries(stage, http):
    terms = http.get("/v1/terms").json()
    assert (terms["chain_id"], terms["relayer"]) == (31_337, stage.payer.address)
    assert {"Register", "Join", "Leave", "Claim", "Cancel", "Ballot"} <= set(terms["structs"])
    assert "Permit" not in terms["structs"]
    assert (terms["batch_seconds"], terms["passkeys"]) == (2.0, True)
    budgets = terms["budgets"]
    assert (budgets["per_member"], budgets["wei_per_day"]) == (50, 5 * 10**17)
    assert set(budgets["per_kind"]) == {*terms["structs"], "PasskeyAccount"}


def test_struct__not_listed__is_not_carried(stage, new_relayer):
    relayer = new_relayer(structs=("Ballot",))
    assert declined(relayer, stage.leave(stage.members[0])) == (403, "not_offered")
    assert relayer.terms().structs == ("Ballot",)


def test_ballot__closed_poll__is_refused(stage, relayer):
    stage.town.pass_time(8 * DAY)
    assert declined(relayer, stage.ballot(stage.members[0])) == (409, "poll_not_open")


def test_act__too_much_gas__is_not_carried(stage, new_relayer):
    relayer = new_relayer(gas_caps={"Leave": 60_000})
    assert declined(relayer, stage.leave(stage.members[0])) == (403, "too_costly")
