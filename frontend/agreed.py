"""Service contracts turned into what a member reads: what `present` is for the rest of the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from enum import Enum, auto

from babel import numbers

from cercle.agreements import Rung, Terms
from cercle.agreements.advice import PlanAdvice
from cercle.agreements.course import WARNING
from cercle.agreements.findings import Checked, ClosedPeriod, Receipt
from cercle.agreements.purse import EXACT, Purse
from cercle.agreements.tariff import next_switch, price_on, quote, reach_for
from cercle.content import PriceListDocument, Text

from . import i18n
from .agreeing import Contract, Wording
from .i18n import _, ngettext
from .services import Shown
from .states import plain

QUOTES = str.maketrans(dict.fromkeys('“”„‟«»"', "'"))  # a name ends where our quotes end
LONGEST = 60  # characters of a name that are shown
MUCH = 240  # of what it says of itself
SHORT = 16  # characters of a unit that people read, as in GB


class State(Enum):
    """Where a contract stands, in the order in which it needs its customer."""

    STOPPED = auto()
    NEAR = auto()  # warned: not much is left until it stops
    SERVED = auto()
    WAITING = auto()  # it has not begun
    OVER = auto()


class Stop(Enum):
    """Why nothing is served."""

    LIMIT = auto()  # the units that were agreed are used up
    CAP = auto()  # the most that a period may cost is reached
    MONEY = auto()  # what was paid in does not hold it
    TOTAL = auto()  # the most that all may cost is nearly reached


@dataclass(frozen=True)
class Words:
    """How a list's use and money are said; all of it raw, for whoever shows it to escape."""

    wording: Wording
    purse: Purse

    # ---- names ----

    @property
    def name(self) -> str:
        """What the list is called."""
        return heading(self.wording.price_list)

    @property
    def provider(self) -> str:
        """Who serves; empty where that text is not here."""
        text = self.wording.price_list.document
        return _cut(text.provider, LONGEST) if text else ""

    @property
    def description(self) -> str:
        """What is served, in a sentence or two: the figures come first."""
        text = self.wording.price_list.document
        return _cut(text.description.in_language(i18n.language()), MUCH) if text else ""

    def plan(self, plan_id: int) -> str:
        """What a plan is called."""
        shown = self.wording.plans.get(plan_id)
        if shown is None or shown.document is None:
            return _("Plan {n}").format(n=i18n.number(plan_id))
        return _called(shown.document.name)

    # ---- figures ----

    @property
    def _unit(self) -> str:
        """The larger unit, where it is one; it stands behind figures, so it holds none."""
        text = self.wording.price_list.document
        unit = text.shown_as.in_language(i18n.language()) if text else ""
        is_one = len(unit) <= SHORT and not any(one.isdecimal() for one in unit)
        return unit.translate(QUOTES) if is_one else ""

    @property
    def shown_as(self) -> str:
        """The unit in which people read use."""
        return self._unit or _("units")

    @property
    def per_shown(self) -> int:
        """How many of the meter's units one of those holds."""
        text = self.wording.price_list.document
        return text.per_shown if text and self._unit else 1

    def use(self, units: int) -> str:
        """So much use."""
        return f"{i18n.amount(Decimal(units) / self.per_shown)}\u00a0{self.shown_as}"

    def money(self, units: int) -> str:
        """So much money, to the cent and finer only where it is; something is never nothing."""
        amount = self.purse.amount(units)
        fixed = "00" if self.purse.decimals >= 2 else ""
        finer = max(6, -amount.adjusted()) if amount else 0
        with localcontext(EXACT):
            written = numbers.format_decimal(
                amount, format=f"#,##0.{fixed}{'#' * finer}", locale=i18n.locale()
            )
        unit = self.purse.symbol or _("units")
        return f"{written}\u00a0{unit}"


def heading(text: Shown[PriceListDocument]) -> str:
    """What a list is called; raw."""
    return _called(text.document.name) if text.document else _("Service contract")


def _called(name: Text) -> str:
    return _cut(name.in_language(i18n.language()).translate(QUOTES), LONGEST)


