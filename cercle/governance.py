"""Polls: questions with many options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .calls import Call
from .deployments import Deployment
from .errors import (
    NotSignedByThem,
    NoVoice,
    Refused,
    SignatureExpired,
    StaleBallot,
    UnknownOption,
)
from .events import decode_logs
from .flags import BallotSkip, PollKind


def open_poll(
    deployment: Deployment,
    content_hash: str,
    option_count: int,
    closes_at: datetime,
    kind: PollKind = PollKind.SINGLE,
) -> Call:
    """Ask the members; who counts is fixed at this moment."""
    raw = bytes.fromhex(content_hash[2:])
    return deployment.contract("Polls").call(
        "open_poll", raw, int(kind), option_count, int(closes_at.timestamp())
    )


def withdraw_poll(deployment: Deployment, poll_id: int) -> Call:
    """Take a poll back before its first ballot."""
    return deployment.contract("Polls").call("withdraw_poll", poll_id)


def vote(deployment: Deployment, poll_id: int, option: int) -> Call:
    """Vote, or change one's vote. Options count from 1."""
    return deployment.contract("Polls").call("vote", poll_id, option)


def vote_for(deployment: Deployment, poll_id: int, options: Sequence[int]) -> Call:
    """Approve of some options, or of none, or change what one said. Options count from 1."""
    return deployment.contract("Polls").call("vote_for", poll_id, sorted(options))


_WHY: dict[BallotSkip, type[Refused]] = {
    BallotSkip.EXPIRED: SignatureExpired,
    BallotSkip.BAD_OPTIONS: UnknownOption,
    BallotSkip.NO_VOICE: NoVoice,
    BallotSkip.STALE: StaleBallot,
    BallotSkip.NOT_SIGNED: NotSignedByThem,
}


def skipped(deployment: Deployment, receipt: Mapping[str, Any], voter: str) -> Refused | None:
    """Why a batch left a voter's ballot out, from its receipt; None if it did not."""
    for event in decode_logs(deployment, receipt["logs"]):
        is_one = (event.contract, event.name) == ("Polls", "BallotSkipped")
        if is_one and event.args["voter"] == voter:
            return refusal_of(BallotSkip(event.args["why"]))
    return None


def refusal_of(why: BallotSkip) -> Refused:
    """What `vote_by_signature` would have said of a ballot that a batch left out."""
    return _WHY[why]()


__all__ = ["open_poll", "refusal_of", "skipped", "vote", "vote_for", "withdraw_poll"]
