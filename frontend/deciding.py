"""The brand's decisions as the pages see them: proposals, the treasury, who speaks for whom.

What `services` is for the rest of the app: the pages receive plain values, a test gives
`decisions` a plain fake.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import streamlit as st

from cercle import deciding as acts
from cercle import lens
from cercle.acts import Act
from cercle.cache import BoundedCache
from cercle.chain import Chain
from cercle.decision_models import (
    AttackView,
    DelegateView,
    DelegationView,
    ProposalsView,
    ProposalView,
    TreasuryView,
)
from cercle.deployments import Deployment
from cercle.errors import CercleError, ChainError
from cercle.flags import Support
from cercle.index.decisions import Decided, Decisions
from cercle.index.history import MOST, History
from cercle.models import Card, Head
from cercle.proposals import Draft, Made
from cercle.proposals import acts as sent
from cercle.values import checksum

from . import services

PART = 12  # settled proposals that are read at first, and more at each wish
LONGEST = 180 * 86_400  # seconds: after its vote's first end, what nobody queued may still act
VOTES = (("Governor", "VoteCast"), ("Governor", "VoteCastWithParams"))
BORROWED = "0xef0100"  # an ordinary wallet that borrows code begins so, and signs as before


class Deciding(Protocol):
    """What members decide, and how one member takes part."""

    def chain_id(self) -> int: ...
    def proposals(self, account: str | None = None, parts: int = 1) -> ProposalsView: ...
    def count(self) -> int: ...
    def my_votes(self, card: Card, proposals: Sequence[int]) -> dict[int, Support]: ...
    def delegation(self, account: str) -> DelegationView: ...
    def delegates(self) -> tuple[DelegateView, ...]: ...
    def treasury(self) -> TreasuryView: ...
    def attacks(self) -> tuple[AttackView, ...]: ...
    def season_end(self) -> datetime | None: ...

    def vote(self, proposal: ProposalView, support: Support, reason: str, account: str) -> Act: ...
    def queue(self, draft: Draft) -> Act: ...
    def execute(self, draft: Draft) -> Act: ...
    def cancel(self, draft: Draft) -> Act: ...
    def delegate(self, delegatee: str, until: datetime | None = None) -> Act: ...


class LiveDeciding:
    """The decisions of the brand behind a deployment file."""

    def __init__(self, chain: Chain, deployment: Deployment, past: History) -> None:
        self.chain = chain
        self.deployment = deployment
        self.past = past
        self.record = Decisions(past, chain, deployment)
        self._said: BoundedCache[tuple[int, int], Support] = BoundedCache(4_096)
        self._ends: dict[int, datetime] = {}

    def chain_id(self) -> int:
        return self.deployment.chain_id

    def decided(self) -> Decided:
        head = self.chain.head()
        return _decided(head.hash, self.deployment.address("Governor"), self)

    def known(self, parts: int) -> tuple[Made, ...]:
        """The newest proposals, and all older ones that may still act."""
        made, now = self.decided().made, self.chain.head().timestamp
        newest = made[-parts * PART :]
        older = [
            one
            for one in made[: -parts * PART]
            if one.course.executed_at is None
            and one.course.canceled_at is None
            and one.vote_end + LONGEST > now
        ]
        return (*older, *newest)

    def proposals(self, account: str | None = None, parts: int = 1) -> ProposalsView:
        head = self.chain.head()
        return _proposals(head.hash, account, parts, head, self)

    def count(self) -> int:
        return len(self.decided().made)

    def my_votes(self, card: Card, proposals: Sequence[int]) -> dict[int, Support]:
        """What a person said on these; a vote is final, so what was found once stays."""
        known = {one: self._said.get((card.passport_id, one)) for one in proposals}
        blocks = [one.block for one in self.decided().made if one.id in known]
        first = min(blocks, default=0)  # nobody voted before it was made
        before: str | None = None
        while card.passport_id and any(said is None for said in known.values()):
            page = self.past.of_passport(card.passport_id, limit=MOST, before=before, kinds=VOTES)
            for entry in page.entries:
                told = entry.event.args
                said = Support(told["support"])
                self._said.put((card.passport_id, told["proposalId"]), said)
                if told["proposalId"] in known:
                    known[told["proposalId"]] = said
            before = page.older
            if before is None or int(before.partition("-")[0]) < first:
                break
        return {number: said for number, said in known.items() if said is not None}

    def delegation(self, account: str) -> DelegationView:
        head = self.chain.head()
        return _delegation(head.hash, account, head, self)

    def delegates(self) -> tuple[DelegateView, ...]:
        """Who speaks with votes; nobody where there are too many to read."""
        head = self.chain.head()
        try:
            return _delegates(head.hash, head, self)
        except ChainError:  # one may still be named by their wallet
            return ()

    def treasury(self) -> TreasuryView:
        head = self.chain.head()
        return _treasury(head.hash, head, self)

    def attacks(self) -> tuple[AttackView, ...]:
        return lens.attacks(self.treasury(), self.decided().allowed)

    def season_end(self) -> datetime | None:
        season = next((one.season for one in self.treasury().spending), None)
        if season is None:
            return None
        if season not in self._ends:
            self._ends[season] = lens.season_end(self.chain, self.deployment, season)
        return self._ends[season]

    # ---- acts ------------------------------------------------------------------------

    def vote(self, proposal: ProposalView, support: Support, reason: str, account: str) -> Act:
        """A ballot; that of a contract wallet fits no batch, and so has a form of its own."""
        if not reason and self._is_contract(account):
            return acts.vote_by_contract(self.deployment, proposal, support)
        return acts.vote(self.deployment, proposal, support, reason)

    def queue(self, draft: Draft) -> Act:
        return Act(sent.queue(self.deployment, draft))

    def execute(self, draft: Draft) -> Act:
        return Act(sent.execute(self.deployment, draft))

    def cancel(self, draft: Draft) -> Act:
        return Act(sent.cancel(self.deployment, draft))

    def delegate(self, delegatee: str, until: datetime | None = None) -> Act:
        return acts.delegate(self.deployment, delegatee, until)

    def _is_contract(self, account: str) -> bool:
        code = str(self.chain.request("eth_getCode", [checksum(account), "latest"])).lower()
        return len(code) > 2 and not code.startswith(BORROWED)


# ---- reads, kept by the hash of the block they were made at ----------------------


@st.cache_resource(show_spinner=False)
def _live() -> LiveDeciding:
    found = services.connection()
    return LiveDeciding(found.chain, found.deployment, found.past)


@st.cache_resource(max_entries=4, show_spinner=False)
def _decided(block: str, _governor: str, _of: LiveDeciding) -> Decided:
    return _of.record.decided()


@st.cache_resource(max_entries=256, show_spinner=False)
def _proposals(
    block: str, account: str | None, parts: int, _head: Head, _of: LiveDeciding
) -> ProposalsView:
    return lens.proposals(_of.chain, _of.deployment, account, _head, _of.known(parts))


@st.cache_resource(max_entries=256, show_spinner=False)
def _delegation(block: str, account: str, _head: Head, _of: LiveDeciding) -> DelegationView:
    return lens.delegation(_of.chain, _of.deployment, account, _head)


@st.cache_resource(max_entries=8, show_spinner=False)
def _delegates(block: str, _head: Head, _of: LiveDeciding) -> tuple[DelegateView, ...]:
    return lens.delegates(_of.chain, _of.deployment, _head, _of.record.speakers())


@st.cache_resource(max_entries=8, show_spinner=False)
def _treasury(block: str, _head: Head, _of: LiveDeciding) -> TreasuryView:
    return lens.treasury(_of.chain, _of.deployment, _head)


# ---- what the pages ask for ------------------------------------------------------


def decisions() -> Deciding:
    """The decisions of the brand this app serves.

    Raises:
        DeploymentError, ChainError: There is none, or no node can be used.
    """
    return _live()


def has_governor() -> bool:
    """Whether this brand's members decide by proposals."""
    try:
        return "Governor" in services.community().addresses()
    except CercleError:
        return False
