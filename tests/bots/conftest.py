"""A market for all of the suite, put back after each test, and keepers of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bots.inbox import Inbox
from bots.notes import Notes
from bots.warn import Teller
from bots.work import Keeper, Rules
from cercle.executors import UnlockedExecutor
from cercle.service.logs import Log
from tests.bots.market import DAY, Market, connect, found
from tests.client.nodes import put_back, rpc, running_anvil
from tools.build import compile_contracts


@pytest.fixture(scope="session")
def whole_market() -> Iterator[Market]:
    """The market, once."""
    assert not compile_contracts()
    with running_anvil("--hardfork", "osaka") as url:
        yield found(url)


@pytest.fixture
def market(whole_market: Market) -> Iterator[Market]:
    """The market, put back afterwards as it was."""
    snapshot = rpc(whole_market.url, "evm_snapshot")
    yield whole_market
    whole_market.terms.clear()
    put_back(whole_market.url, snapshot)
    whole_market.chain.forget_head()


class Post:
    """Where a keeper works: its folder, from which each start begins anew."""

    def __init__(self, market: Market, folder: Path) -> None:
        self.market, self.folder = market, folder
        self.inbox = folder / "inbox"
        self.path = folder / "warnings.jsonl"
        self._notes: Notes | None = None

    def start(self, *, pays: bool = True, step: int = 2_000, **rules: Any) -> Keeper:
        """A keeper that knows what its notes say; the one before is gone."""
        self.stop()
        market, log = self.market, Log("cercle.keeper")
        chain = connect(market.url)
        sender = UnlockedExecutor(chain, market.keeper, market.artifacts)
        book = f"{market.chain.chain_id}:{market.agreements.address}"
        self._notes = Notes(self.folder / "notes.sqlite", book)
        return Keeper(
            chain,
            market.deployment,
            self._notes,
            Teller(self._notes, self.path, log),
            log,
            sender=sender if pays else None,
            inbox=Inbox(self.inbox),
            rules=Rules(**{"depth": 3} | rules),
            step=step,
        )

    def stop(self) -> None:
        if self._notes is not None:
            self._notes.close()
            self._notes = None

    def warnings(self) -> list[tuple[int, int, str]]:
        """What was told: agreement, period, level."""
        if not self.path.exists():
            return []
        lines = [json.loads(line) for line in self.path.read_text().splitlines()]
        return [(one["agreement_id"], one["period"], one["level"]) for one in lines]


@pytest.fixture
def post(market: Market, tmp_path: Path) -> Iterator[Post]:
    made = Post(market, tmp_path / "keeper")
    yield made
    made.stop()


@pytest.fixture
def new_post(market: Market, tmp_path: Path) -> Iterator[Callable[[str], Post]]:
    """Several, each with a folder of its own."""
    made: list[Post] = []

    def make(name: str) -> Post:
        made.append(Post(market, tmp_path / name))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the log holds, word by word."""
    caplog.set_level(logging.INFO, "cercle.keeper")
    return lambda: [record.getMessage() for record in caplog.records]


@pytest.fixture
def three(market: Market) -> list[int]:
    """Three agreements, of which the last begins ten days after the others."""
    start = market.now() + DAY
    for i, who in enumerate(market.people[2:5]):
        market.open(who, starts_at=start + (10 * DAY if i == 2 else 0))
    return [1, 2, 3]
