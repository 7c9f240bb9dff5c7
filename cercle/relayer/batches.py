"""What is sent together: the ballots of one poll, and every other act by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..typed_data import SignedMessage, fits_a_batch
from .book import Act
from .settings import Settings


def poll_of(signed: SignedMessage, *, by_key: bool) -> str | None:
    """The poll whose ballots this one may travel with; None for what travels alone.

    `by_key`: an ordinary wallet signed it. A contract wallet's signature fits no batch.
    """
    if not by_key or not fits_a_batch(signed):
        return None
    return str(signed.message.message["poll_id"])


def due(
    waiting: Sequence[Act], busy: Iterable[str], now: float, settings: Settings
) -> Iterator[list[Act]]:
    """What to send now, in groups, the oldest first.

    A person's acts follow one another: what was tried on the newest state must not depend on one
    still on its way. Of several ballots of one wallet the last one counts, so it alone is sent;
    the contract then refuses the others, which are told so.

    Args:
        waiting: What was accepted, the oldest first.
        busy: Whose acts are on their way.
        now: The time, as that of acceptance.
        settings: How long ballots are gathered, and how many at most.
    """
    taken = set(busy)
    by_poll: dict[str, list[Act]] = {}
    groups: list[list[Act]] = []
    for act in waiting:
        if act.poll is None:
            if act.actor not in taken:
                taken.add(act.actor)
                groups.append([act])
        elif act.poll in by_poll:
            by_poll[act.poll].append(act)
        else:
            groups.append(by_poll.setdefault(act.poll, [act]))
    for group in groups:
        if group[0].poll is None:
            yield group
            continue
        ballots = _last_of_each(act for act in group if act.actor not in taken)
        ripe = bool(ballots) and now - ballots[0].created_at >= settings.batch_seconds
        for start in range(0, len(ballots), settings.batch_size):
            part = ballots[start : start + settings.batch_size]
            if ripe or len(part) == settings.batch_size:
                taken.update(act.actor for act in part)
                yield part


def signed_of(act: Act) -> SignedMessage:
    """The message that an act carries."""
    return SignedMessage.model_validate_json(act.payload)


def _last_of_each(ballots: Iterable[Act]) -> list[Act]:
    """One ballot a wallet, that of the highest sequence, in the order of arrival."""
    last: dict[str, tuple[int, Act]] = {}
    for act in ballots:
        sequence = int(signed_of(act).message.message["sequence"])
        if act.actor not in last or sequence > last[act.actor][0]:
            last[act.actor] = sequence, act
    return sorted((act for _, act in last.values()), key=lambda act: act.created_at)


__all__ = ["due", "poll_of", "signed_of"]
