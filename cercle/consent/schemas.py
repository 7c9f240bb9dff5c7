"""The forms of notices, records and receipts, for whoever checks them without this package."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

SCHEMAS = ("notice", "receipt", "record")


def schema(name: str) -> dict[str, Any]:
    """One of `SCHEMAS`, in JSON Schema 2020-12, complete in itself.

    Raises:
        KeyError: There is none of this name.
    """
    if name not in SCHEMAS:
        raise KeyError(name)
    form = _read(name)
    if name == "receipt":  # holds a record: one file, no lookup
        record = _read("record")
        form["$defs"] |= record.pop("$defs")
        record.pop("$id")
        record.pop("$schema")
        form["$defs"]["record"] = record
    return form


def _read(name: str) -> dict[str, Any]:
    file = resources.files("cercle.consent") / "schemas" / f"{name}.json"
    form: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return form


__all__ = ["SCHEMAS", "schema"]
