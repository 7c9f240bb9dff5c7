"""History straight from the chain, where there is no index: the same answers, backwards in ranges.

It suits a young brand or a local chain; on a long history it takes a request for every few
thousand blocks, up to the page that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..errors import NodeMisbehaved
from ..models import Head
from ..values import checksum, checksummed
from .decoder import Decoder, Log, Place, read_log
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
from .people import END, Link, Position, Span, spans, wallets_now
from .rows import event_of
from .specs import EventSpec, by_topic, spec_of, specs
from .sql_history import padded, steps, tables_of, wallet_owner, wallets_in
from .types import number

_STEP = 5_000
_LINKS = ("WalletLinked", "WalletUnlinked")
Filter = dict[str, Any]


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
        self._decoder = Decoder(int)

    @cached_property
    def _places(self) -> dict[str, Place]:
        found = enumerate(sorted(self._deployment.contracts), 1)
        return {
            self._deployment.address(name).lower(): Place(number_, name, by_topic(name))
            for number_, name in found
        }

    @cached_property
    def _first(self) -> int:
        return min(where.block for where in self._deployment.contracts.values())

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
            first=self._first if first is None else first,
        )

    # ---- whose ----------------------------------------------------------------------

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""
        account, head = checksum(wallet).lower(), self._chain.head()
        found = wallet_owner(self._links(head, [None, None, [_topic(account)]]), account)
        if not found:
            return None
        links, numbers = self._links_of(head, found), self._numbers(head, found)
        return Person(
            passport_id=found,
            member_no=numbers[-1] if numbers else 0,
            wallets=tuple(checksummed(one) for one in wallets_now(found, links)),
        )

    def _links(self, head: Head, topics: list[Any]) -> list[Link]:
        kinds = [spec_of("Passport", name) for name in _LINKS]
        topics = [[kind.topic for kind in kinds], *topics[1:]]
        asked = {"address": self._deployment.address("Passport"), "topics": topics}
        found = [
            Link((log.block, log.place), number(log.cells[0]), log.cells[1], log.spec is kinds[0])
            for log in self._backwards([asked], head)
        ]
        return sorted(found, key=lambda link: link.position)

    def _links_of(self, head: Head, passport_id: int) -> list[Link]:
        own = self._links(head, [None, [_topic(passport_id)]])
        names = sorted({_topic(link.wallet) for link in own})
        return self._links(head, [None, None, names]) if names else []

    def _numbers(self, head: Head, passport_id: int) -> list[int]:
        joined = spec_of("Membership", "MemberJoined")
        if not self._deployment.has("Membership"):
            return []
        asked = {
            "address": self._deployment.address("Membership"),
            "topics": [joined.topic, None, _topic(passport_id)],
        }
        found = sorted(self._backwards([asked], head), key=_position)
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
        head = self._chain.head()
        asked = self._deployment.contract("Membership").read("passport_of", member_no)
        passport_id = int(self._chain.read([asked], head)[0])
        if not passport_id:
            return Page(entries=(), older=None, served=self._served(head))
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

        def is_theirs(log: Log) -> bool:
            if tables is not None and log.spec.table not in tables:
                return False
            named = log.subjects
            return any(span.subject in named and span.holds(_position(log)) for span in whose)

        page = self._page(self._filters(whose), is_theirs, limit, before, head)
        return page.model_copy(update={"wallets": wallets_in(whose)})

    def _filters(self, whose: Sequence[Span]) -> list[Filter]:
        """What a node can look for: a topic in one of three places, or events that hide theirs."""
        values = sorted({_topic(_value_of(span.subject)) for span in whose})
        every = list(self._places)
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
        spec, position, head = spec_of(contract, event), position_of(before), self._chain.head()
        topics: list[Any] = [spec.topic]
        values = dict(where or {})
        for place in spec.indexed:
            value = values.pop(spec.fields[place].name, None)
            topics.append(None if value is None else _topic(value))
        if values:
            raise TypeError(f"{spec.name} cannot be searched by {', '.join(sorted(values))}")
        asked = {"address": self._deployment.address(contract), "topics": topics}
        return self._page([asked], lambda log: True, limit, position, head)

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""
        return self.events(
            "Perks", "PerkClaimed", where={"perk_id": perk_id}, limit=limit, before=before
        )

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards."""
        return self.events("Rewards", "BatchAwarded", limit=limit, before=before)

    def _page(
        self,
        filters: Sequence[Filter],
        wanted: Callable[[Log], bool],
        limit: int,
        before: Position | None,
        head: Head,
    ) -> Page:
        most, found = bounded(limit), []
        upper = before or END
        newest = min(head.number, upper[0] if upper[1] else upper[0] - 1)
        first = self._first
        if self._reach is not None:
            first = max(first, newest - self._reach + 1)
        for log in self._backwards(filters, head, newest, first):
            if _position(log) < upper and wanted(log):
                found.append(log)
                if len(found) > most:
                    break
        served = self._served(head, first)
        older: str | None = None
        if len(found) > most:
            older = mark(_position(found[most - 1]))
        elif first > self._first:  # it ended before the chain does
            older = mark((first, 0))
        times: dict[str, datetime] = {}
        entries = tuple(self._entry(log, times, served.final) for log in found[:most])
        return Page(entries=entries, older=older, served=served)

    def _entry(self, log: Log, times: dict[str, datetime], final: int) -> Entry:
        if log.block_hash not in times:
            times[log.block_hash] = self._chain.block(log.block_hash).time
        address = self._deployment.address(log.spec.contract)
        event = event_of(
            log.spec,
            log.cells,
            address=address,
            block=log.block,
            block_hash=log.block_hash,
            tx_hash=log.tx_hash,
            index=log.place,
        )
        return Entry(event=event, at=times[log.block_hash], is_final=log.block <= final)

    # ---- polls ----------------------------------------------------------------------

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time."""
        head, polls = self._chain.head(), self._deployment.contract("Polls")
        ballot = spec_of("Polls", "BallotCast")
        asked = {"address": polls.address, "topics": [ballot.topic, _topic(poll_id)]}
        logs = sorted(self._backwards([asked], head), key=_position)
        votes, voters, after = [0] * 32, set(), dict[int, tuple[Log, tuple[int, ...], int]]()
        for log in logs:
            _, member_no, old, new, _ = (number(cell) for cell in log.cells)
            votes = [
                one + (new >> place & 1) - (old >> place & 1) for place, one in enumerate(votes)
            ]
            voters.add(member_no)
            after[log.block] = (log, tuple(votes), len(voters))
        found: dict[int, PollMoment] = {}
        if after:
            options = int(self._chain.read([polls.read("poll", poll_id)], head)[0]["option_count"])
            blocks = sorted(after)
            for step in steps(blocks[0], blocks[-1], moments):
                block = max(one for one in blocks if one <= step)
                log, tally, ballots = after[block]
                at = self._chain.block(log.block_hash).time
                found[block] = PollMoment(
                    at=at, block=block, tally=padded(tally, options), ballots=ballots
                )
        told = tuple(found[block] for block in sorted(found))
        return PollCourse(poll_id=poll_id, moments=told, served=self._served(head))

    # ---- reading --------------------------------------------------------------------

    def _backwards(
        self,
        filters: Sequence[Filter],
        head: Head,
        newest: int | None = None,
        oldest: int | None = None,
    ) -> Iterator[Log]:
        """The logs of any of these filters, newest first, each once."""
        last = head.number if newest is None else min(head.number, newest)
        step, oldest = _STEP, self._first if oldest is None else oldest
        while last >= oldest:
            first = max(oldest, last - step + 1)
            try:
                found = self._range(filters, first, last)
            except NodeMisbehaved:
                if first == last:
                    raise
                step = max(1, (last - first + 1) // 4)
                continue
            yield from sorted(found.values(), key=_position, reverse=True)
            last = first - 1

    def _range(self, filters: Sequence[Filter], first: int, last: int) -> dict[Position, Log]:
        between = {"fromBlock": hex(first), "toBlock": hex(last)}
        found: dict[Position, Log] = {}
        for one in filters:
            answer = self._chain.request("eth_getLogs", [{**one, **between}])
            if not isinstance(answer, list):
                raise NodeMisbehaved("A node answered a search for events with something else.")
            for raw in answer:
                log = read_log(raw, self._places, self._decoder)
                if log is not None and first <= log.block <= last:
                    found[_position(log)] = log
        return found


def _hidden() -> list[str]:
    """The topics of events that name somebody in their data, where no node can look."""
    return sorted({spec.topic for spec in specs() if _hides(spec)})


def _hides(spec: EventSpec) -> bool:
    named = ("passport_id", "member_no", "tokenId", "credits")
    return any(
        (not one.is_indexed and (one.kind == "address" or one.name in named))
        or one.name == "claim_id"
        for one in spec.fields
    )


def _value_of(subject: str) -> Any:
    kind, _, rest = subject.partition(":")
    return int(rest) if rest else kind


def _topic(value: Any) -> str:
    if isinstance(value, str):
        value = int(value, 16)
    raw = value if isinstance(value, bytes) else int(value).to_bytes(32, "big")
    return "0x" + raw.rjust(32, b"\x00").hex()


def _position(log: Log) -> Position:
    return log.block, log.place


__all__ = ["ChainHistory"]
