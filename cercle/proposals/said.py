"""How the arguments of a call are shown: whole, in one line, and never as more than they are."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ..contracts import Json
from ..core import read_entry_name
from ..deployments import Deployment
from ..flags import PerkKind, PollKind, Role
from ..values import checksummed, moment
from .kinds import DATES, NAMES, ROLES, SHARES, SPANS

_KINDS = {"Perks": PerkKind, "Polls": PollKind}
_ETHER = 18


class Shower:
    """Shows what calls hold, by the names that a deployment knows.

    Args:
        deployment: Whose contracts are called by their names.
    """

    def __init__(self, deployment: Deployment) -> None:
        self.names = {one.address: name for name, one in deployment.contracts.items()}
        self._points = _points_of(deployment)

    def account(self, address: str) -> str:
        """An address in full, with its name before it if it is one of the brand's contracts."""
        name = self.names.get(address)
        return address if name is None else f"{name} ({address})"

    def ether(self, wei: int) -> str:
        """An amount of the chain's coin."""
        return f"{_plain(Decimal(wei).scaleb(-_ETHER))} ether"

    def points(self, amount: int) -> str:
        """An amount of the brand's points."""
        if self._points is None:
            return f"{amount} of the smallest units of points"
        decimals, symbol = self._points
        return f"{_plain(Decimal(amount).scaleb(-decimals))} {quoted(symbol)}"

    def arguments(
        self, contract: str, function: str, items: list[Json], values: Mapping[str, Any]
    ) -> dict[str, str]:
        """Every argument of a call by its name."""
        shown = {item["name"]: self.value(contract, item, values[item["name"]]) for item in items}
        if (contract, function) == ("Points", "transfer"):
            shown["amount"] = self.points(values["amount"])
        return shown

    def value(self, contract: str, item: Json, value: Any) -> str:
        """One argument."""
        kind, name = str(item["type"]), str(item["name"])
        if kind.endswith("]"):
            inner = {**item, "type": kind[: kind.rindex("[")]}
            return f"[{', '.join(self.value(contract, inner, one) for one in value)}]"
        if kind == "tuple":
            parts = [
                f"{part['name']} {self.value(contract, part, value[part['name']])}"
                for part in item["components"]
            ]
            return f"({', '.join(parts)})"
        if kind == "address":
            return self.account(checksummed(value))
        if kind == "string":
            return quoted(value)
        if isinstance(value, bytes):
            return _entry(value) if name in NAMES and kind == "bytes32" else "0x" + value.hex()
        if isinstance(value, bool):
            return "yes" if value else "no"
        return _number(contract, name, int(value))


def _number(contract: str, name: str, value: int) -> str:
    if name in ROLES:
        return _roles(value)
    if name in DATES:
        time = moment(value)
        return f"second {value}" if time is None else f"{time:%Y-%m-%d %H:%M:%S} UTC"
    if name in SPANS and value < 10**9:
        return str(timedelta(seconds=value))
    if name in SHARES:
        return f"{_plain(Decimal(value).scaleb(-2))}%"
    if name == "kind" and contract in _KINDS:
        known = {int(one): one.name.lower() for one in _KINDS[contract]}
        return known.get(value, f"number {value}")
    return str(value)


def _roles(value: int) -> str:
    known = [str(one.name).lower() for one in Role if value & one]
    rest = value & ~sum(Role)
    if rest or not value:
        known.append(f"unknown ones, number {rest}")
    return ", ".join(known)


def _entry(word: bytes) -> str:
    text = read_entry_name(word)
    is_plain = text.isascii() and text.isprintable() and word == text.encode().ljust(32, b"\0")
    return quoted(text) if is_plain else "0x" + word.hex()


def quoted(text: str | bytes) -> str:
    """A stranger's text between quotation marks, in one line, with nothing in it that hides.

    What closes the quotation, breaks the line, turns the reading round or shows nothing is
    written as its code.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    marked = json.dumps(text, ensure_ascii=False)
    return "".join(_visible(one) for one in marked)


def _visible(mark: str) -> str:
    if mark == " " or unicodedata.category(mark)[0] not in "CZ":
        return mark
    return f"\\u{ord(mark):04x}" if ord(mark) < 2**16 else f"\\U{ord(mark):08x}"


def _points_of(deployment: Deployment) -> tuple[int, str] | None:
    """Decimals and symbol, as the points were deployed with."""
    if not deployment.has("Points"):
        return None
    arguments = deployment.contracts["Points"].args
    if len(arguments) < 5 or not isinstance(arguments[4], int):
        return None
    return arguments[4], str(arguments[3])


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = ["Shower", "quoted"]
