"""What happens to a consent once it is given, and where it then stands: `Consent.status`'s rules.

Logs say what was done; time alone ends a consent, so its end is put in where it falls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from ..values import Address, Frozen, Hash
from .status import ConsentStatus
from .terms import ConsentTerms, Grant, Id, Seconds


class Happening(StrEnum):
    """What was done, and by whom: the person, the company, or nobody but the clock."""

    ASKED = "Asked"
    REFUSED = "Refused"
    WITHDRAWN = "Withdrawn"
    EVERYTHING_WITHDRAWN = "EverythingWithdrawn"
    COMPANY_DENIED = "CompanyDenied"
    COMPANY_READMITTED = "CompanyReadmitted"
    PURPOSE_DENIED = "PurposeDenied"
    PURPOSE_READMITTED = "PurposeReadmitted"
    NOTICE_CHANGED = "NoticeChanged"
    NOTICE_ENDED = "NoticeEnded"
    ACCESS_REQUESTED = "AccessRequested"
    GIVEN_ANEW = "GivenAnew"
    EXPIRED = "Expired"

    @property
    def outlasts_consents(self) -> bool:
        """Whether it also bears on a consent that is given after it."""
        return self in _LASTING

    @property
    def is_by_company(self) -> bool:
        """Whether the company did it."""
        return self in _BY_COMPANY


_BY_COMPANY = {
    *(Happening.ASKED, Happening.NOTICE_CHANGED),
    *(Happening.NOTICE_ENDED, Happening.ACCESS_REQUESTED),
}
_LASTING = {
    *(Happening.COMPANY_DENIED, Happening.COMPANY_READMITTED),
    *(Happening.PURPOSE_DENIED, Happening.PURPOSE_READMITTED),
    Happening.EVERYTHING_WITHDRAWN,
}


class Proof(Frozen):
    """Where on which chain a log lies."""

    chain_id: Id
    contract: Address
    transaction_hash: Hash
    log_index: Annotated[int, Field(strict=True, ge=0)]
    block_number: Annotated[int, Field(strict=True, ge=0)]
    block_time: Seconds

    @property
    def place(self) -> tuple[int, int]:
        """What logs are ordered by."""
        return self.block_number, self.log_index


class Event(Frozen):
    """One thing that happened to a consent."""

    happening: Happening
    proof: Proof
    bit: Annotated[int, Field(strict=True, ge=0, lt=64)] | None = Field(
        default=None, description="of the category that was asked for"
    )
    is_renewal: bool = Field(default=False, description="given anew while the former still counted")


def event_of(terms: ConsentTerms, name: str, args: Mapping[str, Any], proof: Proof) -> Event | None:
    """What a decoded log says about this consent; None: nothing."""
    for field in ("passport_id", "company_id", "purpose"):
        if field in args and args[field] != getattr(terms, field):
            return None
    if name == "ConsentGiven":
        grant = Grant.of_word(args["grant"])
        if grant.issued_at <= terms.issued_at:
            return None
        is_renewal = grant.renewed_from == terms.issued_at
        return Event(happening=Happening.GIVEN_ANEW, proof=proof, is_renewal=is_renewal)
    if name == "NoticePublished" and args["version"] <= terms.notice_version:
        return None
    if name == "NoticeEnded" and args["version"] < terms.notice_version:
        return None
    if name == "AccessRequested":
        return Event(happening=Happening.ACCESS_REQUESTED, proof=proof, bit=args["category"])
    if name in _DENIALS:
        return Event(happening=_DENIALS[name][not args["is_denied"]], proof=proof)
    if name in _SIMPLE:
        return Event(happening=_SIMPLE[name], proof=proof)
    return None


_SIMPLE = {
    "ConsentRequested": Happening.ASKED,
    "ConsentRefused": Happening.REFUSED,
    "ConsentWithdrawn": Happening.WITHDRAWN,
    "EverythingWithdrawn": Happening.EVERYTHING_WITHDRAWN,
    "NoticePublished": Happening.NOTICE_CHANGED,
    "NoticeEnded": Happening.NOTICE_ENDED,
}
_DENIALS = {
    "CompanyDenied": (Happening.COMPANY_DENIED, Happening.COMPANY_READMITTED),
    "PurposeDenied": (Happening.PURPOSE_DENIED, Happening.PURPOSE_READMITTED),
}


class Standing:
    """Where a consent stands, told event by event.

    Usage example::

        standing = Standing(until=terms.until)
        standing.note(Happening.WITHDRAWN, at)
        standing.status(at)  # ConsentStatus.WITHDRAWN
    """

    def __init__(self, until: int, *, issued_at: int = 0, renewed_from: int = 0) -> None:
        self.until = until
        self._issued_at = issued_at
        self._renewed_from = renewed_from
        self._everything_at = 0
        self._denials: set[Happening] = set()
        self._withdrawn_at = self._asked_at = self._refused_at = 0
        self._is_notice_changed = self._is_notice_ended = False
        self._notice_at = 0  # of the notice that took this one's place

    def note(self, happening: Happening, at: int) -> None:
        """Take one event in; they come in the chain's order."""
        if happening == Happening.EVERYTHING_WITHDRAWN:
            self._everything_at = at
        if happening in (Happening.WITHDRAWN, Happening.EVERYTHING_WITHDRAWN):
            if at >= self._issued_at:  # also what was signed before, and sent after
                self._withdrawn_at = at
        elif happening == Happening.ASKED:
            self._asked_at = at
        elif happening == Happening.REFUSED:
            self._refused_at = at
        elif happening in (Happening.NOTICE_CHANGED, Happening.NOTICE_ENDED):
            self._is_notice_changed = True
            self._is_notice_ended = happening == Happening.NOTICE_ENDED
            self._notice_at = 0 if self._is_notice_ended else at
        elif happening in (Happening.COMPANY_DENIED, Happening.PURPOSE_DENIED):
            self._denials.add(happening)
        elif happening == Happening.COMPANY_READMITTED:
            self._denials.discard(Happening.COMPANY_DENIED)
        elif happening == Happening.PURPOSE_READMITTED:
            self._denials.discard(Happening.PURPOSE_DENIED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person took it back."""
        return self._withdrawn_at != 0

    def status(self, at: int) -> ConsentStatus:
        """Where it stands at a second of the chain's clock, by what was noted."""
        if self._denials:
            return ConsentStatus.REFUSED
        is_over = at >= self.until
        if not (self._withdrawn_at or is_over or self._is_notice_changed):
            is_renewal = self._renewed_from > self._everything_at
            return ConsentStatus.RENEWED if is_renewal else ConsentStatus.GIVEN
        # What was said last counts: by the person, by the company, by the clock.
        said_at = min(self.until, self._notice_at or self.until)
        if max(self._asked_at, self._refused_at) > (self._withdrawn_at or said_at):
            is_refused = self._refused_at >= self._asked_at
            return ConsentStatus.REFUSED if is_refused else ConsentStatus.REQUESTED
        if self._withdrawn_at:
            return ConsentStatus.WITHDRAWN
        if self._is_notice_ended:
            return ConsentStatus.INVALIDATED
        return ConsentStatus.EXPIRED if is_over else ConsentStatus.REQUESTED


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events as the chain ordered them, up to a newer consent: the rest is that one's."""
    found = []
    for event in sorted(events, key=lambda one: one.proof.place):
        found.append(event)
        if event.happening == Happening.GIVEN_ANEW:
            break
    return tuple(found)


__all__ = [
    "Event",
    "Happening",
    "Proof",
    "Standing",
    "event_of",
    "in_order",
]
