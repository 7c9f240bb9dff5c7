"""Members: signing in, rings, records, what comes out in one file, and a lost key."""

from __future__ import annotations

import pytest
from eth_account.messages import encode_typed_data

from cercle import identity, typed_data
from cercle.vault import keys, wire
from cercle.vault.opening import open_export
from cercle.vault.rings import give_back, make_ring, open_ring, share, take_back
from tests.client.data_town import PURPOSE
from tests.client.nodes import rpc

from .asking import Visitor, no
from .stage import MEMBER_KEY, PLAIN, SIZE, account, sign_text

PASSPHRASE = "une phrase qui se retient"
CONTACT_KEY = bytes(range(97, 129))


@pytest.fixture(scope="module")
def sealed():
    """Rings, which take half a second each to make."""

    def make(stage, passport_id, private, **more):
        return make_ring(PASSPHRASE, stage.ledger, passport_id, private, **more)

    return make


def body(model) -> dict:
    return model.model_dump(mode="json")


# ---- signing in --------------------------------------------------------------------------


def test_session__challenge_signed_twice__serves_once(nobody, stage):
    made = nobody.http.post("/v1/challenges", json={"account": stage.person.address}).json()
    proof = {"nonce": made["nonce"], "signature": sign_text(stage.person, made["text"])}
    assert nobody.post("/v1/sessions", proof).status_code == 200
    assert no(nobody.post("/v1/sessions", proof)) == (401, "unknown_nonce")


def test_session__after_five_minutes__is_refused(new_vault, open_http, stage, clock):
    visitor = open_http(new_vault(max_head_age=86_400))
    answers = []
    for seconds in (299, 300):
        made = visitor.http.post("/v1/challenges", json={"account": stage.person.address}).json()
        clock.wait(seconds)
        proof = {"nonce": made["nonce"], "signature": sign_text(stage.person, made["text"])}
        answers.append(visitor.post("/v1/sessions", proof))
    assert answers[0].status_code == 200
    assert no(answers[1]) == (401, "unknown_nonce")


def test_session__nonce_of_ones_own__is_unknown(nobody, stage):
    made = nobody.http.post("/v1/challenges", json={"account": stage.person.address}).json()
    other = stage.stranger.address[2:].lower() + made["nonce"][40:]
    proof = {"nonce": other, "signature": sign_text(stage.stranger, made["text"])}
    assert no(nobody.post("/v1/sessions", proof)) == (401, "unknown_nonce")


def test_session__signed_by_another__is_bad(nobody, stage):
    made = nobody.http.post("/v1/challenges", json={"account": stage.person.address}).json()
    proof = {"nonce": made["nonce"], "signature": sign_text(stage.stranger, made["text"])}
    assert no(nobody.post("/v1/sessions", proof)) == (401, "bad_signature")


def test_session__text__names_our_site_whatever_the_host_says(nobody, stage):
    asked = {"account": stage.person.address}
    made = nobody.http.post("/v1/challenges", json=asked, headers={"Host": "evil.example"}).json()
    assert made["text"].startswith("vault.example wants you to sign in")
    assert "evil" not in made["text"]


def test_session__of_nobody__is_no_passport(nobody):
    assert no(nobody.sign_in(account("no member"))) == (403, "no_passport")


def test_call__wallet_unlinked_meanwhile__is_out_at_once(nobody, stage):
    second = account("second")
    _link(stage, second)
    visitor = nobody.as_(second)
    assert visitor.get("/v1/records").status_code == 200
    stage.send(identity.unlink(stage.town.deployment, second.address), stage.person)
    assert no(visitor.get("/v1/records")) == (403, "no_passport")


def _link(stage, second) -> None:
    rpc(stage.url, "anvil_setBalance", second.address, hex(10**20))
    deployment, ends = stage.town.deployment, stage.town.now() + 600
    message = typed_data.link(deployment, stage.passport_id, second.address, 1, ends)
    signed = second.sign_message(encode_typed_data(full_message=message.full)).signature
    stage.send(identity.link(deployment, second.address, 1, ends, bytes(signed)), stage.person)


def test_call__after_a_quarter_of_an_hour__is_unsigned(new_vault, open_http, stage, clock):
    visitor = open_http(new_vault(max_head_age=86_400)).as_(stage.person)
    clock.wait(899)
    assert visitor.get("/v1/releases").status_code == 200
    clock.wait(1)
    assert no(visitor.get("/v1/releases")) == (401, "unsigned")


def test_call__no_token_or_another__is_unsigned(nobody):
    assert no(nobody.get("/v1/records")) == (401, "unsigned")
    nobody.headers = {"Authorization": "Bearer " + "x" * 43}
    assert no(nobody.get("/v1/records")) == (401, "unsigned")


def test_call__too_often__is_told_when(new_vault, open_http, stage):
    visitor = open_http(new_vault(per_minute=4)).as_(stage.person)
    assert visitor.get("/v1/releases").status_code == 200
    answer = visitor.get("/v1/releases")
    assert no(answer) == (429, "too_often")
    assert int(answer.headers["Retry-After"]) >= 1


# ---- rings and records ---------------------------------------------------------------------


def test_ring__replaced__only_by_who_knows_the_one_before(member, stage, sealed):
    assert no(member.get("/v1/ring")) == (404, "no_ring")
    first = sealed(stage, stage.passport_id, MEMBER_KEY)
    second = sealed(stage, stage.passport_id, MEMBER_KEY)
    assert member.put("/v1/ring", body(first)).status_code == 200
    assert no(member.put("/v1/ring", body(second))) == (412, "other_ring")
    wrong = {"If-Match": f'"{second.digest}"'}
    assert no(member.put("/v1/ring", body(second), **wrong)) == (412, "other_ring")
    right = {"If-Match": f'"{first.digest}"'}
    assert member.put("/v1/ring", body(second), **right).status_code == 200
    assert member.get("/v1/ring").json()["digest"] == second.digest


