"""How the vault says no."""

from __future__ import annotations

from ..service.problem import Declined
from .wire import Refusal

RETRY = 2  # seconds
NO: dict[str, tuple[int, str]] = {
    "bad_signature": (401, "Nobody whom the ledger knows signed this."),
    "stale": (401, "This was signed too long ago, or ahead of time: look at your clock."),
    "replayed": (401, "This was asked already: sign each request by itself."),
    "unknown_company": (403, "There is no such company on the ledger."),
    "not_theirs": (403, "The signer does not act for this company."),
    "unlogged": (404, "There is no such event on the ledger."),
    "other_event": (409, "The event at this place says something else."),
    "unconfirmed": (409, "The event is not deep enough in the chain yet."),
    "not_allowed": (403, "The ledger does not allow this, or not any more."),
    "stale_head": (503, "The vault's nodes do not see the newest state of the ledger."),
    "no_record": (404, "There is no such record here."),
    "erased": (410, "The person had this erased."),
    "unsigned": (401, "Sign in first."),
    "unknown_nonce": (401, "This challenge served already, or is over."),
    "no_passport": (403, "This wallet is nobody's, or not any more."),
    "no_ring": (404, "There is no ring here."),
    "other_ring": (412, "The ring is another one: name the one before in If-Match."),
    "other_version": (409, "This is not the version that the next move gives."),
    "unknown_ask": (404, "Nothing of this number waits for you."),
    "no_contact": (409, "This ring names nobody as a contact."),
    "not_asked": (404, "This person did not ask you."),
    "wrong_binding": (422, "This is bound to something else, or to nothing."),
    "too_large": (413, "This is too large."),
    "too_often": (429, "You ask more often than is good."),
    "node_down": (503, "The vault's nodes do not answer."),
    "storage_down": (503, "What is kept cannot be reached at the moment."),
}
_LATER = ("unconfirmed", "stale_head", "node_down", "storage_down")


def no(word: str | Refusal, retry_after: int | None = None) -> Declined:
    """The refusal of this word."""
    status, sentence = NO[str(word)]
    if retry_after is None and word in _LATER:
        retry_after = RETRY
    headers = {"WWW-Authenticate": "Bearer"} if word == "unsigned" else None
    return Declined(status, str(word), sentence, retry_after=retry_after, headers=headers)


def stale_head() -> Declined:
    """503: nothing true can be said of now."""
    return no("stale_head")


__all__ = ["NO", "Declined", "no", "stale_head"]
