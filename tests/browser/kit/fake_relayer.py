"""A relayer that says yes to everything the chain says yes to: the app's side of the wire."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import Refused
from cercle.slips import Invitation
from cercle.typed_data import STRUCTS, SignedMessage, can_carry, carry, message


class FakeRelayer:
    """On loopback; `acts` is what it was handed, in order. `down` answers 503 to everything."""

    def __init__(self, chain: Chain, deployment: Deployment, account: str) -> None:
        self.chain, self.deployment, self.account = chain, deployment, account
        self.acts: list[str] = []
        self.known: dict[str, dict[str, Any]] = {}
        self.is_down = False
        relayer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(None)

            def do_POST(self) -> None:
                self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def answer(self, body: Any) -> None:
                status, told = relayer.answer(self.path, body)
                text = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str, body: Any) -> tuple[int, Any]:
        if self.is_down:
            return 503, {"code": "unreachable", "message": "ill"}
        if path == "/v1/terms":
            return 200, {
                "chain_id": self.deployment.chain_id,
                "relayer": self.account,
                "structs": [name for name in STRUCTS if can_carry(name)],
                "passkeys": True,
            }
        if path.startswith("/v1/acts/"):
            return 200, self.known[path.removeprefix("/v1/acts/")]
        try:
            return 202, self.take_account(body) if path == "/v1/accounts" else self.take(body)
        except Refused as error:
            return 409, {"code": error.code, "message": str(error)}

    def take(self, body: Any) -> dict[str, Any]:
        told = message(self.deployment, body["struct"], **body["message"])
        slip = body["invitation"] and Invitation.model_validate_json(
            json.dumps({**body["invitation"], **_numbers(body["invitation"])})
        )
        signed = SignedMessage(message=told, signature=body["signature"], invitation=slip)
        return self.send("0x" + told.digest().hex(), told.struct, carry(self.deployment, signed))

    def take_account(self, body: Any) -> dict[str, Any]:
        names = ("x", "y", "rp_id_hash", "credential_hash")
        x, y, site, named = (bytes.fromhex(body[name][2:]) for name in names)
        terms = (int.from_bytes(x), int.from_bytes(y), site, named)
        call = self.deployment.contract("PasskeyFactory").call("create", *terms)
        return self.send(body["x"], "PasskeyAccount", call)

    def send(self, number: str, struct: str, call: Any) -> dict[str, Any]:
        if number not in self.known:
            self.acts.append(struct)
            gas = hex(self.chain.simulate(call, self.account) * 2)
            fields = {"from": self.account, "to": call.to, "data": call.data, "gas": gas}
            sent = self.chain.request("eth_sendTransaction", [fields])
            told = {"id": number, "struct": struct, "state": "sent", "refusal": None}
            self.known[number] = {**told, "tx": sent, "block": None}
        return self.known[number]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _numbers(slip: dict[str, Any]) -> dict[str, int]:
    return {name: int(slip[name]) for name in ("passport_id", "nonce", "deadline")}
