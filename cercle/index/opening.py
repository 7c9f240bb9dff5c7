"""Opening an index to write: which chain, which brand, where."""

from __future__ import annotations

from collections.abc import Callable

from ..chain import Chain
from ..deployments import Deployment
from .database import read_url
from .identity import Followed
from .store import Store

DEPTH = 64  # blocks: two epochs of Ethereum, after which a block is final


def open_store(
    url: str,
    deployment: Deployment,
    chain: Chain,
    *,
    depth: int = DEPTH,
    upgrade: bool = False,
    rebuild: bool = False,
    wait: bool = False,
    tell: Callable[[str], None] = lambda text: None,
) -> Store:
    """The index at `url`, made if there is none, for the one process that writes it.

    Raises:
        IndexFault, ChainError: Why not, in one sentence.
    """
    followed = Followed(deployment, chain.block(0).hash, depth)
    return Store.open(
        read_url(url), followed, upgrade=upgrade, rebuild=rebuild, wait=wait, tell=tell
    )


__all__ = ["DEPTH", "open_store"]
