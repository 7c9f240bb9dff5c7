"""What a person signs about what is kept of them, what it earns, and why a result came out."""

from __future__ import annotations

from .fields import DEADLINE, NONCE, Field, Show, Struct, wallet_field

_AS = wallet_field("wallet", "As")
_PASSPORT = Field("passport_id", "uint256", "Passport number")
_CATEGORY = Field("category", "uint256", "Kind of data, its number")
_VERSION = Field("version", "uint256", "Version that this makes")
_SHARE = (
    Field("payee", "uint256", "Passport number of a co-owner"),
    Field("basis_points", "uint256", "Share in hundredths of a percent"),
)

RECORDS = (
    # ---- what is kept
    Struct(
        "Move",
        "Records",
        "Tell every company that my data changed",
        "wallet",
        (
            *(_AS, _PASSPORT, _CATEGORY),
            Field("commitment", "bytes32", "Seal of the new record", Show.HIDDEN),
            *(_VERSION, DEADLINE),
        ),
    ),
    Struct(
        "Erase",
        "Records",
        "Have my data destroyed",
        "wallet",
        (_AS, _PASSPORT, _CATEGORY, _VERSION, DEADLINE),
    ),
    Struct(
        "SetCustodians",
        "Records",
        "Name who keeps my records",
        "wallet",
        (
            _AS,
            Field("custodians", "address[]", "Keeper", Show.ADDRESS),
            *(NONCE, DEADLINE),
        ),
    ),
    # ---- what it earns
    Struct(
        "SetPrice",
        "Vault",
        "Set what a company pays to see data of mine",
        "wallet",
        (
            _AS,
            Field("purpose", "uint256", "Purpose number"),
            _CATEGORY,
            Field("price", "uint256", "Price of a read, in the token's smallest units"),
            *(NONCE, DEADLINE),
        ),
    ),
    Struct(
        "SetShares",
        "Vault",
        "Share what my data earns, from next month on",
        "wallet",
        (_AS, Field("shares", "Share[]", "Shares", parts=_SHARE), NONCE, DEADLINE),
    ),
    # ---- why a result came out
    Struct(
        "Demand",
        "Decisions",
        "Demand the reasons of a decision about me",
        "wallet",
        (_AS, Field("decision_id", "uint256", "Decision number"), DEADLINE),
    ),
)

__all__ = ["RECORDS"]
