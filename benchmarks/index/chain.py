"""A local chain with many events on it: batches of awards, as a shop's month gives them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import town as towns
from benchmarks.node import private_node
from cercle.deployments import Deployment

BATCH = 100


@dataclass(frozen=True)
class Stage:
    """A node and the brand on it."""

    url: str
    deployment: Deployment
    events: int


@contextlib.contextmanager
def busy_chain(batches: int) -> Iterator[Stage]:
    """A thousand members, and so many batches of a hundred awards each: 102 events a batch."""
    with private_node() as node:
        town = towns.build(node)
        wallets = [member.address for member in town.members]
        for n in range(batches):  # each in a block of its own
            start = n % (towns.MEMBERS // BATCH) * BATCH
            node.send(town.award_batch(wallets[start : start + BATCH], 1, 1))
        url = str(node.provider.endpoint_uri)
        addresses = [where.address for where in town.deployment.contracts.values()]
        head = int(node.rpc("eth_blockNumber"), 16)
        count = 0
        for first in range(0, head + 1, 50):
            last = min(head, first + 49)
            asked = {"fromBlock": hex(first), "toBlock": hex(last), "address": addresses}
            count += len(node.rpc("eth_getLogs", asked))
        yield Stage(url, town.deployment, count)
