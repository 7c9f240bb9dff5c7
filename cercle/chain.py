"""The chain, read in whole pages and never believed on its word."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from .calls import Call
from .contracts import Read
from .models import Head
from .values import Frozen


class Fate(StrEnum):
    """What became of a transaction that a wallet says it sent."""

    PENDING = "pending"
    MINED = "mined"
    REVERTED = "reverted"
    REPLACED = "replaced"
    FOREIGN = "foreign"


class Followed(Frozen):
    """The fate of one transaction, with its receipt once it is mined."""

    fate: Fate
    tx_hash: str
    receipt: dict[str, Any] | None = None
    nonce: int | None = None
    block: int | None = None


class Chain:
    """One chain behind several nodes.

    Usage example::

        chain = Chain(["https://one.example", "https://two.example"], chain_id=1)
        head = chain.head()
        name, supply = chain.read([points.read("name"), points.read("totalSupply")], head)
    """

    def __init__(self, urls: Sequence[str], chain_id: int, *, timeout: float = 5.0) -> None:
        raise NotImplementedError

    def head(self) -> Head:
        """The newest block.

        Raises:
            NodeUnreachable, WrongChain, NodeMisbehaved: No node can be used.
        """
        raise NotImplementedError

    def read(self, reads: Sequence[Read], head: Head) -> list[Any]:
        """Answer all the questions at one block, in one HTTP request.

        Raises:
            Refused: A contract refused to answer.
        """
        raise NotImplementedError

    def try_read(self, reads: Sequence[Read], head: Head) -> list[Any]:
        """As `read`; a refusal stands in the list as an instance of `Refused`."""
        raise NotImplementedError

    def simulate(self, call: Call, sender: str) -> int:
        """Estimate the gas of a call.

        Raises:
            Refused: The contract would refuse; its class says why.
        """
        raise NotImplementedError

    def follow(
        self, tx_hash: str, sender: str, want: Call | None = None, nonce: int | None = None
    ) -> Followed:
        """Say what became of a transaction. The hash is a claim: compare with `want`."""
        raise NotImplementedError


__all__ = ["Chain", "Fate", "Followed"]
