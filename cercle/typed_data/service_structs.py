"""What a person signs about a service contract, and what a provider offers one person."""

from __future__ import annotations

from .fields import DEADLINE, NONCE, Field, Show, Struct, wallet_field

_AS = wallet_field("wallet", "As")
_AGREEMENT = Field("agreement_id", "uint256", "Contract number")
_LIST = Field("list_id", "uint256", "Price list number")
_PERIOD_CAP = Field("period_cap", "uint256", "Most a period may cost, in smallest units")
_PLAN = (
    Field("base_price", "uint256", "Price of a period, in smallest units"),
    Field("included", "uint256", "Units included"),
    Field("unit_price", "uint256", "Price of each unit beyond, in smallest units"),
    Field("capacity", "uint256", "Units covered"),
)
_RUNG = (
    Field("plan", "uint256", "Plan number"),
    *_PLAN,
    Field("at_capacity", "string", "Then"),
)

SERVICE = (
    Struct(
        "OpenAgreement",
        "Agreements",
        "Agree to plans, in this order, and pay in",
        "wallet",
        (
            *(_AS, _LIST),
            Field("revision", "uint256", "As revised, times"),
            wallet_field("meter", "Meter"),
            Field("starts_at", "uint256", "Begins (0: at once)", Show.DATE),
            Field("periods", "uint256", "Periods"),
            _PERIOD_CAP,
            Field("total_cap", "uint256", "Most it may cost in all, in smallest units"),
            Field("deposit", "uint256", "Paid in now, in smallest units"),
            Field("rungs", "Rung[]", "Plans", parts=_RUNG),
            *(NONCE, DEADLINE),
        ),
    ),
    Struct(
        "GoOn",
        "Agreements",
        "Go on beyond where my contract stops, in one period",
        "wallet",
        (
            *(_AS, _AGREEMENT),
            Field("period", "uint256", "Period, the first is 0"),
            Field("limit", "uint256", "Stop at so many units"),
            *(_PERIOD_CAP, NONCE, DEADLINE),
        ),
    ),
    Struct(
        "EndAgreement",
        "Agreements",
        "End a contract",
        "wallet",
        (
            *(_AS, _AGREEMENT),
            Field("is_at_once", "bool", "At once, not with the period"),
            *(NONCE, DEADLINE),
        ),
    ),
    Struct(
        "WithdrawEscrow",
        "Agreements",
        "Take money out of a contract",
        "wallet",
        (
            *(_AS, _AGREEMENT),
            wallet_field("payee", "To"),
            Field("amount", "uint256", "Amount, in smallest units"),
            *(NONCE, DEADLINE),
        ),
    ),
    Struct(
        "PersonalOffer",
        "PriceLists",
        "Offer one person a plan of their own",
        "signer",
        (
            *(wallet_field("signer", "As"), _LIST),
            Field("passport_id", "uint256", "For passport number"),
            *_PLAN,
            Field("content_hash", "bytes32", "Seal of its words", Show.HIDDEN),
            *(NONCE, DEADLINE),
        ),
    ),
)

__all__ = ["SERVICE"]
