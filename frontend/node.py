"""JSON-RPC to a node for the server's own routes; pages read through the SDK."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

MAX_ANSWER = 4 << 20  # bytes


class NodeError(Exception):
    """A node did not answer, or answered with an error, which `body` then is."""

    def __init__(self, message: str, body: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.body = body


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def ask(url: str, method: str, params: list[Any] | None = None, *, timeout: float = 3.0) -> Any:
    """Ask one node one question.

    Raises:
        NodeError: It is unreachable, does not speak JSON-RPC, or answered with an error.
    """
    return _result(_post(url, _body(0, method, params or []), timeout))


def ask_many(url: str, calls: list[tuple[str, list[Any]]], *, timeout: float = 10.0) -> list[Any]:
    """Ask one node many questions in one request; answers in order.

    Raises:
        NodeError: As `ask`, for any of them.
    """
    batch = [_body(index, method, params) for index, (method, params) in enumerate(calls)]
    answers = _post(url, batch, timeout) if batch else []
    if not isinstance(answers, list) or not all(isinstance(item, dict) for item in answers):
        raise NodeError("The node does not speak JSON-RPC.")
    by_id = {item.get("id"): item for item in answers}
    return [_result(by_id.get(index)) for index in range(len(batch))]


def _body(index: int, method: str, params: list[Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": index, "method": method, "params": params}


def _post(url: str, body: object, timeout: float) -> Any:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with _opener.open(request, timeout=timeout) as response:
            return json.loads(response.read(MAX_ANSWER))
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NodeError("The node does not answer.") from error


def _result(answer: Any) -> Any:
    if not isinstance(answer, dict) or ("result" not in answer and "error" not in answer):
        raise NodeError("The node does not speak JSON-RPC.")
    if "error" in answer:
        body = answer["error"] if isinstance(answer["error"], dict) else {}
        raise NodeError(str(body.get("message", "refused"))[:500], body)
    return answer["result"]
