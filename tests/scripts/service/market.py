"""A provider, an operator and a stranger of the service market, and what they write down."""

from __future__ import annotations

import json
from pathlib import Path

from cercle.agreements import Account
from cercle.agreements.client import Agreements
from tests.scripts.stage import FIRST_PERSON, Brand

PROVIDER, OPERATOR, STRANGER = FIRST_PERSON + 2, FIRST_PERSON + 3, 5
HPKE, DAY = "0x" + "33" * 32, 86_400
NAMES = {"fr": "Petit", "en": "Small"}, {"fr": "Grand", "en": "Large"}
SMALL = {"base_price": 500, "included": 10, "unit_price": 20, "capacity": 50}
LARGE = {"base_price": 900, "included": 40, "unit_price": 10, "capacity": 200}


def write(path: Path, **parts: object) -> None:
    path.write_text(json.dumps(parts), encoding="utf-8")


def by(brand: Brand, seat: int, *more: str) -> list[str]:
    return [*brand.words(), "--account", f"TEST::{seat}", *more]


def later(brand: Brand, seconds: int) -> int:
    brand.node.rpc("evm_increaseTime", hex(seconds))
    brand.node.rpc("evm_mine")
    return brand.node.chain.head(fresh=True).timestamp


def account(brand: Brand) -> Account:
    return Agreements(brand.node.chain, brand.deployment).account(1)
