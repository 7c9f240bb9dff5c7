"""What a finished set-up was: kept beside the chain's state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Made:
    """The size and the moments of a stage that was set to its end."""

    members: int
    last_day: int  # days from the epoch, of the last purchase
    claimed_at: int  # unix seconds
    block: int  # the last block of the set-up
    contracts: str  # the hash of what was deployed
    world: str  # where some members appear
    collection: str  # as which tokens

    @classmethod
    def load(cls, path: Path) -> Made | None:
        try:
            return cls(**json.loads(path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None
