"""Choosing plans: what each would cost me, a ladder to begin with, and what I would sign, in words.

Whether a ladder may be signed is `cercle.agreements.ladder`'s to say: nothing here repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cercle.agreements import AtCapacity, Ladder, Rung, Terms
from cercle.agreements.advice import PlanAdvice, advise_on
from cercle.agreements.findings import ClosedPeriod
from cercle.agreements.ladder import admitted, build
from cercle.agreements.lists import Offer
from cercle.agreements.tariff import price_on, priced, stop_of
from cercle.limits import MAX_PERIODS, MAX_RUNGS
from cercle.models import Card

from . import agreed, i18n
from .agreed import Words
from .agreeing import Offered
from .i18n import _, ngettext

PERIODS = 12  # that a contract lasts unless its customer says otherwise
CUSHION = 2  # periods that are paid in at first, at what they are likely to cost


@dataclass(frozen=True)
class Draft:
    """What a member put together; money in smallest units, plans by their numbers."""

    plans: tuple[int, ...]
    stop: int  # the plan at whose capacity it stops
    period_cap: int
    total_cap: int
    periods: int
    deposit: int
    starts_at: int = 0


@dataclass(frozen=True)
class Row:
    """One plan beside the others."""

    offer: Offer
    total: int | None  # over the periods that are compared; None: it does not cover one of them
    is_best: bool


# ---- comparing ------------------------------------------------------------------------------


def imagined(use: int) -> tuple[ClosedPeriod, ...]:
    """A period of so much use, for who has none of their own yet."""
    return (ClosedPeriod(number=0, use=use, price=0, credit=0, charge=0, tx_hash="0x" + "00" * 32),)


def compared(
    periods: Sequence[ClosedPeriod], offers: Sequence[Offer]
) -> tuple[PlanAdvice, tuple[Row, ...]]:
    """What those periods would have cost on each plan, in the order of the plans' capacities."""
    found = advise_on(periods, offers)
    totals = {one.plan_id: one.total for one in found.plans}
    best = found.best.plan_id if found.best else None
    rows = [Row(one, totals[one.plan_id], one.plan_id == best) for one in ranked(offers)]
    return found, tuple(rows)


def ranked(offers: Sequence[Offer]) -> list[Offer]:
    """By what they cover, the cheaper base first."""
    return sorted(offers, key=lambda one: (one.plan.capacity, one.plan.base_price, one.plan_id))


# ---- a ladder to begin with -------------------------------------------------------------------


def rising(offers: Sequence[Offer], uses: Sequence[int] = ()) -> list[Offer]:
    """Plans whose capacities rise, six at most; of several as large the one that costs least.

    Args:
        offers: What the member may have.
        uses: Of their periods: what they cost tells plans that are as large apart, and those that
            cost least for one of them are kept where there are too many.
    """
    best: dict[int, Offer] = {}
    for one in ranked(offers):
        known = best.setdefault(one.plan.capacity, one)
        if _cost(one, uses) < _cost(known, uses):
            best[one.plan.capacity] = one
    found = [best[capacity] for capacity in sorted(best)]
    if len(found) <= MAX_RUNGS:
        return found
    kept = [found[-1], *(_cheapest(found, use) for use in reversed(uses)), *found]
    numbers = list(dict.fromkeys(one.plan_id for one in kept))[:MAX_RUNGS]
    return [one for one in found if one.plan_id in numbers]


def _cost(offer: Offer, uses: Sequence[int]) -> int:
    return sum(price_on(offer.plan, min(use, offer.plan.capacity)) for use in uses)


def _cheapest(offers: Sequence[Offer], use: int) -> Offer:
    """The plan on which so much costs least; the largest, if none covers it."""
    covering = [one for one in offers if one.plan.capacity >= use]
    return min(covering, key=lambda one: price_on(one.plan, use), default=offers[-1])


def proposed(offers: Sequence[Offer], uses: Sequence[int]) -> Draft:
    """A ladder that suits: all plans in their order, stopping where what was used costs least.

    A plan that just covers the most that was used may be far dearer than the next one.

    Args:
        offers: What the member may have; at least one.
        uses: What they used in each of their periods, in units.
    """
    plans = tuple(one.plan_id for one in rising(offers, uses))
    rungs = rungs_of(offers, plans, plans[-1])
    covering = [n for n, one in enumerate(rungs, 1) if one.plan.capacity >= max(uses, default=0)]
    reach = min(
        covering,
        key=lambda n: sum(priced(rungs, n, use).price for use in uses),
        default=len(rungs),
    )
    return capped(offers, plans, plans[reach - 1], PERIODS, uses)


