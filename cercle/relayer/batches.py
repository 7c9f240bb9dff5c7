"""What is sent together: ballots of one poll or proposal, and every other act by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..typed_data import SignedMessage
from .book import Act
from .settings import Settings


def due(
    waiting: Sequence[Act], busy: Iterable[str], now: float, settings: Settings
) -> Iterator[list[Act]]:
    """What to send now, in groups, the oldest first.

    A person's acts follow one another: what was tried on the newest state must not depend on one
    still on its way. Of several ballots of one wallet one alone is sent: in a poll the last, on a
    proposal the first. The contract then refuses the others, which are told so.

    Args:
        waiting: What was accepted, the oldest first.
        busy: Whose acts are on their way.
        now: The time, as that of acceptance.
        settings: How long ballots are gathered, and how many at most.
    """
    taken = set(busy)
    by_batch: dict[str, list[Act]] = {}
    groups: list[list[Act]] = []
    for act in waiting:
        if act.batch is None:
            if act.actor not in taken:
                taken.add(act.actor)
                groups.append([act])
        elif act.batch in by_batch:
            by_batch[act.batch].append(act)
        else:
            groups.append(by_batch.setdefault(act.batch, [act]))
    for group in groups:
        if group[0].batch is None:
            yield group
            continue
        ballots = _one_of_each(act for act in group if act.actor not in taken)
        ripe = bool(ballots) and now - ballots[0].created_at >= settings.batch_seconds
        for start in range(0, len(ballots), settings.batch_size):
            part = ballots[start : start + settings.batch_size]
            if ripe or len(part) == settings.batch_size:
                taken.update(act.actor for act in part)
                yield part


def signed_of(act: Act) -> SignedMessage:
    """The message that an act carries."""
    return SignedMessage.model_validate_json(act.payload)


def _one_of_each(ballots: Iterable[Act]) -> list[Act]:
    """One ballot a wallet, in the order of arrival: that of the highest sequence, or the first."""
    kept: dict[str, tuple[int, Act]] = {}
    for act in ballots:
        sequence = int(signed_of(act).message.message.get("sequence", 0))
        if act.actor not in kept or sequence > kept[act.actor][0]:
            kept[act.actor] = sequence, act
    return sorted((act for _, act in kept.values()), key=lambda act: act.created_at)


__all__ = ["due", "signed_of"]
