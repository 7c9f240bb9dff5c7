"""Who carries out a rollout: the promise, and an executor for a node's own accounts."""

from __future__ import annotations

import time
from typing import Any, Protocol

from .artifacts import Artifacts
from .calls import Call
from .chain import Chain
from .errors import DeploymentError
from .values import checksum


class Executor(Protocol):
    """Sends what a rollout needs, as the admin, and waits until it is final enough."""

    chain: Chain
    sender: str

    def deploy(self, name: str, arguments: tuple[Any, ...], nonce: int) -> None:
        """Deploy a contract with exactly this nonce, and wait for it."""

    def send(self, call: Call) -> None:
        """Send a call and wait for it."""


class UnlockedExecutor:
    """Sends from an account that a local node holds itself: for the demo and the tests."""

    def __init__(self, chain: Chain, sender: str, artifacts: Artifacts | None = None) -> None:
        self.chain = chain
        self.sender = checksum(sender)
        self._artifacts = artifacts or Artifacts()

    def deploy(self, name: str, arguments: tuple[Any, ...], nonce: int) -> None:
        data = "0x" + self._artifacts[name].with_arguments(*arguments).hex()
        self._wait(self._request({"from": self.sender, "data": data, "nonce": hex(nonce)}), name)

    def send(self, call: Call) -> None:
        fields = {"from": self.sender, "to": call.to, "data": call.data}
        self._wait(self._request(fields), call.function)

    def _request(self, fields: dict[str, str]) -> str:
        return str(self.chain.request("eth_sendTransaction", [fields]))

    def _wait(self, tx_hash: str, what: str) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            receipt = self.chain.request("eth_getTransactionReceipt", [tx_hash])
            if receipt is not None:
                if int(receipt["status"], 16) != 1:
                    raise DeploymentError(f"{what} was mined and failed.")
                self.chain.forget_head()
                return
            time.sleep(0.02)
        raise DeploymentError(f"{what} was not mined within a minute.")


__all__ = ["Executor", "UnlockedExecutor"]
