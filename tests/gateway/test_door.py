"""Who is let in: forged, replayed, stale, altered and strange requests are not."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from cercle.gateway import signatures
from cercle.gateway.declined import UNSIGNED
from cercle.gateway.signatures import ACCEPT

from .asking import next_nonce, no, write_callers

PATH = "/v1/perks"


def refused(answer, word):
    assert no(answer) == (401, word)
    assert answer.json()["message"].startswith(UNSIGNED[word].rstrip("."))
    assert answer.headers["Accept-Signature"] == ACCEPT
    assert answer.headers["WWW-Authenticate"] == 'Signature realm="cercle"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_request__signed__is_answered(till):
    assert till.get(PATH).status_code == 200


@pytest.mark.parametrize("path", [PATH, "/v1/nothing", "/", "/docs", "/v1/wallets/0x12/member"])
def test_request__unsigned__is_refused_before_all_else(http, path):
    refused(http.get(path), "unsigned")
    refused(http.post(path, content=b"{broken"), "unsigned")


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/openapi.json"])
def test_request__open_paths__need_no_signature(http, path):
    assert http.get(path).status_code == 200


@pytest.mark.parametrize("missing", ["Signature", "Signature-Input", "Content-Digest"])
def test_request__a_header_missing__is_unsigned(till, missing):
    told = till.headers("GET", PATH)
    del told[missing]
    refused(till.http.get(PATH, headers=told), "unsigned")


def test_request__altered_method__is_forged(till):
    refused(till.http.get(PATH, headers=till.headers("POST", PATH)), "forged")


def test_request__altered_path__is_forged(stage, till):
    signed = till.headers("GET", "/v1/passports/1/member")
    refused(till.http.get("/v1/passports/2/member", headers=signed), "forged")


def test_request__altered_query__is_forged(till):
    path = "/v1/passports/1/history"
    signed = till.headers("GET", path, "limit=1")
    refused(till.http.get(f"{path}?limit=2", headers=signed), "forged")
    refused(till.http.get(path, headers=till.headers("GET", path, "limit=1")), "forged")


def test_request__altered_body__is_other_content(till):
    body = json.dumps({"code": "AAAA", "till": "0x" + "00" * 20}).encode()
    signed = till.headers("POST", "/v1/redeem", body=body)
    refused(till.http.post("/v1/redeem", content=body + b" ", headers=signed), "other_content")
    signed = till.headers("GET", PATH)
    refused(till.http.request("GET", PATH, content=b"x", headers=signed), "other_content")


def test_request__altered_body_and_digest__is_forged(till):
    body = b'{"code": "AAAA"}'
    signed = till.headers("POST", "/v1/redeem", body=body)
    signed["Content-Digest"] = signatures.content_digest(b"{}")
    refused(till.http.post("/v1/redeem", content=b"{}", headers=signed), "forged")


@pytest.mark.parametrize(
    ("old", "new"), [("created=1", "created=2"), ('nonce="n', 'nonce="m'), ('alg="ed', 'alg="Ed')]
)
def test_request__altered_header__is_refused(till, old, new):
    signed = till.headers("GET", PATH)
    assert old in signed["Signature-Input"]
    signed["Signature-Input"] = signed["Signature-Input"].replace(old, new)
    word = "not_the_profile" if "alg" in old else "forged"
    refused(till.http.get(PATH, headers=signed), word)


def test_request__header_twice__is_not_the_profile(till):
    signed = till.headers("GET", PATH)
    more = [*signed.items(), ("signature", signed["Signature"])]
    refused(till.http.get(PATH, headers=more), "not_the_profile")


def test_request__for_another_gateway__is_refused(till):
    signed = till.headers("GET", PATH, authority="elsewhere.example")
    refused(till.http.get(PATH, headers=signed), "forged")
    refused(till.http.get(PATH, headers={**signed, "Host": "elsewhere.example"}), "other_authority")
    refused(till.http.get(PATH, headers={**signed, "Host": "else where"}), "other_authority")


def test_request__other_callers_key__is_forged(till):
    refused(till.as_("till", key="other").get(PATH), "forged")
    refused(till.as_("other", key="till").get(PATH), "forged")


def test_request__unknown_caller__is_refused(till):
    refused(till.as_("nobody", key="till").get(PATH), "unknown_caller")


def test_request__replayed__is_refused_until_it_is_stale(till, clock):
    signed = till.headers("GET", PATH)
    assert till.http.get(PATH, headers=signed).status_code == 200
    refused(till.http.get(PATH, headers=signed), "replayed")
    clock.wait(60)
    refused(till.http.get(PATH, headers=signed), "replayed")
    clock.wait(1)
    refused(till.http.get(PATH, headers=signed), "stale")


def test_request__same_nonce_of_another_caller__is_answered(till):
    nonce = next_nonce()
    for caller in ("till", "other"):
        signed = till.as_(caller).headers("GET", PATH, nonce=nonce)
        assert till.http.get(PATH, headers=signed).status_code == 200


def test_request__clock_ahead__is_taken_within_the_skew(till, clock):
    ahead = till.headers("GET", PATH, created=int(clock()) + 5)
    assert till.http.get(PATH, headers=ahead).status_code == 200
    far = till.headers("GET", PATH, created=int(clock()) + 6)
    refused(till.http.get(PATH, headers=far), "early")


def test_request__from_before_the_start__is_stale(till, clock):
    old = till.headers("GET", PATH, created=int(clock()) - 1)
    refused(till.http.get(PATH, headers=old), "stale")


def test_nonces__past_their_time__are_forgotten(till, clock, gateway):
    for _ in range(3):
        till.get(PATH)
    clock.wait(120)
    till.get(PATH)
    assert b"cercle_gateway_nonces 1.0" in gateway.metrics.text()


def test_nonces__of_what_came_too_often__are_not_kept(till, gateway):
    slow = till.as_("slow")
    assert [slow.get(PATH).status_code for _ in range(6)] == [200] * 2 + [429] * 4
    assert b"cercle_gateway_nonces 2.0" in gateway.metrics.text()


def test_request__replayed_by_a_thief__spends_nobodys_share(till):
    slow = till.as_("slow")
    signed = slow.headers("GET", PATH)
    assert till.http.get(PATH, headers=signed).status_code == 200
    for _ in range(3):
        refused(till.http.get(PATH, headers=signed), "replayed")
    assert slow.get(PATH).status_code == 200


def test_request__path_with_one_slash_more__is_another(till):
    assert no(till.get(PATH + "/")) == (404, "unknown_path")


def test_request__too_often__waits(till):
    slow = till.as_("slow")
    answers = [slow.get(PATH) for _ in range(3)]
    assert [one.status_code for one in answers[:2]] == [200, 200]
    assert no(answers[2]) == (429, "too_often")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 8
    assert till.get(PATH).status_code == 200  # nobody else waits for them


def test_request__too_large__is_not_read(http):
    answer = http.post("/v1/redeem", content=b"x" * 8_193)
    assert no(answer) == (413, "too_large")


def test_callers__changed_file__is_read_again(new_gateway, open_http, clock, tmp_path, till):
    path = write_callers(tmp_path / "callers.json")
    gateway = new_gateway(callers=path)
    gateway.callers._clock = clock
    gateway.callers._seen = clock()
    asker = type(till)(open_http(gateway), clock)
    assert asker.as_("fresh").get(PATH).status_code == 401
    write_callers(path, fresh={"scopes": ["brand"]})
    clock.wait(1)
    assert asker.as_("fresh").get(PATH).status_code == 200
    path.write_text("{")
    clock.wait(1)
    assert asker.as_("fresh").get(PATH).status_code == 200
    health = asker.http.get("/healthz")
    assert (health.status_code, health.json()["parts"]["callers"]) == (503, "unreadable")
    write_callers(path)
    clock.wait(1)
    refused(asker.as_("fresh").get(PATH), "unknown_caller")
    assert asker.http.get("/healthz").status_code == 200


def test_request__replayed_by_many_at_once__is_answered_once(till):
    signed = till.headers("GET", PATH)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: till.http.get(PATH, headers=signed), range(12)))
    assert sorted(one.status_code for one in answers) == [200] + [401] * 11
