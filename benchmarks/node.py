"""A private anvil with a clock of its own, and transactions of anybody on it.

Every block's time is set, so a run gives the same blocks, hashes and gas as the one before.
"""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple
from web3 import HTTPProvider, Web3
from web3.contract import Contract

from tools.artifacts import Artifact
from tools.places import environment
from tools.ports import free_port

GENESIS = 1_800_000_000
BLOCK = 12  # seconds between blocks
GAS = 16_000_000
HARDFORK = "osaka"  # for P-256 at 0x100; every other act costs what it cost under prague
CHUNK = 500  # requests in a batch


class Refused(Exception):
    """A transaction of the set-up that did not go through."""


@dataclass(frozen=True)
class Act:
    """A transaction to send."""

    sender: str
    to: str
    data: str
    access_list: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a transaction cost."""

    tx: str
    gas: int
    contract: str


class Node:
    """One anvil and the clock of its chain."""

    def __init__(self, url: str) -> None:
        self.provider = HTTPProvider(url, request_kwargs={"timeout": 300})
        self.web3 = Web3(self.provider)
        self.now = GENESIS
        self.funded: set[str] = set()

    def rpc(self, method: str, *params: Any) -> Any:
        """One request."""
        return self.batch([(method, list(params))])[0]

    def batch(self, calls: Sequence[tuple[str, list[Any]]]) -> list[Any]:
        """Many requests, a few HTTP posts, answers in order."""
        results: list[Any] = []
        for start in range(0, len(calls), CHUNK):
            part: Any = calls[start : start + CHUNK]
            answers: Any = self.provider.make_batch_request(part)
            for (method, _), answer in zip(part, answers, strict=True):
                if "error" in answer:
                    raise Refused(f"{method}: {answer['error']['message']}")
                results.append(answer["result"])
        return results

    def wait(self, seconds: int) -> None:
        """Let time pass before the next block."""
        self.now += seconds

    def send(self, act: Act) -> Receipt:
        """One transaction in a block of its own."""
        return self.send_together([act])[0]

    def listed(self, act: Act) -> Act:
        """The same act with the access list that the node finds for it (EIP-2930).

        Its price is part of the transaction's gas: 1,900 a slot, which then costs 100, not 2,100.
        The contract called is left out, for its address is paid for anyway.
        """
        answer = self.rpc("eth_createAccessList", self._request(act), "latest")
        entries = answer["accessList"]
        return replace(
            act, access_list=tuple(e for e in entries if e["address"].lower() != act.to.lower())
        )

    def send_together(self, acts: Sequence[Act]) -> list[Receipt]:
        """Transactions in one block, in order; all must succeed.

        The node takes the requests of a batch in any order, so falling gas prices tell it ours.
        """
        self.now += BLOCK
        self._fund({act.sender for act in acts} - self.funded)
        prices = range(len(acts), 0, -1)
        requests = [self._request(act, price) for act, price in zip(acts, prices, strict=True)]
        self._number(requests)
        hashes = self.batch([("eth_sendTransaction", [request]) for request in requests])
        self.rpc("evm_setNextBlockTimestamp", self.now)
        self.rpc("evm_mine")
        receipts = self.batch([("eth_getTransactionReceipt", [tx]) for tx in hashes])
        for act, receipt in zip(acts, receipts, strict=True):
            if receipt is None or int(receipt["status"], 16) != 1:
                raise Refused(f"a call of {act.to} was refused: {self._reason(act)}")
        return [
            Receipt(r["transactionHash"], int(r["gasUsed"], 16), r["contractAddress"] or "")
            for r in receipts
        ]

    def deploy(self, artifact: Artifact, *arguments: Any, sender: str) -> Contract:
        """Deploy a contract."""
        factory = self.web3.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode)
        data = factory.constructor(*arguments).data_in_transaction
        receipt = self.send(Act(sender, "", str(data)))
        address = Web3.to_checksum_address(receipt.contract)
        return self.web3.eth.contract(address=address, abi=artifact.abi)

    def _fund(self, accounts: set[str]) -> None:
        self.batch([("anvil_setBalance", [name, hex(10**18)]) for name in sorted(accounts)])
        self.funded |= accounts

    def _number(self, requests: list[dict[str, Any]]) -> None:
        """Tell the node which of one sender's transactions is which: it may take them at once."""
        often = Counter(request["from"] for request in requests)
        for sender in [name for name, count in often.items() if count > 1]:
            first = int(self.rpc("eth_getTransactionCount", sender, "latest"), 16)
            theirs = [request for request in requests if request["from"] == sender]
            for nonce, request in enumerate(theirs, first):
                request["nonce"] = hex(nonce)

    def _request(self, act: Act, price: int = 0) -> dict[str, Any]:
        request: dict[str, Any] = {"from": act.sender, "data": act.data}
        request |= {"gas": hex(GAS), "gasPrice": hex(price)}
        if act.access_list:
            request["accessList"] = list(act.access_list)
        return request | ({"to": act.to} if act.to else {})

    def _reason(self, act: Act) -> str:
        try:
            self.rpc("eth_call", self._request(act), "latest")
        except Refused as refused:
            return str(refused)
        return "it would pass now"


def call(contract: Contract, function: str, *arguments: Any, sender: str) -> Act:
    """A transaction that calls a function."""
    selector, types = _signature(contract, function)
    data = selector + encode(types, arguments)
    return Act(sender, str(contract.address), "0x" + data.hex())


@cache
def _signature(contract: Contract, function: str) -> tuple[bytes, list[str]]:
    """A function's selector and argument types; web3 would look for them in each call anew."""
    abi: Any = contract.get_function_by_name(function).abi
    types = [collapse_if_tuple(entry) for entry in abi["inputs"]]
    return Web3.keccak(text=f"{function}({','.join(types)})")[:4], types


@contextlib.contextmanager
def private_node() -> Iterator[Node]:
    """An anvil of our own on a free port, gone afterwards."""
    port = free_port()
    command = [
        "anvil", "--silent", "--host", "127.0.0.1", "--port", str(port), "--hardfork", HARDFORK,
        "--timestamp", str(GENESIS), "--no-mining", "--auto-impersonate", "--order", "fees",
        "--gas-limit", str(GAS * 1_000), "--base-fee", "0", "--gas-price", "0", "--accounts", "1",
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment(), stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        node = Node(f"http://127.0.0.1:{port}")
        for _ in range(200):
            if node.web3.is_connected() or process.poll() is not None:
                break
            time.sleep(0.1)
        yield node
    finally:
        process.kill()
        process.wait()
