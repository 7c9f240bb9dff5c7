"""The questions that a perk's gate may ask, and how an argument of 96 bits holds them."""

from __future__ import annotations

from .deployments import Deployment
from .flags import GateQuestion

_KIND = 88  # Membership keeps the question in the top byte
_VALUE = (1 << _KIND) - 1


def pack_gate(deployment: Deployment, question: GateQuestion, value: int) -> tuple[str, int]:
    """A gate as `IPerks.GateCheck`: who is asked, and what.

    Raises:
        ValueError: The question is not one of ours, or the value does not fit.
    """
    if not 0 < value <= _VALUE:
        raise ValueError(f"a gate's value must lie between 1 and {_VALUE}")
    if question in (GateQuestion.TIER, GateQuestion.STANDING):
        return deployment.address("Membership"), int(question) << _KIND | value
    if question == GateQuestion.TOOK_PART:
        return deployment.address("Polls"), value
    raise ValueError("a gate asks for a tier, a standing or a poll")


def unpack_gate(deployment: Deployment, gate: str, argument: int) -> tuple[GateQuestion, int]:
    """What a gate asks; OTHER, with the bare argument, when it is none of ours."""
    if deployment.has("Membership") and gate == deployment.address("Membership"):
        kind = argument >> _KIND
        if kind in (GateQuestion.TIER, GateQuestion.STANDING):
            return GateQuestion(kind), argument & _VALUE
    if deployment.has("Polls") and gate == deployment.address("Polls"):
        return GateQuestion.TOOK_PART, argument
    return GateQuestion.OTHER, argument


__all__ = ["pack_gate", "unpack_gate"]
