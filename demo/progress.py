"""One line that fills while something long happens; plain lines where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def along(items: Sequence[T], label: str) -> Iterator[T]:
    """The items, with a bar on a terminal and two plain lines elsewhere."""
    bar = tqdm(
        items,
        desc=f"  {label}",
        bar_format="{desc:34} {bar:24} {n_fmt:>6} of {total_fmt}  {elapsed}",
        ascii=" ▏▎▍▌▋▊▉█",
        disable=not sys.stderr.isatty(),
    )
    start = time.monotonic()
    yield from bar
    if not sys.stderr.isatty():
        say(f"  {label}: {len(items)} in {time.monotonic() - start:.1f} s")


@contextmanager
def step(label: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    say(label)
    start = time.monotonic()
    yield
    say(f"  {time.monotonic() - start:.1f} s")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
