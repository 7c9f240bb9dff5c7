"""What the environment and the file of callers may say."""

import base64
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cercle.gateway.callers import MOST, Callers, Scope
from cercle.gateway.declined import NOT_NOW, UNSIGNED
from cercle.gateway.gateway import Gateway
from cercle.gateway.openapi import WORDS
from cercle.gateway.settings import Settings, SettingsError
from cercle.gateway.signatures import Asked, content_digest, sign, signature_base
from cercle.gateway.signatures import read as read_headers
from tools.places import ROOT

from .asking import CALLERS, public_of, write_callers
from .test_signatures import KEY as RFC_KEY

LEAST = {
    "CERCLE_RPC_URLS": "http://one.example",
    "CERCLE_DEPLOYMENT": "d.json",
    "CERCLE_GATEWAY_CALLERS": "callers.json",
}
FIELDS, SHARED, OTHERS = Settings.model_fields, Settings.SHARED, Settings.OTHERS


def read(**changes):
    names = {f"CERCLE_GATEWAY_{name}": value for name, value in changes.items()}
    return Settings.read({**LEAST, **names})


def test_read__the_least__takes_the_usual():
    told = read()
    assert (told.window, told.skew, told.calls_per_minute) == (60, 5, 6_000)
    assert (told.index_url, told.content, told.authorities) == (None, None, ())


def test_read__everything__is_understood():
    told = read(AUTHORITIES="A.example, b.example:8", WINDOW="30", MAX_BEHIND="3", URL="elsewhere")
    assert (told.authorities, told.window) == (("a.example", "b.example:8"), 30)
    shared = {"CERCLE_INDEX_URL": "i.sqlite", "CERCLE_CONTENT": "file:///texts"}
    told = Settings.read({**LEAST, **shared})
    assert (told.index_url, told.content) == ("i.sqlite", "file:///texts")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SPEED": "1"}, "CERCLE_GATEWAY_SPEED is no setting of a gateway"),
        ({"INDEX_URL": "x"}, "CERCLE_GATEWAY_INDEX_URL is no setting"),
        ({"WINDOW": "0"}, "CERCLE_GATEWAY_WINDOW"),
        ({"SKEW": "301"}, "CERCLE_GATEWAY_SKEW"),
        ({"SKEW": "nan"}, "CERCLE_GATEWAY_SKEW"),
        ({"CALLS_PER_MINUTE": "0"}, "CERCLE_GATEWAY_CALLS_PER_MINUTE"),
        ({"MAX_BEHIND": "-1"}, "CERCLE_GATEWAY_MAX_BEHIND"),
        ({"CALLERS": ""}, "CERCLE_GATEWAY_CALLERS"),
        ({"AUTHORITIES": "https://a.example"}, "CERCLE_GATEWAY_AUTHORITIES.*a name"),
    ],
)
def test_read__what_makes_no_sense__is_named(changes, said):
    with pytest.raises(SettingsError, match=said):
        read(**changes)


def one(**changes):
    return {"id": "till", "key": public_of("till"), "scopes": ["brand"], **changes}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{", "is not JSON"),
        ([], "valid dictionary"),
        ({"callers": [one(key="AAAA")]}, "callers.0.key.*32 bytes of Ed25519"),
        ({"callers": [one(id="Till 1")]}, "callers.0.id"),
        ({"callers": [one(scopes=["all"])]}, "callers.0.scopes"),
        ({"callers": [one(scopes=[])]}, "callers.0.scopes"),
        ({"callers": [one(per_minute=0)]}, "callers.0.per_minute"),
        ({"callers": [one(worlds=["0x12"])]}, "callers.0.worlds"),
        ({"callers": [one(secret="x")]}, "callers.0.secret"),
        ({"callers": [one(), one()]}, "names a caller twice"),
        ({"callers": [one(id=f"c{n}") for n in range(MOST + 1)]}, "at most 1000"),
    ],
)
def test_callers__of_no_sense__are_named(tmp_path, told, said):
    path = tmp_path / "callers.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    with pytest.raises(SettingsError, match=said):
        Callers(path)


# Each is a point of small order, in one of its spellings: RFC 8032 asks for none of them.
WEAK = [
    *("00" * 32, "00" * 31 + "80", "01" + "00" * 31, "01" + "00" * 30 + "80"),
    *("ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "ff"),
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


@pytest.mark.parametrize("raw", WEAK)
def test_callers__key_that_anybody_can_sign_for__is_refused(tmp_path, raw):
    path = tmp_path / "callers.json"
    key = base64.b64encode(bytes.fromhex(raw)).decode()
    path.write_text(json.dumps({"callers": [one(key=key)]}))
    with pytest.raises(SettingsError, match="anybody can sign for this key"):
        Callers(path)


def test_weak_key__without_the_refusal__would_let_anybody_in():
    identity = b"\x01" + bytes(31)
    public = Ed25519PublicKey.from_public_bytes(identity)
    public.verify(identity + bytes(32), b"whatever is asked")


def test_callers__missing_or_huge__are_named(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        Callers(tmp_path / "none.json")
    (tmp_path / "huge.json").write_text(" " * 1_048_577)
    with pytest.raises(SettingsError, match="larger than"):
        Callers(tmp_path / "huge.json")


def test_callers__of_the_file__have_their_scopes(tmp_path):
    callers = Callers(write_callers(tmp_path / "callers.json"))
    assert callers.get("till").scopes == frozenset(Scope)
    assert callers.get("world").worlds == ("0x" + "77" * 32,)
    assert (callers.get("dear").calls_per_minute, callers.get("nobody")) == (80, None)
    assert set(CALLERS) == {"till", "other", "world", "slow", "dear"}


def test_open__deployment_missing__says_so(tmp_path):
    told = read().model_copy(update={"deployment": tmp_path / "none.json"})
    with pytest.raises(SettingsError, match="deploy first"):
        Gateway.open(told)


def test_page__worked_example__is_what_the_code_makes():
    page = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
    path, query = "/v1/passports/42/history", "?limit=2"
    asked = Asked("GET", "gateway.example", path, query, content_digest(b""))
    made = sign(RFC_KEY, "till-1", asked, created=1_700_000_000, nonce="b7c2d9f01a3e4c55")
    headers = "\n".join(f"{name}: {value}" for name, value in made.items())
    signed = read_headers({name.lower(): value for name, value in made.items()})
    base = signature_base(asked.components.items(), signed.parameters).decode()
    assert f"```\n{headers}\n```" in page
    assert f"```\n{base}\n```" in page


def test_page__names_every_setting_scope_and_word():
    page = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:CERCLE_GATEWAY)?_([A-Z_]+)`", page))
    named |= {name.removeprefix("CERCLE_") for name in SHARED.values() if f"`{name}`" in page}
    fields = {SHARED.get(field, field.upper()).removeprefix("CERCLE_") for field in FIELDS}
    assert named - OTHERS == fields
    words = {*UNSIGNED, *NOT_NOW, *Scope, *(one for row in WORDS.values() for one in row)}
    assert not [word for word in words if f"`{word}`" not in page and " " not in word]
