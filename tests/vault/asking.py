"""Who asks a vault, by its routes."""

from __future__ import annotations

from typing import Any

import httpx
from eth_account.signers.local import LocalAccount
from fastapi.testclient import TestClient

from .stage import sign_text


class Visitor:
    """Who asks a vault: nobody, or somebody with a session."""

    def __init__(self, http: TestClient) -> None:
        self.http, self.headers = http, dict[str, str]()

    def sign_in(self, who: LocalAccount) -> httpx.Response:
        made = self.http.post("/v1/challenges", json={"account": who.address}).json()
        proof = {"nonce": made["nonce"], "signature": sign_text(who, made["text"])}
        answer = self.http.post("/v1/sessions", json=proof)
        if answer.status_code == 200:
            self.headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        return answer

    def as_(self, who: LocalAccount) -> Visitor:
        """Somebody else."""
        other = Visitor(self.http)
        assert other.sign_in(who).status_code == 200
        return other

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path, headers=self.headers)

    def put(self, path: str, body: Any, **headers: str) -> httpx.Response:
        return self.http.put(path, json=body, headers={**self.headers, **headers})

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.http.post(path, json=body, headers=self.headers)


def no(answer: httpx.Response) -> tuple[int, str]:
    """A refusal: its status and its word."""
    return answer.status_code, answer.json()["code"]
