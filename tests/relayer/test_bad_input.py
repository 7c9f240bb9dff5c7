"""What is not taken, each with its status and its word; and nothing is ever written of it."""

import json

import pytest

from cercle import typed_data
from cercle.relayer.settings import Settings
from cercle.relayer.wire import ActRequest
from tests.signing import twin

from .stage import account

ZERO = "0x" + "00" * 20


@pytest.fixture
def body(whole_stage):
    """A good request, to be spoilt."""
    return ActRequest.of(whole_stage.ballot(whole_stage.members[0])).model_dump(mode="json")


@pytest.fixture
def refused(idle):
    """Post, and see that nothing was written; the status and the word."""

    def ask(body, path="/v1/acts", **options):
        told = {"json": body} if isinstance(body, dict | list) else {"content": body}
        answer = idle.post(path, **told, **options)
        assert set(answer.json()) == {"code", "message"}, answer.text
        assert idle.relayer.parts.store.number("SELECT COUNT(*) FROM acts") == 0
        return answer.status_code, answer.json()["code"]

    return ask


@pytest.fixture
def stage(whole_stage):
    """The brand, as it is: nothing here reaches the chain."""
    return whole_stage


def in_another_domain(stage, **changes):
    """A ballot signed for another chain or contract."""
    message = stage.ballot(stage.members[0]).message.model_copy(update=changes)
    return ActRequest.of(stage.sign(stage.members[0], message)).model_dump(mode="json")


# ---- signatures -----------------------------------------------------------------------


def test_signature__for_another_chain__is_not_theirs(stage, refused):
    assert refused(in_another_domain(stage, chain_id=1)) == (422, "not_signed")


def test_signature__for_another_contract__is_not_theirs(stage, refused):
    other = stage.deployment.address("Perks")
    assert refused(in_another_domain(stage, contract=other)) == (422, "not_signed")


def test_signature__of_another_member__is_not_theirs(stage, body, refused):
    body["signature"] = stage.ballot(stage.members[1]).signature
    assert refused(body) == (422, "not_signed")


@pytest.mark.parametrize(
    ("field", "value"),
    [("options", ["2"]), ("sequence", "2"), ("poll_id", "2"), ("content_hash", "0x" + "11" * 32)],
)
def test_signature__of_other_words__is_not_theirs(body, refused, field, value):
    body["message"][field] = value
    assert refused(body) == (422, "not_signed")


def test_signature__high_s__is_not_taken(body, refused):
    body["signature"] = "0x" + twin(bytes.fromhex(body["signature"][2:])).hex()
    assert refused(body) == (422, "not_signed")


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_signature__other_v__is_not_taken(body, refused, v):
    body["signature"] = body["signature"][:-2] + f"{v:02x}"
    assert refused(body) == (422, "not_signed")


@pytest.mark.parametrize("size", [1, 64, 65, 66, 1_024])
def test_signature__zeros_of_any_size__are_nobodys(body, refused, size):
    body["signature"] = "0x" + "00" * size
    assert refused(body) == (422, "not_signed")


def test_signature__of_the_zero_address__is_nobodys(body, refused):
    body["message"]["voter"] = ZERO
    assert refused(body) == (422, "not_signed")


@pytest.mark.parametrize(
    "signature", ["0x", "0x1", "11" * 65, "0x" + "11" * 1_025, "0xzz", None, 5]
)
def test_signature__oversized_or_none__is_malformed(body, refused, signature):
    body["signature"] = signature
    assert refused(body) == (400, "malformed")


# ---- what the contract says ---------------------------------------------------------------


def test_act__expired__is_refused_in_its_words(stage, refused):
    signed = stage.ballot(stage.members[0], deadline=stage.town.now() - 1)
    assert refused(ActRequest.of(signed).model_dump(mode="json")) == (409, "signature_expired")


@pytest.mark.parametrize(
    ("options", "sequence", "word"),
    [
        ([9], 1, "unknown_option"),
        ([], 1, "one_option_only"),
        ([1, 2], 1, "one_option_only"),
        ([1], 0, "stale_ballot"),
        ([1], 128, "stale_ballot"),
        ([1], 2**255, "stale_ballot"),
    ],
)
def test_ballot__bad_choice_or_sequence__is_refused(stage, refused, options, sequence, word):
    signed = stage.ballot(stage.members[0], options, sequence=sequence)
    assert refused(ActRequest.of(signed).model_dump(mode="json")) == (409, word)


def test_ballot__unknown_poll__is_refused(stage, refused):
    stage.texts[99] = stage.texts[1]
    signed = stage.ballot(stage.members[0], poll=99)
    del stage.texts[99]
    assert refused(ActRequest.of(signed).model_dump(mode="json")) == (409, "unknown_poll")


# ---- who may ------------------------------------------------------------------------------


def test_ballot__of_an_outsider__is_not_carried(stage, refused):
    signed = stage.ballot(account("nobody"))
    assert refused(ActRequest.of(signed).model_dump(mode="json")) == (403, "not_a_member")


