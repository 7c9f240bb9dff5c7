"""The local chain: an anvil whose state outlives it, spoken to in JSON-RPC batches."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHAIN_ID = 31_337
HOST = "127.0.0.1"
HARDFORK = "osaka"  # the first with P-256 at 0x100, without which no passkey is offered
GAS = 12_000_000
CHUNK = 200  # requests a batch


class DemoError(Exception):
    """Something a person can act on; the message is the whole story."""


@dataclass(frozen=True)
class Tx:
    """A transaction of one of the node's own unlocked accounts."""

    sender: str
    to: str
    data: str
    value: int = 0  # wei


def anvil_binary() -> str:
    """The node itself, not npm's wrapper around it: a signal must reach the one that saves.

    Raises:
        DemoError: It is not installed.
    """
    found = shutil.which("anvil")
    if found is None:
        raise DemoError("The anvil node is missing. Run `make setup`.")
    packages = Path(found).resolve().parent.parent
    return str(next(packages.glob("anvil-*/bin/anvil"), Path(found)))


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((HOST, port)) != 0


class Node:
    """One anvil on loopback.

    Usage example::

        node = Node(8545, Path("build/demo"))
        node.start(accounts=420, genesis=1_700_000_000)
        node.send([Tx(sender, contract, "0x...")], at=1_700_000_100)
        node.stop()
    """

    def __init__(self, port: int, folder: Path) -> None:
        self.url = f"http://{HOST}:{port}"
        self.port = port
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def state(self) -> Path:
        return self.folder / "chain.json"

    # ---- life ----

    def start(self, *, accounts: int, genesis: int) -> None:
        """Start the node, from its kept state if there is one.

        Raises:
            DemoError: The port is taken, anvil is missing or does not come up.
        """
        if not port_is_free(self.port):
            raise DemoError(
                f"Port {self.port} is taken. Run `make down`, or choose another with RPC_PORT."
            )
        binary = anvil_binary()
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            *(binary, "--host", HOST, "--port", str(self.port), "--chain-id", str(CHAIN_ID)),
            *("--accounts", str(accounts), "--balance", "1000", "--hardfork", HARDFORK),
            *("--state", str(self.state), "--gas-limit", "60000000", "--silent"),
        ]
        if not self.state.exists():
            command += ["--timestamp", str(genesis)]
        # Its own group: Ctrl-C reaches this program first, which then asks the node to save.
        with (self.folder / "anvil.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(DemoError):
                self.rpc("eth_chainId")
                return
            time.sleep(0.1)
        raise DemoError(f"The local chain did not start; see {self.folder.name}/anvil.log.")

    def stop(self) -> None:
        """Stop the node; it writes its state first."""
        if self.process is not None:
            stop_pid(self.process.pid)
            self.process.wait()
            self.process = None

    # ---- speech ----

    def post(self, body: object) -> Any:
        request = urllib.request.Request(
            self.url, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except (urllib.error.URLError, OSError, ValueError) as why:
            raise DemoError(f"The local chain at {self.url} does not answer.") from why

    def rpc(self, method: str, *params: object) -> Any:
        """One call; an error of the node becomes a DemoError."""
        return self.batch([(method, list(params))])[0]

    def batch(self, calls: Sequence[tuple[str, list[Any]]]) -> list[Any]:
        """Many calls, a few hundred a request, answers in order."""
        results: list[Any] = []
        for start in range(0, len(calls), CHUNK):
            part = calls[start : start + CHUNK]
            answers = self.post(
                [
                    {"jsonrpc": "2.0", "id": i, "method": method, "params": params}
                    for i, (method, params) in enumerate(part)
                ]
            )
            answers.sort(key=lambda answer: answer["id"])
            for (method, _), answer in zip(part, answers, strict=True):
                if "error" in answer:
                    raise DemoError(f"{method}: {answer['error'].get('message', 'refused')}")
                results.append(answer["result"])
        return results

    # ---- acts ----

    def accounts(self) -> list[str]:
        return list(self.rpc("eth_accounts"))

    def now(self) -> int:
        """The newest block's time."""
        return int(self.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def send(self, txs: Sequence[Tx], *, at: int | None = None) -> list[str]:
        """Send, and insist that every one succeeds. One account's go in order; do not mix in
        one call what depends on another account's.

        Args:
            txs: What to send.
            at: The unix second of the first block; not before the newest one.
        """
        hashes: list[str] = []
        for part in _apart(txs):
            if at is not None and at > self.now():
                self.rpc("evm_setNextBlockTimestamp", at)
            at = None
            sent = self.batch([("eth_sendTransaction", [self._request(tx)]) for tx in part])
            for tx, receipt in zip(part, self._receipts(sent), strict=True):
                if receipt is None or receipt["status"] != "0x1":
                    reason = self._reason(tx)
                    raise DemoError(f"A transaction to {tx.to} was refused: {reason}")
            hashes += sent
        return hashes

    def send_together(self, txs: Sequence[Tx], *, at: int | None = None) -> None:
        """Send many in one block, which is quicker; one account's go in order.

        Args:
            txs: What to send; none may depend on another account's.
            at: The unix second of the block; not before the newest one.
        """
        senders = list(dict.fromkeys(tx.sender for tx in txs))
        counts = self.batch([("eth_getTransactionCount", [one, "latest"]) for one in senders])
        nonces = {one: int(count, 16) for one, count in zip(senders, counts, strict=True)}
        requests = []
        for tx in txs:
            requests.append(self._request(tx) | {"nonce": hex(nonces[tx.sender])})
            nonces[tx.sender] += 1
        self.rpc("evm_setAutomine", False)
        try:
            sent = self.batch([("eth_sendTransaction", [request]) for request in requests])
            if at is not None and at > self.now():
                self.rpc("evm_setNextBlockTimestamp", at)
            receipts: list[Any] = [None] * len(txs)
            for _ in range(len(txs)):  # a block more for what did not fit
                self.rpc("evm_mine")
                receipts = self.batch([("eth_getTransactionReceipt", [one]) for one in sent])
                if None not in receipts:
                    break
        finally:
            self.rpc("evm_setAutomine", True)
        for tx, receipt in zip(txs, receipts, strict=True):
            if receipt is None or receipt["status"] != "0x1":
                raise DemoError(f"A transaction to {tx.to} was refused: {self._reason(tx)}")

    @contextlib.contextmanager
    def speaking_for(self, accounts: Sequence[str]) -> Iterator[None]:
        """Let the node send for accounts that are not its own, and have something to pay with."""
        for account in accounts:
            self.rpc("anvil_setBalance", account, hex(10**20))
            self.rpc("anvil_impersonateAccount", account)
        try:
            yield
        finally:
            for account in accounts:
                self.rpc("anvil_stopImpersonatingAccount", account)

    def catch_up(self) -> None:
        """Mine a block of now, after the past was replayed."""
        self.reach(int(time.time()))

    def reach(self, at: int) -> None:
        """Mine a block of a second, or the next one if that is past."""
        self.rpc("evm_setNextBlockTimestamp", max(at, self.now() + 1))
        self.rpc("evm_mine")

    def _receipts(self, hashes: list[str]) -> list[Any]:
        """The node answers a send before it has mined it: ask until all are there."""
        receipts: list[Any] = []
        for _ in _ticks(30):
            receipts = self.batch([("eth_getTransactionReceipt", [h]) for h in hashes])
            if None not in receipts:
                break
        return receipts

    def _request(self, tx: Tx) -> dict[str, str]:
        told = {"from": tx.sender, "to": tx.to, "data": tx.data, "gas": hex(GAS)}
        return told | {"value": hex(tx.value)} if tx.value else told

    def _reason(self, tx: Tx) -> str:
        try:
            self.rpc("eth_call", self._request(tx), "latest")
        except DemoError as why:
            return str(why)
        return "it would pass now"


def _apart(txs: Sequence[Tx]) -> Iterator[list[Tx]]:
    """Cut where a sender returns: the node works on a batch's calls side by side, and would
    give two transactions of one account the same nonce."""
    part: list[Tx] = []
    for tx in txs:
        if any(tx.sender == other.sender for other in part):
            yield part
            part = []
        part.append(tx)
    if part:
        yield part


def stop_pid(pid: int, patience: float = 30) -> None:
    """Ask a process to end as Ctrl-C does, and wait until it has; after so many seconds, end it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        for _ in _ticks(patience):
            if not is_alive(pid):
                return
        os.kill(pid, signal.SIGKILL)


def _ticks(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        done, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    return done == 0
