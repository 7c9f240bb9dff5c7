"""Reads what agreements logged into the notes: range by range, and back when the chain turns."""

from __future__ import annotations

import json
from typing import Any

from cercle.answers import head_of
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import BlockGone, NodeMisbehaved, NodeUnreachable
from cercle.events import Event, decode_logs
from cercle.models import Head
from cercle.reverts import explain
from cercle.rpc import Answer, Node, Request

from .due import Words
from .notes import Notes, Warning

STEP = 2_000  # blocks in one question, at most
TURNS = 5  # of a chain that turns while it is read, before a round is given up
NEAR, STOPPED = "near", "stopped"
_TERMS = ("AgreementOpened", "TermsImproved")
_LEVELS = {"LimitNeared": NEAR, "AgreementStopped": STOPPED}


class Follower:
    """Brings the notes up to the newest block."""

    def __init__(
        self, chain: Chain, deployment: Deployment, notes: Notes, *, step: int = STEP
    ) -> None:
        self._chain, self._deployment, self._notes = chain, deployment, notes
        self._address = deployment.address("Agreements")
        self._first = deployment.contracts["Agreements"].block
        self._step = step

    def catch_up(self) -> Head:
        """Read all that is new; tells the block up to which it was read.

        Raises:
            NodeUnreachable, NodeMisbehaved, WrongChain: No node can be used, or believed.
        """
        turns, step = 0, self._step
        while True:
            head = self._chain.head(fresh=True)
            self._reconcile(head)
            first = self._notes.next_block() or self._first
            if first > head.number:
                return head
            try:
                self._read(first, min(head.number, first + step - 1))
            except BlockGone as error:  # it turned meanwhile, or a node follows another fork
                turns += 1
                if turns == TURNS:
                    raise NodeMisbehaved("The nodes do not agree on the newest blocks.") from error
            except (NodeMisbehaved, NodeUnreachable):
                if step == 1:
                    raise
                step = max(1, step // 4)  # refused, or too slow for so many blocks

    # ---- forward ----------------------------------------------------------------------

    def _read(self, first: int, last: int) -> None:
        before = self._notes.hash_of(first - 1)
        asked = {"address": self._address, "fromBlock": hex(first), "toBlock": hex(last)}
        questions: list[Request] = [
            # The last block before and after, so that what lies between is of one chain.
            _block(last),
            ("eth_getLogs", [asked]),
            _block(first - 1),
            _block(last),
        ]

        def check(node: Node, answers: list[Answer]) -> tuple[str, tuple[Event, ...]]:
            found, parent, again = (head_of(answers[i], node.name) for i in (0, 2, 3))
            if found.hash != again.hash or (before is not None and parent.hash != before):
                raise BlockGone(f"The node {node.name} follows other blocks.")
            events = self._events(node, answers[1])
            for one in events:
                if not first <= one.block <= last:
                    raise NodeMisbehaved(f"The node {node.name} answered for other blocks.")
                if one.block == last and one.block_hash != found.hash:
                    raise BlockGone(f"The node {node.name} follows other blocks.")
            return found.hash, events

        newest, events = self._chain.ask(questions, check)
        hashes = {one.block: one.block_hash for one in events} | {last: newest}
        terms = [
            (one.args["agreement_id"], one.block, one.index, one.args["terms"])
            for one in events
            if one.name in _TERMS
        ]
        self._notes.take_in(last, hashes, terms, self._warnings(events))

    def _events(self, node: Node, answer: Answer) -> tuple[Event, ...]:
        if "error" in answer:
            refusal = explain(answer["error"], node.name)
            raise NodeMisbehaved(f"The node {node.name} refuses blocks: {refusal}")
        try:
            logs = [log for log in answer["result"] if not log.get("removed")]
            events = decode_logs(self._deployment, logs)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise NodeMisbehaved(f"The node {node.name} answered events of no form.") from error
        ours = [one for one in events if one.contract == "Agreements"]
        return tuple(sorted(ours, key=lambda one: (one.block, one.index)))

    def _warnings(self, events: tuple[Event, ...]) -> list[Warning]:
        fresh: dict[int, Words] = {}
        found = []
        for one in events:
            number = one.args.get("agreement_id", 0)
            if one.name in _TERMS:
                fresh[number] = one.args["terms"]
            if one.name in _LEVELS:
                terms = fresh.get(number) or self._notes.terms_of(number)
                if terms is None:
                    raise NodeMisbehaved("A node told of an agreement that was never opened.")
                found.append(_warning(one, terms))
        return found

    # ---- back -------------------------------------------------------------------------

    def _reconcile(self, head: Head) -> None:
        """Forget blocks that are no longer on the chain. A node that is merely behind has none."""
        kept = [(number, text) for number, text in self._notes.blocks() if number <= head.number]
        if not kept or self._is_on_chain(*kept[0], head):
            return
        for number, text in kept[1:]:
            if self._is_on_chain(number, text, head):
                self._notes.roll_back(number)
                return
        self._notes.roll_back(self._first - 1)

    def _is_on_chain(self, number: int, text: str, head: Head) -> bool:
        if number == head.number:
            return text == head.hash
        try:
            return self._chain.block(number).hash == text
        except BlockGone:
            return False


def _block(number: int) -> Request:
    return ("eth_getBlockByNumber", [hex(number), False])


def _warning(event: Event, terms: Words) -> Warning:
    level, told = _LEVELS[event.name], event.args
    line: dict[str, Any] = {
        "agreement_id": told["agreement_id"],
        "passport_id": terms["passport_id"],
        "list_id": terms["list_id"],
        "period": told["period"],
        "level": level,
    }
    line |= {name: told[name] for name in ("percent", "use", "price") if name in told}
    line |= {"block": event.block, "tx": event.tx_hash}
    return Warning(
        told["agreement_id"], terms["passport_id"], told["period"], level, json.dumps(line)
    )


__all__ = ["NEAR", "STEP", "STOPPED", "Follower"]
