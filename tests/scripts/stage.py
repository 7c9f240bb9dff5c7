"""Nodes, brands and a runner of scripts: real processes of Ape against chains of their own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cercle.artifacts import Artifacts
from cercle.calls import Call
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.flags import Role
from demo.node import anvil_binary
from tools.ports import free_port

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "plans" / "demo.yaml"
KILLED = -signal.SIGKILL
PATIENCE = 120.0

# Which of the node's accounts holds which role in plans/demo.yaml.
SEAT = {
    Role.ADMIN: 0,
    Role.WARDEN: 1,
    Role.ISSUER: 2,
    Role.TILL: 3,
    Role.STEWARD: 4,
    Role.CURATOR: 5,
    Role.TREASURER: 6,
}
FIRST_PERSON = 7


@dataclass
class Outcome:
    """How a script ended, and what it said."""

    code: int
    text: str

    @property
    def refusal(self) -> str:
        """The one line that begins with `Error:`; a traceback fails the test."""
        assert "Traceback" not in self.text, self.text
        lines = [line for line in self.text.splitlines() if line.startswith("Error: ")]
        assert len(lines) == 1, self.text
        return lines[0].removeprefix("Error: ")


@dataclass
class LocalNode:
    """An anvil of its own: any chain id, any block time."""

    url: str
    chain_id: int
    network: str
    chain: Chain
    accounts: list[str] = field(default_factory=list)

    def rpc(self, method: str, *params: Any) -> Any:
        return self.chain.request(method, list(params))

    def nonce(self, account: str) -> int:
        return int(self.rpc("eth_getTransactionCount", account, "latest"), 16)

    def send(self, sender: str, call: Call) -> None:
        UnlockedExecutor(self.chain, sender, Artifacts()).send(call)


@contextlib.contextmanager
def running_node(chain_id: int, network: str, *options: str) -> Iterator[LocalNode]:
    port = free_port()
    command = [anvil_binary(), "--port", str(port), "--chain-id", str(chain_id), "--silent"]
    process = subprocess.Popen(
        [*command, "--accounts", "20", "--hardfork", "prague", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    chain = Chain([url], chain_id, head_age=0, rest=0)
    try:
        until(lambda: chain.request("eth_chainId", []), "the node")
        node = LocalNode(url, chain_id, f"ethereum:{network}:{url}", chain)
        node.accounts = node.rpc("eth_accounts")
        yield node
    finally:
        process.terminate()
        process.wait(60)


def until(question: Callable[[], Any], what: str) -> Any:
    """Ask until the answer is true, or fail after the patience."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            if answer := question():
                return answer
        time.sleep(0.005)
    raise AssertionError(f"{what} did not come within {PATIENCE:.0f} seconds")


class ApeServer:
    """Runs `ape run ...` in forked children; may kill one at a chosen moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("ape_server.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self._line() == "ready"

    def run(
        self,
        *argv: str,
        kill_when: Callable[[], bool] | None = None,
        env: dict[str, str] | None = None,
    ) -> Outcome:
        """Run a script to its end, or until `kill_when` says so."""
        out = self.folder / "out.txt"
        assert self.process.stdin is not None
        self.process.stdin.write(
            json.dumps({"argv": argv, "out": str(out), "env": env or {}}) + "\n"
        )
        self.process.stdin.flush()
        pid = json.loads(self._line())["pid"]
        if kill_when is not None:
            while _is_running(pid) and not kill_when():
                time.sleep(0.01)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        code = json.loads(self._line())["code"]
        return Outcome(code, out.read_text(errors="replace"))

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


@dataclass
class Brand:
    """A deployed brand, and the words that point a script at it."""

    node: LocalNode
    deployment: Deployment
    path: Path
    content: str

    def words(self, role: Role | None = None) -> list[str]:
        """`--network`, `--deployment` and, for who signs, `--account`."""
        words = ["--network", self.node.network, "--deployment", str(self.path)]
        if role is not None:
            words += ["--account", f"TEST::{SEAT[role]}"]
        return words

    def seat(self, role: Role) -> str:
        return self.node.accounts[SEAT[role]]

    def people(self, count: int) -> list[str]:
        return self.node.accounts[FIRST_PERSON : FIRST_PERSON + count]

    def ask(self, contract: str, function: str, *arguments: Any) -> Any:
        read = self.deployment.contract(contract).read(function, *arguments)
        return self.node.chain.read([read], self.node.chain.head(fresh=True))[0]
