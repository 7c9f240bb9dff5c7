"""What the words of a record mean: its JSON-LD context, and the profiles that it follows.

Part of what a person signs: it never changes. Other words are another context beside it.
"""

from __future__ import annotations

from typing import Any

DPV = "https://w3id.org/dpv#"
GDPR = "https://w3id.org/dpv/legal/eu/gdpr#"
RECORD_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
RECEIPT_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"

# Where GDPR's rights to see, mend, erase, restrict, carry off, withdraw and complain stand.
RIGHTS = tuple(f"eu-gdpr:A{article}" for article in ("15", "16", "17", "18", "20", "7-3", "77"))


def _named(term: str) -> dict[str, str]:
    return {"@id": term, "@type": "@id"}


def _date(term: str) -> dict[str, str]:
    return {"@id": term, "@type": "xsd:dateTime"}


CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "dpv": DPV,
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "eu-gdpr": GDPR,
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "cercle": "urn:cercle:",
    "schema_version": _named("dct:conformsTo"),
    "record_id": _named("dct:identifier"),
    "receipt_id": _named("cercle:receipt"),
    "pii_principal_id": _named("dpv:hasDataSubject"),
    "processing": "dpv:hasProcess",
    "privacy_notice": "dpv:hasNotice",
    "notice_version": "dct:hasVersion",
    "notice_hash": "cercle:hash",
    "notice_url": _named("dct:source"),
    "language": "dct:language",
    "purposes": "dpv:hasPurpose",
    "purpose": "@type",
    "purpose_number": "cercle:number",
    "description": "dct:description",
    "lawful_basis": _named("dpv:hasLegalBasis"),
    "pii_information": "dpv:hasPersonalData",
    "pii_type": "@type",
    "pii_bit": "cercle:bit",
    "pii_necessity": _named("dpv:hasNecessity"),
    "pii_controllers": _named("dpv:hasDataController"),
    "collection_method": _named("dpv:hasDataSource"),
    "processing_methods": _named("dpv:hasProcessing"),
    "automation": _named("dpv:hasAutomationLevel"),
    "reads": "cercle:reads",
    "storage_locations": "dpv:hasStorageCondition",
    "location": _named("dpv:hasLocation"),
    "retention_period": "dpv:hasStorageCondition",
    "keep_until": _date("dct:valid"),
    "processing_locations": _named("dpv:hasLocation"),
    "geographic_restrictions": "dpv:hasRule",
    "jurisdiction": _named("dpv:hasJurisdiction"),
    "recipient_third_parties": _named("dpv:hasRecipient"),
    "withdrawal_method": "dpv:hasConsentControl",
    "privacy_rights": _named("dpv:hasRight"),
    "authority_party": _named("dpv:hasAuthority"),
    "parties": "cercle:party",
    "party_id": "@id",
    "party_name": "dpv:hasName",
    "party_address": "dpv:hasAddress",
    "party_contact": "dpv:hasContact",
    "party_type": _named("cercle:form"),
    "party_role": _named("cercle:role"),
    "party_place": _named("dpv:hasLocation"),
    "events": {"@id": "cercle:event", "@container": "@list"},
    "event_time": _date("dct:date"),
    "validity_duration": {"@id": "cercle:validity", "@type": "xsd:duration"},
    "valid_until": _date("dct:valid"),
    "entity_id": _named("dpv:isImplementedByEntity"),
    "event_type": _named("cercle:act"),
    "event_state": _named("dpv:hasConsentStatus"),
}

# What only a receipt says: what happened on the chain since.
RECEIPT_CONTEXT: dict[str, Any] = CONTEXT | {
    "record": "dpv:hasRecordOfActivity",
    "record_hash": "cercle:hash",
    "as_of": _date("dct:created"),
    "proof": "cercle:proof",
    "chain_id": "cercle:chain",
    "contract": "cercle:contract",
    "transaction_hash": "cercle:transaction",
    "log_index": "cercle:log",
    "block_number": "cercle:block",
    "block_time": _date("cercle:time"),
}

__all__ = [
    "CONTEXT",
    "DPV",
    "GDPR",
    "RECEIPT_CONTEXT",
    "RECEIPT_PROFILE",
    "RECORD_PROFILE",
    "RIGHTS",
]
