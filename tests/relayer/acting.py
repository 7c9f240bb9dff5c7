"""What tests do with a relayer: post, let it work, ask."""

from __future__ import annotations

from typing import Any

import pytest

from cercle.relayer.declined import Declined
from cercle.relayer.relayer import Relayer
from cercle.relayer.wire import ActRequest, ActStatus
from cercle.typed_data import SignedMessage
from tests.client.nodes import rpc

from .stage import Stage, batch


def post(relayer: Relayer, signed: SignedMessage) -> ActStatus:
    return relayer.take(ActRequest.of(signed))


def declined(relayer: Relayer, signed: SignedMessage) -> tuple[int, str]:
    """The status and the word with which it says no."""
    with pytest.raises(Declined) as no:
        post(relayer, signed)
    return no.value.status, no.value.word


def settle(relayer: Relayer, stage: Stage, limit: int = 12) -> None:
    """Step after step, the clock going on, until nothing waits."""
    for _ in range(limit):
        relayer.parts.clock.wait(relayer.parts.settings.batch_seconds)
        is_busy = relayer.step()
        if not is_busy:
            return
        if relayer.parts.book.flying():
            wait_for_pool(stage)
    raise AssertionError("it never ends")


def wait_for_pool(stage: Stage) -> None:
    """Until the node, which mines at once, has mined what it was given."""
    for _ in range(200):
        pool = rpc(stage.url, "txpool_status")
        if int(pool["pending"], 16) == 0:
            return
    raise AssertionError("the node does not mine")


def hold_blocks(stage: Stage) -> None:
    """No block until `stage.mine`."""
    rpc(stage.url, "evm_setAutomine", False)


def said(relayer: Relayer, posted: ActStatus) -> tuple[str, str | None]:
    """Where an act stands, and why."""
    found = relayer.status(posted.id)
    return str(found.state), found.refusal


def slots(relayer: Relayer) -> list[Any]:
    """Every nonce that was signed for: nonce, state, kind."""
    rows = relayer.parts.store.rows("SELECT nonce, state, kind FROM slots ORDER BY nonce")
    return [tuple(row) for row in rows]


def signed_count(relayer: Relayer) -> int:
    """How many transactions were signed."""
    return relayer.parts.store.number("SELECT COUNT(*) FROM transactions") or 0


def set_balance(stage: Stage, who: str, wei: int) -> None:
    batch(stage.url, [("anvil_setBalance", [who, hex(wei)])])


def send_as(stage: Stage, who: str, call: Any, **fields: str) -> str:
    """A transaction of anybody's, sent without waiting for it."""
    told = {"from": who, "to": call.to, "data": call.data, "gas": hex(2_000_000), **fields}
    return str(rpc(stage.url, "eth_sendTransaction", told))
