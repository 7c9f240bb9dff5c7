"""A proposal as people write it in YAML: a description, a class, and actions in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from eth_utils.crypto import keccak
from pydantic import ValidationError

from .calls import Call
from .codec import encode
from .deployments import Deployment
from .flags import Role
from .governor_plan import ClassPlan
from .perk_file import PerkTerms
from .proposals import Action, BadProposal, Draft, build, draft_of
from .values import checksum, hash_text

Fields = Mapping[str, Any]
T = TypeVar("T")
_ETHER = 18


class Reader:
    """Reads proposals for one brand.

    Args:
        deployment: The brand.
        now: The chain's time, from which "+60 days" counts.
    """

    def __init__(self, deployment: Deployment, now: datetime) -> None:
        self._book = deployment
        self._now = now

    def draft(self, fields: Fields) -> Draft:
        """A checked draft.

        Raises:
            BadProposal: Something is missing, unknown or wrong; says in which action.
        """
        if unknown := set(fields) - {"description", "class", "actions"}:
            raise BadProposal(f"A proposal knows no field {sorted(map(str, unknown))[0]!r}.")
        listed = fields.get("actions")
        if not isinstance(listed, list):
            raise BadProposal("A proposal lists its actions.")
        actions = [self._action(number, one) for number, one in enumerate(listed, start=1)]
        class_id = fields.get("class", 1)
        if isinstance(class_id, bool) or not isinstance(class_id, int) or class_id < 1:
            raise BadProposal("A class is a number, from 1.")
        return draft_of(actions, str(fields.get("description", "")), class_id)

    def _action(self, number: int, raw: Any) -> Action:
        where = f"Action {number}"
        if not isinstance(raw, dict) or len(raw) != 1:
            raise BadProposal(f"{where} is one word with what it needs, such as pay: {{...}}.")
        (word, needs), *_ = raw.items()
        make = self._makers.get(str(word))
        if make is None:
            raise BadProposal(f"{where} is one of {', '.join(self._makers)}.")
        if needs is None:
            needs = {}
        if not isinstance(needs, dict):
            raise BadProposal(f"{where}, {word}: what it needs is a mapping of names to values.")
        try:
            return make(dict(needs))
        except KeyError as error:
            raise BadProposal(f"{where}, {word}: {error.args[0]} is missing.") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise BadProposal(f"{where}, {word}: {place}: {first['msg']}.") from error
        except (TypeError, ValueError) as error:
            raise BadProposal(f"{where}, {word}: {str(error).rstrip('.')}.") from error

    @property
    def _makers(self) -> dict[str, Callable[[dict[str, Any]], Action]]:
        book = self._book
        return {
            "give_roles": lambda n: build.give_roles(book, *_roles(n)),
            "take_roles": lambda n: build.take_roles(book, *_roles(n)),
            "accept_admin": lambda n: _only(n, build.accept_admin(book)),
            "offer_admin": lambda n: _only(n, build.offer_admin(book, self._place(n.pop("to")))),
            "pay": self._pay,
            "open_perk": self._open_perk,
            "announce_replacement": lambda n: _only(
                n, build.announce_replacement(book, n.pop("name"), self._place(n.pop("contract")))
            ),
            "cancel_replacement": lambda n: _only(n, build.cancel_replacement(book, n.pop("name"))),
            "extend_warden": lambda n: _only(n, build.extend_warden(book, _moment(n.pop("until")))),
            "set_profile": lambda n: _only(n, build.set_profile(book, hash_text(n.pop("seal")))),
            "set_dao_uri": lambda n: _only(n, build.set_dao_uri(book, str(n.pop("uri")))),
            "set_terms": lambda n: build.set_terms(book, n.pop("class"), ClassPlan(**n)),
            "set_scope": self._set_scope,
            "set_assets": lambda n: _only(
                n, build.set_assets(book, [self._place(one) for one in n.pop("tokens")])
            ),
            "call": self._call,
        }

    def _place(self, name: Any) -> str:
        """An address, or a contract of the brand by its name: `points`, `Governor`."""
        known = {one.lower(): one for one in self._book.contracts}
        found = known.get(str(name).lower())
        return self._book.address(found) if found is not None else checksum(str(name))

    def _pay(self, needs: dict[str, Any]) -> Action:
        to = self._place(needs.pop("to"))
        if "ether" in needs:
            return _only(needs, build.pay_ether(to, _units(needs.pop("ether"), _ETHER)))
        if "points" in needs:
            decimals = int(self._book.contracts["Points"].args[4])
            amount = _units(needs.pop("points"), decimals)
            return _only(needs, build.pay_token(self._book.address("Points"), to, amount))
        token, units = self._place(needs.pop("token")), needs.pop("units")
        return _only(needs, build.pay_token(token, to, _whole(units)))

    def _open_perk(self, needs: dict[str, Any]) -> Action:
        seal = hash_text(needs.pop("seal"))
        terms = PerkTerms.parse(needs, self._now)
        return build.open_perk(self._book, seal, terms.for_chain(self._book), terms.stock)

    def _set_scope(self, needs: dict[str, Any]) -> Action:
        function = str(needs.pop("function", ""))
        if function and not function.endswith(")"):
            raise ValueError("write the function with its arguments, as transfer(address,uint256)")
        selector = keccak(text=function)[:4] if function else bytes(4)
        action = build.set_scope(
            self._book,
            _whole(needs.pop("class")),
            self._place(needs.pop("contract")),
            selector,
            cap=_whole(needs.pop("cap", 0)),
            amount_word=_whole(needs.pop("amount_argument", 0)),
            is_allowed=bool(needs.pop("allowed", True)),
        )
        return _only(needs, action)

    def _call(self, needs: dict[str, Any]) -> Action:
        """Any call: a function of the brand's by its name, or any by its signature."""
        name, function = str(needs.pop("contract")), str(needs.pop("function"))
        arguments, value = needs.pop("arguments", []), _units(needs.pop("ether", 0), _ETHER)
        if not isinstance(arguments, list):
            raise ValueError("arguments is a list")
        known = {one.lower(): one for one in self._book.contracts}.get(name.lower())
        if known is not None and "(" not in function:
            plain = [_bytes(one) for one in arguments]
            made = self._book.contract(known).call(function, *plain, value=value)
            return _only(needs, Action.of(made))
        types = function.partition("(")[2].removesuffix(")")
        body = encode(types.split(",") if types else [], [_bytes(one) for one in arguments])
        data = "0x" + (keccak(text=function)[:4] + body).hex()
        place = self._place(name)
        call = Call(to=place, data=data, value=value, contract=name, function=function)
        return _only(needs, Action.of(call))