def capped(
    offers: Sequence[Offer],
    plans: Sequence[int],
    stop: int,
    periods: int,
    uses: Sequence[int] = (),
) -> Draft:
    """The same with caps that let the ladder be used up to its stop, and money for a while.

    Args:
        offers: What the member may have.
        plans: Those of them that may count.
        stop: The plan at whose capacity it stops.
        periods: After how many it ends.
        uses: Of their periods: the dearest is what a period is taken to cost.
    """
    rungs = rungs_of(offers, plans, stop)
    reach = stop_of(rungs)
    cap = max(
        priced(rungs, reach, rungs[reach - 1].plan.capacity).price,
        *(rung.plan.base_price for rung in rungs[:reach]),
    )
    lowest = min(rung.plan.base_price for rung in rungs[:reach])
    most = rungs[reach - 1].plan.capacity
    costs = [priced(rungs, reach, min(use, most)).price for use in uses]
    likely = max(lowest, *costs) if costs else lowest
    periods = min(max(periods, 1), MAX_PERIODS)
    return Draft(
        plans=tuple(rung.plan_id for rung in rungs),
        stop=stop,
        period_cap=cap,
        total_cap=cap * periods,
        periods=periods,
        deposit=min(CUSHION * likely, cap * periods) or cap,
    )


def rungs_of(offers: Sequence[Offer], plans: Sequence[int], stop: int) -> tuple[Rung, ...]:
    """The plans as a ladder: it stops at one of them; those behind are for going on."""
    by_number = {one.plan_id: one for one in offers}
    chosen = ranked([by_number[number] for number in plans if number in by_number])
    place = next((i for i, one in enumerate(chosen) if one.plan_id == stop), len(chosen) - 1)
    return tuple(
        Rung(
            plan_id=one.plan_id,
            plan=one.plan,
            at_capacity=AtCapacity.SWITCH if i < place else AtCapacity.STOP,
        )
        for i, one in enumerate(chosen)
    )


def made(draft: Draft, offered: Offered, card: Card) -> tuple[Ladder, Terms]:
    """What would be signed.

    Raises:
        Refused: The contracts would not take it; the error says why.
        TooManyPlans: More than six.
    """
    shelf = offered.shelf
    offers = shelf.offers_for(card.passport_id)
    rungs = rungs_of(offers, draft.plans, draft.stop)
    ladder = build(
        shelf,
        [(rung.plan_id, rung.at_capacity) for rung in rungs],
        meter=offered.meters[0],
        passport_id=card.passport_id,
        wallet=card.main_wallet or card.account,
        periods=draft.periods,
        period_cap=draft.period_cap,
        total_cap=draft.total_cap,
        deposit=draft.deposit,
        starts_at=draft.starts_at,
    )
    return ladder, admitted(ladder, shelf, card.passport_id, card.main_wallet or card.account)


# ---- what is signed, in words ------------------------------------------------------------------


def summary(ladder: Ladder, terms: Terms, say: Words) -> list[str]:
    """What a member agrees to, a sentence each; raw."""
    told = [_plans(ladder, terms, say), _caps(ladder, terms, say)]
    told.append(
        _("You pay in {deposit} now. When that is used up it stops, until you pay in more.").format(
            deposit=say.money(ladder.deposit)
        )
    )
    starts = agreed.moment(terms.starts_at)
    ends = agreed.moment(terms.begins(ladder.periods))
    lasts = _("It begins now and ends by itself on {end}; you may end it with any period before.")
    if ladder.starts_at:
        lasts = _(
            "It begins on {start} and ends by itself on {end}; you may end it with any period "
            "before."
        )
    told.append(lasts.format(start=i18n.day(starts), end=i18n.day(ends)))
    told.append(_("Nobody can raise these prices for you; if they fall, yours fall too."))
    return told


def _plans(ladder: Ladder, terms: Terms, say: Words) -> str:
    steps = [
        _("“{plan}” up to {use}").format(
            plan=say.plan(rung.plan_id), use=say.use(rung.plan.capacity)
        )
        for rung in ladder.rungs[: terms.reach]
    ]
    told = ngettext(
        "One plan counts, {plans}; there it stops.",
        "Each period the cheapest counts of {plans}; there it stops.",
        len(steps),
    ).format(plans=i18n.enumeration(steps))
    if len(ladder.rungs) == terms.reach:
        return told
    most = say.use(ladder.rungs[-1].plan.capacity)
    return f"{told} " + _("Beyond that only if you say so, up to {use}.").format(use=most)


def _caps(ladder: Ladder, terms: Terms, say: Words) -> str:
    told = _("A period of {days} costs {least} at least and {most} at most.").format(
        days=agreed.left(terms.period, 0),
        least=say.money(terms.lowest),
        most=say.money(ladder.period_cap),
    )
    if ladder.periods == 1:
        return told
    return f"{told} " + _("All {n} of them cost {total} at most.").format(
        n=i18n.number(ladder.periods), total=say.money(ladder.total_cap)
    )


__all__ = [
    "Draft",
    "Row",
    "capped",
    "compared",
    "imagined",
    "made",
    "proposed",
    "ranked",
    "rising",
    "rungs_of",
    "summary",
]
