"""A release: what opens, for whom, once; and each word with which it does not."""

from __future__ import annotations

import pytest

from cercle.consent import calls
from cercle.vault import keys, wire
from cercle.vault.envelopes import open_release, release

from .asking import no
from .stage import ADDRESS, COMPANY_KEY, MEMBER_KEY, PLAIN, SIZE


def opened(answer) -> str:
    told = wire.ReleasedAnswer.model_validate(answer.json())
    return open_release(told, COMPANY_KEY).content


def test_fetch__unattended__opens_and_again_gives_the_same_bytes(stage, keep, ask, member):
    keep()
    stage.grant()
    look = stage.look()
    first, second = ask(look), ask(look)
    assert first.status_code == 200, first.text
    assert opened(first) == PLAIN
    assert first.json() == second.json()
    lines = member.get("/v1/releases").json()["releases"]
    assert [(one["company_id"], one["category"], one["is_attended"]) for one in lines] == [
        (stage.company_id, SIZE, False)
    ]


def test_fetch__attended__waits_until_the_member_answers(stage, keep, ask, member):
    envelope = keep(unattended=False)
    stage.grant()
    look = stage.look()
    for _ in range(2):
        assert (ask(look).status_code, ask(look).json()) == (202, {"state": "waiting"})
    asks = member.get("/v1/asks").json()["asks"]
    assert len(asks) == 1
    info = wire.MemberAsk.model_validate(asks[0]).info
    company = keys.bytes_of(asks[0]["public_key"])
    wrap = release(envelope, stage.ledger, MEMBER_KEY, "member", info, company)
    answer = member.post(f"/v1/asks/{asks[0]['id']}", {"wrap": wrap})
    assert answer.status_code == 200, answer.text
    assert opened(ask(look)) == PLAIN
    again = member.post(f"/v1/asks/{asks[0]['id']}", {"wrap": wrap})
    assert no(again) == (404, "unknown_ask")


def test_fetch__before_the_category_is_deep_enough__is_unconfirmed(stage, keep, ask):
    keep(category=ADDRESS)
    stage.grant()
    look = stage.look(ADDRESS, wait=5)
    answer = ask(look)
    assert no(answer) == (409, "unconfirmed")
    assert answer.headers["Retry-After"] == "2"
    stage.mine(1)
    assert opened(ask(look)) == PLAIN


def test_fetch__withdrawn_after_it_was_released__is_not_allowed(stage, keep, ask):
    keep()
    stage.grant()
    look = stage.look()
    assert ask(look).status_code == 200
    stage.withdraw()
    assert no(ask(look)) == (403, "not_allowed")


def test_fetch__given_anew_after_a_withdrawal__old_event_stays_shut(stage, keep, ask):
    keep()
    stage.grant()
    look = stage.look()
    stage.withdraw()
    stage.grant()
    assert no(ask(look)) == (403, "not_allowed")


def test_fetch__grant_ended__is_not_allowed(stage, keep, ask):
    keep()
    terms = stage.grant()
    look = stage.look()
    stage.town.pass_time(terms.until - stage.town.now() + 1)
    assert no(ask(look)) == (403, "not_allowed")


def test_fetch__company_denied__is_not_allowed(stage, keep, ask):
    keep()
    stage.grant()
    look = stage.look()
    stage.send(calls.deny_company(stage.town.deployment, stage.company_id, True), stage.person)
    assert no(ask(look)) == (403, "not_allowed")


def test_fetch__erased__is_erased_at_once(stage, keep, ask):
    keep()
    stage.grant()
    look = stage.look()
    stage.erase()
    assert no(ask(look)) == (410, "erased")


def test_fetch__no_record__says_so(stage, ask, vault, nobody):
    stage.grant()
    assert no(ask(stage.look())) == (404, "no_record")


def test_fetch__move_of_another_commitment__is_no_record(stage, member, ask):
    kept, moved = stage.envelope(), stage.envelope("elsewhere")
    member.put("/v1/records", kept.model_dump(mode="json"))
    stage.move(moved)
    stage.grant()
    assert no(ask(stage.look())) == (404, "no_record")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"company_id": 99}, (403, "unknown_company")),
        ({"transaction_hash": "0x" + "11" * 32}, (404, "unlogged")),
        ({"log_index": 77}, (404, "unlogged")),
        ({"order_hash": "0x" + "22" * 32}, (409, "other_event")),
        ({"category": ADDRESS}, (409, "other_event")),
        ({"purpose": 3}, (409, "other_event")),
    ],
    ids=str,
)
def test_fetch__other_words__are_refused(stage, keep, ask, change, expected):
    keep()
    stage.grant()
    assert no(ask(stage.look(), **change)) == expected


def test_fetch__by_an_outsider__is_not_theirs(stage, keep, ask):
    keep()
    stage.grant()
    assert no(ask(stage.look(), signer=stage.stranger)) == (403, "not_theirs")


def test_fetch__signature_of_nothing__is_bad(stage, keep, nobody, clock):
    keep()
    stage.grant()
    body = stage.fetch(stage.look(), int(clock()))
    answer = nobody.http.post("/v1/releases", json={**body, "signature": "0x" + "00" * 65})
    assert no(answer) == (401, "bad_signature")


@pytest.mark.parametrize("seconds", [-62, 62])
def test_fetch__signed_at_another_time__is_stale(stage, keep, ask, clock, seconds):
    keep()
    stage.grant()
    look = stage.look()
    clock.wait(100)
    assert no(ask(look, at=int(clock()) + seconds + 1)) == (401, "stale")


def test_fetch__replayed__is_refused(stage, keep, nobody, clock):
    keep()
    stage.grant()
    body = stage.fetch(stage.look(), int(clock()))
    assert nobody.http.post("/v1/releases", json=body).status_code == 200
    assert no(nobody.http.post("/v1/releases", json=body)) == (401, "replayed")


def test_fetch__signed_before_this_process__is_stale(stage, keep, ask, new_vault, open_http, clock):
    keep()
    stage.grant()
    body = stage.fetch(stage.look(), int(clock()))
    clock.wait(1)
    later = open_http(new_vault())
    assert no(later.http.post("/v1/releases", json=body)) == (401, "stale")


def test_fetch__head_too_old__is_stale_head(stage, keep, ask, clock):
    keep()
    stage.grant()
    look = stage.look()
    clock.now = stage.town.now() + 61.0
    assert no(ask(look)) == (503, "stale_head")


def test_fetch__replaced_record__opens_the_new_one_and_the_old_release_is_over(
    stage, keep, ask, vault
):
    keep(content="M")
    stage.grant()
    first = stage.look()
    assert opened(ask(first)) == "M"
    keep(content="L", version=2)
    stage.mine()
    vault.step()
    assert no(ask(first)) == (410, "erased")
    assert opened(ask(stage.look())) == "L"
