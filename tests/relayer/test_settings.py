"""What the environment may say, and that a key stands in no message."""

import json
import re
from decimal import Decimal
from hashlib import sha256

import pytest
from eth_account import Account

from cercle.relayer.conditions import SENTENCES
from cercle.relayer.key import load_key
from cercle.relayer.relayer import Relayer
from cercle.relayer.settings import Settings, SettingsError
from cercle.typed_data import STRUCTS, can_carry
from tools.places import ROOT

FIELDS, SHARED, OTHERS = Settings.model_fields, Settings.SHARED, Settings.OTHERS
KEY = "0x" + "5e" * 32
TOKEN = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
LEAST = {"CERCLE_RPC_URLS": "http://one.example, http://two.example", "CERCLE_DEPLOYMENT": "d.json"}


def read(**changes):
    names = {f"CERCLE_RELAYER_{name}": value for name, value in changes.items()}
    return Settings.read({**LEAST, **names, "PATH": "/bin"})


def test_read__the_least__takes_the_usual():
    told = read()
    assert told.rpc_urls == ("http://one.example", "http://two.example")
    assert set(told.structs) == {name for name in STRUCTS if can_carry(name)}
    assert (told.batch_seconds, told.batch_size, told.per_member) == (2.0, 100, 50)
    assert (told.max_fee, told.balance_floor) == (100 * 10**9, 10**16)


def test_read__everything__is_understood():
    told = read(
        STRUCTS="Ballot, Join",
        TOKENS=f"{TOKEN.lower()}=100000",
        PER_KIND="Ballot=5000, Join=20",
        GAS_CAPS="Ballot=90000",
        ETHER_PER_DAY="0.25",
        MAX_FEE="2.5",
        MAX_HEAD_AGE="60",
        RP_ID="club.example",
        URL="http://elsewhere.example",  # the app's, not ours
        PER_MEMBER="  ",
    )
    assert told.structs == ("Ballot", "Join")
    assert told.tokens == {TOKEN: 100_000}
    assert told.offered == ("Ballot", "Join", "TokenPermit")
    assert (told.of_kind("Ballot"), told.of_kind("Join"), told.of_kind("Leave")) == (5000, 20, 2000)
    assert (told.gas_cap("Ballot"), told.gas_cap("Join")) == (90_000, 600_000)
    assert told.ether_per_day == Decimal("0.25") * 10**18
    assert (told.max_fee, told.max_head_age) == (25 * 10**8, 60)
    assert told.site == "0x" + sha256(b"club.example").hexdigest()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SPEED": "1"}, "CERCLE_RELAYER_SPEED is no setting"),
        ({"DEPLOYMENT": "x"}, "CERCLE_RELAYER_DEPLOYMENT is no setting"),
        ({"STRUCTS": "Permit"}, "CERCLE_RELAYER_STRUCTS.*nothing carries a Permit"),
        ({"PER_KIND": "Ballot"}, "CERCLE_RELAYER_PER_KIND.*Ballot=5000"),
        ({"PER_KIND": "Ballot=-1"}, "CERCLE_RELAYER_PER_KIND"),
        ({"PER_KIND": "Permit=1"}, "CERCLE_RELAYER_PER_KIND.*nothing carries"),
        ({"STRUCTS": "TokenPermit"}, "CERCLE_RELAYER_STRUCTS.*nothing carries a TokenPermit"),
        ({"TOKENS": "euro=5"}, "CERCLE_RELAYER_TOKENS.*a token's address and a sum"),
        ({"TOKENS": f"{TOKEN}=-5"}, "CERCLE_RELAYER_TOKENS"),
        ({"PER_MEMBER": "many"}, "CERCLE_RELAYER_PER_MEMBER"),
        ({"PER_MEMBER": "-1"}, "CERCLE_RELAYER_PER_MEMBER"),
        ({"BATCH_SIZE": "101"}, "CERCLE_RELAYER_BATCH_SIZE"),
        ({"BATCH_SECONDS": "nan"}, "CERCLE_RELAYER_BATCH_SECONDS"),
        ({"ETHER_PER_DAY": "much"}, "CERCLE_RELAYER_ETHER_PER_DAY.*decimal"),
        ({"ETHER_PER_DAY": "inf"}, "CERCLE_RELAYER_ETHER_PER_DAY.*whole number"),
        ({"ETHER_PER_DAY": "1e-19"}, "CERCLE_RELAYER_ETHER_PER_DAY.*whole number"),
        ({"ETHER_PER_DAY": "-1"}, "CERCLE_RELAYER_ETHER_PER_DAY"),
        ({"MAX_FEE": "0"}, "CERCLE_RELAYER_MAX_FEE"),
    ],
)
def test_read__what_makes_no_sense__is_named(changes, said):
    with pytest.raises(SettingsError, match=said):
        read(**changes)


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({}, "CERCLE_RPC_URLS"),
        ({**LEAST, "CERCLE_RPC_URLS": "ftp://x"}, "CERCLE_RPC_URLS.*http"),
        ({**LEAST, "CERCLE_RPC_URLS": "http://x,http://x"}, "CERCLE_RPC_URLS.*twice"),
        ({"CERCLE_RPC_URLS": "http://x"}, "CERCLE_DEPLOYMENT"),
    ],
)
def test_read__no_node_or_deployment__is_named(env, said):
    with pytest.raises(SettingsError, match=said):
        Settings.read(env)


