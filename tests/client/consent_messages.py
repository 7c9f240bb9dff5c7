"""The messages about a person's data: as built, as told, and the calls that carry them."""

from cercle import typed_data

SOMEBODY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
OTHER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
SEAL = "0x" + "11" * 32
TERMS = {
    **{"company_id": 2, "purpose": 3, "categories": 6, "issued_at": 50, "until": 90},
    **{"keep_until": 95, "reads": 4, "notice_version": 1, "record_hash": SEAL},
}
WHAT = {"company_id": 2, "purpose": 3}
UNTIL = {"nonce": 7, "deadline": 99}


def built(d):
    """Each of them once."""
    return [
        typed_data.grant(d, SOMEBODY, 5, **TERMS, deadline=99),
        typed_data.refuse(d, SOMEBODY, **WHAT, **UNTIL),
        typed_data.withdraw(d, SOMEBODY, 5, **WHAT, signed_at=55, deadline=99),
        typed_data.withdraw_all(d, SOMEBODY, 5, signed_at=55, deadline=99),
        typed_data.deny_company(d, SOMEBODY, company_id=2, is_denied=True, **UNTIL),
        typed_data.deny_purpose(d, SOMEBODY, purpose=3, is_denied=False, **UNTIL),
        typed_data.move(d, SOMEBODY, 5, category=6, commitment=SEAL, version=8, deadline=99),
        typed_data.erase(d, SOMEBODY, 5, category=6, version=8, deadline=99),
        typed_data.set_custodians(d, SOMEBODY, [OTHER], **UNTIL),
        typed_data.set_price(d, SOMEBODY, purpose=3, category=6, price=250, **UNTIL),
        typed_data.set_shares(d, SOMEBODY, [(9, 2_500), (8, 100)], **UNTIL),
        typed_data.demand(d, SOMEBODY, decision_id=12, deadline=99),
    ]


_WALLET = {"wallet": SOMEBODY}
TOLD = {
    "Grant": {**_WALLET, "passport_id": 5, **TERMS},
    "Refuse": {**_WALLET, **WHAT},
    "Withdraw": {**_WALLET, "passport_id": 5, **WHAT, "signed_at": 55},
    "WithdrawAll": {**_WALLET, "passport_id": 5, "signed_at": 55},
    "DenyCompany": {**_WALLET, "company_id": 2, "is_denied": True},
    "DenyPurpose": {**_WALLET, "purpose": 3, "is_denied": False},
    "Move": {**_WALLET, "passport_id": 5, "category": 6, "commitment": SEAL, "version": 8},
    "Erase": {**_WALLET, "passport_id": 5, "category": 6, "version": 8},
    "SetCustodians": {**_WALLET, "custodians": [OTHER]},
    "SetPrice": {**_WALLET, "purpose": 3, "category": 6, "price": 250},
    "SetShares": {
        **_WALLET,
        "shares": [{"payee": 9, "basis_points": 2_500}, {"payee": 8, "basis_points": 100}],
    },
    "Demand": {**_WALLET, "decision_id": 12},
}

_one, _two, _seal, _told = SOMEBODY.lower(), OTHER.lower(), b"\x11" * 32, b"\xaa" * 65
_TERMS = "(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,bytes32)"
# The function that each message reaches, its types, and its words.
CALLS = {
    "Grant": (
        *("Consent", "grant_by_signature", f"address;{_TERMS};uint256;bytes"),
        (_one, (2, 3, 6, 50, 90, 95, 4, 1, _seal), 99, _told),
    ),
    "Refuse": (
        *("Consent", "refuse_by_signature", "address,uint256,uint256,uint256,uint256,bytes"),
        (_one, 2, 3, 7, 99, _told),
    ),
    "Withdraw": (
        *("Consent", "withdraw_by_signature", "address,uint256,uint256,uint256,uint256,bytes"),
        (_one, 2, 3, 55, 99, _told),
    ),
    "WithdrawAll": (
        *("Consent", "withdraw_all_by_signature", "address,uint256,uint256,bytes"),
        (_one, 55, 99, _told),
    ),
    "DenyCompany": (
        *("Consent", "deny_company_by_signature", "address,uint256,bool,uint256,uint256,bytes"),
        (_one, 2, True, 7, 99, _told),
    ),
    "DenyPurpose": (
        *("Consent", "deny_purpose_by_signature", "address,uint256,bool,uint256,uint256,bytes"),
        (_one, 3, False, 7, 99, _told),
    ),
    "Move": (
        *("Records", "move_by_signature", "address,uint256,bytes32,uint256,uint256,bytes"),
        (_one, 6, _seal, 8, 99, _told),
    ),
    "Erase": (
        *("Records", "erase_by_signature", "address,uint256,uint256,uint256,bytes"),
        (_one, 6, 8, 99, _told),
    ),
    "SetCustodians": (
        *("Records", "set_custodians_by_signature", "address,address[],uint256,uint256,bytes"),
        (_one, (_two,), 7, 99, _told),
    ),
    "SetPrice": (
        *("Vault", "set_price_by_signature"),
        "address,uint256,uint256,uint256,uint256,uint256,bytes",
        (_one, 3, 6, 250, 7, 99, _told),
    ),
    "SetShares": (
        *("Vault", "set_shares_by_signature"),
        "address;(uint256,uint256)[];uint256;uint256;bytes",
        (_one, ((9, 2_500), (8, 100)), 7, 99, _told),
    ),
    "Demand": (
        *("Decisions", "demand_by_signature", "address,uint256,uint256,bytes"),
        (_one, 12, 99, _told),
    ),
}
