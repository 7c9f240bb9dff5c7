"""How an agreement runs, by its terms, by what was read and by the clock: the contract's own steps.

`standing` says what `Tariff.standing` does, at any second that one names.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..limits import MAX_PERIODS
from .models import Account, GoingOn, Quote, Standing, Terms
from .tariff import part_priced, priced, reach_for

WARNING = 80  # percent of the limit, or of the cap: from then on a customer is warned
_WHOLE = 10_000
_MINUTE = 60


@dataclass(frozen=True)
class Bounds:
    """How far a period may go."""

    reach: int  # rungs that may be climbed
    limit: int  # units at which it stops
    cap: int


@dataclass(frozen=True)
class Closing:
    """What was closed: a period, those without a reading after it, and one that was left."""

    period: int
    use: int
    price: int
    credit: int
    charge: int
    silent: int = 0
    silent_charge: int = 0
    part: int | None = None  # of the last one, if its customer left in it

    @property
    def earned(self) -> int:
        """What of it is the provider's."""
        return self.charge + self.silent_charge + (self.part or 0)


# ---- the clock ----------------------------------------------------------------------


def now_in(terms: Terms, now: int) -> int:
    """The period that runs."""
    return max(0, now - terms.starts_at) // terms.period


def first_open(terms: Terms, now: int) -> int:
    """The first period whose readings still count in it."""
    return max(0, now - terms.starts_at - terms.grace) // terms.period


def dated_in(terms: Terms, read_at: int) -> int:
    """The period whose use a reading tells: at the second in which one ends, that one."""
    return max(0, read_at - terms.starts_at - 1) // terms.period


# ---- prices ---------------------------------------------------------------------------


def bounds_of(terms: Terms, period: int, going: GoingOn) -> Bounds:
    """How far a period may go: to the ladder's first stop, or as the customer said since."""
    if going.limit and going.period == period:
        return Bounds(reach_for(terms.rungs, going.limit), going.limit, going.period_cap)
    return Bounds(terms.reach, terms.limit, terms.period_cap)


