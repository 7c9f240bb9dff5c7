"""Rounds of reading: named questions in one batch, lists of a length not yet known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeVar
from weakref import WeakKeyDictionary

from ..cache import BoundedCache
from ..chain import Chain
from ..contracts import Contract, Read
from ..errors import BlockGone, DeploymentError, Refused
from ..models import Head

T = TypeVar("T")
_FIRST_GUESS = 12
_SPARE = 4  # how much longer a list may be than it was last time
_counts: BoundedCache[tuple[int, str], int] = BoundedCache(256)
_habits: WeakKeyDictionary[Chain, BoundedCache[Hashable, list[Read]]] = WeakKeyDictionary()
_HABITS = 512  # views and accounts whose questions are remembered


class Part(NamedTuple):
    """Which of a numbered list: the newest `most` of those before a number; else all."""

    most: int | None = None
    before: int | None = None

    def of(self, length: int) -> range:
        """Their numbers, in a list of this length."""
        end = length if self.before is None else min(length, self.before - 1)
        return range(1 if self.most is None else max(1, end - self.most + 1), end + 1)


ALL = Part()


class Reader(Protocol):
    """What a view needs of a chain."""

    chain_id: int

    def try_read(self, reads: Sequence[Read], head: Head) -> list[Any]: ...


class _Noting:
    """A chain that notes what it is asked."""

    def __init__(self, chain: Chain) -> None:
        self.chain_id = chain.chain_id
        self.reads: list[Read] = []
        self._chain = chain

    def try_read(self, reads: Sequence[Read], head: Head) -> list[Any]:
        self.reads += reads
        return self._chain.try_read(reads, head)


def at_newest(
    chain: Chain, block: Head | None, read: Callable[[Reader, Head], T], *view: Hashable
) -> T:
    """Read at a block; without one, at the newest, and again if that was just reorganised away.

    Args:
        chain: Where to read.
        block: The block to read at; the newest if none is named.
        read: Asks its questions, round after round.
        view: A name for what is read. What was asked under it the last time is asked again in
            one request, so that later rounds find their answers there.
    """
    if block is not None:
        return _read(chain, block, read, view)
    try:
        return _read(chain, chain.head(), read, view)
    except BlockGone:
        return _read(chain, chain.head(fresh=True), read, view)


def _read(chain: Chain, head: Head, read: Callable[[Reader, Head], T], view: Hashable) -> T:
    habits = _habits.setdefault(chain, BoundedCache(_HABITS))
    with suppress(DeploymentError):  # what must not fail fails again below
        chain.try_read(habits.get(view) or [], head)
    noting = _Noting(chain)
    found = read(noting, head)
    habits.put(view, noting.reads)
    return found


def ask(chain: Reader, head: Head, questions: Mapping[str, Read]) -> dict[str, Any]:
    """Answer named questions in one batch; what was refused is None."""
    answers = chain.try_read(list(questions.values()), head)
    return {
        name: None if isinstance(answer, Refused) else answer
        for name, answer in zip(questions, answers, strict=True)
    }


def ask_list(
    chain: Reader,
    head: Head,
    contract: Contract,
    count: str,
    item: str,
    others: Mapping[str, Read],
    part: Part,
) -> tuple[dict[int, Any], dict[str, Any]]:
    """Read a part of a numbered list (from 1), whose length is not known, and other things.

    The length that was seen last is guessed, with some to spare, so that one batch will do; a
    longer list takes a second batch, once.
    """
    key = (chain.chain_id, contract.address)
    guess = _counts.get(key) or _FIRST_GUESS
    likely = sorted({*part.of(guess), *part.of(guess - _SPARE)})
    questions: dict[str, Read] = {"count": contract.read(count), **others}
    questions |= {str(number): contract.read(item, number) for number in likely}
    answers = ask(chain, head, questions)
    wanted = part.of(int(answers["count"] or 0))
    missing = {str(n): contract.read(item, n) for n in wanted if n not in likely}
    if missing:
        answers |= ask(chain, head, missing)
    _counts.put(key, int(answers["count"] or 0) + _SPARE)
    items = {number: answers[str(number)] for number in wanted}
    return items, {name: answers[name] for name in others}


def whole(amount: int, decimals: int) -> Decimal:
    """Base units as whole points."""
    return Decimal(amount).scaleb(-decimals)


def millionths(amount: int) -> Decimal:
    """A face value as a share of one unit of its currency."""
    return Decimal(amount).scaleb(-6)


def first(pair: Any) -> int:
    """The first of a contract's several answers; 0 when it was refused."""
    return int(pair[0]) if isinstance(pair, (Sequence, tuple)) else 0


def second(pair: Any) -> int:
    """The second of a contract's several answers; 0 when it was refused."""
    return int(pair[1]) if isinstance(pair, (Sequence, tuple)) else 0


__all__ = [
    "ALL",
    "Part",
    "Reader",
    "ask",
    "ask_list",
    "at_newest",
    "first",
    "millionths",
    "second",
    "whole",
]
