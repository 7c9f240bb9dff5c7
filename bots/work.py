"""One round of a keeper: read, warn, bring readings in, close what is over.

A round may stop anywhere: what it did is on the chain, what it did not do the next one does. It
takes nothing for granted that it did not just read there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cercle.calls import Call
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import CallBroken, Refused
from cercle.errors.agreements import FutureReading, OtherTerms
from cercle.models import Head
from cercle.service.logs import Log

from .due import Words, is_due, next_due_at
from .follow import STEP, Follower
from .inbox import File, Inbox, Reading
from .notes import DEPTH, Notes
from .warn import Teller

BATCH = 40  # readings in one transaction: within `limits.MAX_SETTLEMENTS`, and within a block
PAGE = 100  # books read at once
_LATER = (CallBroken, FutureReading, OtherTerms)  # refusals that the next round may not meet


class Sender(Protocol):
    """Signs and pays: an account of Ape, or one that a local node holds."""

    sender: str

    def send(self, call: Call) -> None:
        """Send a call and wait until it is mined."""


@dataclass(frozen=True)
class Rules:
    """What a keeper pays for."""

    lists: frozenset[int] = frozenset()  # whose agreements it closes; empty: everybody's
    most: int = 50  # agreements that it closes in one round
    depth: int = DEPTH


@dataclass(frozen=True)
class Done:
    """What a round came to."""

    block: int
    warned: int = 0
    settled: int = 0
    poked: int = 0


class Keeper:
    """Goes its rounds, one at a time.

    Usage example::

        keeper = Keeper(chain, deployment, notes, teller, log, sender=account, inbox=inbox)
        keeper.round()
    """

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        notes: Notes,
        teller: Teller,
        log: Log,
        *,
        sender: Sender | None = None,
        inbox: Inbox | None = None,
        rules: Rules | None = None,
        step: int = STEP,
    ) -> None:
        """Without a sender it only reads and warns."""
        self._chain, self._notes, self._teller, self._log = chain, notes, teller, log
        self._sender, self._inbox, self._rules = sender, inbox, rules or Rules()
        self._agreements = deployment.contract("Agreements")
        self._follower = Follower(chain, deployment, notes, step=step)
        self._complained: set[str] = set()
        self._going = threading.Lock()

    def round(self) -> Done | None:
        """Do what is due now; None if a round goes on already.

        Raises:
            CercleError: A node or the sender failed. The next round begins where this one stopped.
        """
        if not self._going.acquire(blocking=False):
            return None
        try:
            head = self._follower.catch_up()
            warned = self._teller.tell()
            settled = self._bring_in(head)
            poked = self._close(head)
            if settled or poked:  # what it set off itself is told at once
                head = self._follower.catch_up()
                warned += self._teller.tell()
            return Done(head.number, warned, settled, poked)
        finally:
            self._going.release()

    # ---- readings ---------------------------------------------------------------------

    def _bring_in(self, head: Head) -> int:
        files = self._inbox.files() if self._inbox is not None else []
        for file in files:
            for line in file.malformed:
                self._complain("malformed_reading", file=file.name, line=line)
        wanted = [one for file in files for one in file.readings]
        books = self._books({one.agreement_id for one in wanted}, head)
        left = [one for one in wanted if not self._is_finished(one, books)]
        # In the order in which they were read: a later one closes what an earlier one counts in.
        known = {one for one in left if one.agreement_id in books}
        ripe = sorted(one for one in known if one.read_at <= head.timestamp)
        for one in left:
            if one not in known:
                self._complain("unknown_agreement", agreement_id=one.agreement_id)
        settled = 0
        if self._sender is not None:
            for start in range(0, len(ripe), BATCH):
                settled += self._settle(ripe[start : start + BATCH], head)
        self._lay_aside(files, set(left), head)
        return settled

    def _is_finished(self, reading: Reading, books: dict[int, Words]) -> bool:
        book = books.get(reading.agreement_id)
        stale = book is not None and reading.sequence <= book["sequence"]
        return stale or self._notes.is_refused(reading.name)

    def _settle(self, readings: Sequence[Reading], head: Head) -> int:
        """Send readings in one transaction; where one is refused, the others without it."""
        assert self._sender is not None
        words = [
            (one.agreement_id, tuple(self._terms(one.agreement_id).values()), one.words)
            for one in readings
        ]
        try:
            self._send(self._agreements.call("settle_many", words))
        except (Refused, CallBroken) as error:
            if len(readings) > 1:
                half = len(readings) // 2
                first = self._settle(readings[:half], head)
                return first + self._settle(readings[half:], head)
            self._refuse(readings[0], error, head)
            return 0
        self._log.tell("readings_settled", readings=len(readings))
        return len(readings)

    def _refuse(self, reading: Reading, error: Refused | CallBroken, head: Head) -> None:
        facts = {"agreement_id": reading.agreement_id, "sequence": reading.sequence}
        if isinstance(error, _LATER):
            self._complain("reading_waits", reason=error.code, **facts)
            return
        self._notes.refuse(reading.name, error.code, head.number)
        self._log.warn("reading_refused", reason=error.code, **facts)

    def _lay_aside(self, files: Iterable[File], left: set[Reading], head: Head) -> None:
        """Once the blocks that say so are deep: if the chain turns, they are brought in again."""
        for file in files:
            is_finished = not left & set(file.readings)
            since = self._notes.finished_at(file.name, head.number if is_finished else None)
            if since is not None and head.number - since >= self._rules.depth:
                assert self._inbox is not None  # dev: it is where the file came from
                self._inbox.lay_aside(file)
                self._log.tell("file_laid_aside", file=file.name)

    # ---- periods that are over ----------------------------------------------------------

    def _close(self, head: Head) -> int:
        if self._sender is None:
            return 0
        poked = 0
        due = self._notes.due_by(head.timestamp, self._rules.lists)
        for start in range(0, len(due), PAGE):
            part = due[start : start + PAGE]
            for number, book in self._books(part, head).items():
                terms = self._terms(number)
                if not is_due(terms, book, head.timestamp):
                    self._notes.put_off(number, next_due_at(terms, book))
                    continue
                if poked == self._rules.most:
                    return poked
                poked += self._poke(number, terms)
        return poked

    def _poke(self, agreement_id: int, terms: Words) -> bool:
        try:
            self._send(self._agreements.call("poke", agreement_id, tuple(terms.values())))
        except Refused as error:  # somebody changed it since: the next round reads it again
            self._log.tell("poke_waits", agreement_id=agreement_id, reason=error.code)
            return False
        self._log.tell("period_closed", agreement_id=agreement_id)
        return True

    # ---- the chain ----------------------------------------------------------------------

    def _terms(self, agreement_id: int) -> Words:
        terms = self._notes.terms_of(agreement_id)
        assert terms is not None  # dev: `_books` has none of an agreement that was not heard of
        return terms

    def _books(self, agreement_ids: Iterable[int], head: Head) -> dict[int, Words]:
        """How agreements stand at this block; nothing of those that are none."""
        numbers = sorted(set(agreement_ids))
        found: dict[int, Words] = {}
        for start in range(0, len(numbers), PAGE):
            part = numbers[start : start + PAGE]
            reads = [self._agreements.read("account_of", number) for number in part]
            found |= dict(zip(part, self._chain.read(reads, head), strict=True))
        return {number: book for number, book in found.items() if self._notes.terms_of(number)}

    def _send(self, call: Call) -> None:
        assert self._sender is not None
        self._chain.simulate(call, self._sender.sender)  # what would be refused costs nothing
        self._sender.send(call)
        self._chain.forget_head()

    def _complain(self, happening: str, **facts: Any) -> None:
        """Once in a life is enough."""
        mark = f"{happening} {sorted(facts.items())}"
        if mark not in self._complained:
            self._complained.add(mark)
            self._log.warn(happening, **facts)


__all__ = ["BATCH", "Done", "Keeper", "Rules", "Sender"]