def credit_of(terms: Terms, price: int, outage: int) -> int:
    """What so many minutes without service are worth, by the list's rule."""
    lost = outage * _MINUTE * terms.outage_factor
    return min(price, price * lost // (terms.period * _WHOLE))


def priced_account(terms: Terms, account: Account, bounds: Bounds) -> tuple[Account, Quote]:
    """The account with the price of what was used so far, and where that leaves it."""
    quote = priced(terms.rungs, bounds.reach, min(account.use, bounds.limit))
    price = min(quote.price, bounds.cap)
    net = price - credit_of(terms, price, account.outage)
    is_stopped = (
        account.use >= bounds.limit
        or quote.price > bounds.cap
        or max(net, terms.lowest) > min(account.escrow, account.left)
    )
    changes = {"price": price, "rung": quote.rung, "is_stopped": is_stopped}
    return account.model_copy(update=changes), quote


def price_at_end(terms: Terms, account: Account, going: GoingOn) -> int:
    """The open period's price when it closes: in part, if the customer left in it."""
    if not account.has_left or account.period + 1 != account.periods:
        return account.price
    bounds = bounds_of(terms, account.period, going)
    elapsed = going.left_at - terms.begins(account.period)
    use = min(account.use, bounds.limit)
    return min(part_priced(terms.rungs, bounds.reach, use, elapsed, terms.period), bounds.cap)


# ---- the course ---------------------------------------------------------------------------


def closed(
    terms: Terms, account: Account, going: GoingOn, target: int
) -> tuple[Account, Closing | None]:
    """The account once all periods before `target` are closed, and what they cost.

    Periods without a reading cost the same each, while the escrow lasts; what could not be paid
    for while it ran was not served, and costs nothing.
    """
    if target <= account.period or account.period >= account.periods:
        return account, None
    until = min(target, account.periods)
    price = price_at_end(terms, account, going)
    credit = credit_of(terms, price, account.outage)
    charge = _charge(account, price - credit)
    silent = until - account.period - 1
    has_part = account.has_left and until == account.periods and silent != 0
    silent -= has_part
    paid = max(account.funded - account.period - 1, 0)
    silent_charge = min(paid, silent) * terms.lowest
    after = _spent(account, charge + silent_charge, use=0, outage=0)
    part = None
    if has_part:
        after = after.model_copy(update={"period": account.periods - 1})
        part = _charge(after, price_at_end(terms, after, going))
        after = _spent(after, part)
    told = Closing(account.period, account.use, price, credit, charge, silent, silent_charge, part)
    fresh = {"period": until, "price": terms.lowest}
    flags = dict.fromkeys(("is_warned", "is_stopped", "has_gone_on"), False)
    return after.model_copy(update=fresh | flags), told


def funded(terms: Terms, account: Account) -> int:
    """How many periods, from the first, the escrow pays for if nothing more is used."""
    if account.period >= account.periods:
        return 0
    if not terms.lowest:
        return MAX_PERIODS
    funds = min(account.escrow, account.left)
    if funds < terms.lowest:
        return account.period
    net = account.price - credit_of(terms, account.price, account.outage)
    return min(account.period + 1 + max(funds - net, 0) // terms.lowest, MAX_PERIODS)


def is_entitled(terms: Terms, account: Account, now: int) -> bool:
    """Whether the customer is to be served at a moment."""
    runs = now_in(terms, now)
    if now < terms.starts_at or runs >= account.periods or account.has_left:
        return False
    if runs == account.period:
        return not account.is_stopped
    return runs < funded(terms, account)


def standing(terms: Terms, account: Account, going: GoingOn, now: int) -> Standing:
    """How an agreement stands at a moment, whether or not anybody had it written down.

    Args:
        terms: Its terms, as the price list improved them.
        account: Its book.
        going: How far its customer went on.
        now: Unix time.
    """
    account = synced(terms, account, going, now)
    bounds = bounds_of(terms, account.period, going)
    if account.period < account.periods:
        account, _ = priced_account(terms, account, bounds)
    runs = now_in(terms, now)
    price = price_at_end(terms, account, going)
    capacity = terms.rungs[account.rung].plan.capacity
    return Standing(
        is_entitled=is_entitled(terms, account, now),
        period=runs,
        period_ends_at=terms.begins(runs + 1),
        ends_at=going.left_at if account.has_left else terms.begins(account.periods),
        use=account.use,
        open_period=account.period,
        limit=bounds.limit,
        cap=bounds.cap,
        rung=account.rung,
        next_use=capacity if capacity < bounds.limit else 0,
        price=price,
        credit=credit_of(terms, price, account.outage),
        escrow=account.escrow,
        left=account.left,
        percent=_percent(terms, account, bounds),
    )


def synced(terms: Terms, account: Account, going: GoingOn, now: int) -> Account:
    """The book as whoever writes it down at a moment finds it: what is over is closed."""
    if account.period < account.periods:
        account, _ = priced_account(terms, account, bounds_of(terms, account.period, going))
    target = first_open(terms, now)
    if account.funded <= max(target, account.period):
        target = max(target, now_in(terms, now))  # what is not paid for closes when it is over
    return closed(terms, account, going, target)[0]


def withdrawable(terms: Terms, account: Account, going: GoingOn, now: int) -> int:
    """What the customer may take back at a moment: what no cap of an open period binds."""
    account = synced(terms, account, going, now)
    bound = 0
    if account.period < account.periods and now >= terms.starts_at:
        last = min(now_in(terms, now), account.periods - 1)
        bound = bounds_of(terms, account.period, going).cap
        bound += terms.period_cap * (last - account.period)
    return max(account.escrow - min(bound, account.left), 0)


def _percent(terms: Terms, account: Account, bounds: Bounds) -> int:
    """How much of what was agreed is used: of the limit, or of the cap where use is what costs."""
    percent = min(account.use, bounds.limit) * 100 // bounds.limit
    if account.price > terms.rungs[account.rung].plan.base_price:
        percent = max(percent, account.price * 100 // bounds.cap)
    return percent


def _charge(account: Account, net: int) -> int:
    funds = min(account.escrow, account.left)
    return min(net, funds) if account.period < account.funded else 0


def _spent(account: Account, amount: int, **changes: int) -> Account:
    money = {"escrow": account.escrow - amount, "left": account.left - amount}
    return account.model_copy(update=money | changes)


__all__ = [
    "WARNING",
    "Bounds",
    "Closing",
    "bounds_of",
    "closed",
    "credit_of",
    "dated_in",
    "first_open",
    "funded",
    "is_entitled",
    "now_in",
    "price_at_end",
    "priced_account",
    "standing",
    "synced",
    "withdrawable",
]
