"""The three commands of an index, for `ape run index` and for `python -m cercle.index` alike."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from .follower import Follower, Progress
from .opening import DEPTH, open_store
from .running import catch_up, follow
from .status import status
from .tokens import TokenFollower, read_tokens
from .verify import verify

Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How an index is run."""

    url: str
    once: bool = False
    every: float = 2.0
    depth: int = DEPTH
    upgrade: bool = False
    rebuild: bool = False
    wait: bool = False
    witness: bool = True
    bloom: bool = True
    bar: bool = True
    tokens: Path | None = None  # a list of outside tokens


def run(options: Options, deployment: Deployment, chain: Chain, say: Say) -> None:
    """Read the chain into the index, and stay unless told otherwise.

    Raises:
        IndexFault, ChainError: What stopped it, in one sentence.
    """
    listed = None if options.tokens is None else read_tokens(options.tokens)
    store = open_store(
        options.url,
        deployment,
        chain,
        depth=options.depth,
        upgrade=options.upgrade,
        rebuild=options.rebuild,
        wait=options.wait,
        tell=say,
    )
    with store, _stoppable() as stop:
        follower = Follower(store, chain, witness=options.witness, bloom=options.bloom)
        tokens = None if listed is None else TokenFollower(store, chain, listed)
        with _bar(options.bar, min(one.next_block for one in store.sources())) as seen:
            done = catch_up(follower, lambda p: _unless(stop, seen, p), tokens)
        say(str(done))
        doubts = follower.ranges.doubts
        if doubts.corrected:
            say(f"Of {doubts.corrected} blocks a node kept something back; receipts proved it.")
        if doubts.unproven:
            say(f"Of {doubts.unproven} blocks no node could prove that nothing was kept back.")
        if not options.once:
            say(f"Following the chain; a look every {options.every:g} s. Ctrl-C ends it.")
            follow(
                follower,
                every=options.every,
                stop=stop,
                say=say,
                seen=lambda p: _unless(stop, lambda progress: _turned(say, progress), p),
                tokens=tokens,
            )


class Stopped(Exception):
    """Somebody asked it to end, between two ranges."""


def _unless(stop: threading.Event, seen: Callable[[Progress], None], progress: Progress) -> None:
    seen(progress)
    if stop.is_set():
        raise Stopped


def _turned(say: Say, progress: Progress) -> None:
    if progress.rolled_back:
        say(f"The chain undid {progress.rolled_back} blocks; so did the index.")


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Ctrl-C and SIGTERM end it after the range that is being written."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGINT, signal.SIGTERM)}

    def asked_to_end(number: int, frame: Any) -> None:
        if stop.is_set():  # twice: at once, which costs the range and nothing else
            raise KeyboardInterrupt
        stop.set()

    for asked in before:
        signal.signal(asked, asked_to_end)
    try:
        yield stop
    except Stopped:
        pass
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


@contextmanager
def _bar(shown: bool, first: int) -> Iterator[Callable[[Progress], None]]:
    """A bar over the blocks that are missing; nothing where nobody looks."""
    from tqdm import tqdm

    with tqdm(unit=" blocks", disable=None if shown else True, leave=False) as bar:

        def seen(progress: Progress) -> None:
            bar.total = max(0, progress.head - first + 1)
            bar.set_postfix_str(f"block {progress.last}", refresh=False)
            bar.update(progress.last - progress.first + 1)

        yield seen


def tell_status(url: str, deployment: Deployment, chain: Chain, say: Say) -> None:
    """How the index stands."""
    say(str(status(url, deployment, chain)))


def tell_verdict(url: str, deployment: Deployment, chain: Chain, say: Say) -> bool:
    """Compare with the chain and say each difference; whether there is none."""
    from tqdm import tqdm

    with tqdm(unit=" figures", disable=None, leave=False) as bar:

        def seen(done: int, count: int) -> None:
            bar.total = count
            bar.update(done - bar.n)

        verdict = verify(url, deployment, chain, seen)
    for difference in verdict.differences:
        say(str(difference))
    block = verdict.head.number
    if verdict.differences:
        count = len(verdict.differences)
        say(f"{count} of {verdict.compared} figures differ from the chain at block {block}.")
        return False
    say(f"All {verdict.compared} figures are those of the chain at block {block}.")
    return True


__all__ = ["Options", "Stopped", "run", "tell_status", "tell_verdict"]
