"""Consent in words: the vocabulary, and records and receipts that are made again from events.

Usage example::

    terms = ConsentTerms(chain_id=1, contract=..., passport_id=7, company_id=2, ...)
    signed = record_hash(record(terms, notice, "fr"))  # what the person signs
    made = rebuild(terms, notice, logged_hash)  # the same, from the chain alone
    paper = receipt(made, proof, events, as_of=now)
"""

from .bundle import bundle
from .commitments import commitment, matches, salted_hash
from .happenings import Event, Happening, Proof, Standing, event_of, in_order
from .reasons import Document, Reasons
from .receipts import receipt
from .records import (
    LANGUAGES,
    Language,
    missing,
    rebuild,
    record,
    record_hash,
    require_notice,
)
from .reminders import LEVELS, next_reminder, reminder
from .schemas import SCHEMAS, schema
from .status import ConsentStatus
from .terms import ConsentTerms, Grant, utc
from .views import (
    Acknowledgement,
    CompanyBoard,
    CompanyView,
    ConsentBoard,
    ConsentLine,
    DecisionState,
    DecisionView,
    Duty,
    IncomeView,
    MoveView,
    NoticeView,
)
from .vocabulary import (
    CATEGORIES,
    KNOWN_CATEGORIES,
    MOVABLE,
    PURPOSES,
    VOCABULARY,
    Category,
    Purpose,
    Vocabulary,
    categories_in,
    category_of,
    mask_of,
    purpose_of,
    require_mask,
)

__all__ = [
    "CATEGORIES",
    "KNOWN_CATEGORIES",
    "LANGUAGES",
    "LEVELS",
    "MOVABLE",
    "PURPOSES",
    "SCHEMAS",
    "VOCABULARY",
    "Acknowledgement",
    "Category",
    "CompanyBoard",
    "CompanyView",
    "ConsentBoard",
    "ConsentLine",
    "ConsentStatus",
    "ConsentTerms",
    "DecisionState",
    "DecisionView",
    "Document",
    "Duty",
    "Event",
    "Grant",
    "Happening",
    "IncomeView",
    "Language",
    "MoveView",
    "NoticeView",
    "Proof",
    "Purpose",
    "Reasons",
    "Standing",
    "Vocabulary",
    "bundle",
    "categories_in",
    "category_of",
    "commitment",
    "event_of",
    "in_order",
    "mask_of",
    "matches",
    "missing",
    "next_reminder",
    "purpose_of",
    "rebuild",
    "receipt",
    "record",
    "record_hash",
    "reminder",
    "require_mask",
    "require_notice",
    "salted_hash",
    "schema",
    "utc",
]
