"""Whose events an index holds: one chain, one brand, and the contracts it was told to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from ..deployments import Deployment
from ..errors import DeploymentError, IndexOfAnother, IndexOutdated
from .tables import META, SOURCE


@dataclass(frozen=True)
class Followed:
    """What an index is told to follow."""

    deployment: Deployment
    genesis: str  # the hash of the chain's first block
    depth: int  # how far back a reorganisation is followed

    @property
    def anchor(self) -> str:
        """The contract that makes the brand this one: its Charter, which nobody replaces."""
        contracts = self.deployment.contracts
        if not contracts:
            raise DeploymentError("There is no contract to follow in this deployment.")
        name = "Charter" if "Charter" in contracts else min(contracts)
        return contracts[name].address.lower()


@dataclass(frozen=True)
class Source:
    """One contract, and the first of its blocks that is not read yet."""

    id: int
    contract: str
    address: str
    first_block: int
    next_block: int


def claim(connection: Connection, followed: Followed) -> None:
    """Write whose the index is, or compare; enter the contracts that are new.

    Raises:
        IndexOfAnother: It is another chain's or another brand's.
    """
    found = connection.execute(select(META)).one_or_none()
    if found is None:
        connection.execute(
            insert(META).values(
                id=1,
                chain_id=followed.deployment.chain_id,
                genesis=followed.genesis,
                brand=followed.deployment.brand,
                anchor=followed.anchor,
                depth=followed.depth,
                head=0,
            )
        )
    else:
        require_same(connection, followed.deployment, followed.genesis, followed.anchor)
        if found.depth != followed.depth:
            connection.execute(META.update().values(depth=followed.depth))
    _enter_new(connection, followed.deployment)


def require_same(
    connection: Connection, deployment: Deployment, genesis: str | None, anchor: str
) -> None:
    """
    Raises:
        IndexOfAnother: The index is of another chain, or of another brand on it.
    """
    meta = connection.execute(select(META)).one()
    if meta.chain_id != deployment.chain_id:
        raise IndexOfAnother(
            f"The index is of chain {meta.chain_id}; chain {deployment.chain_id} was meant."
        )
    if genesis is not None and meta.genesis != genesis:
        raise IndexOfAnother(
            f"The index is of another chain with the id {meta.chain_id}: its first block is "
            f"{meta.genesis[:10]}…, this one's {genesis[:10]}… (--rebuild builds it anew)."
        )
    if meta.anchor != anchor:
        raise IndexOfAnother(
            f"The index is of {meta.brand}, whose first contract is {meta.anchor}; "
            f"{deployment.brand} was meant (--rebuild builds it anew)."
        )


def require_followed(connection: Connection, deployment: Deployment) -> None:
    """
    Raises:
        IndexOutdated: A contract of the address book is not followed: its events would be missed.
    """
    known = {one.address for one in sources(connection)}
    missing = [
        name for name, where in deployment.contracts.items() if where.address.lower() not in known
    ]
    if missing:
        raise IndexOutdated(
            f"The index does not follow {', '.join(missing)} yet: run `ape run index run` again."
        )


def sources(connection: Connection) -> list[Source]:
    """The contracts that are followed."""
    return [
        Source(row.id, row.contract, row.address, row.first_block, row.next_block)
        for row in connection.execute(select(SOURCE).order_by(SOURCE.c.id))
    ]


def _enter_new(connection: Connection, deployment: Deployment) -> None:
    """A contract that replaced another is read beside it: the old one serves exits for ever."""
    known = sources(connection)
    addresses = {one.address for one in known}
    new = [
        (name, where.address.lower(), where.block)
        for name, where in deployment.contracts.items()
        if where.address.lower() not in addresses
    ]
    if not new:
        return
    # All that is new together begins at one block, so that one question asks for all of it.
    start = min(block for _, _, block in new)
    number = max((one.id for one in known), default=0)
    connection.execute(insert(SOURCE), _rows(new, number, start))


def _rows(new: Sequence[tuple[str, str, int]], number: int, start: int) -> list[dict[str, object]]:
    return [
        {
            "id": number + place,
            "contract": name,
            "address": address,
            "first_block": block,
            "next_block": start,
        }
        for place, (name, address, block) in enumerate(new, 1)
    ]


__all__ = ["Followed", "Source", "claim", "require_followed", "require_same", "sources"]
