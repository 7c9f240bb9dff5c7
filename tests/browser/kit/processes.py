"""The processes of a browser test: chains, the app's server, and a wire that can be cut."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from eth_account import Account
from web3 import Web3

from tools.ports import free_port

ROOT = Path(__file__).parents[3]
LOGS = ROOT / "build" / "browser"


class Process:
    """A process of its own group, ended with all it started."""

    def __init__(self, command: list[str], name: str, env: dict[str, str] | None = None) -> None:
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{name}.log"
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGTERM)
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()


def wait_until(ready: Any, seconds: float, what: str) -> None:
    """Ask again and again; whatever is raised meanwhile means not yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            if ready():
                return
        time.sleep(0.05)
    raise TimeoutError(what)


class Anvil:
    """A chain on loopback."""

    def __init__(
        self, chain_id: int, *options: str, port: int | None = None, hardfork: str = "osaka"
    ) -> None:
        self.chain_id, self.port = chain_id, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        binary = shutil.which("anvil") or str(ROOT / "node_modules" / ".bin" / "anvil")
        command = [binary, "--port", str(self.port), "--chain-id", str(chain_id), "--silent"]
        self.process = Process([*command, "--hardfork", hardfork, *options], f"anvil-{self.port}")
        self.web3 = Web3(Web3.HTTPProvider(self.url))
        wait_until(self.web3.is_connected, 60, "anvil did not start")

    def rpc(self, method: str, *params: object) -> Any:
        answer = self.web3.provider.make_request(method, list(params))
        assert "error" not in answer, answer
        return answer["result"]

    def funded_key(self) -> str:
        """The key of a fresh account with money: no test meets another's account."""
        key = Account.create()
        self.rpc("anvil_setBalance", key.address, hex(10**20))
        return Web3.to_hex(key.key)

    def stop(self) -> None:
        self.process.stop()


class Server:
    """The app's own server around any page."""

    def __init__(self, script: Path, env: dict[str, str], port: int | None = None) -> None:
        self.script, self.port = script, port or free_port()
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), **env}
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def command(self) -> list[str]:
        options = ["--port", str(self.port), "--script", str(self.script)]
        return [sys.executable, "-m", "frontend.server", *options]

    def start(self) -> None:
        self.process = Process(self.command(), f"server-{self.port}", self.env)
        wait_until(self.is_up, 120, f"the server did not start: {self.process.log.read_text()}")

    def is_up(self) -> bool:
        with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
            return answer.status == 200

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """One GET; the status, the headers and the body, whatever the status."""
        return self._fetch(urllib.request.Request(self.url + path, headers=headers))

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, dict[str, str], str]:
        request = urllib.request.Request(self.url + path, body, headers, method="POST")
        return self._fetch(request)

    @staticmethod
    def _fetch(request: urllib.request.Request) -> tuple[int, dict[str, str], str]:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()

    def stop(self) -> None:
        self.process.stop()


def as_json(answer: tuple[int, dict[str, str], str]) -> Any:
    return json.loads(answer[2])


class Wire:
    """A TCP proxy that can be cut: breaks the websocket without touching server or page."""

    def __init__(self, target: int) -> None:
        self.target, self.is_whole = target, True
        self.sockets: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.is_whole:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.sockets += [near, far]
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        _shut(source, sink)

    def cut(self) -> None:
        self.is_whole = False
        _shut(*self.sockets)
        self.sockets.clear()

    def mend(self) -> None:
        self.is_whole = True

    def close(self) -> None:
        self.listener.close()
        self.cut()


def _shut(*sockets: socket.socket) -> None:
    for end in sockets:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
