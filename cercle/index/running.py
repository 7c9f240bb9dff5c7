"""Keeping an index up to date: catch up, wait for the next block, get over a node that is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import BlockGone, NodeMisbehaved, NodeUnreachable
from .follower import Follower, Progress
from .tokens import TokenFollower

Say = Callable[[str], None]
_LONGEST = 60.0  # seconds between two looks at nodes that do not answer


@dataclass(frozen=True)
class Run:
    """What a run came to."""

    block: int
    events: int
    rolled_back: int

    def __str__(self) -> str:
        back = f", {self.rolled_back} blocks undone by the chain" if self.rolled_back else ""
        return f"Read up to block {self.block}: {self.events} events{back}."


def catch_up(
    follower: Follower,
    seen: Callable[[Progress], None] = lambda p: None,
    tokens: TokenFollower | None = None,
) -> Run:
    """Read all that there is now, and then what the tokens of others did.

    Raises:
        ChainError, IndexFault: What stopped it; whatever was read stays whole.
    """
    events = rolled_back = 0
    while (progress := follower.step()) is not None:
        events += progress.events
        rolled_back += progress.rolled_back
        seen(progress)
    if tokens is not None:
        tokens.catch_up()
    block = max(one.next_block for one in follower.store.sources()) - 1
    return Run(block, events, rolled_back)


def follow(
    follower: Follower,
    *,
    every: float,
    stop: threading.Event,
    say: Say,
    seen: Callable[[Progress], None] = lambda p: None,
    tokens: TokenFollower | None = None,
) -> None:
    """Read on until somebody stops it; nodes that fail are asked again, ever more rarely.

    Raises:
        IndexFault, WrongChain: What no waiting mends.
    """
    pause, told = every, ""
    while not stop.is_set():
        try:
            catch_up(follower, seen, tokens)
            if told:
                say("The nodes answer again.")
            pause, told = every, ""
        except (NodeUnreachable, NodeMisbehaved, BlockGone) as error:
            if str(error) != told:  # once for each trouble
                told = str(error)
                say(f"{told} Trying again.")
            pause = min(_LONGEST, max(1.0, pause * 2))
        stop.wait(pause)


__all__ = ["Run", "catch_up", "follow"]
