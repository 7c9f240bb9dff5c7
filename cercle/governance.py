"""Polls: questions with many options."""

from __future__ import annotations

from datetime import datetime

from .calls import Call
from .deployments import Deployment


def open_poll(
    deployment: Deployment, content_hash: str, option_count: int, closes_at: datetime
) -> Call:
    """Ask the members; who counts is fixed at this moment."""
    return deployment.contract("Polls").call(
        "open_poll", bytes.fromhex(content_hash[2:]), option_count, int(closes_at.timestamp())
    )


def withdraw_poll(deployment: Deployment, poll_id: int) -> Call:
    """Take a poll back before its first ballot."""
    return deployment.contract("Polls").call("withdraw_poll", poll_id)


def vote(deployment: Deployment, poll_id: int, option: int) -> Call:
    """Vote, or change one's vote. Options count from 1."""
    return deployment.contract("Polls").call("vote", poll_id, option)


__all__ = ["open_poll", "vote", "withdraw_poll"]
