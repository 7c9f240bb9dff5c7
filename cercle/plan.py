"""What a brand is to be, in one YAML file: roles, rules, caps and the worth of a point."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from . import limits
from .errors import PlanError
from .flags import Role, UnitRule
from .governor_plan import GovernorPlan
from .values import Address, Frozen

DAY = 86_400
Days = Annotated[Decimal, Field(ge=0, le=36_500, decimal_places=3)]
Count = Annotated[int, Field(ge=0, lt=2**32)]


class RolesPlan(Frozen):
    """Who holds which office. The admin deploys; an account may hold several others."""

    admin: Address
    warden: Address | None = None
    issuer: tuple[Address, ...] = ()
    till: tuple[Address, ...] = ()
    steward: tuple[Address, ...] = ()
    curator: tuple[Address, ...] = ()
    treasurer: tuple[Address, ...] = ()

    def given(self) -> dict[str, Role]:
        """The roles that the admin gives after deployment, by account."""
        result: dict[str, Role] = {}
        for role in (Role.ISSUER, Role.TILL, Role.STEWARD, Role.CURATOR, Role.TREASURER):
            for account in getattr(self, str(role.name).lower()):
                result[account] = result.get(account, Role(0)) | role
        return result


class CharterPlan(Frozen):
    """The constitution."""

    warden_term_days: Annotated[Days, Field(le=limits.MAX_WARDEN_TERM // DAY)] = Decimal(365)
    dao_uri: Annotated[str, Field(max_length=limits.MAX_URI)] = ""


class ElectoratePlan(Frozen):
    """What a membership weighs, and from when."""

    unit_rule: Literal["one", "sqrt", "capped"] = "one"
    unit_cap: Count = 0
    maturity_days: Annotated[Days, Field(le=limits.MAX_MATURITY // DAY)] = Decimal(30)

    @model_validator(mode="after")
    def _cap_of_its_rule(self) -> ElectoratePlan:
        if (self.unit_rule == "capped") != (self.unit_cap > 0):
            raise ValueError("unit_cap belongs to the rule `capped`, and to it alone")
        return self


class MembershipPlan(Frozen):
    """Who may join, and what standing opens."""

    open_door_per_day: Count = 0
    admissions_per_day: Count
    standing_per_period: Annotated[int, Field(gt=0, lt=2**80)]
    period_days: Annotated[Days, Field(ge=1)] = Decimal(30)
    tiers: Annotated[tuple[Count, ...], Field(max_length=limits.MAX_TIERS)] = ()

    @model_validator(mode="after")
    def _ascending(self) -> MembershipPlan:
        if any(low >= high for low, high in zip(self.tiers, self.tiers[1:], strict=False)):
            raise ValueError("tiers must ascend")
        return self


class PointsPlan(Frozen):
    """The currency."""

    name: Annotated[str, Field(min_length=1, max_length=25)]
    symbol: Annotated[str, Field(min_length=1, max_length=5)]
    decimals: Annotated[int, Field(ge=0, le=18)] = 0
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    face_value: Annotated[Decimal, Field(gt=0, decimal_places=6, description="of a whole point")]
    expiry_days: Days | Literal["never"] = Decimal(365)

    @property
    def millionths(self) -> int:
        """The face value of a whole point, in millionths of one unit of the currency."""
        return int(self.face_value * 1_000_000)

    @property
    def expiry_period(self) -> int:
        """Seconds of inactivity; 0 is never."""
        return 0 if self.expiry_days == "never" else seconds(self.expiry_days)


class RewardsPlan(Frozen):
    """How much may be awarded."""

    period_days: Annotated[Days, Field(ge=1, le=365)] = Decimal(30)
    budget: Annotated[int, Field(gt=0, lt=2**96)]


class SharedPlan(Frozen):
    """What all brands share of consent and service, where it stands; the rest is deployed.

    A Vault takes one token for good: without `vault` and without `token` there is none, and
    nothing that companies see has a price.
    """

    consent: Address | None = None
    records: Address | None = None
    vault: Address | None = None
    decisions: Address | None = None
    price_lists: Address | None = None
    tariff: Address | None = None
    agreements: Address | None = None
    token: Address | None = Field(default=None, description="an ERC-20: what companies pay in")


class Plan(Frozen):
    """Everything that a deployment fixes.

    Usage example::

        plan = Plan.load("plans/demo.yaml")
    """

    brand: Annotated[str, Field(min_length=1, max_length=64)]
    profile: dict[str, Any] | None = Field(default=None, description="a document of kind brand")
    roles: RolesPlan
    charter: CharterPlan = CharterPlan()
    electorate: ElectoratePlan = ElectoratePlan()
    membership: MembershipPlan
    points: PointsPlan | None = Field(default=None, description="none: no points, no perks")
    rewards: RewardsPlan | None = Field(default=None, description="goes with the points")
    shared: SharedPlan = SharedPlan()
    governor: GovernorPlan | None = Field(default=None, description="none: nobody votes on acts")

    @model_validator(mode="after")
    def _points_are_awarded(self) -> Plan:
        if (self.points is None) != (self.rewards is None):
            raise ValueError("points and rewards go together: give both, or neither")
        return self

    @model_validator(mode="after")
    def _governor_knows_its_contracts(self) -> Plan:
        if self.governor is None:
            return self
        known = {"charter", "passport", "profile", "consent", "records", "decisions"}
        known |= {"price_lists", "tariff", "agreements", "electorate", "membership", "polls"}
        if self.shared.vault is not None or self.shared.token is not None:
            known.add("vault")
        if self.points is not None:
            known |= {"points", "rewards", "perks"}
        self.governor.require_known(known)
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Plan:
        """Read a plan strictly.

        Raises:
            PlanError: It is missing or wrong; the text names the line.
        """
        try:
            text = Path(path).read_text("utf-8")
        except FileNotFoundError as error:
            raise PlanError(f"{path} does not exist.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise PlanError(f"{path} cannot be read.") from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, where: str = "the plan") -> Plan:
        """Read a plan from its text; `where` names it in an error."""
        try:
            tree = yaml.compose(text, Loader=yaml.SafeLoader)
            raw = yaml.safe_load(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
            raise PlanError(f"{where}{line}: {error.problem}.") from error
        except yaml.YAMLError as error:
            raise PlanError(f"{where} is not YAML.") from error
        if not isinstance(raw, dict):
            raise PlanError(f"{where} must hold a mapping of names to values.")
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            path = tuple(first["loc"])
            field = ".".join(str(part) for part in path) or "the plan"
            message = str(first["msg"]).removeprefix("Value error, ")
            raise PlanError(f"{where}, line {_line_of(tree, path)}: {field}: {message}.") from error

    # ---- as the constructors take it --------------------------------------------------

    @property
    def caps(self) -> tuple[int, int, int, int]:
        """The `Caps` struct of Membership."""
        plan = self.membership
        return (
            plan.open_door_per_day,
            plan.admissions_per_day,
            plan.standing_per_period,
            seconds(plan.period_days),
        )

    @property
    def unit_rule(self) -> int:
        return int(UnitRule[self.electorate.unit_rule.upper()])


def seconds(days: Decimal) -> int:
    """Days, to the thousandth, as whole seconds."""
    return int(days * DAY)


def _line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line of the deepest part of a path that the text holds."""
    line = 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


__all__ = ["Plan", "SharedPlan", "seconds"]
