"""For what, and which data: the numbers of the chain with their names in the W3C's vocabulary.

One table, `vocabulary.json`. A number or a bit, once given, means the same for ever: entries are
added at the end, and words may be put better, but nothing is taken out or used again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import resources
from typing import Annotated

from pydantic import Field

from ..content import Text
from ..errors import NotInVocabulary
from ..values import Frozen

PURPOSES_AT_MOST = 64
CATEGORIES_AT_MOST = 64

Code = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]+$", max_length=64)]
Iri = Annotated[str, Field(pattern=r"^(?:https://w3id\.org/dpv(?:/pd)?#|urn:cercle:pd:)[A-Za-z]+$")]


class Purpose(Frozen):
    """What data may be used for: `number` on the chain."""

    number: Annotated[int, Field(ge=0, lt=PURPOSES_AT_MOST)]
    code: Code
    iri: Iri
    is_selling: bool = Field(description="off until the person says otherwise")
    label: Text
    sentence: Text


class Category(Frozen):
    """A kind of personal data: `bit` in the chain's masks."""

    bit: Annotated[int, Field(ge=0, lt=CATEGORIES_AT_MOST)]
    code: Code
    iri: Iri
    broader: Iri | None = Field(default=None, description="the nearest of DPV's; None: it is one")
    needs_confirmations: Annotated[int, Field(ge=1, le=64)] = Field(
        description="blocks that a vault waits for before it opens a record of this kind"
    )
    is_movable: bool = Field(description="whether it changes when the person moves house")
    label: Text

    @property
    def mask(self) -> int:
        """This category alone, as the chain writes it."""
        return 1 << self.bit

    @property
    def is_own(self) -> bool:
        """Whether DPV has no such term, so that the IRI is ours."""
        return self.broader is not None


class Vocabulary(Frozen):
    """The whole table."""

    version: int
    dpv_version: str
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]


def load() -> Vocabulary:
    """Read the packaged table.

    Raises:
        ValueError: A number is out of its place, or a name is used twice.
    """
    file = resources.files("cercle.consent") / "vocabulary.json"
    table = Vocabulary.model_validate(json.loads(file.read_text("utf-8")))
    require_orderly(table)
    return table


def require_orderly(table: Vocabulary) -> None:
    """Refuse a table in which a number has a gap before it, or a name has two meanings."""
    for numbers, entries in (
        ([one.number for one in table.purposes], table.purposes),
        ([one.bit for one in table.categories], table.categories),
    ):
        if numbers != list(range(len(numbers))):
            raise ValueError("the numbers of the vocabulary must run from 0 without a gap")
        if len({one.code for one in entries}) < len(entries):
            raise ValueError("the vocabulary has a code twice")
        if len({one.iri for one in entries}) < len(entries):
            raise ValueError("the vocabulary has an IRI twice")


VOCABULARY = load()
PURPOSES = VOCABULARY.purposes
CATEGORIES = VOCABULARY.categories
KNOWN_CATEGORIES = (1 << len(CATEGORIES)) - 1
MOVABLE = sum(one.mask for one in CATEGORIES if one.is_movable)

_PURPOSES = {one.code: one for one in PURPOSES}
_CATEGORIES = {one.code: one for one in CATEGORIES}


def purpose_of(what: Purpose | int | str) -> Purpose:
    """The purpose of this number or code.

    Raises:
        NotInVocabulary: There is none.
    """
    if isinstance(what, Purpose):
        what = what.number
    if isinstance(what, str) and what in _PURPOSES:
        return _PURPOSES[what]
    if isinstance(what, int) and 0 <= what < len(PURPOSES):
        return PURPOSES[what]
    raise NotInVocabulary(f"{what!r} is not a purpose of the vocabulary.")


def category_of(what: Category | int | str) -> Category:
    """The category of this bit (its place, not its mask) or code.

    Raises:
        NotInVocabulary: There is none.
    """
    if isinstance(what, Category):
        what = what.bit
    if isinstance(what, str) and what in _CATEGORIES:
        return _CATEGORIES[what]
    if isinstance(what, int) and 0 <= what < len(CATEGORIES):
        return CATEGORIES[what]
    raise NotInVocabulary(f"{what!r} is not a category of the vocabulary.")


def mask_of(categories: Iterable[Category | int | str]) -> int:
    """Write categories as the chain does.

    Raises:
        NotInVocabulary: One is unknown, or there are none: a consent to nothing is none.
    """
    mask = 0
    for one in categories:
        mask |= category_of(one).mask
    return require_mask(mask)


def categories_in(mask: int) -> tuple[Category, ...]:
    """Read a mask of the chain, in the order of the bits.

    Raises:
        NotInVocabulary: It has a bit that we do not know, or none at all.
    """
    require_mask(mask)
    return tuple(one for one in CATEGORIES if mask & one.mask)


def require_mask(mask: int) -> int:
    """Hand back a mask that says something, and nothing unknown.

    Raises:
        NotInVocabulary: It has a bit that we do not know, or none at all.
    """
    if isinstance(mask, bool) or not isinstance(mask, int) or mask < 0:
        raise NotInVocabulary(f"{mask!r} is not a mask of categories.")
    if mask == 0:
        raise NotInVocabulary("This names no category of data.")
    if unknown := mask & ~KNOWN_CATEGORIES:
        bit = (unknown & -unknown).bit_length() - 1
        raise NotInVocabulary(f"Bit {bit} is not a category of the vocabulary.")
    return mask


__all__ = [
    "CATEGORIES",
    "CATEGORIES_AT_MOST",
    "KNOWN_CATEGORIES",
    "MOVABLE",
    "PURPOSES",
    "PURPOSES_AT_MOST",
    "VOCABULARY",
    "Category",
    "Purpose",
    "Vocabulary",
    "categories_in",
    "category_of",
    "load",
    "mask_of",
    "purpose_of",
    "require_mask",
    "require_orderly",
]
