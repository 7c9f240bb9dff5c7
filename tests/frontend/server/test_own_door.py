"""Who may ask a wallet that this server speaks for, and how; where passkeys are offered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from cercle.deployments import Deployment
from cercle.relayer.client import RelayerClient
from frontend.components.passkey import route
from frontend.settings import Settings
from frontend.testing import fakes

ORIGIN = "https://club.example"
BODY = b'{"method": "passkey_state", "params": []}'
RELAYER = "http://127.0.0.1:1"


@pytest.fixture
def client() -> Iterator[TestClient]:
    wallet = route.PasskeyWallet(
        "club.example", ORIGIN, object(), fakes.DEPLOYMENT, RelayerClient(RELAYER)
    )
    app = Starlette(routes=[Route(route.PATH, wallet.answer, methods=["POST"])])
    with TestClient(app, base_url="http://10.0.0.7:8501") as made:  # behind a proxy that ends TLS
        yield made


def post(client: TestClient, body: bytes = BODY, **headers: str) -> tuple[int, object]:
    given = {"Origin": ORIGIN, "Content-Type": "application/json", **headers}
    answer = client.post(route.PATH, content=body, headers={k: v for k, v in given.items() if v})
    return answer.status_code, answer.json() if answer.status_code == 200 else None


def test_door__our_own_page__is_answered(client: TestClient) -> None:
    status, answer = post(client)
    assert (status, answer["error"]["code"]) == (200, -32602)


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://club.example", "https://club.example:444", "https://a.club.example",
     "http://10.0.0.7:8501", "https://club.example.evil.example"],
)  # fmt: skip
def test_door__another_origin__is_refused(client: TestClient, origin: str) -> None:
    assert post(client, Origin=origin)[0] == 403


def test_door__from_another_site__is_refused(client: TestClient) -> None:
    assert post(client, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert post(client, **{"Sec-Fetch-Site": "same-origin"})[0] == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_door__a_form__is_refused(client: TestClient, kind: str) -> None:
    assert post(client, **{"Content-Type": kind})[0] == 415


def test_door__a_big_body__is_refused(client: TestClient) -> None:
    assert post(client, b'{"method": "' + b"x" * 70_000 + b'"}')[0] == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"params": 3}', b"[" * 50_000, b"\xff"],
    ids=["empty", "list", "cut", "params", "deep", "bytes"],
)
def test_door__nonsense__is_refused(client: TestClient, body: bytes) -> None:
    assert post(client, body)[0] == 400


@pytest.mark.parametrize("method", ["eth_sendTransaction", "passkey_key", "", "__init__"])
def test_door__another_method__is_refused(client: TestClient, method: str) -> None:
    status, answer = post(client, b'{"method": "%s"}' % method.encode())
    assert (status, answer["error"]["code"]) == (200, 4200)


# ---- where they are offered -----------------------------------------------------------

NODE = ("http://127.0.0.1:2",)


@pytest.fixture(autouse=True)
def unmounted(monkeypatch) -> None:
    monkeypatch.setattr(route, "_mounted", False)


def test_mount__relayer_and_factory__is_offered() -> None:
    settings = Settings(rpc_urls=NODE, relayer_url=RELAYER, public_url="http://localhost:1")
    routes = route.mount(settings, fakes.DEPLOYMENT)
    assert [one.path for one in routes] == [route.PATH, route.SCRIPT]
    assert route.script() == route.SCRIPT


@pytest.mark.parametrize(
    ("settings", "deployment"),
    [
        (Settings(rpc_urls=NODE), fakes.DEPLOYMENT),
        (Settings(rpc_urls=NODE, relayer_url=RELAYER), None),
        (Settings(relayer_url=RELAYER), fakes.DEPLOYMENT),
        (
            Settings(rpc_urls=NODE, relayer_url=RELAYER),
            Deployment(chain_id=31_337, network="test", brand="delta"),
        ),
    ],
    ids=["no relayer", "no deployment", "no node", "no factory"],
)
def test_mount__something_is_missing__is_not_offered(
    settings: Settings, deployment: Deployment | None
) -> None:
    assert route.mount(settings, deployment) == []
    assert route.script() is None


@pytest.mark.parametrize(
    ("url", "site", "origin"),
    [
        ("http://localhost:8501", "localhost", "http://localhost:8501"),
        ("https://Club.Example", "club.example", "https://club.example"),
        ("https://club.example:443", "club.example", "https://club.example"),
        ("http://club.example:80", "club.example", "http://club.example"),
        ("https://club.example:8443", "club.example", "https://club.example:8443"),
    ],
)
def test_settings__public_address__names_site_and_origin(url: str, site: str, origin: str) -> None:
    settings = Settings(public_url=url)
    assert (settings.site, settings.origin) == (site, origin)
