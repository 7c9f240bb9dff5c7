"""The decisions as the demo's script has them, beside those on the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from cercle import lens
from cercle.chain import Chain
from cercle.decision_models import ProposalView
from cercle.deployments import Deployment
from cercle.events import Event
from cercle.flags import ProposalState

from . import independent
from .decisions import DAYS, DECISIONS, QUORUM, Decision, End
from .made import Made
from .node import DemoError

Since = Callable[[str, str], tuple[Event, ...]]  # (contract, event): those after the set-up
_MOVES = ("ProposalQueued", "ProposalExecuted", "ProposalCanceled")


@dataclass(frozen=True)
class Found:
    """A proposal as it stands, for its page."""

    title: str
    counts: list[int]  # against, in favour, abstaining
    state: ProposalState


def compare_decisions(
    chain: Chain,
    deployment: Deployment,
    made: Made,
    people: dict[int, independent.Person],
    since: Since,
) -> list[Found]:
    """Compare every proposal of the script, the chest and the office of admin; what was found.

    Raises:
        DemoError: Something differs; the text says what.
    """
    numbers = list(people)
    found = sorted(lens.proposals(chain, deployment).proposals, key=lambda one: one.snapshot)
    by_text = {one.draft.description: one for one in found}
    late = {name: since("Governor", name) for name in ("VoteCast", *_MOVES)}
    moved = {event.args["proposalId"] for name in _MOVES for event in late[name]}
    told = []
    for place, decision in enumerate(DECISIONS):
        view = by_text.get(decision.text)
        if view is None:
            raise DemoError(f"The proposal {decision.name!r} is not on the chain.")
        counts = independent.votes(place, numbers)
        for event in late["VoteCast"]:
            if event.args["proposalId"] == view.id:
                counts[event.args["support"]] += event.args["weight"]
        shown = [view.against, view.in_favour, view.abstaining]
        if shown != counts:
            raise DemoError(f"The votes on {decision.name!r}: {shown}, the script says {counts}.")
        if view.id not in moved:
            _compare_state(decision, view, made, chain.head().time, counts, len(numbers))
        told.append(Found(decision.text.splitlines()[0], counts, view.state))
    _compare_chest(chain, deployment, people, since)
    return told


def _compare_state(
    decision: Decision,
    view: ProposalView,
    made: Made,
    now: dt.datetime,
    counts: list[int],
    members: int,
) -> None:
    # The blocks of the script's seconds come a little later.
    times = (now, now - dt.timedelta(minutes=10))
    expected = [_state(decision, made, one, counts, members) for one in times]
    if view.state not in expected:
        told = f"{view.state.name}, the script says {expected[0].name}"
        raise DemoError(f"The proposal {decision.name!r}: {told}.")


def _state(
    decision: Decision, made: Made, now: dt.datetime, counts: list[int], members: int
) -> ProposalState:
    """Where a proposal that nobody touched since must stand by now."""
    if decision.end is End.VETOED:
        return ProposalState.CANCELED
    if decision.end is End.EXECUTED:
        return ProposalState.EXECUTED
    if decision.end in (End.QUEUED, End.DUE):
        return ProposalState.QUEUED
    delay, period, _ = DAYS[decision.class_id]
    first = dt.datetime.fromtimestamp((made.last_day - decision.days_ago) * 86_400, dt.UTC)
    begins = first + dt.timedelta(days=delay, hours=13)
    if now < begins:
        return ProposalState.PENDING
    if now < begins + dt.timedelta(days=period):
        return ProposalState.ACTIVE
    against, in_favour, abstaining = counts
    quorum = max(1, members * QUORUM[decision.class_id] // 100)
    has_passed = in_favour > against and in_favour + abstaining >= quorum
    return ProposalState.SUCCEEDED if has_passed else ProposalState.DEFEATED


def _compare_chest(
    chain: Chain, deployment: Deployment, people: dict[int, independent.Person], since: Since
) -> None:
    governor = deployment.address("Governor")
    reads = [
        deployment.contract("Points").read("balanceOf", governor),
        deployment.contract("Charter").read("admin"),
    ]
    points, admin = chain.read(reads, chain.head())
    expected = independent.chest(people)
    for event in since("Points", "Transfer"):
        expected += event.args["value"] * (event.args["receiver"] == governor)
        expected -= event.args["value"] * (event.args["sender"] == governor)
    if points != expected:
        raise DemoError(f"The common chest: {points} points, the script says {expected}.")
    if admin != governor:
        raise DemoError(f"The admin is {admin}, and not the Governor.")


__all__ = ["Found", "Since", "compare_decisions"]
