"""How an index stands: whose it is, how far each contract is read, how much it holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from ..chain import Chain
from ..deployments import Deployment
from .history import Served
from .identity import Source, sources
from .sql_history import SqlHistory
from .tables import BLOCK


@dataclass(frozen=True)
class Status:
    """An index at one moment."""

    served: Served
    sources: tuple[Source, ...]
    events: int

    def __str__(self) -> str:
        served = self.served
        state = "up to date" if not served.behind else f"{served.behind} blocks behind"
        if served.seconds:
            state += f", {served.seconds} s"
        lines = [
            f"block {served.block} of {served.head} ({state}), final up to {served.final}",
            f"{self.events} events of {len(self.sources)} contracts",
        ]
        for one in self.sources:
            if one.next_block <= served.head:
                lines.append(f"  {one.contract} {one.address}: read up to {one.next_block - 1}")
        return "\n".join(lines)


def status(url: str, deployment: Deployment, chain: Chain | None = None) -> Status:
    """
    Raises:
        IndexFault: There is none, or it is another's, or it does not answer.
    """
    history = SqlHistory.open(url, deployment, chain)
    try:
        with history.snapshot() as connection:
            count = connection.execute(select(func.coalesce(func.sum(BLOCK.c.events), 0)))
            return Status(
                served=history.served_in(connection),
                sources=tuple(sources(connection)),
                events=int(count.scalar_one()),
            )
    finally:
        history.close()


__all__ = ["Status", "status"]
