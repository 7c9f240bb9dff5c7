"""The demo's wallet: a visitor acts as one of the demo's people, and nobody else gets in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from web3 import Web3

from tests.browser.conftest import HERE
from tests.browser.kit.looks import axe, no_sideways_scroll, settled, shot
from tests.browser.kit.processes import Anvil, Server, as_json
from tests.browser.presses import ask, press, registered, row


@pytest.fixture(scope="module")
def people(node: Anvil) -> list[str]:
    """Six of the node's unlocked accounts; the others are staff."""
    return [Web3.to_checksum_address(account) for account in node.web3.eth.accounts[3:9]]


@pytest.fixture(scope="module")
def demo(
    server_env: dict[str, str], people: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The server with the demo's wallet."""
    file = tmp_path_factory.mktemp("demo") / "people.json"
    listed = [{"account": account, "note": {"en": f"Note {n}"}} for n, account in enumerate(people)]
    file.write_text(json.dumps({"people": listed}))
    env = {**server_env, "CERCLE_DEMO_WALLET": "1", "CERCLE_DEMO_PEOPLE": str(file)}
    started = Server(HERE / "bridge_app.py", env)
    yield started
    started.stop()


# ---- in the page ------------------------------------------------------------------------


def borrow(page: Page, demo: Server, number: int) -> None:
    page.goto(demo.url)
    press(page, "Connect Demo wallet")
    page.get_by_label("Number, or part of a note").fill(str(number))
    press(page, "Use this account")


def test_visitor__borrows_an_account__acts_and_is_told(
    context: BrowserContext, demo: Server, people: list[str], node: Anvil
) -> None:
    page = context.new_page()
    borrow(page, demo, 2)
    expect(page.get_by_text(f"account: {people[1]}")).to_be_visible()
    ask(page)
    dialog = page.get_by_role("dialog", name="Confirm")
    expect(dialog.get_by_text("You are acting as Demo visitor 2")).to_be_visible()
    expect(dialog.get_by_text("register", exact=True)).to_be_visible()  # from the call itself
    press(page, "Approve")
    registered(page)
    newest = node.web3.eth.get_block("latest", full_transactions=True)["transactions"][0]
    assert newest["from"] == people[1]


def test_visitor__declines__nothing_is_sent(
    context: BrowserContext, demo: Server, people: list[str], node: Anvil
) -> None:
    page = context.new_page()
    borrow(page, demo, 3)
    before = node.web3.eth.block_number
    ask(page)
    press(page, "Reject")
    expect(row(page, "You declined it: nothing has changed.")).to_be_visible()
    ask(page)
    page.keyboard.press("Escape")
    expect(row(page, "You declined it: nothing has changed.")).to_be_visible()
    assert node.web3.eth.block_number == before


def test_visitor__changes_the_account__and_keeps_it_over_a_reload(
    context: BrowserContext, demo: Server, people: list[str]
) -> None:
    page = context.new_page()
    borrow(page, demo, 1)
    expect(page.get_by_text(f"account: {people[0]}")).to_be_visible()
    press(page, "Change account")
    page.get_by_text("Note 4").click()
    press(page, "Use this account")
    expect(page.get_by_text(f"account: {people[4]}")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"account: {people[4]}")).to_be_visible()


def test_visitor__account_is_none_of_the_demo__is_let_go(
    context: BrowserContext, demo: Server
) -> None:
    page = context.new_page()
    page.goto(f"{demo.url}/_stcore/health")
    stranger = "0x" + "12" * 20
    page.evaluate("(account) => localStorage['cercle.demo.account'] = account", stranger)
    page.evaluate("() => localStorage['cercle.wallet.rdns'] = '\"example.cercle.demo\"'")
    page.goto(demo.url)
    expect(page.get_by_role("button", name="Connect Demo wallet")).to_be_visible()
    expect(page.get_by_text("account: none")).to_be_visible()


def test_visitor__signs_typed_data_and_texts(
    context: BrowserContext, demo: Server, people: list[str]
) -> None:
    page = context.new_page()
    borrow(page, demo, 4)
    press(page, "Link")
    press(page, "Open wallet")
    dialog = page.get_by_role("dialog", name="Sign")
    expect(dialog.get_by_text(str(2**60))).to_be_visible()
    press(page, "Approve")
    expect(page.get_by_text("signature: 0x")).to_be_visible()
    press(page, "Show code")
    press(page, "Open wallet")
    expect(dialog.get_by_text("wants you to sign in")).to_be_visible()
    press(page, "Approve")
    expect(page.get_by_text("code: DANCE-42")).to_be_visible()


