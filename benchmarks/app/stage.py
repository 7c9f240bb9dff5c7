"""What the app shows while it is measured: the demo's community on a chain that never rests."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from demo.made import Made
from demo.run import Demo
from demo.settings import Settings
from demo.stage import STAFF
from tools.places import BUILD
from tools.ports import free_port

FOLDER = BUILD / "bench-app"
MEMBERS = 120  # each of a hundred visitors has an account of their own
BLOCK = 2  # seconds: at every block all that pages show is read anew
DAY = 86_400


@dataclass(frozen=True)
class Stage:
    """A community that an app can serve."""

    environment: dict[str, str]
    accounts: tuple[str, ...]  # the members' wallets
    node: int  # the process of the chain


@contextlib.contextmanager
def community() -> Iterator[Stage]:
    """The demo's community, kept for a day between two runs; a block every two seconds."""
    demo = Demo(Settings(FOLDER, free_port(), free_port(), MEMBERS))
    made = Made.load(FOLDER / "made.json")
    if made is not None and made.claimed_at < time.time() - DAY:
        (FOLDER / "made.json").unlink()  # its open poll and perks grow old
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        demo.chain_up()
        demo.node.catch_up()
        demo.node.rpc("evm_setIntervalMining", BLOCK)
        people = demo.node.accounts()[len(STAFF) :]
        assert demo.node.process is not None
        yield Stage(demo.environment(), tuple(people[:MEMBERS]), demo.node.process.pid)
    finally:
        demo.down()
