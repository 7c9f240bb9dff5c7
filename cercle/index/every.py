"""All events of a kind, none missing: the index's, and what it has not seen yet from the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..errors import ChainError
from ..events import MAX_EVENTS, Event, read_events
from .history import MOST, History


def every_event(
    history: History,
    chain: Chain,
    deployment: Deployment,
    contract: str,
    event: str,
    where: Mapping[str, Any] | None = None,
    first: int = 0,
) -> tuple[Event, ...]:
    """One kind of event of one contract up to the newest block, oldest first.

    Args:
        history: What has most of it.
        chain: Where the rest is read.
        deployment: The brand.
        contract: Which contract's, by its name.
        event: Which event.
        where: Indexed arguments and the value that each must have.
        first: The first block that matters.

    Raises:
        ChainError: Neither serves, or there are more than any page needs.
    """
    page = history.events(contract, event, where=where, limit=MOST)
    served, found = page.served, [entry.event for entry in page.entries]
    while page.older is not None and int(page.older.partition("-")[0]) >= first:
        if len(found) > MAX_EVENTS:
            raise ChainError(f"There are more than {MAX_EVENTS} events: ask for a part of them.")
        page = history.events(contract, event, where=where, limit=MOST, before=page.older)
        found += [entry.event for entry in page.entries]
    found = [one for one in found[::-1] if one.block >= first]
    if served.source == "chain":
        return tuple(found)
    rest = read_events(
        chain, deployment, contract, event, filters=where, first=max(first, served.block + 1)
    )
    return (*found, *rest)


__all__ = ["every_event"]