@pytest.mark.parametrize("struct", ["Permit", "Redeem", "Invitation", "Link", "Nothing"])
def test_struct__that_nobody_carries__is_refused(body, refused, struct):
    body["struct"] = struct
    assert refused(body) == (403, "not_offered")


def test_adopt__without_the_other_signature__is_malformed(stage, refused):
    member, second = stage.members[0], account("second wallet")
    message = typed_data.adopt(
        stage.deployment, member.address, second.address, nonce=1, deadline=stage.soon()
    )
    body = ActRequest.of(stage.sign(member, message)).model_dump(mode="json")
    assert refused(body) == (400, "malformed")


def test_domain__in_the_request__is_not_even_read(body, refused):
    body["domain"] = {"chainId": 1}
    assert refused(body) == (400, "malformed")


# ---- forms --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"voter": "0x12"},
        {"voter": "nobody"},
        {"voter": 5},
        {"voter": ["0x" + "11" * 20]},
        {"sequence": True},
        {"sequence": 1.5},
        {"sequence": -1},
        {"sequence": "1_0"},
        {"sequence": "-1"},
        {"sequence": " 1"},
        {"sequence": None},
        {"sequence": 2**256},
        {"sequence": "9" * 78},
        {"sequence": "9" * 5_000},
        {"sequence": "0x" + "11" * 20},
        {"sequence": ["1"]},
        {"options": 1},
        {"options": {"0": 1}},
        {"options": [[1]]},
        {"options": [1] * 65},
        {"content_hash": "0x" + "11" * 20},
        {"content_hash": 7},
        {"surplus": 1},
        {"struct": "Leave"},
        {"domain": 1},
        {"deployment": 1},
    ],
    ids=lambda change: str(change)[:40],
)
def test_message__field_of_another_form__is_malformed(body, refused, change):
    body["message"] |= change
    assert refused(body) == (400, "malformed")


def test_message__checksum_is_wrong__is_malformed(stage, body, refused):
    voter = stage.members[0].address
    body["message"]["voter"] = voter[:2] + voter[2:].swapcase()
    assert refused(body) == (400, "malformed")


@pytest.mark.parametrize("field", ["poll_id", "voter", "deadline"])
def test_message__field_is_missing__is_malformed(body, refused, field):
    del body["message"][field]
    assert refused(body) == (400, "malformed")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nothing",
        b"null",
        b"[]",
        b'{"struct":',
        b"\xff\xfe{",
        b'{"struct": "Ballot"}',
        b'{"struct": ' + b"9" * 5_000 + b"}",
        b"[" * 9 + b"]" * 9,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b"{}",
    ],
    ids=lambda raw: str(raw[:20]),
)
def test_body__no_json_of_ours__is_malformed(refused, raw):
    headers = {"Content-Type": "application/json"}
    assert refused(raw, headers=headers) == (400, "malformed")


def test_body__too_large__is_refused_before_it_is_read(refused, body):
    body["message"]["more"] = "1" * Settings.ROOM
    assert refused(body) == (413, "too_large")


def test_body__large_and_of_no_told_length__is_refused(refused):
    parts = (b" " * 1_000 for _ in range(Settings.ROOM // 1_000 + 2))
    assert refused(parts) == (413, "too_large")


@pytest.mark.parametrize("length", ["-1", "many", "99999999999999999999"])
def test_body__told_length_is_none_or_too_much__is_refused(refused, body, length):
    raw = json.dumps(body).encode()
    headers = {"Content-Length": length, "Content-Type": "application/json"}
    assert refused(raw, headers=headers) == (413, "too_large")


def test_body__as_large_as_an_act_can_be__is_read(stage, idle):
    """Three signatures of a thousand bytes, thirty-two options: refused, but for what it says."""
    signature = "0x" + "11" * 1_024
    body = ActRequest.of(stage.ballot(stage.members[0], range(1, 33))).model_dump(mode="json")
    body |= {"signature": signature, "link_signature": signature}
    invitation = stage.invitation().model_dump(mode="json") | {"signature": signature}
    answer = idle.post("/v1/acts", json=body | {"invitation": invitation})
    assert answer.status_code == 422


# ---- paths --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "word"),
    [
        ("GET", "/v1/acts/0x" + "11" * 32, 404, "unknown_act"),
        ("GET", "/v1/acts/0x11", 400, "malformed"),
        ("GET", "/v1/acts/../../etc/passwd", 404, "unknown_path"),
        ("GET", "/", 404, "unknown_path"),
        ("GET", "/docs", 404, "unknown_path"),
        ("DELETE", "/v1/acts/0x" + "11" * 32, 405, "unknown_method"),
        ("GET", "/v1/acts", 405, "unknown_method"),
        ("PUT", "/v1/terms", 405, "unknown_method"),
    ],
)
def test_path__unknown__says_so_in_the_same_form(idle, method, path, status, word):
    answer = idle.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, word)


def test_answers__of_all_kinds__tell_nothing_of_the_machine(idle, body):
    body["message"]["voter"] = "0x" + "zz" * 20
    for answer in (idle.post("/v1/acts", json=body), idle.get("/nothing")):
        assert "Traceback" not in answer.text
        assert "pydantic" not in answer.text
        assert "server" not in answer.headers
