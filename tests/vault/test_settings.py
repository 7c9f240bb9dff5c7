"""What the environment may say to a vault, and what it says to a browser of another site."""

from __future__ import annotations

import pytest

from cercle.vault import keys
from cercle.vault.service import Vault
from cercle.vault.settings import Settings, SettingsError

from .stage import VAULT_KEY

EARLIER = bytes(range(2, 34))
CUSTODIAN = "0x" + "11" * 32
LEAST = {
    "CERCLE_RPC_URLS": "http://one.example",
    "CERCLE_DEPLOYMENT": "d.json",
    "CERCLE_VAULT_DATABASE": "vault.sqlite",
    "CERCLE_VAULT_STORAGE": "blobs",
    "CERCLE_VAULT_SITE": "https://vault.example",
    "CERCLE_VAULT_KEY": keys.text_of(VAULT_KEY),
    "CERCLE_VAULT_CUSTODIAN_KEY": CUSTODIAN,
}
SHOP = "https://shop.example"


def read(**changes: str) -> Settings:
    names = {f"CERCLE_VAULT_{name}": value for name, value in changes.items()}
    return Settings.read({**LEAST, **names})


# ---- the environment -----------------------------------------------------------------------


def test_read__the_least__takes_the_usual():
    told = read()
    assert (told.window, told.max_head_age, told.poll_seconds, told.node_timeout) == (60, 60, 5, 5)
    assert (told.per_minute, told.sign_ins_per_minute, told.waiting_for) == (600, 600, 86_400)
    assert (told.origins, told.earlier_keys, told.domain) == ((), (), "vault.example")


def test_read__everything__is_understood():
    told = read(
        EARLIER_KEYS=f"{keys.text_of(EARLIER)}, {keys.text_of(VAULT_KEY)}",
        ORIGINS=f"{SHOP}/, https://b.example:8",
        SITE="https://vault.example:8443/",
        COMPANY_KEY="its clients'",
    )
    assert told.private_keys() == (VAULT_KEY, EARLIER, VAULT_KEY)
    assert told.origins == (SHOP, "https://b.example:8")
    assert (told.site, told.domain) == ("https://vault.example:8443", "vault.example:8443")
    assert told.custodian().address == "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"


@pytest.mark.parametrize("name", sorted(LEAST))
def test_read__without_one_that_is_needed__names_it(name):
    with pytest.raises(SettingsError, match=name):
        Settings.read({**LEAST, name: " "})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SPEED": "1"}, "CERCLE_VAULT_SPEED is no setting of a vault"),
        ({"RPC_URLS": "http://a.example"}, "CERCLE_VAULT_RPC_URLS is no setting"),
        ({"SITE": "vault.example"}, "CERCLE_VAULT_SITE.*https:// and a name"),
        ({"SITE": "ftp://vault.example"}, "CERCLE_VAULT_SITE.*https:// and a name"),
        ({"SITE": "https://vault.example/door"}, "CERCLE_VAULT_SITE.*https:// and a name"),
        ({"SITE": "https://me@vault.example"}, "CERCLE_VAULT_SITE.*https:// and a name"),
        ({"SITE": "https://vault.example?door"}, "CERCLE_VAULT_SITE.*https:// and a name"),
        ({"ORIGINS": "*"}, "CERCLE_VAULT_ORIGINS.*https:// and a name"),
        ({"ORIGINS": f"{SHOP}, {SHOP}/till"}, "CERCLE_VAULT_ORIGINS.*https:// and a name"),
        ({"WINDOW": "0"}, "CERCLE_VAULT_WINDOW"),
        ({"MAX_HEAD_AGE": "nan"}, "CERCLE_VAULT_MAX_HEAD_AGE"),
        ({"POLL_SECONDS": "-1"}, "CERCLE_VAULT_POLL_SECONDS"),
        ({"NODE_TIMEOUT": "inf"}, "CERCLE_VAULT_NODE_TIMEOUT"),
        ({"WAITING_FOR": "86401"}, "CERCLE_VAULT_WAITING_FOR"),
        ({"PER_MINUTE": "3"}, "CERCLE_VAULT_PER_MINUTE"),
        ({"SIGN_INS_PER_MINUTE": "60001"}, "CERCLE_VAULT_SIGN_INS_PER_MINUTE"),
    ],
)
def test_read__what_makes_no_sense__is_named(changes, said):
    with pytest.raises(SettingsError, match=said):
        read(**changes)


