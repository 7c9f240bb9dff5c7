"""The proposals: what each would do, where it stands, and who voted lately came to be here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from .. import limits
from ..chain import Chain
from ..contracts import Read
from ..decision_models import ClassView, ProposalsView, ProposalView
from ..deployments import Deployment
from ..flags import ProposalState
from ..models import Head, RecentView
from ..proposals import Made, made, say
from ..values import checksum, moment
from .rounds import Reader, ask, at_newest, second

_RECENTLY = 30 * limits.DAY
_WHOLE = 10_000  # basis points
_TIME = 2**24 - 1


def proposals(
    chain: Chain,
    deployment: Deployment,
    account: str | None = None,
    block: Head | None = None,
    known: Sequence[Made] | None = None,
) -> ProposalsView:
    """Every proposal, and the classes they are of.

    Args:
        chain: Where to read.
        deployment: The brand.
        account: Whose votes to look up; nobody's if none is named.
        block: The block to read at; the newest if none is named.
        known: The proposals that were made, if somebody has read them already; else they are
            read from the Governor's events.
    """
    wallet = None if account is None else checksum(account)
    there = made(chain, deployment) if known is None else tuple(known)
    view = ("proposals", deployment.address("Governor"), wallet, tuple(one.id for one in there))
    return at_newest(
        chain,
        block,
        lambda reader, head: _proposals(reader, deployment, wallet, there, head),
        *view,
    )


def _proposals(
    chain: Reader,
    deployment: Deployment,
    account: str | None,
    there: Sequence[Made],
    head: Head,
) -> ProposalsView:
    known = ask(chain, head, _first_round(deployment, account, there, head))
    known |= ask(chain, head, _second_round(deployment, account, there, head, known))
    numbers = range(1, int(known["class_count"] or 0) + 1)
    return ProposalsView(
        head=head,
        classes=tuple(class_view(number, known[f"class.{number}"]) for number in numbers),
        proposals=tuple(
            _view(deployment, one, known)
            for one in reversed(there)
            if known.get(f"{one.id}.state") is not None  # else it is not on this chain any more
        ),
        recent=_recent(known.get("recent"), head),
    )


def _first_round(
    deployment: Deployment, account: str | None, there: Sequence[Made], head: Head
) -> dict[str, Read]:
    governor, guard = deployment.contract("Governor"), deployment.contract("Guard")
    questions = {"class_count": guard.read("class_count")}
    if deployment.has("Membership"):
        # The contract counts by whole days: the same question all day long.
        first_day = max(0, head.timestamp - _RECENTLY) // limits.DAY
        recent = deployment.contract("Membership").read("recent", first_day * limits.DAY)
        questions["recent"] = recent
    for one in there:
        word = guard.read("word_at", one.draft.class_id, one.version)
        questions[f"{one.id}.terms"] = word
        for name, view in _VIEWS.items():
            questions[f"{one.id}.{name}"] = governor.read(view, one.id)
        if account is not None:
            questions[f"{one.id}.voted"] = governor.read("hasVoted", one.id, account)
    return questions


_VIEWS = {
    "state": "state",
    "deadline": "proposalDeadline",
    "eta": "proposalEta",
    "votes": "proposalVotes",
    "snapshot": "proposalSnapshot",
}


def _second_round(
    deployment: Deployment,
    account: str | None,
    there: Sequence[Made],
    head: Head,
    known: dict[str, Any],
) -> dict[str, Read]:
    """What can be asked once the snapshots are known, and the number of classes."""
    governor, guard = deployment.contract("Governor"), deployment.contract("Guard")
    electorate = deployment.contract("Electorate")
    questions = {
        f"class.{number}": guard.read("terms_of", number)
        for number in range(1, int(known["class_count"] or 0) + 1)
    }
    for one in there:
        snapshot = known[f"{one.id}.snapshot"]
        if not snapshot or snapshot >= head.timestamp:
            continue
        questions[f"{one.id}.quorum"] = governor.read("quorum_of", one.id)
        questions[f"{one.id}.supply"] = electorate.read("getPastTotalSupply", snapshot)
        if account is not None:
            questions[f"{one.id}.mine"] = electorate.read("ballot", account, snapshot)
    return questions


def _view(deployment: Deployment, one: Made, known: dict[str, Any]) -> ProposalView:
    against, in_favour, abstaining = known[f"{one.id}.votes"]
    mine, word = known.get(f"{one.id}.mine"), int(known.get(f"{one.id}.terms") or 0)
    return ProposalView(
        id=one.id,
        proposer=one.proposer,
        draft=one.draft,
        said=say(deployment, one.draft),
        class_id=one.draft.class_id,
        state=ProposalState(known[f"{one.id}.state"]),
        snapshot=datetime.fromtimestamp(known[f"{one.id}.snapshot"], UTC),
        deadline=datetime.fromtimestamp(known[f"{one.id}.deadline"], UTC),
        eta=moment(known[f"{one.id}.eta"] or 0),
        against=against,
        in_favour=in_favour,
        abstaining=abstaining,
        quorum=known.get(f"{one.id}.quorum"),
        supply=known.get(f"{one.id}.supply"),
        has_voted=known.get(f"{one.id}.voted"),
        my_votes=None if mine is None else second(mine),
        terms=class_view(one.draft.class_id, unpacked(word)) if word else None,
        course=one.course,
        tx_hash=one.tx_hash,
    )


def unpacked(word: int) -> dict[str, Any]:
    """The terms in a Guard's word, by the names that its struct has (`terms.vy`)."""
    return {
        "voting_delay": word & _TIME,
        "voting_period": word >> 24 & _TIME,
        "late_extension": word >> 48 & _TIME,
        "queue_delay": word >> 72 & _TIME,
        "threshold": word >> 96 & (2**58 - 1),
        "quorum": word >> 154 & (2**14 - 1),
        "season_share": word >> 168 & (2**14 - 1),
        "is_bounded": bool(word >> 182 & 1),
        "is_vetoable": bool(word >> 183 & 1),
    }


def class_view(number: int, terms: dict[str, Any]) -> ClassView:
    """The terms of a class as pages show them."""
    share = Decimal(terms["season_share"]) / _WHOLE
    return ClassView(
        id=number,
        voting_delay=timedelta(seconds=terms["voting_delay"]),
        voting_period=timedelta(seconds=terms["voting_period"]),
        late_extension=timedelta(seconds=terms["late_extension"]),
        queue_delay=timedelta(seconds=terms["queue_delay"]),
        threshold=terms["threshold"],
        quorum=Decimal(terms["quorum"]) / _WHOLE,
        season_share=share if terms["is_bounded"] else None,
        has_veto=terms["is_vetoable"],
    )


def _recent(answer: Any, head: Head) -> RecentView | None:
    if answer is None:
        return None
    joined, awards, standing = answer
    since = datetime.fromtimestamp(max(0, head.timestamp - _RECENTLY), UTC)
    return RecentView(since=since, joined=joined, awards=awards, standing=standing)


__all__ = ["class_view", "proposals", "unpacked"]
