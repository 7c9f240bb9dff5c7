"""A small server for one page: its files, and a few questions that it may ask in JSON."""

from __future__ import annotations

import json
import re
import signal
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cercle.errors import CercleError
from cercle.gateway.client import GatewayError
from cercle.jsontext import parse_json

HERE = Path(__file__).parent
LOOKS = HERE.parent / "frontend" / "static"  # the app's own fonts and sign
ROOM = 8_192  # bytes of a question
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Question = Callable[[dict[str, Any]], dict[str, Any]]


class Said(CercleError):
    """A no that the page shows: `code` chooses its sentence there."""

    def __init__(self, word: str, sentence: str = "") -> None:
        super().__init__(sentence or word)
        self.word = word


class PageServer(ThreadingHTTPServer):
    """Serves one page to the machine it runs on.

    Args:
        port: On loopback.
        folder: The page's own files; `index.html` is the page.
        questions: What the page may POST to /api/<name>.
    """

    daemon_threads = True

    def __init__(self, port: int, folder: Path, questions: Mapping[str, Question]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.files = {
            f"/{path.name}": path
            for place in (HERE / "static", folder, LOOKS, LOOKS / "fonts")
            for path in place.iterdir()
            if path.suffix in TYPES
        }
        self.questions = dict(questions)
        own = self.server_address[1]
        self.hosts = {f"127.0.0.1:{own}", f"localhost:{own}"}

    def serve(self) -> None:
        """Answer until Ctrl-C, or whatever else asks it to end."""
        for asked in (signal.SIGINT, signal.SIGTERM):  # a shell's background ignores the first
            signal.signal(asked, lambda *_: sys.exit())
        with self:
            self.serve_forever()


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version = sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = self.server.files.get("/index.html" if path == "/" else path)
        if found is None or not self._is_ours():
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
            return
        self._send(HTTPStatus.OK, found.read_bytes(), TYPES[found.suffix])

    def do_POST(self) -> None:
        question = self.server.questions.get(self.path.removeprefix("/api/"))
        length = self.headers.get("Content-Length", "")
        # Another site's page can neither send this type unasked, nor name this origin.
        is_json = self.headers.get("Content-Type") == "application/json"
        if question is None or not is_json or not self._is_ours():
            self._answer({"code": "not_here"}, HTTPStatus.NOT_FOUND)
            return
        if not re.fullmatch(r"[0-9]{1,5}", length) or int(length) > ROOM:
            self._answer({"code": "malformed"}, HTTPStatus.BAD_REQUEST)
            return
        try:
            told = parse_json(self.rfile.read(int(length)), 4)
            if not isinstance(told, dict):
                raise ValueError("an object is meant")
        except ValueError:
            self._answer({"code": "malformed"}, HTTPStatus.BAD_REQUEST)
            return
        self._answer(*_asked(question, told))

    def _is_ours(self) -> bool:
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        return host in self.server.hosts and origin in (None, f"http://{host}")

    def _answer(self, told: dict[str, Any], status: int = HTTPStatus.OK) -> None:
        self._send(status, json.dumps(told).encode(), "application/json")

    def _send(self, status: int, raw: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked names people."""


def _asked(question: Question, told: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The answer of a question, or its no."""
    try:
        return question(told), HTTPStatus.OK
    except GatewayError as error:
        return {"code": error.word, "message": str(error)}, HTTPStatus.CONFLICT
    except Said as error:
        return {"code": error.word, "message": str(error)}, HTTPStatus.CONFLICT
    except CercleError as error:
        return {"code": error.code, "message": str(error)}, HTTPStatus.CONFLICT
    except Exception as error:  # the page says that it broke; the operator sees what
        sys.stderr.write(f"{type(error).__name__} in a question\n")
        return {"code": "broken"}, HTTPStatus.INTERNAL_SERVER_ERROR


def text_of(
    told: Mapping[str, Any], name: str, most: int = 4_000, *, missing: str = "nothing_asked"
) -> str:
    """A text that the page sent.

    Args:
        told: What it sent.
        name: Which text.
        most: Characters that it may have.
        missing: The word of the no where there is none.

    Raises:
        Said: There is none.
    """
    found = told.get(name)
    if not isinstance(found, str) or not 0 < len(found.strip()) <= most:
        raise Said(missing)
    return found.strip()


__all__ = ["PageServer", "Question", "Said", "text_of"]
