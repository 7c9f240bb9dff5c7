"""Rewards: awards in batches, each paid once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

from ..calls import Call
from ..deployments import Deployment
from ..events import decode_logs
from ..flags import Skip
from ..limits import MAX_BATCH
from ..values import Address, Frozen
from .words import Award, pack_award

_SENTENCES = {
    Skip.NO_PASSPORT: "This wallet has no passport.",
    Skip.NOT_A_MEMBER: "This person is not a member.",
}


class Batch(Frozen):
    """Up to a hundred awards, paid together and once."""

    id: int
    words: tuple[int, ...]


class Skipped(Frozen):
    """An award that reached nobody."""

    index: int
    account: Address
    reason: Skip

    @property
    def sentence(self) -> str:
        """Why, for a person, in English."""
        return _SENTENCES[self.reason]


def batches(awards: Sequence[Award], label: str = "") -> Iterator[Batch]:
    """Cut awards into batches, each with an id that follows from what is paid.

    The same awards under the same label give the same ids, so what was sent half is sent again
    without paying twice; another label pays equal awards once more.
    """
    words = [pack_award(award) for award in awards]
    seal = keccak(b"".join(word.to_bytes(32, "big") for word in words) + label.encode())
    for number, start in enumerate(range(0, len(words), MAX_BATCH)):
        batch_id = int.from_bytes(keccak(seal + number.to_bytes(32, "big")), "big")
        yield Batch(id=batch_id, words=tuple(words[start : start + MAX_BATCH]))


def award(deployment: Deployment, batch_id: int, words: Sequence[int]) -> Call:
    """Pay a batch, as issuer."""
    return deployment.contract("Rewards").call("award", batch_id, list(words))


def reverse(deployment: Deployment, batch_id: int, words: Sequence[int], index: int) -> Call:
    """Undo one award of a batch of the last seven days, as issuer."""
    return deployment.contract("Rewards").call("reverse", batch_id, list(words), index)


def set_budget(deployment: Deployment, points_per_period: int) -> Call:
    """Change how much may be awarded: a raise from the next period on, a cut at once."""
    return deployment.contract("Rewards").call("set_budget", points_per_period)


def skipped(deployment: Deployment, logs: Iterable[Mapping[str, Any]]) -> tuple[Skipped, ...]:
    """Who got nothing, from the logs of a receipt."""
    return tuple(
        Skipped(
            index=event.args["index"],
            account=event.args["account"],
            reason=Skip(event.args["reason"]),
        )
        for event in decode_logs(deployment, logs)
        if event.name == "AwardSkipped"
    )


__all__ = ["Batch", "Skipped", "award", "batches", "reverse", "set_budget", "skipped"]
