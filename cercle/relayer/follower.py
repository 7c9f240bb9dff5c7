"""What became of the transactions: receipts, skipped ballots, blocks that are gone."""

from __future__ import annotations

from ..calls import Call
from ..errors import CercleError, Refused
from ..events import decode_logs
from .ballots import sort_by
from .book import Act, Slot, SlotState
from .logs import tell, warn
from .nodes import Receipt, Survey
from .nonces import Doubts
from .parts import Parts
from .wire import ActState

REVERTED = "reverted"  # and nobody can say why: out of gas, say
LONE = 32  # blocks for which a node that nobody can contradict must say that a nonce is another's
_Verdict = tuple[ActState, str | None]


class Follower:
    """Asks after every transaction until its block is deep enough."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        # A node may count a transaction a moment before it has the receipt: a block, at least.
        alone = parts.nodes.quorum == 1
        self._doubts = Doubts(max(LONE if alone else 1, parts.settings.confirmations))
        self._looked: str | None = None

    def look(self, survey: Survey) -> None:
        """Bring the journal up to the chain."""
        book = self._parts.book
        self._doubt_ends(survey)
        slots = book.open_slots()
        pending = [slot for slot in slots if slot.state == SlotState.PENDING]
        if not slots or (not pending and self._looked == survey.head.hash):
            return
        receipts = self._parts.nodes.receipts([one.hash for slot in slots for one in slot.signed])
        for slot in slots:
            found = [receipts[one.hash] for one in slot.signed if one.hash in receipts]
            if found:
                self._settle(slot, found[0], survey)
            elif slot.state == SlotState.MINED:
                book.unmined(slot.nonce)
                warn("block gone", nonce=slot.nonce)
            else:
                self._doubt(slot, survey)
        self._looked = survey.head.hash

    # ---- mined ----

    def _settle(self, slot: Slot, receipt: Receipt, survey: Survey) -> None:
        parts = self._parts
        if slot.state == SlotState.PENDING or slot.block_hash != receipt.block_hash:
            acts = parts.book.acts_of(slot.nonce)
            verdicts = self._verdicts(slot, receipt, acts)
            parts.book.mined(slot.nonce, receipt, verdicts, parts.clock())
            self._count(slot, receipt, acts, verdicts)
        if survey.head.number - receipt.block >= parts.settings.confirmations:
            parts.book.final(slot.nonce)
        self._doubts.drop(("lost", slot.nonce))

    def _verdicts(self, slot: Slot, receipt: Receipt, acts: list[Act]) -> dict[str, _Verdict]:
        if not receipt.is_success:
            return dict.fromkeys((act.id for act in acts), self._why(slot, receipt))
        verdicts: dict[str, _Verdict] = {act.id: (ActState.MINED, None) for act in acts}
        if (sort := sort_by(slot.kind)) is not None:
            for event in decode_logs(self._parts.deployment, receipt.logs):
                if (event.contract, event.name) == (sort.contract, "BallotSkipped"):
                    why = sort.refusal_of(event.args["why"])
                    verdicts[acts[event.args["index"]].id] = ActState.REFUSED, why.code
        return verdicts

    def _why(self, slot: Slot, receipt: Receipt) -> _Verdict:
        """The contract's own reason, found by trying again around that block."""
        call = Call(to=slot.target, data=slot.data, contract="", function=slot.kind)
        try:
            self._parts.chain.replay(call, self._parts.sender, receipt.block)
        except Refused as error:
            return ActState.REFUSED, error.code
        except CercleError:  # no node keeps that block's state
            pass
        return ActState.FAILED, REVERTED

    def _count(
        self, slot: Slot, receipt: Receipt, acts: list[Act], verdicts: dict[str, _Verdict]
    ) -> None:
        metrics = self._parts.metrics
        metrics.gas.inc(receipt.gas_used)
        metrics.wei.inc(receipt.wei)
        for act in acts:
            state, code = verdicts[act.id]
            metrics.acts.labels(act.struct, state).inc()
            if code is not None:
                metrics.refusals.labels(code).inc()
        tell("mined", nonce=slot.nonce, tx=receipt.tx, block=receipt.block, gas=receipt.gas_used)

    # ---- lost, and found again ----

    def _doubt_ends(self, survey: Survey) -> None:
        """Nonces whose end we saw, and which all nodes call free: blocks that were deep enough are
        gone, or a node had lied. What was signed for them is handed over again; it cannot be
        mined twice."""
        counts = [one.count for one in survey.seen]
        free = max(counts)
        if len(counts) < self._parts.nodes.quorum or free >= self._parts.book.used_below():
            self._doubts.keep("free", None)
            return
        claim = ("free", free)
        self._doubts.keep("free", claim)
        if self._doubts.hold(claim, survey.head.number):
            self._doubts.drop(claim)
            self._parts.book.reopen(free)
            warn("ends gone", nonce=free)

    def _doubt(self, slot: Slot, survey: Survey) -> None:
        """A nonce that all nodes call used, with no receipt of ours: somebody else's, after a
        while. One node's word is not enough where there are two."""
        claim = ("lost", slot.nonce)
        counts = [one.count for one in survey.seen]
        if len(counts) < self._parts.nodes.quorum or min(counts) <= slot.nonce:
            self._doubts.drop(claim)
        elif self._doubts.hold(claim, survey.head.number):
            self._doubts.drop(claim)
            self._parts.book.lost(slot.nonce)
            self._parts.metrics.resyncs.inc()
            warn("nonce used by another", nonce=slot.nonce)


__all__ = ["Follower"]
