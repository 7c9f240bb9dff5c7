"""How the gateway says no."""

from __future__ import annotations

from ..errors import CercleError, Refused
from ..service.problem import Declined
from .signatures import ACCEPT

UNSIGNED = {
    "unsigned": "This is not signed: see Accept-Signature.",
    "not_the_profile": "The signature is not of the one form that is taken here",
    "other_authority": "This was signed for another gateway.",
    "other_content": "The body is not the one of the Content-Digest.",
    "unknown_caller": "Nobody of this name is registered here.",
    "forged": "This caller's key did not sign this request.",
    "stale": "This was signed too long ago: look at your clock, and sign again.",
    "early": "This was signed in the future: look at your clock.",
    "replayed": "This was asked already: sign each request by itself.",
}
NOT_NOW = {
    "node_unreachable": "The gateway's nodes do not answer.",
    "wrong_chain": "The gateway's nodes serve another chain.",
    "node_misbehaved": "The gateway's nodes answer what cannot be right.",
    "block_gone": "The chain is being rewritten at this moment.",
    "behind": "The gateway's nodes do not see the newest state of the chain.",
    "deployment": "The brand's contracts are not on this chain.",
    "chain": "The chain cannot be read.",
}
_RETRY = 2  # seconds


def unsigned(word: str, detail: str = "") -> Declined:
    """401: nobody knows who asks."""
    sentence = UNSIGNED[word]
    headers = {"WWW-Authenticate": 'Signature realm="cercle"', "Accept-Signature": ACCEPT}
    return Declined(401, word, f"{sentence}: {detail}." if detail else sentence, headers=headers)


def not_allowed(scope: str) -> Declined:
    """403: this caller was not registered for that."""
    return Declined(403, "not_allowed", f"You are not registered to ask about: {scope}.")


def other_world() -> Declined:
    """403: a world asks about its own avatars."""
    return Declined(403, "other_world", "You are not registered to ask about this world.")


def nothing(word: str, sentence: str) -> Declined:
    """404: there is no such thing."""
    return Declined(404, word, sentence)


def refused(error: CercleError) -> Declined:
    """409: the contract would say no, or the code is none."""
    sentence = error.sentence if isinstance(error, Refused) else str(error)
    return Declined(409, error.code, sentence)


def too_often(retry_after: int) -> Declined:
    """429: more than this caller's share."""
    return Declined(429, "too_often", "You ask more often than agreed.", retry_after=retry_after)


def too_dear(retry_after: int) -> Declined:
    """429: more questions to nodes than this caller's share."""
    return Declined(
        429, "too_dear", "Your questions cost more than agreed.", retry_after=retry_after
    )


def not_now(word: str) -> Declined:
    """503: nothing true can be said at the moment."""
    word = word if word in NOT_NOW else "chain"
    return Declined(503, word, NOT_NOW[word], retry_after=_RETRY)


__all__ = [
    "NOT_NOW",
    "UNSIGNED",
    "Declined",
    "not_allowed",
    "not_now",
    "nothing",
    "other_world",
    "refused",
    "too_dear",
    "too_often",
    "unsigned",
]