def _cut(told: str, longest: int) -> str:
    return told if len(told) <= longest else told[: longest - 1].rstrip() + "…"


def apart(names: Mapping[int, str]) -> dict[int, str]:
    """Names that can be told from each other: a widget takes two alike for one."""
    numbered = {
        n: _("{name} no. {n}").format(name=name, n=i18n.number(n)) for n, name in names.items()
    }
    told = list(names.values())
    found = {n: numbered[n] if told.count(name) > 1 else name for n, name in names.items()}
    return found if len(set(found.values())) == len(found) else numbered


def moment(seconds: int) -> datetime:
    """The chain's seconds as a moment."""
    return datetime.fromtimestamp(seconds, UTC)


def words(contract: Contract) -> Words:
    """How this contract speaks."""
    return Words(contract.wording, contract.purse)


# ---- where it stands -----------------------------------------------------------------


def state(contract: Contract) -> State:
    """Where it stands now."""
    view = contract.view
    if view.now < view.terms.starts_at:
        return State.WAITING
    if view.now >= view.standing.ends_at or view.account.has_left:
        return State.OVER
    if not view.is_entitled:
        return State.STOPPED
    return State.NEAR if view.standing.percent >= WARNING else State.SERVED


def why_stopped(contract: Contract) -> Stop:
    """What keeps it from being served, of a contract that has stopped."""
    found, lowest = contract.view.standing, contract.view.current.lowest
    funds = min(found.escrow, found.left)
    is_late = found.open_period < found.period  # the period before may still be read
    needed = found.net + lowest if is_late else max(found.net, lowest)
    if not is_late and found.use >= found.limit:
        return Stop.LIMIT
    if needed > funds:
        return Stop.TOTAL if found.left < found.escrow else Stop.MONEY
    return Stop.CAP


def is_reading_open(contract: Contract) -> bool:
    """Whether the period that runs is the one whose readings count."""
    return contract.view.standing.open_period == contract.view.standing.period


def is_last(contract: Contract) -> bool:
    """Whether it ends with the period that runs."""
    view = contract.view
    return view.standing.ends_at <= view.standing.period_ends_at


def resumes_at(contract: Contract) -> datetime | None:
    """When a contract that has stopped is served again by itself; None: it is not."""
    view = contract.view
    found, lowest = view.standing, view.current.lowest
    if is_last(contract):
        return None
    spent = min(found.net, found.escrow, found.left)
    if min(found.escrow, found.left) - spent < lowest:
        return None
    return moment(found.period_ends_at)


def missing(contract: Contract) -> int:
    """How much must be paid in for the period that runs, at the price it has now."""
    found, lowest = contract.view.standing, contract.view.current.lowest
    needed = found.net + lowest if not is_reading_open(contract) else max(found.net, lowest)
    return max(needed - found.escrow, 0)


def paid_until(contract: Contract) -> datetime | None:
    """Until when it is paid for if nothing more is used; None: not beyond this period."""
    view = contract.view
    lowest = view.current.lowest
    last = view.standing.ends_at
    if not lowest:
        return moment(last)
    funds = min(view.standing.escrow, view.standing.left) - view.standing.net
    if funds < 0:
        return None
    periods = view.standing.open_period + 1 + funds // lowest
    return moment(min(view.terms.begins(periods), last))


# ---- sentences -----------------------------------------------------------------------


def headline(contract: Contract, say: Words) -> str:
    """In one sentence: served or not, how much is used, what comes."""
    view, found = contract.view, contract.view.standing
    now = moment(view.now)
    where = state(contract)
    if where is State.WAITING:
        starts = moment(view.terms.starts_at) or now
        return _("It begins {when}.").format(when=i18n.relative(starts, now))
    if where is State.OVER:
        ends = moment(found.ends_at) or now
        return _("It ended on {date}.").format(date=i18n.day(ends))
    if where is State.STOPPED:
        return stopped(contract, say)
    if not is_reading_open(contract):
        return _("You are served. Nothing has been read in this period yet.")
    told = _("You are served: {use} of {limit} are used.")
    return told.format(use=say.use(found.use), limit=say.use(found.limit))


