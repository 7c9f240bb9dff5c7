"""Nodes for the tests: anvil on a free port, small contracts on it, and nodes that lie."""

import contextlib
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from tools.ports import free_port

CHAIN_ID = 31337
# Returns its own calldata's first word after the selector, whoever asks; see `echo`.
ECHO_CODE = "0x600435600052" + "60206000f3"


def find_anvil() -> str:
    found = shutil.which("anvil")
    local = Path(__file__).parents[2] / "node_modules" / ".bin" / "anvil"
    return found or str(local)


@contextlib.contextmanager
def running_anvil(*options: str) -> Iterator[str]:
    """Start a node, yield its URL, stop it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [find_anvil(), "--port", str(port), "--silent", "--accounts", "20", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(lambda: rpc(url, "eth_chainId"))
            yield url
        finally:
            process.terminate()
            process.wait(10)


def wait_for(question: Callable[[], Any], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(requests.RequestException):
            question()
            return
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def rpc(url: str, method: str, *params: Any) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
    answer = requests.post(url, json=body, timeout=30).json()
    if "error" in answer:
        raise AssertionError(answer["error"])
    return answer["result"]


def put_back(url: str, snapshot: str) -> None:
    """Return a node to a snapshot, so that nothing sent before is mined after.

    A node that mines at once does so beside its answers: what a test sent last may still be under
    way. Held back, dropped, and waited for by a block of our own, it cannot land in what follows.
    """
    rpc(url, "evm_setAutomine", False)
    rpc(url, "anvil_dropAllTransactions")
    rpc(url, "anvil_mine", "0x1")  # waits for the block that is being made
    assert rpc(url, "evm_revert", snapshot)
    rpc(url, "evm_setAutomine", True)


ECHO_ABI = (
    {
        "type": "function",
        "name": "echo",
        "stateMutability": "view",
        "inputs": [{"name": "value", "type": "uint256"}],
        "outputs": [{"name": "", "type": "uint256"}],
    },
    {
        "type": "function",
        "name": "pair",
        "stateMutability": "view",
        "inputs": [{"name": "value", "type": "uint256"}],
        "outputs": [{"name": "", "type": "uint256"}, {"name": "", "type": "uint256"}],
    },
)


def wait_mined(url: str, tx_hash: str) -> None:
    """Anvil may answer with the hash a moment before the block is there."""
    end = time.monotonic() + 10
    while rpc(url, "eth_getTransactionReceipt", tx_hash) is None:
        if time.monotonic() > end:
            raise TimeoutError(tx_hash)
        time.sleep(0.01)


def place_code(node: str, address: str, code: str) -> None:
    rpc(node, "anvil_setCode", address, code)


def refusing_code(reason: str) -> str:
    """Code that refuses everything with a reason, as Vyper does."""
    text = reason.encode()
    payload = (
        bytes.fromhex("08c379a0")
        + (32).to_bytes(32, "big")
        + len(text).to_bytes(32, "big")
        + text.ljust(-(-len(text) // 32) * 32, b"\x00")
    )
    size = len(payload)
    # PUSH1 size, PUSH1 12, PUSH1 0, CODECOPY, PUSH1 size, PUSH1 0, REVERT
    head = bytes([0x60, size, 0x60, 12, 0x60, 0, 0x39, 0x60, size, 0x60, 0, 0xFD])
    return "0x" + (head + payload).hex()


Bend = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Any]


class FakeNode:
    """Passes batches on to an honest node and bends the answers."""

    def __init__(self, honest: str, bend: Bend, delay: float = 0.0) -> None:
        self.batches = 0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.batches += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = json.loads(body)
                if delay:
                    time.sleep(delay)
                    return
                head = {"Content-Type": "application/json"}
                answers = requests.post(honest, data=body, headers=head, timeout=30).json()
                bent = bend(asked, answers)
                raw = bent if isinstance(bent, bytes) else json.dumps(bent).encode()
                with contextlib.suppress(OSError):
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
