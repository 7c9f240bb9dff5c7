"""What the environment may say, and when the server refuses to start."""

from __future__ import annotations

import pytest

from frontend.server import build, options
from frontend.settings import Settings, SettingsError
from tests.frontend.server.stub_node import StubNode


def test_read__nothing_said__is_a_server_on_loopback() -> None:
    settings = Settings.read({}, port=8601)
    assert settings.hosts == ("localhost", "127.0.0.1", "::1")
    assert settings.domain == "localhost:8601"
    assert settings.rpc_urls == ()
    assert settings.demo_wallet is False


def test_read__a_public_address__is_the_name_it_answers_to() -> None:
    env = {"CERCLE_PUBLIC_URL": "https://club.example/", "CERCLE_HOSTS": "www.club.example"}
    settings = Settings.read(env, address="0.0.0.0")
    assert settings.hosts == ("club.example", "www.club.example")
    assert settings.domain == "club.example"


def test_read__several_nodes__keep_their_order() -> None:
    settings = Settings.read({"CERCLE_RPC_URLS": "https://one.example, https://two.example,"})
    assert settings.rpc_urls == ("https://one.example", "https://two.example")


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"CERCLE_RPC_URLS": "ftp://x"}, "is not an http or https address"),
        ({"CERCLE_RPC_URLS": "localhost:8545"}, "is not an http or https address"),
        ({"CERCLE_PUBLIC_URL": "club.example"}, "must be a scheme and a host"),
        ({"CERCLE_PUBLIC_URL": "https://club.example/app"}, "must be a scheme and a host"),
        ({"CERCLE_MAX_HEAD_AGE": "soon"}, "must be a whole number of seconds"),
    ],
)
def test_read__amiss__is_refused_in_one_sentence(env: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        Settings.read(env)


def test_read__off_loopback_without_a_name__is_refused() -> None:
    with pytest.raises(SettingsError, match="Set CERCLE_PUBLIC_URL"):
        Settings.read({}, address="0.0.0.0")


def test_options__streamlit_is_told_what_is_safe() -> None:
    told = options(Settings.read({}, port=1))
    assert told["server.allowedHosts"] == ["localhost", "127.0.0.1", "::1"]
    assert told["server.enableXsrfProtection"] is True
    assert told["server.enableCORS"] is True
    assert told["server.enableAgentApi"] is False
    assert told["client.toolbarMode"] == "viewer"
    assert told["client.showErrorDetails"] == "none"
    assert told["client.allowedOrigins"] == []
    assert told["browser.gatherUsageStats"] is False


def test_build__deployment_missing__is_refused(tmp_path) -> None:
    settings = Settings.read({"CERCLE_DEPLOYMENT": str(tmp_path / "nowhere.json")})
    with pytest.raises(SettingsError, match=r"nowhere\.json does not exist"):
        build(settings, tmp_path / "page.py")


# ---- the demo's wallet ------------------------------------------------------------------


def refused(tmp_path, address: str = "127.0.0.1", **env: str) -> str:
    settings = Settings.read({"CERCLE_DEMO_WALLET": "1", **env}, address=address)
    with pytest.raises(SettingsError) as found:
        build(settings, tmp_path / "page.py")
    return str(found.value)


def test_demo_wallet__another_chain__is_refused(tmp_path, stub_node: StubNode) -> None:
    stub_node.chain_id = 1
    sentence = refused(tmp_path, CERCLE_RPC_URLS=stub_node.url)
    assert sentence == "The demo's wallet is refused: the chain is 1, not 31337."


@pytest.mark.parametrize("url", ["http://node.example:8545", "http://10.0.0.1:8545"])
def test_demo_wallet__node_elsewhere__is_refused(tmp_path, url: str) -> None:
    assert "the node is not on this machine" in refused(tmp_path, CERCLE_RPC_URLS=url)


def test_demo_wallet__node_silent__is_refused(tmp_path) -> None:
    assert "does not answer" in refused(tmp_path, CERCLE_RPC_URLS="http://127.0.0.1:1")


def test_demo_wallet__no_node_or_two__is_refused(tmp_path, stub_node: StubNode) -> None:
    assert "exactly one node" in refused(tmp_path)
    two = f"{stub_node.url},{stub_node.url}"
    assert "exactly one node" in refused(tmp_path, CERCLE_RPC_URLS=two)


@pytest.mark.parametrize(
    ("address", "env"),
    [
        ("127.0.0.1", {"CERCLE_PUBLIC_URL": "https://club.example"}),
        ("127.0.0.1", {"CERCLE_HOSTS": "club.example"}),
        ("0.0.0.0", {"CERCLE_PUBLIC_URL": "http://localhost:1"}),
    ],
)
def test_demo_wallet__reachable_from_outside__is_refused(
    tmp_path, stub_node: StubNode, address: str, env: dict[str, str]
) -> None:
    env = {"CERCLE_RPC_URLS": stub_node.url, **env}
    assert "can be reached from other machines" in refused(tmp_path, address, **env)
