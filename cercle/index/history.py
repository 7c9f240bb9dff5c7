"""History as pages, staff and auditors read it: from the index, or from the chain where none is.

Every answer says which of the two served it, and how far behind it is.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from pydantic import Field

from ..chain import Chain
from ..deployments import Deployment
from ..errors import IndexFault, PageUnknown
from ..events import Event
from ..values import Frozen

log = logging.getLogger("cercle.index")
T = TypeVar("T")
MOST = 200  # entries of one page
_REST = 10.0  # seconds for which an index that failed is not asked again
Position = tuple[int, int]  # block, and place in it
Kinds = Collection[tuple[str, str]] | None  # (contract, event); None for all


class Served(Frozen):
    """Where an answer comes from, and how far behind it is."""

    source: Literal["index", "chain"]
    block: int = Field(description="the last one that the answer knows")
    head: int = Field(description="the newest one that is known")
    final: int = Field(description="what happened above it may still be undone by the chain")
    seconds: int = Field(description="how much older the last block is than the newest")
    first: int = Field(default=0, description="the oldest one that was looked at; 0: all there are")

    @property
    def behind(self) -> int:
        """How many blocks are missing."""
        return max(0, self.head - self.block)


class Entry(Frozen):
    """Something that happened."""

    event: Event
    at: datetime
    is_final: bool = Field(description="False: its block may still be replaced")


class Page(Frozen):
    """A part of a history, newest first."""

    entries: tuple[Entry, ...]
    older: str | None = Field(description="ask for the next part `before` this; None: that is all")
    served: Served
    wallets: tuple[str, ...] = Field(
        default=(), description="of a person: all that were ever theirs"
    )


class Person(Frozen):
    """Whose history it is: all that is known of one person at one brand."""

    passport_id: int
    member_no: int = Field(description="0: never a member here")
    wallets: tuple[str, ...] = Field(description="those that are linked now")


class PollMoment(Frozen):
    """How a poll stood after a block. `tally[0]` is option 1's."""

    at: datetime
    block: int
    tally: tuple[int, ...]
    ballots: int = Field(description="how many members had voted")


class PollCourse(Frozen):
    """A poll's results over time, oldest first; the last moment is the newest."""

    poll_id: int
    moments: tuple[PollMoment, ...]
    served: Served


class History(Protocol):
    """What a brand's events tell.

    Usage example::

        history = open_history(chain, deployment, os.environ.get("CERCLE_INDEX_URL"))
        page = history.of_wallet("0x…", limit=20)
        while page.older:
            page = history.of_wallet("0x…", limit=20, before=page.older)

    Raises, from every method:
        PageUnknown: `before` is no mark of a page.
        ChainError: Neither the index nor a node answers.
    """

    def served(self) -> Served:
        """How far behind this is now."""

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""

    def of_wallet(
        self,
        wallet: str,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that names this very wallet; of some `kinds` only, if they are named."""

    def of_passport(
        self,
        passport_id: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that concerns this person, by passport, member number or wallet."""

    def of_member(
        self,
        member_no: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """As `of_passport`, by the member number."""

    def events(
        self,
        contract: str,
        event: str,
        *,
        where: Mapping[str, Any] | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> Page:
        """One kind of event of one contract, `where` indexed arguments are as said."""

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards: what was granted, by whom."""

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time, at so many moments at most."""


class Indexed(History, Protocol):
    """A history that holds a database open."""

    def close(self) -> None:
        """Let it go."""


class EitherHistory:
    """Asks the index; where it cannot serve, the chain."""

    def __init__(self, index: Callable[[], Indexed] | None, chain: History) -> None:
        self._open_index = index
        self._index: Indexed | None = None
        self._chain = chain
        self._rests_until = 0.0
        self.trouble: IndexFault | None = None  # why the index did not serve the last answer

    def _ask(self, question: Callable[[History], T]) -> T:
        if self._open_index is not None and time.monotonic() >= self._rests_until:
            try:
                index = self._index or self._open_index()  # another thread may let it go
                self._index = index
                answer = question(index)
                self.trouble = None
                return answer
            except PageUnknown:
                raise
            except IndexFault as error:
                self._rest(error)
        return question(self._chain)

    def _rest(self, error: IndexFault) -> None:
        """Nobody waits for a dead database at each click."""
        index, self._index = self._index, None
        self._rests_until = time.monotonic() + _REST
        if index is not None:
            index.close()
        if str(error) != str(self.trouble):
            log.warning("the chain serves instead of the index: %s", error)
        self.trouble = error

    def served(self) -> Served:
        """How far behind this is now."""
        return self._ask(lambda history: history.served())

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""
        return self._ask(lambda history: history.person_of(wallet))

    def of_wallet(
        self,
        wallet: str,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that names this very wallet."""
        return self._ask(
            lambda history: history.of_wallet(wallet, limit=limit, before=before, kinds=kinds)
        )

    def of_passport(
        self,
        passport_id: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that concerns this person."""
        return self._ask(
            lambda history: history.of_passport(
                passport_id, limit=limit, before=before, kinds=kinds
            )
        )

    def of_member(
        self,
        member_no: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """As `of_passport`, by the member number."""
        return self._ask(
            lambda history: history.of_member(member_no, limit=limit, before=before, kinds=kinds)
        )

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
        return self._ask(
            lambda history: history.events(contract, event, where=where, limit=limit, before=before)
        )

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""
        return self._ask(lambda history: history.claims(perk_id, limit=limit, before=before))

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards."""
        return self._ask(lambda history: history.awards(limit=limit, before=before))

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time."""
        return self._ask(lambda history: history.poll_course(poll_id, moments=moments))


def open_history(
    chain: Chain, deployment: Deployment, url: str | None = None, *, reach: int | None = None
) -> EitherHistory:
    """What tells this brand's history: the index at `url` if there is one, else the chain.

    Args:
        chain: Where the newest block is seen, and what serves where there is no index.
        deployment: The brand.
        url: The index: a file's path, `sqlite:///…` or `postgresql://…`.
        reach: How many blocks of the chain one page looks through at most, where no index serves;
            what is older is asked for by the page's mark.
    """
    from .chain_history import ChainHistory
    from .sql_history import SqlHistory

    index = None if not url else lambda: SqlHistory.open(url, deployment, chain)
    return EitherHistory(index, ChainHistory(chain, deployment, reach=reach))


# ---- marks of pages -----------------------------------------------------------------------------


def mark(position: Position) -> str:
    """What a page says to ask for the next one."""
    return f"{position[0]}-{position[1]}"


def position_of(before: str | None) -> Position | None:
    """
    Raises:
        PageUnknown: Nobody gave this mark out.
    """
    if before is None:
        return None
    block, _, index = before.partition("-")
    if not (block.isascii() and block.isdigit() and index.isascii() and index.isdigit()):
        raise PageUnknown("There is no such page of history.")
    if len(before) > 40 or int(block) >= 2**63 or int(index) >= 2**31:
        raise PageUnknown("There is no such page of history.")
    return int(block), int(index)


def bounded(limit: int) -> int:
    """How many entries a page has, at most `MOST`."""
    return max(1, min(limit, MOST))


__all__ = [
    "MOST",
    "EitherHistory",
    "Entry",
    "History",
    "Indexed",
    "Kinds",
    "Page",
    "Person",
    "PollCourse",
    "PollMoment",
    "Served",
    "mark",
    "open_history",
    "position_of",
]
