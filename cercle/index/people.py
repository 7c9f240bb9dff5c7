"""Which wallets were a person's, from when to when: a wallet's events are theirs only then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..values import checksummed
from .subjects import member, passport, wallet

Position = tuple[int, int]
START, END = (-1, -1), (2**63 - 1, 2**31 - 1)


@dataclass(frozen=True)
class Link:
    """A wallet was linked to a person, or unlinked."""

    position: Position
    passport_id: int
    wallet: str
    is_made: bool


@dataclass(frozen=True)
class Span:
    """A subject, and the part of history in which it was the person."""

    subject: str
    after: Position = START
    until: Position = END

    def holds(self, position: Position) -> bool:
        """Whether something that happened there was the person's."""
        return self.after < position < self.until


def spans(passport_id: int, numbers: Iterable[int], links: Iterable[Link]) -> list[Span]:
    """What of the history is a person's.

    Args:
        passport_id: The person.
        numbers: Their member numbers.
        links: All links of every wallet that was ever theirs, in order; also to other persons.
    """
    found = [Span(passport(passport_id)), *(Span(member(number)) for number in numbers)]
    free: dict[str, Position] = {}  # a wallet, and since when nobody else has had it
    theirs: dict[str, int] = {}  # a wallet that is theirs, and the place of its span
    for link in links:
        if not link.is_made:
            free[link.wallet] = link.position
            if link.wallet in theirs:
                place = theirs.pop(link.wallet)
                found[place] = Span(found[place].subject, found[place].after, link.position)
        elif link.passport_id == passport_id:
            theirs[link.wallet] = len(found)
            found.append(Span(wallet(link.wallet), free.get(link.wallet, START)))
    return found


def wallets_now(passport_id: int, links: Iterable[Link]) -> list[str]:
    """The wallets that are linked to a person after all these."""
    owner: dict[str, int] = {}
    for link in links:
        owner[link.wallet] = link.passport_id if link.is_made else 0
    return [one for one, whose in owner.items() if whose == passport_id]


def wallet_owner(links: Iterable[Link], account: str) -> int:
    """Which passport a wallet is linked to after all these; 0 for none."""
    owner = 0
    for link in links:
        if link.wallet == account:
            owner = link.passport_id if link.is_made else 0
    return owner


def wallets_in(whose: Iterable[Span]) -> tuple[str, ...]:
    """The wallets among the names that somebody goes by."""
    found = (span.subject for span in whose if span.subject.startswith("0x"))
    return tuple(dict.fromkeys(checksummed(one) for one in found))


__all__ = [
    "END",
    "START",
    "Link",
    "Position",
    "Span",
    "spans",
    "wallet_owner",
    "wallets_in",
    "wallets_now",
]
