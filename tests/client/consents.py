"""A notice and the terms of a consent to it, for the tests of records."""

from typing import Any

from hypothesis import strategies as st

from cercle.consent import KNOWN_CATEGORIES, ConsentTerms, Proof
from cercle.content import NoticeDocument, document_hash

CONTRACT = "0x" + "ab" * 20
ISSUED = 1_790_000_000
UNTIL = ISSUED + 30 * 86_400
NOTICE: dict[str, Any] = {
    "kind": "notice",
    "purpose": 0,
    "sentence": {"fr": "Nous livrons vos commandes.", "en": "We deliver your orders."},
    "controller": {
        "name": "Sillon SAS",
        "address": "1 rue du Port\n44000 Nantes",
        "contact": "privacy@sillon.example",
        "type": "ForProfitOrganisation",
        "role": "DataController",
    },
    "privacy_notice": "https://sillon.example/privacy",
    "data": [
        {"bit": 0, "is_required": True},
        {"bit": 1, "is_required": True},
        {"bit": 3, "is_required": False},
    ],
    "source": "DataSubject",
    "operations": ["Collect", "Store", "Use"],
    "is_automated": False,
    "storage_locations": ["FR"],
    "processing_locations": ["FR", "DE"],
    "transfers": {"fr": "Rien ne quitte l'Union.", "en": "Nothing leaves the Union."},
    "retention": {"fr": "Deux ans après la livraison.", "en": "Two years after delivery."},
    "jurisdiction": "FR",
    "recipients": [
        {
            "name": "Porteur",
            "contact": "dpo@porteur.example",
            "type": "ForProfitOrganisation",
            "role": "DataProcessor",
            "place": "DE",
        }
    ],
    "withdrawal": {"fr": "Sur la page Mes données.", "en": "On the page My data."},
    "authority": {"name": "CNIL", "contact": "https://www.cnil.fr"},
}


def notice(**changes: Any) -> NoticeDocument:
    """The notice, or one that differs."""
    return NoticeDocument.model_validate(NOTICE | changes)


def terms(about: NoticeDocument | None = None, **changes: Any) -> ConsentTerms:
    """Terms that agree to name and address under a notice."""
    values = {
        "chain_id": 31337,
        "contract": CONTRACT,
        "passport_id": 7,
        "company_id": 2,
        "purpose": 0,
        "categories": 0b11,
        "issued_at": ISSUED,
        "until": UNTIL,
        "keep_until": UNTIL + 86_400,
        "reads": 5,
        "notice_version": 3,
        "notice_hash": document_hash(about or notice()),
    }
    return ConsentTerms(**(values | changes))


def proof(block: int = 10, index: int = 0, *, time: int = ISSUED + 12, **changes: Any) -> Proof:
    """Where a log lies."""
    values = {
        "chain_id": 31337,
        "contract": CONTRACT,
        "transaction_hash": "0x" + f"{block:064x}",
        "log_index": index,
        "block_number": block,
        "block_time": time,
    }
    return Proof(**(values | changes))


# Asks for all that the vocabulary has.
EVERYTHING = notice(data=[{"bit": bit, "is_required": bit % 2 == 0} for bit in range(29)])
moments = st.integers(1, 2**32)


@st.composite
def any_terms(draw):
    """Any terms under `EVERYTHING`."""
    issued, length, kept = draw(moments), draw(moments), draw(st.integers(0, 2**32))
    return terms(
        EVERYTHING,
        chain_id=draw(st.integers(1, 2**53)),
        contract="0x" + draw(st.binary(min_size=20, max_size=20)).hex(),
        passport_id=draw(st.integers(1, 2**64 - 1)),
        company_id=draw(st.integers(1, 2**64 - 1)),
        categories=draw(st.integers(1, KNOWN_CATEGORIES)),
        issued_at=issued,
        until=issued + length,
        keep_until=issued + length + kept,
        reads=draw(st.integers(0, 2**16 - 1)),
        notice_version=draw(st.integers(1, 2**16 - 1)),
    )
