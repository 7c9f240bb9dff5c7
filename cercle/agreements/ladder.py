"""A ladder that the contracts will take, or the reason in words, before anybody signs.

Usage example::

    ladder = build(
        shelf,
        [(1, AtCapacity.SWITCH), (2, AtCapacity.STOP)],
        meter=meter,
        passport_id=7,
        wallet=wallet,
        periods=12,
        period_cap=4_000,
        total_cap=30_000,
        deposit=2_000,
    )
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import (
    AnothersMeter,
    AnothersPlan,
    CapBelowBase,
    EmptyLadder,
    EscrowTooLarge,
    EscrowTooSmall,
    GapInLadder,
    LadderMustRise,
    LadderWithoutEnd,
    ListWasChanged,
    NoCap,
    NoPeriods,
    NoSuchList,
    NoSuchPlan,
    OptimisingNotAllowed,
    OtherPlanTerms,
    OwnMeter,
    StartsInThePast,
    StartsTooLate,
    TooManyPeriods,
    TooManyPlans,
    TotalCapTooLarge,
    TotalCapTooSmall,
    UnknownMeter,
)
from ..limits import MAX_PERIODS, MAX_RUNGS, MAX_START
from ..values import checksum
from .lists import Shelf
from .models import MONEY, Ladder, Terms
from .plans import AtCapacity, Rung
from .tariff import stop_of

Choice = tuple[int, AtCapacity] | None  # a plan's number, and what is at its capacity


def build(
    shelf: Shelf,
    choices: Sequence[Choice],
    *,
    meter: str,
    passport_id: int,
    wallet: str,
    periods: int,
    period_cap: int,
    total_cap: int,
    deposit: int,
    starts_at: int = 0,
) -> Ladder:
    """A ladder of plans as the list offers them now.

    Args:
        shelf: The list, as it was read.
        choices: The plans in their order, each with what is at its capacity. Those behind the first
            stop are for going on.
        meter: Whose readings count.
        passport_id: The customer.
        wallet: Their main wallet.
        periods: After how many it ends by itself.
        period_cap: The most that a period may cost, in the token's smallest units.
        total_cap: The most that all may cost.
        deposit: What is paid in at the start.
        starts_at: When it begins; 0: in the second in which it is mined.

    Raises:
        Refused: What a contract would say to it; the text names the plan or the number.
        TooManyPlans: More than six.
    """
    if len(choices) > MAX_RUNGS:
        raise TooManyPlans()
    chosen = [choice for choice in choices if choice is not None]
    if list(choices[: len(chosen)]) != chosen:
        raise GapInLadder()
    rungs = []
    for plan_id, at_capacity in chosen:
        offer = shelf.offers.get(plan_id)
        if offer is None:
            raise NoSuchPlan(f"The list offers no plan {plan_id}.")
        rungs.append(Rung(plan_id=plan_id, plan=offer.plan, at_capacity=at_capacity))
    ladder = Ladder(
        list_id=shelf.price_list.list_id,
        revision=shelf.price_list.revision,
        meter=meter,
        starts_at=starts_at,
        periods=periods,
        period_cap=period_cap,
        total_cap=total_cap,
        deposit=deposit,
        rungs=tuple(rungs),
    )
    admitted(ladder, shelf, passport_id, wallet)
    return ladder


def admitted(ladder: Ladder, shelf: Shelf, passport_id: int, wallet: str) -> Terms:
    """The terms of an agreement that a customer may open with this ladder, or why not.

    What `Agreements.open` checks, in its order; but whether the wallet has the money.

    Raises:
        Refused: As the contracts would.
    """
    price_list = shelf.price_list
    if not price_list.company_id:
        raise NoSuchList()
    if ladder.revision != price_list.revision:
        raise ListWasChanged()
    _require_meter(ladder, shelf, wallet)
    starts_at = _start(ladder, shelf.now)
    _require_caps(ladder)
    _require_rungs(ladder, shelf, passport_id)
    reach = stop_of(ladder.rungs)
    lowest = min(rung.plan.base_price for rung in ladder.rungs[:reach])
    if ladder.deposit < lowest:
        raise EscrowTooSmall(f"Pay in {lowest} at least, the lowest base price.")
    if ladder.total_cap > MONEY:
        raise TotalCapTooLarge()
    if ladder.deposit > MONEY:
        raise EscrowTooLarge()
    return Terms(
        passport_id=passport_id,
        list_id=ladder.list_id,
        meter=ladder.meter,
        starts_at=starts_at,
        period=price_list.period,
        grace=price_list.grace,
        outage_factor=price_list.outage_factor,
        period_cap=ladder.period_cap,
        reach=reach,
        limit=ladder.rungs[reach - 1].plan.capacity,
        lowest=lowest,
        rungs=ladder.rungs,
    )


def _require_meter(ladder: Ladder, shelf: Shelf, wallet: str) -> None:
    if ladder.meter == checksum(wallet):
        raise OwnMeter()
    operator = shelf.meters.get(ladder.meter, 0)
    if not operator:
        raise UnknownMeter()
    if operator != shelf.price_list.operator_id:
        raise AnothersMeter()


def _start(ladder: Ladder, now: int) -> int:
    starts_at = ladder.starts_at or now
    if starts_at < now:
        raise StartsInThePast()
    if starts_at - now > MAX_START:
        raise StartsTooLate()
    return starts_at


def _require_caps(ladder: Ladder) -> None:
    if not ladder.periods:
        raise NoPeriods()
    if ladder.periods > MAX_PERIODS:
        raise TooManyPeriods()
    if not ladder.period_cap:
        raise NoCap()
    if ladder.total_cap < ladder.period_cap:
        raise TotalCapTooSmall()


def _require_rungs(ladder: Ladder, shelf: Shelf, passport_id: int) -> None:
    below, has_stopped = 0, False
    for rung in ladder.rungs:
        if rung.plan.capacity <= below:
            raise LadderMustRise(
                f"Plan {rung.plan_id} covers {rung.plan.capacity} units: no more than the"
                f" {below} of the plan before it."
            )
        below = rung.plan.capacity
        _require_offered(rung, shelf, passport_id)
        if not has_stopped and ladder.period_cap < rung.plan.base_price:
            raise CapBelowBase(
                f"Plan {rung.plan_id} has a base price of {rung.plan.base_price}: above the cap of"
                f" {ladder.period_cap}."
            )
        has_stopped = has_stopped or rung.stops
    if not ladder.rungs:
        raise EmptyLadder()
    if not ladder.rungs[-1].stops:
        raise LadderWithoutEnd()


def _require_offered(rung: Rung, shelf: Shelf, passport_id: int) -> None:
    offer = shelf.offers.get(rung.plan_id)
    if offer is None:
        raise NoSuchPlan(f"The list offers no plan {rung.plan_id}.")
    if offer.plan != rung.plan:
        raise OtherPlanTerms(f"The list offers plan {rung.plan_id} on other terms: read it again.")
    if not offer.is_for(passport_id):
        raise AnothersPlan(f"Plan {rung.plan_id} was made for somebody else.")
    if offer.passport_id and passport_id not in shelf.allowing:
        raise OptimisingNotAllowed()


__all__ = ["Choice", "admitted", "build"]
