"""Files of price lists and plans, read strictly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from eth_utils.address import is_checksum_address
from pydantic import ValidationError

from cercle.agreements import Plan
from cercle.agreements.client import PriceLists
from cercle.content import PlanDocument, parse_document
from scripts._shared import read_yaml

DAY = 86_400
TERMS = ("operator", "token", "period_days", "grace_days", "outage_percent")


def parts(file: Path, *names: str) -> dict[str, dict[str, Any]]:
    """A file of YAML with these parts and no others."""
    raw = read_yaml(file)
    if set(raw) != set(names) or not all(isinstance(raw[name], dict) for name in names):
        told = " and ".join(f"`{name}`" for name in names)
        raise click.ClickException(f"{file.name} must hold {told}, nothing else.")
    return raw


def document_of(kind: str, content: dict[str, Any], form: type[Any], file: Path) -> Any:
    """The text of a file, of the kind that it must be."""
    document = parse_document({"kind": kind, **content})
    if not isinstance(document, form):
        raise click.ClickException(f"{file.name} is not a {kind.replace('_', ' ')}.")
    return document


def plan_in(file: Path) -> tuple[Plan, PlanDocument]:
    """A plan and its text, out of a file."""
    raw = parts(file, "content", "prices")
    try:
        plan = Plan.model_validate(raw["prices"])
    except ValidationError as why:
        first = why.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise click.ClickException(f"{file.name}: prices.{where}: {first['msg']}.") from why
    plan.require_fit()
    document: PlanDocument = document_of("plan", raw["content"], PlanDocument, file)
    return plan, document


def list_terms(raw: dict[str, Any], file: Path) -> dict[str, Any]:
    """What holds for all agreements under a list, as the call takes it."""
    if set(raw) != set(TERMS):
        raise click.ClickException(f"{file.name}: terms must hold {', '.join(TERMS)}.")
    token = str(raw["token"])
    if not is_checksum_address(token):
        raise click.ClickException(
            f"{file.name}: terms.token is no address, or its checksum is wrong."
        )
    return {
        "operator_id": _whole(file, "operator", raw["operator"], 1),
        "token": token,
        "period": _whole(file, "period_days", raw["period_days"], DAY),
        "grace": _whole(file, "grace_days", raw["grace_days"], DAY),
        "outage_factor": _whole(file, "outage_percent", raw["outage_percent"], 100),
    }


def offered_as(
    lists: PriceLists, list_id: int, plan: Plan, seal: str, passport_id: int = 0
) -> int | None:
    """The number of the very same plan, for the same persons, if a list offers it already."""
    offers, words = lists.shelf(list_id).offers, lists.words(list_id)
    for number, one in sorted(offers.items()):
        if (one.plan, one.passport_id, words.get(number)) == (plan, passport_id, seal):
            return number
    return None


def _whole(file: Path, name: str, value: Any, factor: int) -> int:
    """A term in the contract's unit, which must be a whole number of it."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 2**40:
        raise click.ClickException(f"{file.name}: terms.{name} is no number.")
    exact = Decimal(str(value)) * factor
    if exact % 1:
        raise click.ClickException(f"{file.name}: terms.{name} is too fine: {value}.")
    return int(exact)
