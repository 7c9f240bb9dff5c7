"""What became of decisions, and who speaks for others: read once, then only what is new.

From the index where one serves, else in one search of the chain for all kinds of events.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime

from ..chain import Chain
from ..decision_models import AllowedCall
from ..deployments import Deployment
from ..events import Event
from ..proposals.history import Course, Made, Terms, made, made_of
from ..values import Frozen
from .every import every_event
from .history import History
from .opening import DEPTH
from .rows import event_of
from .scan import Filter, Scan
from .specs import spec_of

PROPOSALS = (
    ("Governor", "ProposalCreated"),
    ("Governor", "ProposalClassed"),
    ("Governor", "ProposalExtended"),
    ("Governor", "ProposalCanceled"),
    ("Governor", "ProposalExecuted"),
    ("Governor", "ProposalVetoed"),
    ("Guard", "TermsSet"),
    ("Guard", "ScopeSet"),
)
VOICES = (("Electorate", "DelegateVotesChanged"),)
MOST_SPEAKERS = 50  # those with the most votes; nobody reads a longer list


class Decided(Frozen):
    """All that was proposed, and what the classes may call."""

    made: tuple[Made, ...]  # the oldest first
    allowed: tuple[AllowedCall, ...]


class Record:
    """Reads events of some kinds, in order; what the chain may still undo is read again.

    Args:
        history: What has most of it.
        chain: Where the rest is read.
        deployment: The brand.
        kinds: Contracts and their events.
    """

    def __init__(
        self,
        history: History,
        chain: Chain,
        deployment: Deployment,
        kinds: Sequence[tuple[str, str]],
    ) -> None:
        self._history = history
        self._chain = chain
        self._deployment = deployment
        self._kinds = kinds
        self._scan = Scan(chain, deployment)
        self._lock = threading.Lock()
        self._kept: tuple[Event, ...] = ()  # nothing undoes these any more
        self._next = 0
        self._last: tuple[str, tuple[Event, ...]] = ("", ())

    def events(self) -> tuple[Event, ...]:
        """All of them up to the newest block, the oldest first."""
        head = self._chain.head()
        with self._lock:
            if self._last[0] == head.hash:
                return self._last[1]
            if head.number + 1 < self._next:  # another chain stands here now
                self._kept, self._next = (), 0
            final = max(0, head.number - DEPTH)
            found = self._new(self._next, head.number)
            self._kept += tuple(one for one in found if one.block <= final)
            self._next = max(self._next, final + 1)
            whole = self._kept + tuple(one for one in found if one.block > final)
            self._last = (head.hash, whole)
            return whole

    def times(self, events: Iterable[Event]) -> dict[str, datetime]:
        """When the blocks of these were made, by their hashes."""
        return self._scan.times(list(dict.fromkeys(one.block_hash for one in events)))

    def _new(self, first: int, last: int) -> list[Event]:
        if self._history.served().source == "index":
            found = [
                event
                for contract, name in self._kinds
                for event in every_event(
                    self._history, self._chain, self._deployment, contract, name, first=first
                )
            ]
            return sorted(found, key=lambda one: (one.block, one.index))
        asked: list[Filter] = [
            {
                "address": self._deployment.address(contract),
                "topics": [[spec_of(contract, n).topic for c, n in self._kinds if c == contract]],
            }
            for contract in dict.fromkeys(contract for contract, _ in self._kinds)
        ]
        start = max(first, self._scan.first)
        return [
            event_of(
                log.spec,
                log.cells,
                address=self._deployment.address(log.spec.contract),
                block=log.block,
                block_hash=log.block_hash,
                tx_hash=log.tx_hash,
                index=log.place,
            )
            for _head, logs in self._scan.forwards(asked, start, last)
            for log in logs
        ]


class Decisions:
    """What a brand's members proposed and who speaks for whom; threads may share one.

    Usage example::

        decisions = Decisions(history, chain, deployment)
        view = lens.proposals(chain, deployment, account, known=decisions.decided().made)
    """

    def __init__(self, history: History, chain: Chain, deployment: Deployment) -> None:
        self._chain = chain
        self._deployment = deployment
        self._proposals = Record(history, chain, deployment, PROPOSALS)
        self._voices = Record(history, chain, deployment, VOICES)
        self._made: dict[tuple[str, int], Made] = {}  # by block and place: to hash them takes long

    def decided(self) -> Decided:
        """Every proposal with what became of it, the oldest first.

        Raises:
            ChainError: Neither the index nor a node answers.
        """
        told = self._proposals.events()
        by_name: dict[str, list[Event]] = {name: [] for _, name in PROPOSALS}
        for event in told:
            by_name[event.name].append(event)
        classes = {
            one.args["proposal_id"]: int(one.args["class_id"]) for one in by_name["ProposalClassed"]
        }
        terms = [Terms.of(one) for one in by_name["TermsSet"]]
        courses = self._courses(by_name)
        found = []
        for event in by_name["ProposalCreated"]:
            place = (event.block_hash, event.index)
            one = self._made.get(place) or made_of(event, classes, terms) or self._reread(event)
            if one is not None:
                self._made[place] = one
                found.append(one.model_copy(update={"course": courses.get(one.id, Course())}))
        return Decided(made=tuple(found), allowed=_allowed(by_name["ScopeSet"]))

    def speakers(self) -> tuple[str, ...]:
        """Who speaks with votes, by what the Electorate last told of each: the most first."""
        votes: dict[str, int] = {}
        for event in self._voices.events():
            votes[event.args["delegate"]] = int(event.args["newVotes"])
        many = sorted((one for one in votes if votes[one]), key=lambda one: -votes[one])
        return tuple(many[:MOST_SPEAKERS])

    def _courses(self, by_name: dict[str, list[Event]]) -> dict[int, Course]:
        ended = [*by_name["ProposalCanceled"], *by_name["ProposalExecuted"]]
        times = self._proposals.times(ended)
        told: dict[int, dict[str, object]] = {}
        for event in by_name["ProposalExtended"]:
            extended = told.setdefault(event.args["proposalId"], {})
            extended["extended_to"] = int(event.args["extendedDeadline"])
        for event in ended:
            name = "canceled_at" if event.name == "ProposalCanceled" else "executed_at"
            told.setdefault(event.args["proposalId"], {})[name] = times.get(event.block_hash)
        for event in by_name["ProposalVetoed"]:
            vetoed = told.setdefault(event.args["proposal_id"], {})
            vetoed |= {"warden": event.args["warden"], "veto": event.args["reason"]}
        return {number: Course.model_validate(fields) for number, fields in told.items()}

    def _reread(self, event: Event) -> Made | None:
        """A proposal whose description is no text: the chain has its very bytes."""
        found = made(self._chain, self._deployment, event.block, event.block)
        return next((one for one in found if one.id == event.args["proposalId"]), None)


def _allowed(told: Iterable[Event]) -> tuple[AllowedCall, ...]:
    """What the classes may call now: the newest word on each call counts."""
    newest: dict[tuple[int, str, bytes], Event] = {}
    for event in told:
        args = event.args
        newest[args["class_id"], args["target"], bytes(args["selector"])] = event
    return tuple(
        AllowedCall(
            class_id=class_id,
            target=target,
            selector=selector,
            cap=event.args["cap"],
            amount_word=event.args["amount_word"],
        )
        for (class_id, target, selector), event in newest.items()
        if event.args["is_allowed"]
    )


__all__ = ["Decided", "Decisions", "Record"]
