"""The till's own hand: it sends the redeem of a code that it read itself, and nothing else."""

from __future__ import annotations

import time
from typing import Any

from cercle.calls import Call
from cercle.chain import Chain, Fate
from cercle.contracts import Contract
from cercle.errors import NodeUnreachable
from cercle.gateway.wire import RedeemAnswer
from cercle.loyalty.words import read_claim_id
from cercle.slips import RedeemCode
from examples.serving import Said

LOCAL = 31_337  # the only chain on which a node signs for us
PATIENCE = 30.0  # seconds for a block


def checked(answer: RedeemAnswer, code: RedeemCode, till: str, perks: str) -> Call:
    """The call, if it is the one that this code makes, of this claim: a gateway may lie.

    Raises:
        Said: It is another.
    """
    call, claim = answer.call, answer.claim
    arguments = (code.claim_id, code.wallet, code.deadline, code.signature_bytes)
    own = Contract("Perks", perks).call("redeem", *arguments)
    if (call.to, call.data, call.value, call.sender) != (own.to, own.data, "0", till):
        raise Said("other_call")
    if (claim.id, claim.perk_id) != (str(code.claim_id), read_claim_id(code.claim_id).perk_id):
        raise Said("other_call")
    return own


class NodeSigner:
    """A local node that holds the till's account. On any other chain the call is only shown."""

    def __init__(self, url: str, account: str) -> None:
        self._chain = Chain([url], LOCAL, head_age=0)
        self._account = account

    def send(self, call: Call) -> dict[str, Any]:
        """Send it, and wait until it is in a block.

        Raises:
            Refused: The contract says no.
            ChainError: Nobody answers.
            Said: Nobody can say in time what became of it.
        """
        gas = self._chain.simulate(call, self._account)
        fields = call.transaction(self._account, LOCAL, gas)
        sent = str(self._chain.request("eth_sendTransaction", [fields]))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                followed = self._chain.follow(sent, self._account, call)
            except NodeUnreachable:
                followed = None
            if followed is not None and followed.fate is Fate.MINED:
                return {"tx": sent, "block": int(str((followed.receipt or {})["blockNumber"]), 16)}
            if followed is not None and followed.fate is Fate.REVERTED:
                raise Said("reverted")
            time.sleep(0.1)
        raise Said("unknown_outcome")


__all__ = ["LOCAL", "NodeSigner", "checked"]