# ---- the key ----------------------------------------------------------------------------


def test_key__from_the_environment__signs_and_is_not_shown():
    told = read(KEY=KEY)
    assert load_key(told).address == Account.from_key(KEY).address
    assert KEY[2:] not in repr(told) + str(told) + told.model_dump_json()


def test_key__from_a_keystore__opens_with_its_password(tmp_path):
    store, word = tmp_path / "key.json", tmp_path / "word"
    store.write_text(json.dumps(Account.encrypt(KEY, "secret", kdf="pbkdf2", iterations=2)))
    word.write_text("secret\n")
    told = read(KEYSTORE=str(store), PASSWORD_FILE=str(word))
    assert load_key(told).address == Account.from_key(KEY).address
    word.write_text("wrong")
    with pytest.raises(SettingsError, match="does not open"):
        load_key(told)
    store.write_text("{}")
    with pytest.raises(SettingsError, match="does not open"):
        load_key(told)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Name one key"),
        ({"KEY": KEY, "KEYSTORE": "k"}, "Name one key"),
        ({"KEY": "0x" + "5e" * 31}, "KEY is no private key"),
        ({"KEY": "00" * 32}, "KEY is no private key"),
        ({"KEYSTORE": "k"}, "needs CERCLE_RELAYER_PASSWORD_FILE"),
        ({"KEYSTORE": "nowhere", "PASSWORD_FILE": "nowhere"}, "PASSWORD_FILE cannot be read"),
    ],
)
def test_key__missing_or_none__is_said_without_it(changes, said):
    with pytest.raises(SettingsError, match=said) as no:
        load_key(read(**changes))
    assert "5e5e" not in str(no.value)
    assert no.value.__cause__ is None


# ---- the start --------------------------------------------------------------------------


def test_open__deployment_missing__says_so(tmp_path):
    told = read(KEY=KEY).model_copy(update={"deployment": tmp_path / "none.json"})
    with pytest.raises(SettingsError, match="deploy first"):
        Relayer.open(told)


def test_page__names_every_setting_and_every_illness():
    page = (ROOT / "docs" / "relayer.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:CERCLE_RELAYER)?_([A-Z_]+)`", page))
    named |= {name.removeprefix("CERCLE_") for name in SHARED.values() if f"`{name}`" in page}
    fields = {SHARED.get(field, field.upper()).removeprefix("CERCLE_") for field in FIELDS}
    assert named == fields | OTHERS
    assert not [word for word in SENTENCES if f"`{word}`" not in page]
