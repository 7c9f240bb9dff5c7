"""How the relayer says no: a status, a word that never changes, a sentence."""

from __future__ import annotations

from ..errors import Refused
from ..service.problem import Declined


def malformed(detail: str) -> Declined:
    """400: it is none of our messages."""
    return Declined(400, "malformed", f"This is not a message of ours: {detail}.")


def not_offered(struct: str) -> Declined:
    """403: this relayer does not carry it."""
    return Declined(403, "not_offered", f"This relayer carries no {struct}.")


def no_invitation() -> Declined:
    """403: nothing is paid for a stranger."""
    return Declined(403, "invitation_missing", "Before joining, this takes a live invitation.")


def bad_invitation(error: Refused) -> Declined:
    """403: the invitation would not be taken."""
    return Declined(403, error.code, str(error))


def refused(error: Refused) -> Declined:
    """409: the contract would say no."""
    return Declined(409, error.code, str(error))


def not_signed() -> Declined:
    """422: somebody else signed, or nobody."""
    return Declined(422, "not_signed", "This is not signed by whom it names.")


def over_budget(what: str, retry_after: int) -> Declined:
    """429: enough for today."""
    return Declined(429, "budget", f"The relayer has carried {what}.", retry_after=retry_after)


def ill(word: str, sentence: str) -> Declined:
    """503: the relayer cannot keep a promise now."""
    return Declined(503, word, sentence)


__all__ = [
    "Declined",
    "bad_invitation",
    "ill",
    "malformed",
    "no_invitation",
    "not_offered",
    "not_signed",
    "over_budget",
    "refused",
]
