"""Consent records (ISO/IEC TS 27560): made before signing, made again from the chain's events.

A record is a pure function of the terms, the notice and the language in which it was shown. It
holds no label of the vocabulary, so that better words there leave old records as they are.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from ..content import NoticeDocument, content_hash, document_hash
from ..errors import RecordForged, RecordRefused
from ..values import hash_text
from .context import CONTEXT, RECORD_PROFILE, RIGHTS
from .status import ConsentStatus
from .terms import ConsentTerms, utc
from .vocabulary import categories_in, mask_of, purpose_of

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def record(terms: ConsentTerms, notice: NoticeDocument, language: Language) -> dict[str, Any]:
    """What a person signs, in the language in which they read it.

    Raises:
        RecordRefused: The notice is another, for another purpose, or does not ask for this.
        NotInVocabulary: The notice speaks of a category that the vocabulary does not have.
    """
    if language not in LANGUAGES:
        raise RecordRefused(f"The notice is not written in {language!r}.")
    require_notice(terms, notice)
    return {
        "@context": CONTEXT,
        "@id": terms.record_id,
        "@type": "dpv:ConsentRecord",
        "schema_version": RECORD_PROFILE,
        "record_id": terms.record_id,
        "receipt_id": terms.receipt_id,
        "pii_principal_id": terms.principal,
        "processing": _processing(terms, notice, language),
        "parties": _parties(terms, notice),
        "events": [
            {
                "event_time": utc(terms.issued_at),
                "validity_duration": f"PT{terms.until - terms.issued_at}S",
                "valid_until": utc(terms.until),
                "entity_id": terms.principal,
                "event_type": "dpv:ExplicitlyExpressedConsent",
                "event_state": f"dpv:{ConsentStatus.GIVEN.dpv_name}",
            }
        ],
    }


def require_notice(terms: ConsentTerms, notice: NoticeDocument) -> None:
    """Refuse terms that are not about this notice.

    Raises:
        RecordRefused: Its hash or purpose is another, or the terms go beyond it.
        NotInVocabulary: It speaks of a category that the vocabulary does not have.
    """
    mask_of(one.bit for one in notice.data)
    if document_hash(notice) != terms.notice_hash:
        raise RecordRefused("This is not the notice that the terms name.")
    if notice.purpose != terms.purpose:
        raise RecordRefused("The notice is for another purpose than the terms.")
    if beyond := terms.categories & ~notice.categories:
        named = ", ".join(one.code for one in categories_in(beyond))
        raise RecordRefused(f"The notice does not ask for {named}.")


def missing(mask: int, notice: NoticeDocument) -> int:
    """The mask of what the purpose needs and `mask` lacks; 0: nothing."""
    return notice.required & ~mask


def record_hash(value: dict[str, Any]) -> str:
    """The name of a record on the chain: keccak256 of its canonical bytes."""
    return content_hash(value)


def rebuild(terms: ConsentTerms, notice: NoticeDocument, expected: str | bytes) -> dict[str, Any]:
    """Make the record again that was signed, whichever language it was read in.

    Raises:
        RecordForged: No language of the notice gives a record of this hash.
        RecordRefused: The terms are not about this notice.
    """
    logged = hash_text(expected)
    for language in LANGUAGES:
        made = record(terms, notice, language)
        if record_hash(made) == logged:
            return made
    raise RecordForged("No wording of this notice gives the record that was signed.")


def _processing(terms: ConsentTerms, notice: NoticeDocument, language: Language) -> dict[str, Any]:
    return {
        "@type": "dpv:Process",
        **_asked(terms, notice, language),
        **_handled(terms, notice, language),
        "recipient_third_parties": [
            _recipient_id(terms, place) for place in range(len(notice.recipients))
        ],
        "withdrawal_method": {
            "@type": "dpv:WithdrawConsent",
            "description": notice.withdrawal.in_language(language),
        },
        "privacy_rights": list(RIGHTS),
        "authority_party": _authority_id(terms),
    }


def _asked(terms: ConsentTerms, notice: NoticeDocument, language: Language) -> dict[str, Any]:
    """Who asks for what, and why."""
    purpose = purpose_of(terms.purpose)
    return {
        "privacy_notice": {
            "@type": "dpv:ConsentNotice",
            "notice_version": terms.notice_version,
            "notice_hash": terms.notice_hash,
            "notice_url": notice.privacy_notice,
        },
        "language": language,
        "purposes": [
            {
                "purpose_number": purpose.number,
                "purpose": purpose.iri,
                "description": notice.sentence.in_language(language),
                "lawful_basis": "eu-gdpr:A6-1-a",
            }
        ],
        "pii_information": [
            {
                "pii_type": one.iri,
                "pii_bit": one.bit,
                "pii_necessity": f"dpv:{_necessity(notice, one.mask)}",
            }
            for one in categories_in(terms.categories)
        ],
        "pii_controllers": [terms.company],
    }


def _handled(terms: ConsentTerms, notice: NoticeDocument, language: Language) -> dict[str, Any]:
    """What is done with the data, where, and for how long."""
    automated = "FullAutomation" if notice.is_automated else "PartialAutomation"
    return {
        "collection_method": f"dpv:{notice.source}",
        "processing_methods": [f"dpv:{one}" for one in notice.operations],
        "automation": f"dpv:{automated}",
        "reads": terms.reads,
        "storage_locations": {
            "@type": "dpv:StorageLocation",
            "location": [f"loc:{one}" for one in notice.storage_locations],
        },
        "retention_period": {
            "@type": "dpv:StorageDuration",
            "keep_until": utc(terms.keep_until),
            "description": notice.retention.in_language(language),
        },
        "processing_locations": [f"loc:{one}" for one in notice.processing_locations],
        "geographic_restrictions": {
            "@type": "dpv:Rule",
            "description": notice.transfers.in_language(language),
        },
        "jurisdiction": f"loc:{notice.jurisdiction}",
    }


def _necessity(notice: NoticeDocument, mask: int) -> str:
    return "Required" if notice.required & mask else "Optional"


def _recipient_id(terms: ConsentTerms, place: int) -> str:
    return f"{terms.company}:recipient:{place + 1}"


def _authority_id(terms: ConsentTerms) -> str:
    return f"{terms.company}:authority"


def _parties(terms: ConsentTerms, notice: NoticeDocument) -> list[dict[str, Any]]:
    controller, authority = notice.controller, notice.authority
    return [
        {
            "party_id": terms.company,
            "party_name": controller.name,
            "party_address": controller.address,
            "party_contact": controller.contact,
            "party_type": f"dpv:{controller.type}",
            "party_role": f"dpv:{controller.role}",
        },
        *(
            {
                "party_id": _recipient_id(terms, place),
                "party_name": one.name,
                "party_contact": one.contact,
                "party_type": f"dpv:{one.type}",
                "party_role": f"dpv:{one.role}",
                "party_place": f"loc:{one.place}",
            }
            for place, one in enumerate(notice.recipients)
        ),
        {
            "party_id": _authority_id(terms),
            "party_name": authority.name,
            "party_contact": authority.contact,
            "party_type": "dpv:GovernmentalOrganisation",
            "party_role": "dpv:DataProtectionAuthority",
        },
    ]


__all__ = [
    "LANGUAGES",
    "Language",
    "missing",
    "rebuild",
    "record",
    "record_hash",
    "require_notice",
]
