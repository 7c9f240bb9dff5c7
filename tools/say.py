"""Say what is being done and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Print a line at once, whoever reads it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def span(seconds: float) -> str:
    """A duration for a reader: 4.2 s, 3 min 07 s."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Announce a step, and say at its end whether it went well and how long it took."""
    say(f"-- {title}")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"-- {title}: stopped after {span(time.monotonic() - start)}")
        raise
    say(f"-- {title}: done in {span(time.monotonic() - start)}")
