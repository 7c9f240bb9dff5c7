"""A node that stands before the honest one, and may keep things to itself."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

Asked = list[dict[str, Any]]
Before = Callable[[Asked], Any]  # what to answer instead of asking the honest node; None: ask it
After = Callable[[Asked, Any], Any]


def methods(asked: Asked) -> list[str]:
    return [question["method"] for question in asked]


class Proxy:
    """Passes questions on, unless told otherwise before or after."""

    def __init__(self, honest: str) -> None:
        self.before: Before = lambda asked: None
        self.after: After = lambda asked, answers: answers
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = json.loads(body)
                answers = owner.before(asked)
                if answers is None:
                    head = {"Content-Type": "application/json"}
                    told = requests.post(honest, data=body, headers=head, timeout=30).json()
                    answers = owner.after(asked, told)
                raw = answers if isinstance(answers, bytes) else json.dumps(answers).encode()
                with contextlib.suppress(OSError):  # who asked may be dead by now
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)

            def log_message(self, *_: Any) -> None:
                """Tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