@pytest.mark.parametrize(
    ("urls", "said"),
    [
        ("ws://a.example", "CERCLE_RPC_URLS.*http or https"),
        ("http://a.example, http://a.example", "CERCLE_RPC_URLS.*named twice"),
    ],
)
def test_read__nodes_of_no_sense__are_named(urls, said):
    with pytest.raises(SettingsError, match=said):
        Settings.read({**LEAST, "CERCLE_RPC_URLS": urls})


@pytest.mark.parametrize("name", ["KEY", "EARLIER_KEYS"])
@pytest.mark.parametrize("wrong", ["short", "A" * 44, "not/base64url/+" + "A" * 28])
def test_private_keys__that_is_none__is_named_and_not_shown(name, wrong):
    with pytest.raises(SettingsError, match=f"CERCLE_VAULT_{name} is no key") as found:
        read(**{name: wrong}).private_keys()
    assert wrong not in str(found.value)


@pytest.mark.parametrize("wrong", ["0x12", "0x" + "00" * 32, "zz" * 32])
def test_custodian__that_is_none__is_named_and_not_shown(wrong):
    with pytest.raises(SettingsError, match="CERCLE_VAULT_CUSTODIAN_KEY is no private") as found:
        read(CUSTODIAN_KEY=wrong).custodian()
    assert wrong not in str(found.value)


def test_settings__printed__show_no_key():
    told = repr(read(EARLIER_KEYS=keys.text_of(EARLIER)))
    assert not [key for key in (VAULT_KEY, EARLIER) if keys.text_of(key) in told]
    assert CUSTODIAN not in told


@pytest.mark.parametrize("url", ["mysql://db.example/vault", "oracle://db.example/vault"])
def test_open__database_of_another_kind__is_refused(stage, url):
    told = read(DATABASE=url)
    with pytest.raises(SettingsError, match="SQLite or PostgreSQL"):
        Vault.open(told, deployment=stage.town.deployment)


# ---- pages of other sites ------------------------------------------------------------------


def preflight(visitor, origin: str, method: str = "PUT"):
    return visitor.http.options(
        "/v1/ring",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization, content-type, if-match",
        },
    )


def test_origins__one_that_is_named__may_ask_from_a_page(new_vault, open_http):
    visitor = open_http(new_vault(origins=(SHOP,)))
    assert preflight(visitor, SHOP).headers["access-control-allow-origin"] == SHOP
    answer = visitor.http.get("/v1/terms", headers={"Origin": SHOP})
    assert answer.headers["access-control-allow-origin"] == SHOP


def test_origins__no_cookie_travels__since_a_session_is_a_bearers(new_vault, open_http):
    answer = preflight(open_http(new_vault(origins=(SHOP,))), SHOP)
    assert "access-control-allow-credentials" not in answer.headers


def test_origins__another_than_the_named__may_not(new_vault, open_http):
    visitor = open_http(new_vault(origins=(SHOP,)))
    for origin in ("https://evil.example", SHOP + ".evil.example", "http://shop.example", "null"):
        answer = preflight(visitor, origin)
        assert answer.status_code == 400
        assert "access-control-allow-origin" not in answer.headers
        plain = visitor.http.get("/v1/terms", headers={"Origin": origin})
        assert "access-control-allow-origin" not in plain.headers


def test_origins__method_that_no_route_has__is_refused(new_vault, open_http):
    assert preflight(open_http(new_vault(origins=(SHOP,))), SHOP, "DELETE").status_code == 400


def test_origins__nobody_named__no_page_may(nobody):
    assert preflight(nobody, SHOP).status_code == 405
    answer = nobody.http.get("/v1/terms", headers={"Origin": SHOP})
    assert "access-control-allow-origin" not in answer.headers


def test_origins__refusal_of_ours__can_be_read_by_the_page(new_vault, open_http):
    visitor = open_http(new_vault(origins=(SHOP,)))
    answer = visitor.http.get("/v1/ring", headers={"Origin": SHOP})
    assert (answer.status_code, answer.json()["code"]) == (401, "unsigned")
    assert answer.headers["access-control-allow-origin"] == SHOP
