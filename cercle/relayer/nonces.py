"""Which nonce is next: the journal says, the nodes must not contradict it.

What was signed is never signed for again, so no node can make the relayer use a nonce twice. A
count that does not fit the journal is a node's lie, its lag, or somebody else with the key: the
others are asked, and while nobody confirms it, nothing is signed.
"""

from __future__ import annotations

from collections.abc import Hashable

from .book import Book
from .nodes import Survey


class Doubts:
    """Claims that are believed only once they have stood for some blocks."""

    def __init__(self, blocks: int) -> None:
        self._blocks = blocks
        self._since: dict[Hashable, int] = {}

    def hold(self, claim: Hashable, block: int) -> bool:
        """Whether a claim that is made now has been made for long enough."""
        since = self._since.setdefault(claim, block)
        if block < since:  # another chain's blocks: count anew
            since = self._since[claim] = block
        return block - since >= self._blocks

    def drop(self, claim: Hashable) -> None:
        """It is not made any more."""
        self._since.pop(claim, None)

    def keep(self, kind: str, claim: Hashable) -> None:
        """Drop all claims of a kind but one."""
        for other in [key for key in self._since if isinstance(key, tuple) and key[0] == kind]:
            if other != claim:
                del self._since[other]


class Nonces:
    """The next nonce, or why there is none."""

    def __init__(self, book: Book, quorum: int, confirmations: int) -> None:
        """
        Args:
            book: The journal.
            quorum: How many nodes must agree before the journal is corrected.
            confirmations: For how many blocks they must.
        """
        self._book = book
        self._quorum = quorum
        self._doubts = Doubts(confirmations)

    def next(self, survey: Survey) -> int | None:
        """The nonce to sign with; None while it cannot be known."""
        counts = [one.count for one in survey.seen]
        if not counts:
            return None
        ours = self._book.next_nonce()
        if ours is None:  # nothing was ever signed: all nodes must say the same
            return counts[0] if len(set(counts)) == 1 else None
        fitting = [count for count in counts if self._book.used_below() <= count <= ours]
        if fitting:
            self._doubts.keep("jump", None)
            return self._lowest_free(max(fitting), ours)
        if len(set(counts)) == 1 and len(counts) >= self._quorum and counts[0] > ours:
            return self._jump(counts[0], survey)
        self._doubts.keep("jump", None)
        return None

    def _lowest_free(self, count: int, ours: int) -> int:
        """The journal's next; below it only where a gap keeps all that was signed waiting."""
        return next((n for n in range(count, ours) if self._book.is_free(n)), ours)

    def _jump(self, count: int, survey: Survey) -> int | None:
        """Every node says that somebody else has used the key: believed after some blocks."""
        claim = ("jump", count)
        self._doubts.keep("jump", claim)
        return count if self._doubts.hold(claim, survey.head.number) else None


__all__ = ["Doubts", "Nonces"]
