"""The same work by plain web3.py: get_logs, process_log, SQLite; as one would write it at first.

It decodes every event of the same contracts, reads each block's time, and keeps both in one table
a kind of event, in a transaction a range. It follows no reorganisation and checks nothing.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from web3 import HTTPProvider, Web3
from web3.contract import Contract

from cercle.contracts import packaged_abi
from cercle.deployments import Deployment

STEP = 200  # blocks: as many events in a transaction as the index takes at most


def read_all(url: str, deployment: Deployment, path: Path) -> int:
    """Read every event into SQLite; returns how many there are."""
    web3 = Web3(HTTPProvider(url, request_kwargs={"timeout": 120}))
    contracts = {
        where.address: web3.eth.contract(address=where.address, abi=packaged_abi(name))  # type: ignore[call-overload]
        for name, where in deployment.contracts.items()
    }
    events = {address: _events(contract) for address, contract in contracts.items()}
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    count, head = 0, web3.eth.block_number
    for first in range(0, head + 1, STEP):
        last = min(head, first + STEP - 1)
        asked: Any = {"fromBlock": first, "toBlock": last, "address": list(contracts)}
        times: dict[int, int] = {}
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for log in web3.eth.get_logs(asked):
            event = events[log["address"]][bytes(log["topics"][0])]
            found = event.process_log(log)
            number = found["blockNumber"]
            if number not in times:
                times[number] = web3.eth.get_block(number)["timestamp"]
            cells = [_cell(value) for value in found["args"].values()]
            row = (number, found["logIndex"], times[number], found["transactionHash"].hex())
            rows.setdefault(found["event"] + str(len(cells)), []).append((*row, *cells))
            count += 1
        with database:
            for name, several in rows.items():
                marks = ", ".join("?" * len(several[0]))
                columns = ", ".join(f"c{place}" for place in range(len(several[0])))
                database.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')
                database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', several)
    database.close()
    return count


def _events(contract: Contract) -> dict[bytes, Any]:
    every: Any = contract.events
    return {bytes.fromhex(event().topic[2:]): event() for event in every}


def _cell(value: Any) -> Any:
    if isinstance(value, int) and value >= 2**63:
        return str(value)
    return value if isinstance(value, int | str | bytes) else repr(value)