def test_record__of_somebody_else__is_wrong_binding(member, stage):
    other = stage.envelope(passport_id=stage.contact_id)
    assert no(member.put("/v1/records", body(other))) == (422, "wrong_binding")


def test_record__wrap_that_does_not_open__is_wrong_binding(member, stage):
    one, other = stage.envelope(), stage.envelope(version=2)
    crossed = one.model_copy(update={"vault": other.vault})
    assert no(member.put("/v1/records", body(crossed))) == (422, "wrong_binding")


def test_record__of_a_version_to_come__is_other_version(member, stage):
    assert no(member.put("/v1/records", body(stage.envelope(version=2)))) == (409, "other_version")


def test_record__too_large__is_refused_before_it_is_read(member, stage):
    large = {**body(stage.envelope()), "ciphertext": "A" * 24_577}
    assert no(member.put("/v1/records", large)) == (413, "too_large")


def test_record__sent_twice_and_after_its_move__is_one(member, stage, keep):
    envelope = keep()
    assert member.put("/v1/records", body(envelope)).status_code == 200
    told = member.get("/v1/records").json()["records"]
    assert [(one["state"], one["envelope"]["record_version"]) for one in told] == [("kept", 1)]


def test_unattended__taken_back__waits_for_the_member(member, stage, keep, ask):
    keep()
    stage.grant()
    path = f"/v1/records/{SIZE}/unattended"
    assert member.put(path, {"vault": None}).status_code == 200
    assert ask(stage.look()).status_code == 202


def test_node_down__says_so(new_vault, open_http, stage, proxy):
    visitor = open_http(new_vault(proxy.url)).as_(stage.person)
    proxy.before = lambda asked: b""
    assert no(visitor.get("/v1/records")) == (503, "node_down")


# ---- everything in one file, and a lost key ---------------------------------------------------


def test_export__opened_without_the_service__is_what_was_kept(member, stage, keep, sealed):
    member.put("/v1/ring", body(sealed(stage, stage.passport_id, MEMBER_KEY)))
    keep()
    stage.grant()
    told = wire.Export.model_validate(member.get("/v1/export").json())
    found = open_export(told, PASSPHRASE)
    assert [(one["content"], one["state"]) for one in found] == [(PLAIN, "kept")]


def test_recovery__contact_gives_the_key_back(member, nobody, stage, sealed):
    contact: Visitor = nobody.as_(stage.contact)
    contact.put("/v1/ring", body(sealed(stage, stage.contact_id, CONTACT_KEY)))
    public = member.get(f"/v1/ring/{stage.contact_id}/key").json()["public_key"]
    part = share(
        MEMBER_KEY, stage.ledger, stage.passport_id, stage.contact_id, keys.bytes_of(public)
    )
    ring = sealed(stage, stage.passport_id, MEMBER_KEY, contact=part)
    member.put("/v1/ring", body(ring))

    fresh = keys.new_private()
    shown = keys.text_of(keys.public_of(fresh))
    assert member.post("/v1/recovery", {"public_key": shown}).json()["state"] == "asked"
    asked = contact.get("/v1/recovery/asked").json()["asked"]
    assert [one["passport_id"] for one in asked] == [stage.passport_id]
    again = (stage.passport_id, stage.contact_id)
    sealed_key = give_back(asked[0]["sealed"], CONTACT_KEY, stage.ledger, *again, shown)
    path = f"/v1/recovery/{stage.passport_id}"
    stranger = {"sealed": sealed_key}
    assert no(member.post(path, stranger)) == (404, "not_asked")
    assert contact.post(path, stranger).status_code == 200
    told = member.get("/v1/recovery").json()
    assert told["state"] == "answered"
    assert take_back(told["sealed"], fresh, stage.ledger, *again) == MEMBER_KEY
    # A new ring ends it.
    member.put(
        "/v1/ring", body(sealed(stage, stage.passport_id, fresh)), **{"If-Match": ring.digest}
    )
    assert member.get("/v1/recovery").json()["state"] == "none"
    kept = wire.RingAnswer.model_validate(member.get("/v1/ring").json()).ring
    assert open_ring(kept, PASSPHRASE, stage.ledger, stage.passport_id) == fresh


def test_recovery__nobody_named__is_no_contact(member, stage, sealed):
    member.put("/v1/ring", body(sealed(stage, stage.passport_id, MEMBER_KEY)))
    shown = keys.text_of(keys.public_of(keys.new_private()))
    assert no(member.post("/v1/recovery", {"public_key": shown})) == (409, "no_contact")


def test_recovery__key_that_anybody_opens__is_wrong_binding(member, stage, sealed):
    member.put("/v1/ring", body(sealed(stage, stage.passport_id, MEMBER_KEY)))
    weak = {"public_key": keys.text_of(bytes(32))}
    assert no(member.post("/v1/recovery", weak)) == (422, "wrong_binding")


def test_answer__of_somebody_elses_ask__is_unknown(nobody, member, stage, keep, ask):
    keep(unattended=False)
    stage.grant()
    assert ask(stage.look()).status_code == 202
    asked = member.get("/v1/asks").json()["asks"][0]
    assert asked["info"]["purpose"] == PURPOSE
    wrap = keys.text_of(bytes(80))
    other = nobody.as_(stage.contact).post(f"/v1/asks/{asked['id']}", {"wrap": wrap})
    assert no(other) == (404, "unknown_ask")