def _roles(needs: dict[str, Any]) -> tuple[str, Role]:
    account, named = checksum(str(needs.pop("account"))), needs.pop("roles")
    roles = Role(0)
    for one in named if isinstance(named, list) else [named]:
        if str(one).upper() not in Role.__members__:
            raise ValueError(f"there is no role {str(one)!r}")
        roles |= Role[str(one).upper()]
    return account, _only(needs, roles)


def _only(needs: dict[str, Any], made: T) -> T:
    if needs:
        raise ValueError(f"it knows no {sorted(map(str, needs))[0]!r}")
    return made


def _units(value: Any, decimals: int) -> int:
    try:
        units = Decimal(str(value)).scaleb(decimals)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is no amount") from error
    if not units.is_finite() or units < 0 or units != units.to_integral_value():
        raise ValueError(f"{value!r} is no amount of at most {decimals} decimals")
    return int(units)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no whole number")
    return value


def _bytes(value: Any) -> Any:
    """Bytes as they are written in hexadecimal; an address stays a text."""
    if isinstance(value, list):
        return [_bytes(one) for one in value]
    if isinstance(value, str) and value.startswith("0x") and len(value) != 42:
        return bytes.fromhex(value[2:])
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("a time names its zone, such as 2027-01-31T18:00:00Z")
    return value.astimezone(UTC)


__all__ = ["Reader"]
