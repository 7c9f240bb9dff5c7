"""A node that says what a test tells it to."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class StubNode:
    """JSON-RPC on loopback; `results` by method, `asked` in order."""

    def __init__(self) -> None:
        self.chain_id = 31_337
        self.results: dict[str, Any] = {}
        self.asked: list[tuple[str, list[Any]]] = []
        node = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = [node.answer(one) for one in body] if isinstance(body, list) else None
                text = json.dumps(node.answer(body) if answer is None else answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((call["method"], call["params"]))
        known = {"eth_chainId": hex(self.chain_id), **self.results}
        if call["method"] in known:
            return {"id": call["id"], "result": known[call["method"]]}
        return {"id": call["id"], "error": {"code": -32601, "message": "unknown"}}

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
