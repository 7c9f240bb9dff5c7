"""Which companies and decisions concern a person: told by events, from the index or the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..deployments import Deployment
from ..events import Event
from ..index.history import MOST, History, Kinds

_OF_COMPANIES = (
    ("Consent", "ConsentGiven"),
    ("Consent", "ConsentRequested"),
    ("Consent", "ConsentRefused"),
    ("Consent", "CompanyDenied"),
    ("Vault", "AccessRequested"),
    ("Decisions", "DecisionCommitted"),
)
_OF_LOOKS = (
    ("Vault", "AccessRequested"),
    ("Vault", "DeletionAttested"),
    ("Vault", "DeletionOverdue"),
)
MOST_OWNERS = 200
_PAGES = 50  # of `MOST` events: what a person may have in a lifetime


def companies_of(history: History, deployment: Deployment, passport_id: int) -> tuple[int, ...]:
    """The companies that matter to a person: given to, asked by, refused, shut out, or looked.

    Raises:
        ChainError: Neither the index nor a node answers.
    """
    found = {
        int(event.args["company_id"])
        for event in events_of(history, deployment, passport_id, _OF_COMPANIES)
    }
    return tuple(sorted(found))


def decisions_of(history: History, deployment: Deployment, passport_id: int) -> tuple[int, ...]:
    """The decisions about a person, the newest first."""
    kinds = (("Decisions", "DecisionCommitted"),)
    told = events_of(history, deployment, passport_id, kinds)
    return tuple(dict.fromkeys(int(event.args["decision_id"]) for event in told))


def looks_of(history: History, deployment: Deployment, passport_id: int) -> tuple[Event, ...]:
    """Who looked at a person's data, deleted it, or was late with that: the newest first."""
    return tuple(events_of(history, deployment, passport_id, _OF_LOOKS))


def owners_of(told: Iterable[Event], passport_id: int) -> tuple[int, ...]:
    """Who ever gave a person a part of what their data earns, the last first.

    Args:
        told: The `SharesSet` of a Vault that concern the person, and others, the oldest first.
        passport_id: The person. Anybody may name them: so many of the last are told as one reads.
    """
    found = [
        int(event.args["account"])
        for event in told
        if event.name == "SharesSet"
        and any(share["payee"] == passport_id for share in event.args["shares"])
    ]
    return tuple(dict.fromkeys(reversed(found)))[:MOST_OWNERS]


def events_of(
    history: History, deployment: Deployment, passport_id: int, kinds: Kinds
) -> Iterator[Event]:
    """A person's events of some kinds, the newest first; of contracts that stand here only."""
    here = [kind for kind in kinds or () if deployment.has(kind[0])]
    before: str | None = None
    for _ in range(_PAGES if here else 0):
        page = history.of_passport(passport_id, limit=MOST, before=before, kinds=here)
        for entry in page.entries:
            if entry.event.args.get("passport_id") == passport_id:
                yield entry.event
        before = page.older
        if before is None:
            return


__all__ = ["companies_of", "decisions_of", "events_of", "looks_of", "owners_of"]
