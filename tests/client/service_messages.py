"""The messages about service contracts: as built, as told, and the calls that carry them."""

from cercle import typed_data
from cercle.agreements import AtCapacity, Ladder, Plan, Rung, Terms, packed_rungs

SOMEBODY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
OTHER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
SEAL = "0x" + "11" * 32
UNTIL = {"nonce": 7, "deadline": 99}
SMALL = Plan(base_price=1_000, included=10, unit_price=50, capacity=20)
LARGE = Plan(base_price=2_000, included=40, unit_price=40, capacity=60)
RUNGS = (
    Rung(plan_id=1, plan=SMALL),
    Rung(plan_id=2, plan=LARGE, at_capacity=AtCapacity.STOP),
)
_WORDS = {
    **{"list_id": 3, "revision": 4, "meter": OTHER, "starts_at": 55, "periods": 12},
    **{"period_cap": 6_000, "total_cap": 60_000, "deposit": 10_000},
}
LADDER = Ladder(**_WORDS, rungs=RUNGS)
TERMS = Terms(
    passport_id=5,
    list_id=3,
    meter=OTHER,
    starts_at=55,
    period=2_592_000,
    grace=259_200,
    outage_factor=10_000,
    period_cap=6_000,
    reach=2,
    limit=60,
    lowest=1_000,
    rungs=RUNGS,
)
NEEDS_TERMS = ("GoOn", "EndAgreement", "WithdrawEscrow")
PARTS = {struct: {"terms": TERMS} for struct in NEEDS_TERMS}


def built(d):
    """Each of them once."""
    offer = {"list_id": 3, "passport_id": 5, "plan": SMALL, "content_hash": SEAL}
    further = {"period": 2, "limit": 60, "period_cap": 7_000}
    return [
        typed_data.open_agreement(d, SOMEBODY, LADDER, **UNTIL),
        typed_data.go_on(d, SOMEBODY, 9, **further, **UNTIL),
        typed_data.end_agreement(d, SOMEBODY, 9, is_at_once=True, **UNTIL),
        typed_data.withdraw_escrow(d, SOMEBODY, 9, payee=OTHER, amount=500, **UNTIL),
        typed_data.personal_offer(d, SOMEBODY, **offer, **UNTIL),
    ]


_PLANS = [
    {"base_price": 1_000, "included": 10, "unit_price": 50, "capacity": 20},
    {"base_price": 2_000, "included": 40, "unit_price": 40, "capacity": 60},
]
_HIS = {"wallet": SOMEBODY, "agreement_id": 9}
TOLD = {
    "OpenAgreement": {
        "wallet": SOMEBODY,
        **_WORDS,
        "rungs": [
            {"plan": 1, **_PLANS[0], "at_capacity": "SWITCH"},
            {"plan": 2, **_PLANS[1], "at_capacity": "STOP"},
        ],
    },
    "GoOn": {**_HIS, "period": 2, "limit": 60, "period_cap": 7_000},
    "EndAgreement": {**_HIS, "is_at_once": True},
    "WithdrawEscrow": {**_HIS, "payee": OTHER, "amount": 500},
    "PersonalOffer": {
        **{"signer": SOMEBODY, "list_id": 3, "passport_id": 5},
        **{**_PLANS[0], "content_hash": SEAL},
    },
}

_one, _two, _told = SOMEBODY.lower(), OTHER.lower(), b"\xaa" * 65
_rungs = packed_rungs(RUNGS)
_LADDER = "(uint256,uint256,address,uint256,uint256,uint256,uint256,uint256,uint256[6])"
_TERMS = f"(uint256,uint256,address{',uint256' * 8},uint256[6])"
_terms = (5, 3, _two, 55, 2_592_000, 259_200, 10_000, 6_000, 2, 60, 1_000, _rungs)
# The function that each message reaches, its types, and its words.
CALLS = {
    "OpenAgreement": (
        *("Agreements", "open_by_signature", f"address;{_LADDER};uint256;uint256;bytes"),
        (_one, (3, 4, _two, 55, 12, 6_000, 60_000, 10_000, _rungs), 7, 99, _told),
    ),
    "GoOn": (
        *("Agreements", "go_on_by_signature"),
        f"address;uint256;{_TERMS};uint256;uint256;uint256;uint256;uint256;bytes",
        (_one, 9, _terms, 2, 60, 7_000, 7, 99, _told),
    ),
    "EndAgreement": (
        *("Agreements", "end_by_signature"),
        f"address;uint256;{_TERMS};bool;uint256;uint256;bytes",
        (_one, 9, _terms, True, 7, 99, _told),
    ),
    "WithdrawEscrow": (
        *("Agreements", "withdraw_by_signature"),
        f"address;uint256;{_TERMS};address;uint256;uint256;uint256;bytes",
        (_one, 9, _terms, _two, 500, 7, 99, _told),
    ),
}
