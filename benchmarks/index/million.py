"""An index of a million events, by its own decoder and writer; then read as pages do."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cercle.deployments import Deployed, Deployment
from cercle.index.database import read_url
from cercle.index.decoder import Decoder, Log
from cercle.index.headers import Header
from cercle.index.identity import Followed
from cercle.index.specs import spec_of
from cercle.index.sql_history import SqlHistory
from cercle.index.store import Page, Store
from cercle.loyalty.words import claim_id_of

MEMBERS, POLLS, OPTIONS = 20_000, 10, 3
PER_BLOCK, BLOCKS = 100, 200  # events in a block, blocks in a range
ASKED = 300  # pages of each kind
_NAMES = ("Charter", "Passport", "Membership", "Points", "Rewards", "Perks", "Polls", "Electorate")


def brand() -> Deployment:
    return Deployment(
        chain_id=1,
        network="none",
        brand="Million",
        contracts={
            name: Deployed(address="0x" + f"{number:040x}", block=1, codehash="0x" + "00" * 32)
            for number, name in enumerate(_NAMES, 1_000)
        },
    )


def fill(url: str, count: int) -> float:
    """Write so many events; returns the seconds that it took."""
    store = Store.open(read_url(url), Followed(brand(), "0x" + "00" * 32, 64))
    maker = _Maker(store, random.Random(2_026))
    started = time.monotonic()
    with store:
        first = 1
        for start in range(0, count, PER_BLOCK * BLOCKS):
            blocks = min(BLOCKS, (count - start) // PER_BLOCK)
            logs = list(maker.logs(first, blocks))
            headers = [_header(number) for number in range(first, first + blocks)]
            last = first + blocks - 1
            store.write(Page(tuple(store.sources()), first, last, logs, headers, last))
            first = last + 1
    return time.monotonic() - started


def _hash(number: int) -> str:
    return f"0x{number:064x}"


def _header(number: int) -> Header:
    return Header(number, _hash(number), _hash(number - 1), 1_700_000_000 + 12 * number, 0, "")


def wallet(number: int) -> str:
    """The wallet of a member."""
    return f"0x{0xABC000000 + number:040x}"


def _word(value: int | str) -> str:
    return f"{value:064x}" if isinstance(value, int) else value[2:].rjust(64, "0")


class _Maker:
    """What a brand's months look like: mostly points, then ballots, claims, standing."""

    def __init__(self, store: Store, rng: random.Random) -> None:
        self._decoder, self._rng = Decoder(store.wide), rng
        self._sources = {one.contract: one.id for one in store.sources()}
        self._joined = self._polls = 0
        self._lanes: dict[tuple[int, int], int] = {}
        self._ballots: dict[tuple[int, int], int] = {}

    def logs(self, first: int, blocks: int) -> Iterator[Log]:
        """The events of some blocks."""
        for block in range(first, first + blocks):
            index = 0
            while index < PER_BLOCK:
                for contract, event, arguments in self._some():
                    if index < PER_BLOCK:
                        yield self._log(contract, event, arguments, block, index)
                        index += 1

    def _some(self) -> list[tuple[str, str, tuple[int | str, ...]]]:
        rng = self._rng
        if self._polls < POLLS:
            self._polls += 1
            return [("Polls", "PollOpened", (self._polls, wallet(0), "0x", 1, OPTIONS, 0, 2**40))]
        if self._joined < MEMBERS:
            self._joined += 1
            n = self._joined
            return [
                ("Passport", "WalletLinked", (n, wallet(n))),
                ("Membership", "MemberJoined", (n, n, 4, 0)),
            ]
        who, other = wallet(rng.randrange(1, MEMBERS)), wallet(rng.randrange(1, MEMBERS))
        number, kind = rng.randrange(1, MEMBERS + 1), rng.random()
        if kind < 0.70:
            return [("Points", "Transfer", (who, other, rng.randrange(10**6)))]
        if kind < 0.85:
            poll = rng.randrange(1, POLLS + 1)
            old = self._ballots.get((poll, number), 0)
            self._ballots[poll, number] = new = 1 << rng.randrange(OPTIONS)
            return [("Polls", "BallotCast", (poll, number, old, new, 1))]
        if kind < 0.95:
            perk = rng.randrange(1, 51)
            period = self._lanes[perk, number] = self._lanes.get((perk, number), -1) + 1
            claim = claim_id_of(perk, number, period, 0)
            return [("Perks", "PerkClaimed", (perk, number, claim, who, 0, 1, "0x"))]
        return [("Membership", "StandingDebited", (number, 1))]

    def _log(
        self, contract: str, event: str, arguments: tuple[Any, ...], block: int, index: int
    ) -> Log:
        spec = spec_of(contract, event)
        words = [_word(value) for value in arguments]
        topics = [words[place] for place in spec.indexed]
        cells = self._decoder.cells(spec, topics, "".join(words[place] for place in spec.rest))
        source = self._sources[contract]
        return Log(spec, source, block, index, _hash(block), _hash(block * 1_000 + index), cells)


def ask(url: str) -> dict[str, list[float]]:
    """Seconds that pages took, kind by kind; every one of another member."""
    history = SqlHistory.open(url, brand(), None)
    rng = random.Random(7)
    numbers = [rng.randrange(1, MEMBERS + 1) for _ in range(ASKED)]
    kinds: dict[str, Callable[[int], object]] = {
        "a person's history": lambda n: history.of_passport(n, limit=50),
        "a member's, by number": lambda n: history.of_member(n, limit=50),
        "a wallet's": lambda n: history.of_wallet(wallet(n), limit=50),
        "its second page": lambda n: _second(history, n),
        "who a wallet is": lambda n: history.person_of(wallet(n)),
        "a perk's claims": lambda n: history.claims(n % 50 + 1, limit=50),
        "a poll over time": lambda n: history.poll_course(n % POLLS + 1),
    }
    found: dict[str, list[float]] = {}
    for name, question in kinds.items():
        times = []
        for number in numbers:
            started = time.perf_counter()
            question(number)
            times.append(time.perf_counter() - started)
        found[name] = times
    history.close()
    return found


def _second(history: SqlHistory, number: int) -> object:
    page = history.of_passport(number, limit=20)
    return history.of_passport(number, limit=20, before=page.older)


def size_mb(path: Path) -> float:
    """What the file takes on its disk."""
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")) / 2**20
