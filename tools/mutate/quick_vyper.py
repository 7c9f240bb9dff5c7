"""Vyper without its repetitions: the same bytecode in half the time.

Its optimizer walks a tree again whenever something below has changed, so most of a compilation goes
into subtrees that were finished long before. What came out of it once, under the same parent, comes
out as it went in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vyper.ir import optimizer


@contextmanager
def quickly() -> Iterator[None]:
    """Compile with an optimizer that passes over what it has finished."""
    plain = optimizer._optimize

    def passing_over(node: Any, parent: Any) -> Any:
        above = None if parent is None else parent.value
        if getattr(node, "finished_below", optimizer) == above:
            return False, node
        has_changed, finished = plain(node, parent)
        finished.finished_below = above
        return has_changed, finished

    optimizer._optimize = passing_over
    try:
        yield
    finally:
        optimizer._optimize = plain
