"""How well the relayer is, part by part."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from . import declined
from .declined import Declined

WELL = "well"
SENTENCES = {
    "starting": "The relayer has not looked at the chain yet.",
    "unreachable": "The relayer's nodes do not answer.",
    "wrong_chain": "The relayer's nodes serve another chain.",
    "behind": "The relayer does not see the newest state of the chain.",
    "out_of_money": "The relayer is out of money.",
    "fees_too_high": "The network asks more than the relayer pays.",
    "dead": "The relayer's worker has stopped.",
    "failing": "The relayer's worker fails.",
}
_PATIENCE = 60.0  # seconds without a sign of the worker


@dataclass
class Conditions:
    """What is ill; anything but `WELL` means that nothing is accepted.

    Chain: unreachable, of another chain, or its newest block too old. Nonce: the nodes contradict
    the journal. Money: the balance is below its floor. Fees: above the cap.
    """

    chain: str = "starting"
    nonce: str = WELL
    money: str = WELL
    fees: str = WELL
    worker: str = WELL
    needed: int = 0  # wei that something which waits would take
    needs_worker: bool = False
    _seen: float = field(default_factory=time.monotonic)

    def beat(self, worker: str = WELL) -> None:
        """The worker says that it is there."""
        self.worker = worker
        self._seen = time.monotonic()

    @property
    def parts(self) -> dict[str, str]:
        """Each part and its word."""
        silent = self.needs_worker and time.monotonic() - self._seen > _PATIENCE
        return {
            "chain": self.chain,
            "nonce": self.nonce,
            "money": self.money,
            "fees": self.fees,
            "worker": "dead" if silent else self.worker,
        }

    @property
    def is_well(self) -> bool:
        """Whether a promise made now can be kept."""
        return all(word == WELL for word in self.parts.values())

    @property
    def illness(self) -> Declined | None:
        """What to say instead of a promise."""
        word = next((word for word in self.parts.values() if word != WELL), None)
        return None if word is None else declined.ill(word, SENTENCES[word])


__all__ = ["WELL", "Conditions"]