def stopped(contract: Contract, say: Words) -> str:
    """Why it stopped, and what lets it go on."""
    found = contract.view.standing
    now = moment(contract.view.now)
    reason = {
        Stop.LIMIT: _("Stopped at your limit of {limit}."),
        Stop.CAP: _("Stopped: this period would cost more than the {cap} that you allowed."),
        Stop.MONEY: _("Stopped: what you paid in does not hold this period any more."),
        Stop.TOTAL: _("Stopped: the most that this contract may cost in all is reached."),
    }[why_stopped(contract)].format(limit=say.use(found.limit), cap=say.money(found.cap))
    again = resumes_at(contract)
    if again is None:
        return reason
    return f"{reason} " + _("It goes on by itself {when}.").format(when=i18n.relative(again, now))


def next_plan(contract: Contract, say: Words) -> str:
    """What happens when more is used, and what it costs then."""
    view, found = contract.view, contract.view.standing
    rungs = view.current.rungs
    change = next_switch(rungs, found.use, found.limit, reach_for(rungs, found.limit))
    if change is None:
        told = _("Beyond {limit} it stops: nothing more is charged unless you say so.")
        return told.format(limit=say.use(found.limit))
    use, place = change
    plan = rungs[place].plan
    told = _(
        "From {use} on it is on “{plan}”: {base} a period, {included} included, then {price} for "
        "each {unit} more. That is then the cheapest of your plans."
    )
    return told.format(
        use=say.use(use),
        plan=say.plan(rungs[place].plan_id),
        base=say.money(plan.base_price),
        included=say.use(plan.included),
        price=say.money(plan.unit_price * say.per_shown),
        unit=say.shown_as,
    )


def ladder(contract: Contract, say: Words) -> str:
    """The plans in their order, with where each ends and what happens there."""
    found, steps = contract.view.standing, []
    for rung in contract.view.current.rungs:
        use = say.use(rung.plan.capacity)
        if rung.plan.capacity < found.limit:
            told = _("“{plan}” up to {use}")
        elif rung.plan.capacity == found.limit:
            told = _("“{plan}” up to {use}, where it stops")
        else:
            told = _("“{plan}” up to {use}, only if you say so")
        steps.append(told.format(plan=say.plan(rung.plan_id), use=use))
    return " · ".join(steps)


def period(terms: Terms, number: int) -> str:
    """A period, by its days."""
    first, last = moment(terms.begins(number)), moment(terms.begins(number + 1) - 1)
    return _("{first} to {last}").format(first=i18n.day(first), last=i18n.day(last))


def left(until: int, now: int) -> str:
    """How much time is left, as people say it."""
    return i18n.duration(timedelta(seconds=max(until - now, 0)))


def lessened(found: ClosedPeriod, say: Words) -> str:
    """What a period cost, and what was taken off it."""
    if not found.credit:
        return say.money(found.charge)
    told = _("{charge} ({price} less {credit} for the outage)")
    return told.format(
        charge=say.money(found.charge), price=say.money(found.price), credit=say.money(found.credit)
    )


def counterfactual(price: int, less_use: int, less_price: int, use: int, say: Words) -> str | None:
    """What less use would have cost, where that is less."""
    if less_price >= price or use <= less_use:
        return None
    return _("With {less} less it would cost {price}, that is {saved} less.").format(
        less=say.use(use - less_use),
        price=say.money(less_price),
        saved=say.money(price - less_price),
    )


def advice(found: PlanAdvice, say: Words) -> str:
    """Whether another plan would have been better, in words."""
    count = len(found.uses)
    if not count:
        return _("No period is over yet: there is nothing to compare.")
    over = ngettext("Over {n} period", "Over the last {n} periods", count).format(
        n=i18n.number(count)
    )
    best = found.best
    if best is None or best.total is None:
        told = _("{over} no plan alone would have covered all that you used.")
        return told.format(over=over)
    if found.saving:
        told = _(
            "{over} “{plan}” alone would have cost {total} at today's prices: {saved} less than "
            "your contract."
        )
        return told.format(
            over=over,
            plan=say.plan(best.plan_id),
            total=say.money(best.total),
            saved=say.money(found.saving),
        )
    told = _(
        "{over} your contract cost {price}. The best plan alone would have cost {total} at today's "
        "prices."
    )
    return told.format(over=over, price=say.money(found.price), total=say.money(best.total))


