"""A company's notice: what it would do with which data, for one purpose, in both languages.

Purposes and categories stand here as the numbers of the chain; `cercle.consent` names them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from ..values import Frozen
from .texts import Line, plain_paragraphs

Sentences = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(plain_paragraphs)]
Url = Annotated[
    str, Field(pattern=r"^https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/\S*)?$", max_length=256)
]
# ISO 3166, or the Union as a whole
Place = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]

Organisation = Literal[
    "ForProfitOrganisation",
    "NonProfitOrganisation",
    "NonGovernmentalOrganisation",
    "GovernmentalOrganisation",
    "AcademicScientificOrganisation",
]
Operation = Literal[
    "Collect", "Store", "Use", "Analyse", "Combine", "Profiling", "Share", "Disclose", "Erase"
]
Source = Literal["DataSubject", "DataController", "ThirdParty"]


class Said(Frozen):
    """A few sentences in both languages; neither is empty."""

    fr: Sentences
    en: Sentences

    def in_language(self, language: str) -> str:
        """The text in `language`, else in English. It is raw: escape it."""
        return self.fr if language.lower().startswith("fr") else self.en


class Controller(Frozen):
    """Who decides about the data, and how to reach them. An organisation, never a person."""

    name: Line
    address: Sentences
    contact: Line
    type: Organisation
    role: Literal["DataController", "JointDataControllers"]


class Recipient(Frozen):
    """Somebody else who gets the data."""

    name: Line
    contact: Line
    type: Organisation
    role: Literal["DataProcessor", "ThirdParty", "Recipient"]
    place: Place


class Authority(Frozen):
    """Where a person complains."""

    name: Line
    contact: Line


class NoticeData(Frozen):
    """A category that the notice asks for."""

    bit: Annotated[int, Field(strict=True, ge=0, lt=64)]
    is_required: bool = Field(strict=True)


class NoticeDocument(Frozen):
    """What a company says for one purpose. Its hash is published, so it cannot be denied later.

    No field may be left out: what was published and what is read back have one hash.
    """

    kind: Literal["notice"] = "notice"
    purpose: Annotated[int, Field(strict=True, ge=0, lt=64)]
    sentence: Said
    controller: Controller
    privacy_notice: Url
    data: Annotated[tuple[NoticeData, ...], Field(min_length=1, max_length=64)]
    source: Source
    operations: Annotated[tuple[Operation, ...], Field(min_length=1, max_length=9)]
    is_automated: bool = Field(
        strict=True, description="whether decisions are taken without a human"
    )
    storage_locations: Annotated[tuple[Place, ...], Field(min_length=1, max_length=32)]
    processing_locations: Annotated[tuple[Place, ...], Field(min_length=1, max_length=32)]
    transfers: Said = Field(description="what leaves the Union, or that nothing does")
    retention: Said
    jurisdiction: Place
    recipients: Annotated[tuple[Recipient, ...], Field(max_length=32)]
    withdrawal: Said
    authority: Authority

    @model_validator(mode="after")
    def _in_one_order(self) -> NoticeDocument:
        bits = [one.bit for one in self.data]
        if bits != sorted(set(bits)):
            raise ValueError("the categories must stand in the order of their bits, each once")
        return self

    @property
    def categories(self) -> int:
        """The mask of all that it asks for, as it is published on the chain."""
        return sum(1 << one.bit for one in self.data)

    @property
    def required(self) -> int:
        """The mask of what the purpose cannot do without."""
        return sum(1 << one.bit for one in self.data if one.is_required)


__all__ = [
    "Authority",
    "Controller",
    "NoticeData",
    "NoticeDocument",
    "Recipient",
    "Said",
]
