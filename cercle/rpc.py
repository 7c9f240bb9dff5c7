"""One node: JSON-RPC batches over HTTP, bounded in time and size, answers checked for form."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import requests
from eth_utils.hexadecimal import is_0x_prefixed
from requests.adapters import HTTPAdapter

from .errors import NodeMisbehaved, NodeUnreachable, WrongChain
from .jsontext import depth_of

MAX_ANSWER = 16 * 1024 * 1024
_MAX_DEPTH = 64
Request = tuple[str, list[Any]]
Answer = dict[str, Any]


class Node:
    """A node behind a URL. It checks in every batch that it serves the chain that was meant."""

    def __init__(self, url: str, chain_id: int, timeout: float) -> None:
        self.url = url
        self.chain_id = chain_id
        self.requests = 0
        self._lock = threading.Lock()
        self._session = _BoundedSession(url, timeout)

    @property
    def name(self) -> str:
        """The host alone: a URL may carry a key."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    def batch(self, asked: Sequence[Request]) -> list[Answer]:
        """Send one HTTP request and return the answers in the order of the questions.

        Raises:
            NodeUnreachable: No answer, or an HTTP error.
            WrongChain: The node serves another chain.
            NodeMisbehaved: The answers are not those of this batch.
        """
        with self._lock:
            self.requests += 1
        raw = self._post([("eth_chainId", []), *asked])
        if isinstance(raw, dict):
            raise NodeMisbehaved(f"The node {self.name} refuses batches: {_message(raw)}.")
        if not isinstance(raw, list) or len(raw) != len(asked) + 1:
            raise NodeMisbehaved(f"The node {self.name} answered a part of what was asked.")
        if [item["id"] for item in raw] != list(range(len(raw))):  # none twice, none missing
            raise NodeMisbehaved(f"The node {self.name} answered what was not asked.")
        if any(("result" in item) == ("error" in item) for item in raw):
            raise NodeMisbehaved(f"The node {self.name} answered neither a result nor an error.")
        self._require_chain(raw[0])
        return raw[1:]

    def _require_chain(self, answer: Answer) -> None:
        served = quantity(answer.get("result"), self.name)
        if served != self.chain_id:
            raise WrongChain(
                f"The node {self.name} serves chain {served}; chain {self.chain_id} was meant."
            )

    def _post(self, asked: Sequence[Request]) -> Any:
        # Numbers of its own for each batch: threads that shared a counter would mix theirs.
        batch = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            for number, (method, params) in enumerate(asked)
        ]
        body = json.dumps(batch).encode()
        # A kept connection may have been closed meanwhile; what sends is never sent twice.
        last = 1 if any(method.startswith("eth_send") for method, _ in asked) else 2
        for attempt in range(1, last + 1):
            try:
                answers = json.loads(self._session.ask(body))
                if isinstance(answers, list):  # a node may answer in any order
                    answers.sort(key=lambda answer: int(answer["id"]))
                return answers
            except requests.Timeout as error:
                raise NodeUnreachable(f"The node {self.name} is too slow.") from error
            except requests.HTTPError as error:
                status = error.response.status_code
                raise NodeUnreachable(f"The node {self.name} answers {status}.") from error
            except requests.RequestException as error:
                if attempt == last or not isinstance(error, requests.ConnectionError):
                    raise NodeUnreachable(f"The node {self.name} does not answer.") from error
            except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
                raise NodeMisbehaved(f"The node {self.name} answers no JSON-RPC.") from error
        raise AssertionError  # dev: the last attempt returns or raises


class _BoundedSession(requests.Session):
    """Posts to one URL. Reads no more than it must, and not for longer: a slow drip is cut off.

    What is the same in every request is worked out once: the headers, and the proxies that the
    environment names. It would be half the cost of a request to a node near by.
    """

    def __init__(self, url: str, timeout: float) -> None:
        super().__init__()
        self._url = url
        self._limit = timeout
        for scheme in ("http://", "https://"):
            self.mount(scheme, HTTPAdapter(pool_connections=2, pool_maxsize=32))

    @cached_property
    def _blank(self) -> tuple[requests.PreparedRequest, Any]:
        """A request without a body, and how it is sent."""
        headers = {"Content-Type": "application/json"}
        request = self.prepare_request(requests.Request("POST", self._url, headers=headers))
        way = self.merge_environment_settings(request.url, {}, True, None, None)
        return request, {**way, "timeout": self._limit, "allow_redirects": False}

    def ask(self, asked: bytes) -> bytes:
        """Post a body and return the answer's."""
        end = time.monotonic() + self._limit
        blank, way = self._blank
        request = blank.copy()
        request.prepare_body(asked, None)
        response = self.send(request, **way)
        body = bytearray()
        try:
            for part in response.iter_content(65_536):
                body += part
                if len(body) > MAX_ANSWER:
                    raise ValueError("the answer is too big")
                if time.monotonic() > end:
                    raise requests.Timeout("the answer takes too long")
        finally:
            response.close()
        if depth_of(body) > _MAX_DEPTH:
            raise ValueError("the answer is nested too deep")
        response.raise_for_status()
        return bytes(body)


def quantity(value: Any, node: str) -> int:
    """A JSON-RPC number."""
    if isinstance(value, str) and is_0x_prefixed(value) and len(value) <= 66:
        try:
            return int(value, 16)
        except ValueError:
            pass
    raise NodeMisbehaved(f"The node {node} answered {str(value)[:80]!r} for a number.")


def data(value: Any, node: str) -> bytes:
    """JSON-RPC bytes."""
    if isinstance(value, str) and is_0x_prefixed(value):
        try:
            return bytes.fromhex(value[2:])
        except ValueError:
            pass
    raise NodeMisbehaved(f"The node {node} answered {str(value)[:80]!r} for bytes.")


def _message(answer: Answer) -> str:
    error = answer.get("error")
    return str(error.get("message", error) if isinstance(error, dict) else error)[:200]


__all__ = ["MAX_ANSWER", "Answer", "Node", "Request", "data", "quantity"]
