"""Whose accounts a visitor may borrow: people of the demo, never its staff."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cercle.deployments import Deployment
from cercle.values import checksum

from ...node import ask, ask_many
from ...settings import SettingsError

KEPT = 3.0  # seconds


@dataclass(frozen=True)
class Person:
    """One account that may be borrowed; `member` is 0 for somebody who has not joined."""

    account: str
    member: int = 0
    note: dict[str, str] | None = None


class People:
    """The list, with each one's member number as the chain has it now.

    Args:
        url: The local node.
        deployment: The brand's contracts; accounts that hold a role there are left out.
        file: JSON, `{"people": [{"account": "0x…", "note": {"en": "…", "fr": "…"}}]}`; without
            one, all unlocked accounts of the node but the staff's.
    """

    def __init__(self, url: str, deployment: Deployment | None, file: Path | None) -> None:
        self.url = url
        self.deployment = deployment
        self.notes = _read(file) if file is not None else None
        self.accounts = self._accounts()
        self._lock = threading.Lock()
        self._listed: tuple[float, list[Person]] | None = None

    def _accounts(self) -> tuple[str, ...]:
        unlocked = [checksum(account) for account in ask(self.url, "eth_accounts")]
        chosen = [a for a in unlocked if self.notes is None or a in self.notes]
        if self.deployment is None or not self.deployment.has("Charter"):
            return tuple(chosen)
        roles = self._read("Charter", "roles", chosen)
        return tuple(a for a, held in zip(chosen, roles, strict=True) if held == 0)

    def listed(self) -> list[Person]:
        """Everybody, members first, in the order of their numbers."""
        with self._lock:
            if self._listed is not None and time.monotonic() - self._listed[0] < KEPT:
                return self._listed[1]
            numbers = [0] * len(self.accounts)
            if self.deployment is not None and self.deployment.has("Membership"):
                answers = self._read("Membership", "member_of", list(self.accounts))
                numbers = [member_no for _, member_no in answers]
            people = [
                Person(account, number, (self.notes or {}).get(account))
                for account, number in zip(self.accounts, numbers, strict=True)
            ]
            people.sort(key=lambda person: (person.member == 0, person.member))
            self._listed = (time.monotonic(), people)
            return people

    def _read(self, contract: str, function: str, accounts: list[str]) -> list[Any]:
        assert self.deployment is not None
        reads = [self.deployment.contract(contract).read(function, a) for a in accounts]
        calls = [("eth_call", [{"to": r.to, "data": r.data}, "latest"]) for r in reads]
        raw = ask_many(self.url, calls)
        return [r.unpack(bytes.fromhex(a[2:])) for r, a in zip(reads, raw, strict=True)]


def _read(file: Path) -> dict[str, dict[str, str] | None]:
    try:
        people = json.loads(file.read_text("utf-8"))["people"]
        return {checksum(person["account"]): person.get("note") for person in people}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{file.name} does not list the demo's people: {error}") from error
