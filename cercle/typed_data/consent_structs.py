"""What a person signs about their data: a grant, a refusal, a withdrawal, a denial."""

from __future__ import annotations

from .fields import DEADLINE, NONCE, Field, Show, Struct, wallet_field

_PASSPORT = Field("passport_id", "uint256", "Passport number")
_COMPANY = Field("company_id", "uint256", "Company number")
_PURPOSE = Field("purpose", "uint256", "Purpose number")
_SIGNED_AT = Field("signed_at", "uint256", "Signed", Show.DATE)
_IS_DENIED = Field("is_denied", "bool", "Shut out")
_AS = wallet_field("wallet", "As")

CONSENT = (
    Struct(
        "Grant",
        "Consent",
        "Let a company see data of mine",
        "wallet",
        (
            *(_AS, _PASSPORT, _COMPANY, _PURPOSE),
            Field("categories", "uint256", "Kinds of data, a bit each"),
            Field("issued_at", "uint256", "Decided", Show.DATE),
            Field("until", "uint256", "Ends", Show.DATE),
            Field("keep_until", "uint256", "To be deleted by", Show.DATE),
            Field("reads", "uint256", "How often records may be opened"),
            Field("notice_version", "uint256", "Version of the company's notice"),
            Field("record_hash", "bytes32", "Seal of the consent record", Show.HIDDEN),
            DEADLINE,
        ),
    ),
    Struct(
        "Refuse",
        "Consent",
        "Say no to a company",
        "wallet",
        (_AS, _COMPANY, _PURPOSE, NONCE, DEADLINE),
    ),
    Struct(
        "Withdraw",
        "Consent",
        "Take back what I gave a company",
        "wallet",
        (_AS, _PASSPORT, _COMPANY, _PURPOSE, _SIGNED_AT, DEADLINE),
    ),
    Struct(
        "WithdrawAll",
        "Consent",
        "Take back everything, from everybody",
        "wallet",
        (_AS, _PASSPORT, _SIGNED_AT, DEADLINE),
    ),
    Struct(
        "DenyCompany",
        "Consent",
        "Shut a company out, or let it in again",
        "wallet",
        (_AS, _COMPANY, _IS_DENIED, NONCE, DEADLINE),
    ),
    Struct(
        "DenyPurpose",
        "Consent",
        "Shut a purpose out everywhere, or let it in again",
        "wallet",
        (_AS, _PURPOSE, _IS_DENIED, NONCE, DEADLINE),
    ),
)

__all__ = ["CONSENT"]
