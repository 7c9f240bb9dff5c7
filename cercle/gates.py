"""The questions that a perk's gate may ask, and how an argument of 96 bits holds them."""

from __future__ import annotations

from typing import NamedTuple

from .consent.vocabulary import category_of, purpose_of
from .deployments import Deployment
from .errors import NotInVocabulary
from .flags import GateQuestion

_KIND = 88  # Membership keeps the question in the top byte
_VALUE = (1 << _KIND) - 1
_COMPANIES = (1 << 64) - 1


class ConsentAsked(NamedTuple):
    """What a gate at Consent asks for: may this company see this, for this?"""

    company_id: int
    purpose: int
    category: int

    @property
    def value(self) -> int:
        """As `Consent.open_for` takes it: the company, then a byte each."""
        return self.company_id << 16 | self.purpose << 8 | self.category


def consent_asked(company_id: int, purpose: int | str, category: int | str) -> ConsentAsked:
    """Name a consent by the vocabulary's numbers or codes.

    Raises:
        ValueError: There is no such company number.
        NotInVocabulary: There is no such purpose or category.
    """
    if not 0 < company_id <= _COMPANIES:
        raise ValueError(f"a company's number lies between 1 and {_COMPANIES}")
    return ConsentAsked(company_id, purpose_of(purpose).number, category_of(category).bit)


def read_consent(value: int) -> ConsentAsked | None:
    """What a gate at Consent asks for; None where nobody could ever say yes to it.

    A purpose or category that this vocabulary does not know yet is none either.
    """
    try:
        return consent_asked(value >> 16, (value >> 8) & 255, value & 255)
    except (ValueError, NotInVocabulary):
        return None


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
    if question == GateQuestion.CONSENT:
        if read_consent(value) is None:
            raise ValueError("this consent is of no company, or not in the vocabulary")
        return deployment.address("Consent"), value
    raise ValueError("a gate asks for a tier, a standing, a poll or a consent")


def unpack_gate(deployment: Deployment, gate: str, argument: int) -> tuple[GateQuestion, int]:
    """What a gate asks; OTHER, with the bare argument, when it is none of ours."""
    if deployment.has("Membership") and gate == deployment.address("Membership"):
        kind = argument >> _KIND
        if kind in (GateQuestion.TIER, GateQuestion.STANDING):
            return GateQuestion(kind), argument & _VALUE
    if deployment.has("Polls") and gate == deployment.address("Polls"):
        return GateQuestion.TOOK_PART, argument
    is_consent = deployment.has("Consent") and gate == deployment.address("Consent")
    if is_consent and read_consent(argument) is not None:
        return GateQuestion.CONSENT, argument
    return GateQuestion.OTHER, argument


__all__ = ["ConsentAsked", "consent_asked", "pack_gate", "read_consent", "unpack_gate"]
