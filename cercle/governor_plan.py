"""What a brand's Governor is to be: classes of proposals, their terms and what each may call."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Annotated, Any

from eth_utils.crypto import keccak
from pydantic import Field, model_validator

from . import limits
from .contracts import packaged_abi, signature_of
from .values import Frozen, checksum

DAY = limits.DAY
_LONGEST = limits.MAX_VOTING // DAY
Term = Annotated[Decimal, Field(gt=0, le=_LONGEST, decimal_places=3)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
ETHER = b"\x00" * 4  # the selector of a scope for ether alone


class ScopePlan(Frozen):
    """One function that a class may call, under a cap."""

    contract: Annotated[str, Field(description="of the directory, `charter`, or an address")]
    function: Annotated[str, Field(description="its name or signature; empty: ether alone")] = ""
    cap: Annotated[int, Field(ge=0, lt=2**128, description="of the ether or the argument")] = 0
    amount_argument: Annotated[
        int, Field(ge=0, le=(limits.MAX_ACTION - 4) // 32, description="counted from 1; 0: ether")
    ] = 0

    def selector(self, contract: str) -> bytes:
        """Its first four bytes. `contract` is whose function, where that is one of ours.

        Raises:
            ValueError: The contract has no function of that name, or several.
        """
        if not self.function:
            return ETHER
        if "(" in self.function:
            return keccak(text=self.function)[:4]
        found = {
            signature_of(entry)
            for entry in (packaged_abi(contract) if contract else ())
            if entry["type"] == "function" and entry["name"] == self.function
        }
        if len(found) != 1:
            raise ValueError(f"{self.function}: write it with its arguments, as f(address,uint256)")
        return keccak(text=found.pop())[:4]


class ClassPlan(Frozen):
    """The terms of one class of proposals."""

    voting_delay_days: Term
    voting_period_days: Annotated[Term, Field(ge=Decimal(limits.MIN_VOTING) / DAY)]
    late_extension_days: Annotated[Decimal, Field(ge=0, le=_LONGEST, decimal_places=3)]
    queue_delay_days: Annotated[Term, Field(ge=Decimal(limits.MIN_QUEUE) / DAY)]
    threshold: Annotated[int, Field(ge=0, lt=2**58, description="votes that a proposer needs")] = 1
    quorum_percent: Percent
    season_share_percent: Annotated[
        Percent | None, Field(description="of the treasury at a full turnout; none: no bound")
    ] = None
    veto: bool = False
    scopes: tuple[ScopePlan, ...] = ()

    @model_validator(mode="after")
    def _extends_no_more_than_it_lasts(self) -> ClassPlan:
        if self.late_extension_days > self.voting_period_days:
            raise ValueError("late_extension_days is at most voting_period_days")
        return self

    @property
    def terms(self) -> tuple[Any, ...]:
        """The `Terms` struct of the Guard."""
        days = (
            *(self.voting_delay_days, self.voting_period_days),
            *(self.late_extension_days, self.queue_delay_days),
        )
        share = self.season_share_percent
        return (
            *(int(one * DAY) for one in days),
            self.threshold,
            int(self.quorum_percent * 100),
            int((share or 0) * 100),
            share is not None,
            self.veto,
        )


class GovernorPlan(Frozen):
    """Who decides together, and how."""

    classes: Annotated[tuple[ClassPlan, ...], Field(min_length=1, max_length=limits.MAX_CLASSES)]
    assets: Annotated[
        tuple[str, ...],
        Field(max_length=limits.MAX_ASSETS, description="tokens: addresses, or `points`"),
    ] = ()

    @model_validator(mode="after")
    def _first_class_is_free(self) -> GovernorPlan:
        if self.classes[0].scopes:
            raise ValueError("the first class may call anything: scopes are for those after it")
        if sum(len(one.scopes) for one in self.classes) > limits.MAX_SCOPES:
            raise ValueError(f"there are {limits.MAX_SCOPES} scopes at most")
        return self

    def require_known(self, names: Collection[str]) -> None:
        """Refuse what names neither an address nor one of these contracts.

        Raises:
            ValueError: Something is unknown; says what.
        """
        scopes = [scope for one in self.classes for scope in one.scopes]
        for name in (*(scope.contract for scope in scopes), *self.assets):
            if name not in names:
                checksum(name)
        for scope in scopes:
            scope.selector(_ours(scope.contract))


def _ours(name: str) -> str:
    """The contract that a name of the directory stands for; none for an address."""
    return "" if name.startswith("0x") else name.capitalize()


def guard_arguments(plan: GovernorPlan, addresses: Mapping[str, str]) -> tuple[Any, ...]:
    """Classes, scopes and assets as the Guard's constructor takes them, ready for JSON.

    Args:
        plan: What was asked for.
        addresses: Where the contracts of the directory stand, by their names there.
    """

    def place(name: str) -> str:
        return addresses.get(name) or checksum(name)

    scopes = [
        (
            class_id,
            place(scope.contract),
            "0x" + scope.selector(_ours(scope.contract)).hex(),
            scope.cap,
            scope.amount_argument,
            True,
        )
        for class_id, one in enumerate(plan.classes, start=1)
        for scope in one.scopes
    ]
    return [one.terms for one in plan.classes], scopes, [place(one) for one in plan.assets]


__all__ = ["ClassPlan", "GovernorPlan", "ScopePlan", "guard_arguments"]
