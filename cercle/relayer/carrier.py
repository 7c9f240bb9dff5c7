"""Sends what is due: written down first, then handed to a node, and never signed for twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from ..calls import Call
from ..errors import CercleError, ChainError, DeploymentError, NodeUnreachable, Refused
from ..typed_data import CannotCarry
from .ballots import sort_by
from .batches import due
from .book import DAY, Act, Signed, Slot, SlotState
from .calls import Prepared, TooCostly, try_alone, try_ballots
from .fees import Fees, offer, raised
from .logs import tell, warn
from .nodes import Survey, Word
from .parts import Parts
from .wire import ActState

SOON, LATE = 5.0, 600.0  # seconds until what no node got done with is tried again; doubled


class Carrier:
    """Turns acts into transactions. One at a time: the lock is around the nonce."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._turn = threading.Lock()
        self._handed: dict[int, float] = {}  # nonce -> when it was last given to a node
        self._put_off: dict[str, tuple[float, float]] = {}  # act -> not before, and how long

    # ---- new ones ----

    def send_due(self, survey: Survey) -> int:
        """Send what is due, as far as money, budgets and nonces allow; how many transactions."""
        parts, sent = self._parts, 0
        with self._turn:
            open_slots = parts.book.open_slots()
            flying = sum(slot.state == SlotState.PENDING for slot in open_slots)
            waiting, busy = self._worth_trying(), parts.book.busy_actors()
            for group in due(waiting, busy, parts.clock(), parts.settings):
                if flying + sent >= parts.settings.max_in_flight or not parts.conditions.is_well:
                    break
                try:
                    prepared = self._prepare(group)
                except ChainError as error:  # one act that a node stumbles over stops no other
                    self._put_off |= {act.id: self._later(act) for act in group}
                    warn("not tried", acts=[act.id for act in group], error=error.code)
                    if isinstance(error, NodeUnreachable):  # each might cost as much time
                        break
                    continue
                if prepared is None:
                    continue
                if not self._send(prepared, survey):
                    break
                sent += 1
        return sent

    def _worth_trying(self) -> list[Act]:
        """What waits, but for what the nodes stumbled over a moment ago."""
        waiting, now = self._parts.book.waiting(), time.monotonic()
        self._put_off = {
            act.id: self._put_off[act.id] for act in waiting if act.id in self._put_off
        }
        return [act for act in waiting if self._put_off.get(act.id, (0.0, 0.0))[0] <= now]

    def _later(self, act: Act) -> tuple[float, float]:
        """When to try it again: twice as late each time."""
        _, pause = self._put_off.get(act.id, (0.0, SOON / 2))
        pause = min(2 * pause, LATE)
        return time.monotonic() + pause, pause

    def _prepare(self, group: Sequence[Act]) -> Prepared | None:
        """What would pass; who would not is told why."""
        parts = self._parts
        head = parts.chain.head(fresh=True)
        if group[0].batch is not None and len(group) > 1:
            prepared, no = try_ballots(parts, group, head)
            for act in group:
                if act.id in no:
                    self._drop(act, no[act.id])
            return prepared
        try:
            return try_alone(parts, group[0], head)
        except (Refused, TooCostly, CannotCarry, DeploymentError) as error:
            self._drop(group[0], error)
            return None

    def _drop(self, act: Act, error: Exception) -> None:
        code = error.code if isinstance(error, CercleError) else TooCostly.code
        state = ActState.REFUSED if isinstance(error, Refused) else ActState.FAILED
        self._parts.book.settle(act.id, state, code, self._parts.clock())
        self._parts.metrics.acts.labels(act.struct, state).inc()
        self._parts.metrics.refusals.labels(code).inc()
        tell("dropped", act=act.id, struct=act.struct, code=code)

    def _send(self, prepared: Prepared, survey: Survey) -> bool:
        """Sign, write down, hand over; False while something is in the way."""
        parts, now = self._parts, self._parts.clock()
        fees, nonce = offer(survey.freshest, parts.settings), parts.nonces.next(survey)
        if fees is None or nonce is None:
            return False
        price = prepared.gas * fees.max_fee
        if survey.freshest.balance < price + parts.book.reserved():
            parts.conditions.needed = price
            parts.conditions.money = "out_of_money"
            return False
        protects = prepared.acts[0].is_protective
        if not parts.budgets.can_spend(prepared.gas, price, now, protects=protects):
            return False
        if nonce != (parts.book.next_nonce() or nonce):
            parts.metrics.resyncs.inc()
            warn("nonces of another", nonce=nonce)
        signed = self._sign(nonce, prepared.call, prepared.gas, fees)
        slot = Slot(
            nonce=nonce,
            kind=prepared.call.function,
            target=prepared.call.to,
            data=prepared.call.data,
            gas=prepared.gas,
            state=SlotState.PENDING,
            signed=(signed,),
        )
        parts.book.sign(slot, prepared.acts, int(now // DAY))
        self._count(prepared)
        tell("signed", nonce=nonce, tx=signed.hash, acts=len(prepared.acts), kind=slot.kind)
        self._hand(signed, widely=False)
        return True

    def _count(self, prepared: Prepared) -> None:
        metrics = self._parts.metrics
        metrics.transactions.inc()
        for act in prepared.acts:
            metrics.acts.labels(act.struct, ActState.SENT).inc()
        if sort_by(prepared.call.function) is not None:
            metrics.batches.observe(len(prepared.acts))

    def _sign(self, nonce: int, call: Call, gas: int, fees: Fees) -> Signed:
        fields: dict[str, Any] = {
            "type": 2,
            "chainId": self._parts.chain.chain_id,
            "nonce": nonce,
            "to": call.to,
            "data": call.data,
            "value": call.value,
            "gas": gas,
            "maxFeePerGas": fees.max_fee,
            "maxPriorityFeePerGas": fees.tip,
        }
        signed = self._parts.account.sign_transaction(fields)
        return Signed(
            hash="0x" + signed.hash.hex(),
            nonce=nonce,
            raw="0x" + signed.raw_transaction.hex(),
            max_fee=fees.max_fee,
            tip=fees.tip,
            signed_at=self._parts.clock(),
        )

    # ---- those on their way ----

    def tend(self, survey: Survey) -> None:
        """Hand over again what is not mined, and offer more for what is stuck."""
        settings, now = self._parts.settings, time.monotonic()
        with self._turn:
            for slot in self._parts.book.open_slots():
                if slot.state != SlotState.PENDING:
                    self._handed.pop(slot.nonce, None)
                    continue
                newest = slot.signed[-1]
                age = self._parts.clock() - newest.signed_at
                is_next = slot.nonce == max(one.count for one in survey.seen)
                if is_next and age >= settings.stuck_seconds:
                    newest = self._raise(slot, survey) or newest
                told = self._handed.get(slot.nonce)
                if told is None or now - told >= settings.rebroadcast_seconds:
                    self._hand(newest, widely=True)

    def _raise(self, slot: Slot, survey: Survey) -> Signed | None:
        """The same call under the same nonce, dearer: at most one of them can be mined."""
        parts, old = self._parts, slot.signed[-1]
        before = Fees(max_fee=old.max_fee, tip=old.tip)
        fees = raised(before, offer(survey.freshest, parts.settings), parts.settings.max_fee)
        if fees is None:
            warn("stuck at the cap", nonce=slot.nonce, tx=old.hash)
            return None
        call = Call(to=slot.target, data=slot.data, contract="", function=slot.kind)
        signed = self._sign(slot.nonce, call, slot.gas, fees)
        parts.book.sign_again(signed)
        parts.metrics.bumps.inc()
        tell("signed again", nonce=slot.nonce, tx=signed.hash)
        self._handed.pop(slot.nonce, None)
        return signed

    def _hand(self, signed: Signed, *, widely: bool) -> None:
        word = self._parts.nodes.broadcast(signed.raw, widely=widely)
        self._handed[signed.nonce] = time.monotonic()
        if word is Word.NO_FUNDS:
            self._parts.conditions.money = "out_of_money"
        if word is not Word.TAKEN:
            warn("not taken", nonce=signed.nonce, tx=signed.hash, word=word)


__all__ = ["Carrier"]
