"""Files of price lists and plans, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from eth_utils.address import is_checksum_address
from pydantic import ValidationError

from cercle.agreements import Plan
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
    numbers = {name: raw[name] for name in TERMS if name != "token"}
    for name, value in numbers.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            raise click.ClickException(f"{file.name}: terms.{name} is no number.")
    return {
        "operator_id": int(numbers["operator"]),
        "token": token,
        "period": round(numbers["period_days"] * DAY),
        "grace": round(numbers["grace_days"] * DAY),
        "outage_factor": round(numbers["outage_percent"] * 100),
    }
