"""What the patient find between two rules: a company, a member, a stranger, a lost moment."""

from __future__ import annotations

import json
import threading

from sqlalchemy import select

from cercle import sign_in
from cercle.vault import keys, wire
from cercle.vault.envelopes import release
from cercle.vault.tables import CERTIFICATE, RELEASE, SPENT

from .asking import no
from .stage import MEMBER_KEY, SIZE, sign_text

# ---- a company ---------------------------------------------------------------------------------


def test_d1__renewed_without_a_withdrawal__old_event_still_opens(stage, keep, ask):
    keep()
    stage.grant()
    look = stage.look()
    stage.grant()
    assert ask(look).status_code == 200


def test_answer__asked_again_of_a_newer_record__old_number_answers_nothing(
    stage, keep, ask, member
):
    envelope = keep(unattended=False)
    stage.grant()
    look = stage.look()
    assert ask(look).status_code == 202
    seen = wire.MemberAsk.model_validate(member.get("/v1/asks").json()["asks"][0])
    keep(content="another", version=2, unattended=False)
    assert ask(look).status_code == 202
    company = keys.bytes_of(seen.public_key)
    wrap = release(envelope, stage.ledger, MEMBER_KEY, "member", seen.info, company)
    answer = member.post(f"/v1/asks/{seen.id}", {"wrap": wrap})
    assert no(answer) == (404, "unknown_ask")
    assert ask(look).status_code == 202


# ---- what was erased -----------------------------------------------------------------------------


def test_erase__kept_anew_before_it_was_deep__is_gone_and_certified_all_the_same(
    stage, keep, ask, vault
):
    keep()
    stage.grant()
    look = stage.look()
    assert ask(look).status_code == 200
    vault.step()
    stage.erase()
    keep(content="another", version=3)
    stage.mine()
    vault.step()
    with vault.book.reading() as connection:
        made = connection.execute(select(CERTIFICATE.c.category, CERTIFICATE.c.version)).all()
        assert [tuple(one) for one in made] == [(SIZE, 2)]
        assert not connection.execute(select(RELEASE)).all()
        assert len(connection.execute(select(SPENT)).all()) == 1
    assert vault.blobs.versions(stage.passport_id, SIZE) == [3]
    assert ask(stage.look()).status_code == 200


# ---- a member ------------------------------------------------------------------------------------


def test_envelope__sealed_anew_again_and_again__one_file_lies_there(stage, member, vault):
    for number in range(4):
        envelope = stage.envelope(content=f"number {number}")
        told = envelope.model_dump(mode="json")
        assert member.put("/v1/records", told).status_code == 200
    files = list(vault.blobs.all())
    assert [raw for _, raw in files] == [keys.bytes_of(envelope.ciphertext)]


# ---- a stranger ----------------------------------------------------------------------------------


def test_session__one_proof_twice_at_once__lets_in_once(nobody, stage, monkeypatch):
    made = nobody.http.post("/v1/challenges", json={"account": stage.person.address}).json()
    proof = {"nonce": made["nonce"], "signature": sign_text(stage.person, made["text"])}
    both, verify, answers = threading.Barrier(2), sign_in.verify, []

    def together(*words):
        found = verify(*words)
        both.wait(30)  # neither is written down before the other was looked at
        return found

    monkeypatch.setattr(sign_in, "verify", together)
    threads = [
        threading.Thread(target=lambda: answers.append(nobody.post("/v1/sessions", proof)))
        for _ in range(2)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.status_code for one in answers) == [200, 401]


def test_any_request__half_a_character_in_a_name__is_malformed(nobody, stage):
    raw = json.dumps({"account": stage.person.address, "\ud800": 1})
    answer = nobody.http.post(
        "/v1/challenges", content=raw, headers={"Content-Type": "application/json"}
    )
    assert no(answer) == (400, "malformed")


def test_any_request__endless_number__is_malformed(nobody):
    answer = nobody.http.post(
        "/v1/challenges",
        content='{"account":' + "9" * 20_000 + "}",
        headers={"Content-Type": "application/json"},
    )
    assert no(answer) == (400, "malformed")


def test_metrics__request_that_broke__is_counted_as_503(member, vault, monkeypatch):
    monkeypatch.setattr(vault.rings, "required", lambda passport_id: {}[passport_id])
    assert no(member.get("/v1/ring/7/key")) == (503, "broken")
    told = member.get("/metrics").text
    assert 'requests_total{route="/v1/ring/{passport_id}/key",status="503"} 1.0' in told
    assert 'refusals_total{code="broken"} 1.0' in told
