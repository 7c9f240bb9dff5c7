"""What the parts of a relayer share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from eth_account.signers.local import LocalAccount

from ..chain import Chain
from ..deployments import Deployment
from .book import Book
from .budgets import Budgets
from .conditions import Conditions
from .metrics import Metrics
from .nodes import Nodes
from .nonces import Nonces
from .settings import Settings
from .store import Store


@dataclass
class Parts:
    """One relayer's account, chain, journal and sums; `clock` is the machine's own."""

    settings: Settings
    deployment: Deployment
    chain: Chain
    account: LocalAccount
    store: Store
    clock: Callable[[], float] = time.time
    conditions: Conditions = field(default_factory=Conditions)
    metrics: Metrics = field(default_factory=Metrics)
    has_passkeys: bool = False  # whether accounts of passkeys can be made; asked of the chain

    def __post_init__(self) -> None:
        self.book = Book(self.store)
        self.budgets = Budgets(self.store, self.settings)
        self.nodes = Nodes(self.chain, self.sender)
        self.nonces = Nonces(self.book, self.nodes.quorum, self.settings.confirmations)

    @property
    def sender(self) -> str:
        """The account that pays."""
        return str(self.account.address)


__all__ = ["Parts"]
