"""Polls: questions with many options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .calls import Call
from .deployments import Deployment
from .flags import PollKind


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


__all__ = ["open_poll", "vote", "vote_for", "withdraw_poll"]
