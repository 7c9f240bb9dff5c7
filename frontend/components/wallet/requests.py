"""What a session has asked of its wallet, and what came back: plain state, no Streamlit.

One question is open at a time. An answer counts once, for an id that this very session asked
and whose answer it still waits for; everything else is acknowledged and forgotten.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eth_utils.address import is_hex_address, to_checksum_address

from cercle.calls import Call
from cercle.chain import Fate

LIFETIME = 600  # seconds a question may wait to be opened
KEPT = 50  # acknowledgements and past requests kept
SAFE_INTEGER = 2**53 - 1

# Codes of our own, beside those of EIP-1193 and JSON-RPC; the first three are wallet.js's too.
EXPIRED, OTHER_ACCOUNT, OTHER_CHAIN, OVERTAKEN = -1, -2, -3, -4
REJECTED, UNSUPPORTED, DISCONNECTED, ALREADY_OPEN = 4001, 4200, 4900, -32002


class State(StrEnum):
    """Where a question stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    DROPPED = "dropped"  # expired or overtaken; an answer that comes after all still counts


@dataclass(frozen=True)
class Fault:
    """Why a wallet did not do it. `stage` is page, check, switch or wallet."""

    code: int
    stage: str
    message: str = ""


@dataclass
class Request:
    """One question to the wallet."""

    id: str
    method: str
    params: list[Any]
    label: str
    sender: str
    kind: str
    chain_id: int
    mode: str = "button"
    call: Call | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Request], None] | None = None
    asked_at: float = 0.0
    state: State = State.WAITING
    result: Any = None
    fault: Fault | None = None
    # What was signed for somebody else to carry, and the number it has there.
    carried: str | None = None
    tx_hash: str | None = None
    # What became of the hash that the browser reported, or of the one that carries it.
    fate: Fate | None = None
    nonce: int | None = None
    block: int | None = None
    reason: str = ""
    done_at: float = 0.0
    is_told: bool = False

    def is_same(self, other: Request) -> bool:
        """Whether both ask the same."""
        if (self.method, self.kind, self.chain_id) != (other.method, other.kind, other.chain_id):
            return False
        if self.call is not None:  # an estimate of gas may differ from one press to the next
            return (self.call, self.sender) == (other.call, other.sender)
        return (self.params, self.sender) == (other.params, other.sender)

    @property
    def proof(self) -> str | None:
        """The transaction to look up, once there is one."""
        if self.method == "eth_sendTransaction":
            return self.result if self.fate is not None else None
        return self.tx_hash

    @property
    def is_pending(self) -> bool:
        """Whether the chain has yet to say."""
        return self.fate is Fate.PENDING


@dataclass
class Orphan:
    """A question of the page before a reload; nobody knows its answer but the chain."""

    id: str
    label: str
    sender: str
    nonce: int | None
    tx_hash: str | None
    has_moved: bool = False

    @property
    def can_be_watched(self) -> bool:
        return not self.has_moved and self.nonce is not None


