"""Who is whose, straight from the chain: read from its first block once, then only what is new.

Links of wallets, members' numbers and passkeys' accounts are few, and every page asks for them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..errors import BlockGone
from ..models import Head
from .decoder import Log
from .scan import Filter, Scan
from .specs import EventSpec, spec_of

KINDS = (
    ("Passport", "WalletLinked"),
    ("Passport", "WalletUnlinked"),
    ("Membership", "MemberJoined"),
    ("PasskeyFactory", "AccountCreated"),
)
_Key = tuple[str, int, Any]  # table, place of an argument, its cell


class Roll:
    """All events of these kinds. What may still be undone is read anew at each block."""

    def __init__(self, chain: Chain, deployment: Deployment, scan: Scan, depth: int) -> None:
        self._chain = chain
        self._scan = scan
        self._depth = depth
        self._specs = [spec_of(*kind) for kind in KINDS if deployment.has(kind[0])]
        self._filter: Filter = {
            "address": sorted({deployment.address(spec.contract).lower() for spec in self._specs}),
            "topics": [sorted(spec.topic for spec in self._specs)],
        }
        self._lock = threading.Lock()
        self._head = ""  # the block at which it was read
        self._last: Head | None = None  # the last block of which it is kept
        self._kept: dict[_Key, list[Log]] = {}
        self._recent: list[Log] = []  # of the blocks after that one

    def has(self, spec: EventSpec) -> bool:
        """Whether it holds events of this kind."""
        return spec in self._specs

    def find(self, spec: EventSpec, where: Mapping[str, Any], head: Head) -> list[Log]:
        """The events whose arguments are these, oldest first; `where` names one or more."""
        wanted = [(spec.place(name), cell) for name, cell in where.items()]
        if not self.has(spec):
            return []
        with self._lock:
            self._read_on(head)
            known = list(self._kept.get((spec.table, *wanted[0]), ()))
            recent = [log for log in self._recent if log.spec is spec]
        return [
            log for log in (*known, *recent) if all(log.cells[at] == cell for at, cell in wanted)
        ]

    # ---- reading ----------------------------------------------------------------------

    def _read_on(self, head: Head) -> None:
        if head.hash == self._head:
            return
        self._head = ""
        if self._last is not None and not self._stands(self._last):
            self._last, self._kept = None, {}
        final = head.number - self._depth
        first = self._scan.first if self._last is None else self._last.number + 1
        if final - first >= self._depth:  # in one go what became final meanwhile
            for last, logs in self._scan.forwards([self._filter], first, final):
                self._keep(logs)
                self._last, first = last, last.number + 1
        ranges = self._scan.forwards([self._filter], first, head.number)
        self._recent = [log for _, logs in ranges for log in logs]
        self._head = head.hash

    def _stands(self, block: Head) -> bool:
        try:
            return self._chain.block(block.number).hash == block.hash
        except BlockGone:  # a node that is behind, or a chain that began anew
            return False

    def _keep(self, logs: Iterable[Log]) -> None:
        for log in logs:
            for place in log.spec.indexed:
                key = log.spec.table, place, log.cells[place]
                self._kept.setdefault(key, []).append(log)


def roll_of(chain: Chain, deployment: Deployment, scan: Scan, depth: int) -> Roll:
    """The roll of a brand, one for all that read it through this chain."""
    key = ("roll", tuple(sorted(scan.places)), depth)
    return chain.keep(key, lambda: Roll(chain, deployment, scan, depth))


__all__ = ["KINDS", "Roll", "roll_of"]