def prices(contract: Contract, say: Words) -> list[dict[str, str]]:
    """What the use so far costs on each plan of the ladder: a row a plan; raw."""
    found, rungs = contract.view.standing, contract.view.current.rungs
    use = min(found.use, found.limit)
    costs = [price_on(rung.plan, use) if rung.plan.capacity >= use else None for rung in rungs]
    return _on_plans(rungs, costs, rungs[found.rung].plan_id, say)


def less(contract: Contract, say: Words) -> str | None:
    """What less use would have cost in the period that runs."""
    found, rungs = contract.view.standing, contract.view.current.rungs
    reach = reach_for(rungs, found.limit)
    use = min(found.use, found.limit)
    told = quote(rungs, use, reach)
    return counterfactual(told.price, told.less_use, told.less_price, use, say)


def explained(closed: ClosedPeriod, checked: Checked, say: Words) -> list[dict[str, str]]:
    """What a period that is over would have cost on each plan of the ladder; raw."""
    told = _last_of(closed, checked)
    rungs = checked.terms.rungs
    if told is None:
        costs: list[int | None] = [price_on(rung.plan, 0) for rung in rungs]
        counts = min(rungs[: checked.terms.reach], key=lambda rung: rung.plan.base_price).plan_id
        return _on_plans(rungs, costs, counts, say)
    return _on_plans(rungs, told.prices, told.plan_id, say)


def reasons(closed: ClosedPeriod, checked: Checked, say: Words) -> list[str]:
    """Why a period cost what it cost, a sentence each; raw."""
    told, found = _last_of(closed, checked), []
    if told is None:
        found.append(_("Nothing was read in it: it costs what no use costs."))
    else:
        found.append(
            _("The cheapest of your plans that covers {use} counted: “{plan}”.").format(
                use=say.use(closed.use), plan=say.plan(told.plan_id)
            )
        )
        less = counterfactual(told.price, told.less_use, told.less_price, closed.use, say)
        found += [less] if less else []
    if closed.credit:
        found.append(
            _("{credit} were taken off for the time without service.").format(
                credit=say.money(closed.credit)
            )
        )
    if closed.charge < closed.price - closed.credit:
        found.append(
            _("{charge} were charged: no more was paid in for it.").format(
                charge=say.money(closed.charge)
            )
        )
    return found


def escaped(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows for a table of Markdown."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def _last_of(closed: ClosedPeriod, checked: Checked) -> Receipt | None:
    """The reading by which a period was charged; None: nothing was read in it."""
    own = [one for one in checked.receipts if one.period == closed.number]
    return own[-1] if own else None


def _on_plans(
    rungs: Sequence[Rung], costs: Sequence[int | None], counts: int, say: Words
) -> list[dict[str, str]]:
    return [
        {
            _("Plan"): say.plan(rung.plan_id),
            _("Up to"): say.use(rung.plan.capacity),
            _("This use costs"): say.money(cost) if cost is not None else _("not covered"),
            _("Counts"): _("yes") if rung.plan_id == counts else "",
        }
        for rung, cost in zip(rungs, costs, strict=False)
    ]


__all__ = [
    "State",
    "Stop",
    "Words",
    "advice",
    "apart",
    "counterfactual",
    "escaped",
    "explained",
    "heading",
    "headline",
    "is_last",
    "is_reading_open",
    "ladder",
    "left",
    "less",
    "lessened",
    "missing",
    "moment",
    "next_plan",
    "paid_until",
    "period",
    "prices",
    "reasons",
    "resumes_at",
    "state",
    "stopped",
    "why_stopped",
    "words",
]