@dataclass
class Store:
    """One session's questions and answers."""

    requests: dict[str, Request] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    ack: list[str] = field(default_factory=list)
    orphans: dict[str, Orphan] = field(default_factory=dict)
    known: dict[str, Any] | None = None
    wish: dict[str, str] | None = None
    chain_id: int = 0
    words: Callable[[str], str] = str
    deliveries: int = 0
    handled: int = 0

    def ask(self, request: Request, now: float | None = None) -> str:
        """Open a question; gives its id.

        The same question again is the same question (a double click). Another one takes the
        place of the one that is open, unless the wallet has it already: then that one's answer
        still counts, and the page shows the new one when it is in.
        """
        request.params = plain(request.params)
        request.asked_at = time.time() if now is None else now
        opened = self.open(request.asked_at)
        if opened is not None and opened.is_same(request):
            return opened.id
        if opened is not None:
            self._drop(opened, OVERTAKEN)
        self.requests[request.id] = request
        self.queue.append(request.id)
        for old in list(self.requests)[:-KEPT]:
            if old not in self.queue and not self.requests[old].is_pending:
                del self.requests[old]
        return request.id

    def open(self, now: float | None = None) -> Request | None:
        """The question that is open now; those that waited too long are dropped."""
        now = time.time() if now is None else now
        while self.queue:
            request = self.requests[self.queue[0]]
            # The page drops it first, by its own clock; a minute more is the page's.
            if now < request.asked_at + LIFETIME + 60:
                return request
            self._drop(request, EXPIRED)
        return None

    def _drop(self, request: Request, code: int) -> None:
        request.state, request.fault = State.DROPPED, Fault(code, "check")
        request.done_at = time.time()
        self.queue.remove(request.id)

    def take(self, value: object) -> list[Request]:
        """Take in what the browser says; gives the requests that were just answered."""
        if not isinstance(value, dict):
            return []
        self.known = wallet_of(value.get("wallet")) or self.known
        answered = [
            request
            for key, answer in _entries(value, "outbox")
            if (request := self._answer(key, answer)) is not None
        ]
        for key, entry in _entries(value, "orphans"):
            self._adopt(key, entry)
        self.ack = self.ack[-KEPT:]
        return answered

    def _answer(self, key: str, answer: Mapping[str, Any]) -> Request | None:
        self.deliveries += 1
        self._acknowledge(key)
        request = self.requests.get(key)
        if request is None or request.state not in (State.WAITING, State.DROPPED):
            return None
        request.fault, request.done_at = None, time.time()
        if answer.get("status") == "ok" and isinstance(answer.get("result"), str):
            request.state, request.result = State.ANSWERED, answer["result"]
            if request.method == "eth_sendTransaction":
                if is_hash(request.result):
                    request.fate = Fate.PENDING
                else:
                    request.state, request.fault = State.FAILED, Fault(-32603, "wallet")
        else:
            request.state, request.fault = State.FAILED, fault_of(answer.get("error"))
        if key in self.queue:
            self.queue.remove(key)
        self.handled += 1
        return request

    def _adopt(self, key: str, entry: Mapping[str, Any]) -> None:
        if key in self.ack or key in self.requests:
            return
        self._acknowledge(key)
        sender = entry.get("sender")
        if not isinstance(sender, str) or not is_hex_address(sender):
            return
        if entry.get("method") != "eth_sendTransaction" or entry.get("chainId") != self.chain_id:
            return  # a signature that was never delivered binds nobody
        tx_hash = entry.get("hash")
        self.orphans[key] = Orphan(
            id=key,
            label=str(entry.get("label", ""))[:200],
            sender=str(to_checksum_address(sender)),
            nonce=hex_number(entry.get("nonce")),
            tx_hash=tx_hash if is_hash(tx_hash) else None,
        )

    def _acknowledge(self, key: str) -> None:
        if key not in self.ack:
            self.ack.append(key)


# ---- what comes from a browser is a claim -------------------------------------------


def wallet_of(value: object) -> dict[str, Any] | None:
    """The wallet as the browser tells it, in the form in which it is told back."""
    if not isinstance(value, dict):
        return None
    account, chain_id, name = value.get("account"), value.get("chainId"), value.get("name")
    found = value.get("found")
    return {
        "account": account if isinstance(account, str) and is_hex_address(account) else None,
        "chainId": chain_id if isinstance(chain_id, int) else None,
        "name": name[:40] if isinstance(name, str) else None,
        "found": found if isinstance(found, int) else 0,
        "signsOnly": value.get("signsOnly") is True,
    }


def fault_of(value: object) -> Fault:
    """An error as the browser tells it."""
    if not isinstance(value, dict):
        return Fault(-32603, "wallet")
    code, stage = value.get("code"), value.get("stage")
    return Fault(
        code=code if isinstance(code, int) else -32603,
        stage=stage if stage in ("page", "check", "switch", "wallet") else "wallet",
        message=str(value.get("message", ""))[:300],
    )


def is_hash(value: object) -> bool:
    """Whether a text has the form of a transaction's hash."""
    if not isinstance(value, str) or len(value) != 66 or not value.startswith("0x"):
        return False
    return all(digit in "0123456789abcdefABCDEF" for digit in value[2:])


def hex_number(value: object) -> int | None:
    """A number in hexadecimal, as JSON-RPC writes it."""
    try:
        return int(value, 16) if isinstance(value, str) and len(value) <= 18 else None
    except ValueError:
        return None


def _entries(value: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    entries = value.get(name)
    if not isinstance(entries, dict):
        return []
    usable = [(k, v) for k, v in entries.items() if isinstance(k, str) and isinstance(v, dict)]
    return [(key[:64], entry) for key, entry in usable[:KEPT]]


# ---- what goes to a browser is plain JSON -------------------------------------------


def plain(value: Any) -> Any:
    """Turn a value into what JSON and JavaScript both hold, or refuse it.

    Streamlit would send anything else as the text of its `repr`, and a browser rounds numbers
    past 2**53.

    Raises:
        TypeError, ValueError: It cannot be.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, bytes | bytearray):
        return "0x" + bytes(value).hex()
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise ValueError("pass large numbers as text")
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} is not JSON")


def new_id() -> str:
    """A name for a request that nobody can guess."""
    return uuid.uuid4().hex
