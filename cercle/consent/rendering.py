"""The vocabulary for readers: a page for people, JSON-LD for machines."""

from __future__ import annotations

import json
from typing import Any

from .context import CONTEXT, DPV
from .vocabulary import VOCABULARY, Category, Purpose, Vocabulary

_PREFIXES = ("dpv", "pd", "cercle")

_HEAD = """# Vocabulary

Generated from `cercle/consent/vocabulary.json` by `python -m cercle.consent`; do not edit.
Version {version}; the names are those of the W3C's Data Privacy Vocabulary (DPV) {dpv}.

A number, once given, means the same for ever: new ones come at the end, none is used again.
Health, religion, politics, origin, biometry and the other special categories of GDPR, article 9,
have no number, on purpose: nothing here may ask for them.
"""

_OWN = """
DPV has no such term for {codes}: the names are ours (`urn:cercle:pd:`), with
the nearest of DPV's beside them. All other names are DPV's own, as are all purposes.
"""


def page(table: Vocabulary = VOCABULARY) -> str:
    """The vocabulary as a page of the documents, in Markdown."""
    lines = [
        _HEAD.format(version=table.version, dpv=table.dpv_version),
        "## Purposes\n",
        "| number | name | in English | en français |",
        "|---|---|---|---|",
        *(_purpose_row(one) for one in table.purposes),
        "\nSelling is off until the person turns it on: "
        + ", ".join(f"`{one.code}`" for one in table.purposes if one.is_selling)
        + ".\n",
        "## Categories of data\n",
        "Confirmations: how many blocks a vault waits for before it opens a record of this kind.",
        "Moves: whether it changes when its person moves house.\n",
        "| bit | name | in English | en français | confirmations | moves |",
        "|---|---|---|---|---|---|",
        *(_category_row(one) for one in table.categories),
    ]
    own = ", ".join(f"`{one.code}`" for one in table.categories if one.is_own)
    return "\n".join(lines) + "\n" + _OWN.format(codes=own)


def _purpose_row(one: Purpose) -> str:
    english = f"**{one.label.en}.** {one.sentence.en}"
    french = f"**{one.label.fr}.** {one.sentence.fr}"
    return f"| {one.number} | [{one.code}]({one.iri}) | {english} | {french} |"


def _category_row(one: Category) -> str:
    name = f"[{one.code}]({one.iri})"
    if one.broader:
        name = f"{one.code}, ours; near [{one.broader.rpartition('#')[2]}]({one.broader})"
    moves = "yes" if one.is_movable else ""
    return (
        f"| {one.bit} | {name} | {one.label.en} | {one.label.fr}"
        f" | {one.needs_confirmations} | {moves} |"
    )


def jsonld(table: Vocabulary = VOCABULARY) -> dict[str, Any]:
    """The vocabulary as JSON-LD: every code as a term of the context, and described."""
    terms = {one.code: one.iri for one in table.purposes}
    terms |= {one.code: one.iri for one in table.categories}
    return {
        "@context": {
            **{prefix: CONTEXT[prefix] for prefix in _PREFIXES},
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "label": {"@id": "skos:prefLabel", "@container": "@language"},
            "sentence": {"@id": "skos:scopeNote", "@container": "@language"},
            "broader": {"@id": "skos:broader", "@type": "@id"},
            "notation": "skos:notation",
            **terms,
        },
        "@graph": [
            *(
                {
                    "@id": one.iri,
                    "@type": f"{DPV}Purpose",
                    "notation": one.number,
                    "label": one.label.model_dump(),
                    "sentence": one.sentence.model_dump(),
                }
                for one in table.purposes
            ),
            *(
                {
                    "@id": one.iri,
                    "@type": f"{DPV}PersonalData",
                    "notation": one.bit,
                    "label": one.label.model_dump(),
                    **({"broader": one.broader} if one.broader else {}),
                }
                for one in table.categories
            ),
        ],
    }


def jsonld_text(table: Vocabulary = VOCABULARY) -> str:
    """The packaged form."""
    return json.dumps(jsonld(table), ensure_ascii=False, indent=1) + "\n"


__all__ = ["jsonld", "jsonld_text", "page"]
