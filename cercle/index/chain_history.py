"""History straight from the chain, where there is no index: the same answers, backwards in ranges.

It suits a young brand or a local chain; on a long history it takes a request for every few
thousand blocks, up to the page that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..events import Event
from ..models import Head
from ..values import checksum, checksummed
from .course import moments_in, padded
from .decoder import Log
from .history import (
    Entry,
    Kinds,
    Page,
    Person,
    PollCourse,
    PollMoment,
    Served,
    bounded,
    mark,
    position_of,
)
from .opening import DEPTH
from .people import END, Link, Position, Span, spans, wallet_owner, wallets_in, wallets_now
from .roll import Roll, roll_of
from .rows import event_of
from .scan import Filter, Scan, place_of, topic
from .specs import EventSpec, spec_of, specs, tables_of
from .types import number


class ChainHistory:
    """Reads what a page asks for, and nothing beyond it."""

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        depth: int = DEPTH,
        reach: int | None = None,
    ) -> None:
        self._chain = chain
        self._deployment = deployment
        self._depth = depth
        self._reach = reach
        self._scan = Scan(chain, deployment)

    @cached_property
    def _roll(self) -> Roll:
        return roll_of(self._chain, self._deployment, self._scan, self._depth)

    # ---- how far --------------------------------------------------------------------

    def served(self) -> Served:
        """How far behind this is now: not at all."""
        return self._served(self._chain.head())

    def _served(self, head: Head, first: int | None = None) -> Served:
        final = max(0, head.number - self._depth)
        return Served(
            source="chain",
            block=head.number,
            head=head.number,
            final=final,
            seconds=0,
            first=self._scan.first if first is None else first,
        )

    # ---- whose ----------------------------------------------------------------------

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""
        account, head = checksum(wallet).lower(), self._chain.head()
        found = wallet_owner(self._links(head, wallet=account), account)
        if not found:
            return None
        links, numbers = self._links_of(head, found), self._numbers(head, found)
        return Person(
            passport_id=found,
            member_no=numbers[-1] if numbers else 0,
            wallets=tuple(checksummed(one) for one in wallets_now(found, links)),
        )

    def _links(self, head: Head, **named: Any) -> list[Link]:
        """Links that were made and undone, of a wallet or of a passport."""
        made, undone = (spec_of("Passport", f"Wallet{one}") for one in ("Linked", "Unlinked"))
        found = [
            Link(place_of(log), number(log.cells[0]), log.cells[1], log.spec is made)
            for spec in (made, undone)
            for log in self._roll.find(spec, named, head)
        ]
        return sorted(found, key=lambda link: link.position)

    def _links_of(self, head: Head, passport_id: int) -> list[Link]:
        wallets = {link.wallet for link in self._links(head, passport_id=passport_id)}
        found = [link for wallet in wallets for link in self._links(head, wallet=wallet)]
        return sorted(found, key=lambda link: link.position)

    def _numbers(self, head: Head, passport_id: int) -> list[int]:
        joined = spec_of("Membership", "MemberJoined")
        found = self._roll.find(joined, {"passport_id": passport_id}, head)
        return list(dict.fromkeys(number(log.cells[0]) for log in found))

    # ---- pages ----------------------------------------------------------------------

    def of_wallet(
        self,
        wallet: str,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that names this very wallet."""
        position, head = position_of(before), self._chain.head()
        return self._of([Span(checksum(wallet).lower())], limit, position, head, kinds)

    def of_passport(
        self,
        passport_id: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that concerns this person."""
        position, head = position_of(before), self._chain.head()
        links, numbers = self._links_of(head, passport_id), self._numbers(head, passport_id)
        return self._of(spans(passport_id, numbers, links), limit, position, head, kinds)

    def of_member(
        self,
        member_no: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """As `of_passport`, by the member number."""
        position_of(before)
        head, joined = self._chain.head(), spec_of("Membership", "MemberJoined")
        found = self._roll.find(joined, {"member_no": member_no}, head)
        if not found:
            return Page(entries=(), older=None, served=self._served(head))
        passport_id = number(found[0].cells[1])
        return self.of_passport(passport_id, limit=limit, before=before, kinds=kinds)

    def _of(
        self,
        whose: Sequence[Span],
        limit: int,
        before: Position | None,
        head: Head,
        kinds: Kinds,
    ) -> Page:
        tables = tables_of(kinds)

        by_name: dict[str, list[Span]] = {}
        for span in whose:
            by_name.setdefault(span.subject, []).append(span)

        def is_theirs(log: Log) -> bool:
            if tables is not None and log.spec.table not in tables:
                return False
            named = [span for name in log.subjects for span in by_name.get(name, ())]
            return any(span.holds(place_of(log)) for span in named)

        page = self._scanned(self._filters(whose), is_theirs, limit, before, head)
        return page.model_copy(update={"wallets": wallets_in(whose)})

    def _filters(self, whose: Sequence[Span]) -> list[Filter]:
        """What a node can look for: a topic in one of three places, or events that hide theirs."""
        values = sorted({topic(_value_of(span.subject)) for span in whose})
        every = list(self._scan.places)
        found: list[Filter] = [
            {"address": every, "topics": [*[None] * place, values]} for place in (1, 2, 3)
        ]
        return [*found, {"address": every, "topics": [_hidden()]}]

    def events(
        self,
        contract: str,
        event: str,
        *,
        where: Mapping[str, Any] | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> Page:
        """One kind of event of one contract."""
        spec, upper, head = spec_of(contract, event), position_of(before), self._chain.head()
        values = dict(where or {})
        topics: list[Any] = [spec.topic]
        for name in (spec.fields[place].name for place in spec.indexed):
            topics.append(topic(values.pop(name)) if values.get(name) is not None else None)
        if values:
            raise TypeError(f"{spec.name} cannot be searched by {', '.join(sorted(values))}")
        if where and self._roll.has(spec):
            cells = {name: _cell(value) for name, value in where.items()}
            known = reversed(self._roll.find(spec, cells, head))
            return self._page(known, limit, upper, head, self._scan.first)
        asked = {"address": self._deployment.address(contract), "topics": topics}
        return self._scanned([asked], lambda log: True, limit, upper, head)

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""
        return self.events(
            "Perks", "PerkClaimed", where={"perk_id": perk_id}, limit=limit, before=before
        )

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards."""
        return self.events("Rewards", "BatchAwarded", limit=limit, before=before)

    def _scanned(
        self,
        filters: Sequence[Filter],
        wanted: Callable[[Log], bool],
        limit: int,
        before: Position | None,
        head: Head,
    ) -> Page:
        """The newest of these below a place, as far down as one page reaches."""
        upper = before or END
        newest = min(head.number, upper[0] if upper[1] else upper[0] - 1)
        first = self._scan.first
        if self._reach is not None:
            first = max(first, newest - self._reach + 1)
        logs = self._scan.backwards(filters, newest, first)
        return self._page((log for log in logs if wanted(log)), limit, before, head, first)

    def _page(
        self, logs: Iterable[Log], limit: int, before: Position | None, head: Head, first: int
    ) -> Page:
        """What of these, newest first, one page shows; `first` is the oldest block among them."""
        most, found, upper = bounded(limit), list[Log](), before or END
        for log in logs:
            if place_of(log) < upper:
                found.append(log)
                if len(found) > most:
                    break
        served = self._served(head, first)
        older: str | None = None
        if len(found) > most:
            older = mark(place_of(found[most - 1]))
        elif first > self._scan.first:  # it ended before the chain does
            older = mark((first, 0))
        return Page(entries=self._entries(found[:most], served.final), older=older, served=served)

    def _entries(self, logs: Sequence[Log], final: int) -> tuple[Entry, ...]:
        times = self._scan.times([log.block_hash for log in logs])
        return tuple(
            Entry(event=self._event(log), at=times[log.block_hash], is_final=log.block <= final)
            for log in logs
        )

    def _event(self, log: Log) -> Event:
        return event_of(
            log.spec,
            log.cells,
            address=self._deployment.address(log.spec.contract),
            block=log.block,
            block_hash=log.block_hash,
            tx_hash=log.tx_hash,
            index=log.place,
        )

    # ---- polls ----------------------------------------------------------------------

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time."""
        head, address = self._chain.head(), self._deployment.address("Polls")
        opened, cast = (spec_of("Polls", name) for name in ("PollOpened", "BallotCast"))
        topics = [sorted((opened.topic, cast.topic)), topic(poll_id)]
        options, first, ballots = 0, self._scan.first, list[Log]()
        asked: Filter = {"address": address, "topics": topics}
        for log in self._scan.backwards([asked], head.number, self._scan.first):
            if log.spec is opened:  # there is nothing of it before
                options, first = number(log.cells[opened.place("option_count")]), log.block
                break
            ballots.append(log)
        after = _standings(reversed(ballots))
        blocks = moments_in(list(after), moments)
        times = self._scan.times([after[block][0] for block in blocks])
        told = []
        for block in blocks:
            block_hash, votes, count = after[block]
            at = times[block_hash]
            tally = padded(votes, options)
            told.append(PollMoment(at=at, block=block, tally=tally, ballots=count))
        return PollCourse(poll_id=poll_id, moments=tuple(told), served=self._served(head, first))


def _standings(ballots: Iterable[Log]) -> dict[int, tuple[str, tuple[int, ...], int]]:
    """After each block with ballots, oldest first: its hash, the votes, how many had voted."""
    votes, voters = [0] * 32, set[int]()
    after: dict[int, tuple[str, tuple[int, ...], int]] = {}
    for log in ballots:
        _, member_no, old, new, _ = (number(cell) for cell in log.cells)
        votes = [one + (new >> place & 1) - (old >> place & 1) for place, one in enumerate(votes)]
        voters.add(member_no)
        after[log.block] = (log.block_hash, tuple(votes), len(voters))
    return after


def _hidden() -> list[str]:
    """The topics of events that name somebody in their data, where no node can look."""
    return sorted({spec.topic for spec in specs() if _hides(spec)})


def _hides(spec: EventSpec) -> bool:
    named = ("passport_id", "member_no", "tokenId", "credits", "shares")
    return any(
        (not one.is_indexed and (one.kind == "address" or one.name in named))
        or one.name == "claim_id"
        for one in spec.fields
    )


def _value_of(subject: str) -> Any:
    kind, _, rest = subject.partition(":")
    return int(rest) if rest else kind


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return value.lower() if isinstance(value, str) else value


__all__ = ["ChainHistory"]