def test_page__holds_no_key(context: BrowserContext, demo: Server) -> None:
    page = context.new_page()
    borrow(page, demo, 5)
    settled(page)
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80" not in kept
    assert all(len(word.strip('\\"')) < 64 for word in kept.replace(",", ":").split(":"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs__on_a_phone__are_accessible(
    new_context: Callable[..., BrowserContext], demo: Server, scheme: str
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme).new_page()
    page.goto(demo.url)
    press(page, "Connect Demo wallet")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, f"demo_wallet_choose_{scheme}", full=False)
    press(page, "Use this account")
    expect(page.get_by_text("account: 0x")).to_be_visible()
    press(page, "Text")
    press(page, "Open wallet")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    shot(page, f"demo_wallet_sign_{scheme}", full=False)


# ---- at the route ---------------------------------------------------------------------------


def call(demo: Server, method: str, *params: Any, **headers: str) -> tuple[int, Any]:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    return post(demo, body, **headers)


def post(demo: Server, body: bytes, **headers: str) -> tuple[int, Any]:
    given = {"Origin": demo.url, "Content-Type": "application/json", **headers}
    answer = demo.post("/demo-wallet", body, **{k: v for k, v in given.items() if v})
    return answer[0], as_json(answer) if answer[0] == 200 else None


def refusal(demo: Server, method: str, *params: Any) -> int:
    status, answer = call(demo, method, *params)
    assert status == 200
    return answer["error"]["code"]


def test_route__people__are_told_without_staff(demo: Server, people: list[str]) -> None:
    status, answer = call(demo, "demo_people")
    assert status == 200
    assert [person["account"] for person in answer["result"]] == people


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "https://127.0.0.1", "http://127.0.0.1:1"]
)
def test_route__another_origin__is_refused(demo: Server, origin: str) -> None:
    assert call(demo, "demo_people", Origin=origin)[0] == 403


def test_route__another_host__is_refused(demo: Server) -> None:
    foreign = {"Host": "evil.example", "Origin": "http://evil.example"}
    assert call(demo, "demo_people", **foreign)[0] == 421


def test_route__from_another_site__is_refused(demo: Server) -> None:
    assert call(demo, "demo_people", **{"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_route__a_form__is_refused(demo: Server) -> None:
    kinds = ("text/plain", "application/x-www-form-urlencoded")
    answers = [call(demo, "demo_people", **{"Content-Type": kind})[0] for kind in kinds]
    assert answers == [415, 415]


def test_route__a_big_body__is_refused(demo: Server) -> None:
    assert post(demo, b'{"method": "' + b"x" * 70_000 + b'"}')[0] == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"params": 3}', b"[" * 50_000],
    ids=["empty", "list", "cut", "params", "deep"],
)
def test_route__nonsense__is_refused(demo: Server, body: bytes) -> None:
    assert post(demo, body)[0] == 400


@pytest.mark.parametrize(
    "method",
    ["eth_sign", "anvil_setBalance", "evm_mine", "eth_accounts", "eth_sendRawTransaction", None, 3],
)
def test_route__another_method__is_refused(demo: Server, method: Any) -> None:
    assert refusal(demo, method) == 4200


def test_route__staff_account__is_refused(demo: Server, node: Anvil, people: list[str]) -> None:
    staff = node.web3.eth.accounts[0]
    transaction = {"from": staff, "to": people[0], "data": "0x"}
    assert refusal(demo, "eth_sendTransaction", transaction) == 4100
    assert refusal(demo, "personal_sign", "0x00", staff) == 4100
    assert refusal(demo, "eth_signTypedData_v4", staff, "{}") == 4100
    assert refusal(demo, "eth_getTransactionCount", staff) == 4100


@pytest.mark.parametrize(
    "change",
    [
        {"chainId": "0x1"},
        {"to": None},
        {"to": "0x12"},
        {"gasPrice": "0x1"},
        {"nonce": "0x0"},
        {"authorizationList": []},
    ],
)
def test_route__another_transaction_than_ours__is_refused(
    demo: Server, people: list[str], change: dict[str, Any]
) -> None:
    transaction = {"from": people[0], "to": people[1], "data": "0x", "value": "0x0", **change}
    assert refusal(demo, "eth_sendTransaction", transaction) == -32602


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("eth_sendTransaction", []),
        ("eth_sendTransaction", ["0x"]),
        ("eth_signTypedData_v4", ["{account}", "no json"]),
        ("eth_signTypedData_v4", ["{account}", '{"domain": {"chainId": 1}}']),
        ("personal_sign", ["no hex", "{account}"]),
        ("demo_explain", []),
    ],
)
def test_route__malformed_parameters__are_refused(
    demo: Server, people: list[str], method: str, params: list[str]
) -> None:
    given = [param.replace("{account}", people[0]) for param in params]
    assert refusal(demo, method, *given) == -32602


# ---- where it is not mounted -------------------------------------------------------------------


def test_route__without_the_demo__does_not_exist(server: Server) -> None:
    assert server.post("/demo-wallet", b"{}", Origin=server.url)[0] in (404, 405)
    status, headers, _ = server.get("/demo-wallet/provider.js")
    assert status == 404 or "javascript" not in headers["content-type"]
