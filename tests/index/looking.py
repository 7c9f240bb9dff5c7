"""What an index holds, row for row, and what it should hold, read from the chain another way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cercle.deployments import Deployment
from cercle.events import Event, decode_logs
from cercle.index.database import engine_for, read_url
from cercle.index.rows import event_of
from cercle.index.specs import by_table
from cercle.index.tables import BLOCK, METADATA, SOURCE, event_tables
from tests.client.nodes import rpc

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(url: str) -> Rows:
    """Every row of every table that has any, in the order of its key."""
    engine = engine_for(read_url(url), writes=False)
    try:
        with engine.connect() as connection:
            found = {
                table.name: [
                    tuple(row)
                    for row in connection.execute(select(table).order_by(*table.primary_key))
                ]
                for table in METADATA.sorted_tables
            }
    finally:
        engine.dispose()
    return {name: rows for name, rows in found.items() if rows}


def facts_of(url: str) -> Rows:
    """The same without what only says how it was read: blocks without events, and cursors."""
    rows = rows_of(url)
    rows["block"] = [row for row in rows.get("block", []) if row[4]]
    return {name: found for name, found in rows.items() if name not in ("meta", "source") and found}


def events_of(url: str) -> list[Event]:
    """Every event of an index, in order."""
    engine = engine_for(read_url(url), writes=False)
    with engine.connect() as connection:
        hashes = dict(connection.execute(select(BLOCK.c.number, BLOCK.c.hash)).tuples().all())
        where = dict(connection.execute(select(SOURCE.c.id, SOURCE.c.address)).tuples().all())
        found = [
            event_of(
                by_table()[table.name],
                row[4:],
                address=where[row.source],
                block=row.block,
                block_hash=hashes[row.block],
                tx_hash=row.tx_hash,
                index=row.log_index,
            )
            for table in event_tables()
            for row in connection.execute(select(table))
        ]
    engine.dispose()
    return sorted(found, key=lambda event: (event.block, event.index))


def events_on_chain(url: str, deployment: Deployment) -> list[Event]:
    """Every event that the chain holds, by the SDK's other decoder."""
    addresses = [where.address for where in deployment.contracts.values()]
    asked = {"fromBlock": "0x0", "toBlock": "latest", "address": addresses}
    return list(decode_logs(deployment, rpc(url, "eth_getLogs", asked)))
