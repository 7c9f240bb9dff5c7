# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Course
@custom:contract-name course
@license AGPL-3.0-only
@author The Cercle authors
@notice How an agreement runs: by its terms, by what was read and by the clock, and by nothing else.
@dev A module without storage: what bills is what previews.

     Two periods are open at most: the one that runs, and the one before while its grace lasts. A
     reading dated in the new one shows that the old one is read. A period without a reading costs
     what no use costs. One that the escrow could not pay for was not served, and costs nothing.
"""

from ..common import limits
from ..interfaces import IAgreements
from ..interfaces import ITariff
from . import tariff


# ---- constants ------------------------------------------------------------------

_WHOLE: constant(uint256) = 10_000
_MINUTE: constant(uint256) = 60
WARNING: constant(uint256) = 80  # percent


# ---- structs --------------------------------------------------------------------

struct Bounds:
    reach: uint256  # rungs that may be climbed
    limit: uint256  # units at which it stops
    cap: uint256  # of the period


struct Closing:
    is_due: bool  # a period was closed
    period: uint256
    use: uint256
    price: uint256
    credit: uint256
    charge: uint256
    silent: uint256  # whole periods without a reading that were closed after it
    silent_charge: uint256
    has_part: bool  # and then the last one, which was left before its end
    part: uint256


# ---- internal: the clock --------------------------------------------------------------

@internal
@view
def _now_in(terms: IAgreements.Terms) -> uint256:
    """
    @dev The period that runs.
    """
    if block.timestamp < terms.starts_at:
        return 0
    return (block.timestamp - terms.starts_at) // terms.period


@internal
@view
def _first_open(terms: IAgreements.Terms) -> uint256:
    """
    @dev The first period whose readings still count in it.
    """
    begins: uint256 = terms.starts_at + terms.grace
    if block.timestamp < begins:
        return 0
    return (block.timestamp - begins) // terms.period


@internal
@pure
def _dated_in(terms: IAgreements.Terms, read_at: uint256) -> uint256:
    """
    @dev The period whose use a reading tells. What is read in the second in which one period ends
         and the next begins was used in the first.
    """
    if read_at == terms.starts_at:
        return 0
    return (read_at - terms.starts_at - 1) // terms.period


# ---- internal: prices -------------------------------------------------------------------

@internal
@pure
def _bounds(terms: IAgreements.Terms, period: uint256, going: IAgreements.GoingOn) -> Bounds:
    """
    @dev How far a period may go: to the ladder's first stop, or as the customer said since.
    """
    if going.limit != 0 and going.period == period:
        return Bounds(
            reach=tariff._reach_for(terms.rungs, going.limit),
            limit=going.limit,
            cap=going.period_cap,
        )
    return Bounds(reach=terms.reach, limit=terms.limit, cap=terms.period_cap)


@internal
@pure
def _reaches(terms: IAgreements.Terms, limit: uint256) -> bool:
    return tariff._reach_for(terms.rungs, limit) != 0


@internal
@pure
def _credit(terms: IAgreements.Terms, price: uint256, outage: uint256) -> uint256:
    """
    @dev For so many minutes without service, by the list's rule.
    """
    lost: uint256 = outage * _MINUTE * terms.outage_factor
    return min(price, price * lost // (terms.period * _WHOLE))


@internal
@pure
def _charge(account: IAgreements.Account, net: uint256) -> uint256:
    """
    @dev What of a price, net of credit, the escrow pays for the open period. Whether it was paid for
         was written down while it ran: money and prices of later change nothing.
    """
    funds: uint256 = min(account.escrow, account.left)
    return min(net, funds) if account.period < account.funded else 0


@internal
@pure
def _price_at_end(
    terms: IAgreements.Terms, account: IAgreements.Account, going: IAgreements.GoingOn
) -> uint256:
    """
    @dev The open period's price when it closes: in part, if the customer left in it.
    """
    if not account.has_left or account.period + 1 != account.periods:
        return account.price
    bounds: Bounds = self._bounds(terms, account.period, going)
    begins: uint256 = terms.starts_at + account.period * terms.period
    price: uint256 = tariff._price_of_part(
        terms.rungs,
        bounds.reach,
        min(account.use, bounds.limit),
        going.left_at - begins,
        terms.period,
    )
    return min(price, bounds.cap)


# ---- internal: the course -----------------------------------------------------------------

@internal
@pure
def _closed(
    terms: IAgreements.Terms,
    account: IAgreements.Account,
    going: IAgreements.GoingOn,
    target: uint256,
) -> (IAgreements.Account, Closing):
    """
    @dev The account once all periods before `target` are closed. No loop: periods without a reading
         cost the same each, while the escrow lasts.
    """
    closed: IAgreements.Account = account
    closing: Closing = empty(Closing)
    if target <= account.period or account.period >= account.periods:
        return closed, closing
    closing.is_due = True
    closing.period = account.period
    closing.use = account.use
    closing.price = self._price_at_end(terms, account, going)
    closing.credit = self._credit(terms, closing.price, account.outage)
    closing.charge = self._charge(account, closing.price - closing.credit)
    closed.escrow -= closing.charge
    closed.left -= closing.charge
    until: uint256 = min(target, account.periods)
    closed.use = 0
    closed.outage = 0
    closing.silent = until - account.period - 1
    closing.has_part = account.has_left and until == account.periods and closing.silent != 0
    if closing.has_part:
        closing.silent -= 1
    if closing.silent != 0:
        # Those that were paid for while they ran; the lowest price may have fallen since.
        paid: uint256 = max(account.funded, account.period + 1) - account.period - 1
        closing.silent_charge = min(paid, closing.silent) * terms.lowest
        closed.escrow -= closing.silent_charge
        closed.left -= closing.silent_charge
    if closing.has_part:
        closed.period = account.periods - 1
        closing.part = self._charge(closed, self._price_at_end(terms, closed, going))
        closed.escrow -= closing.part
        closed.left -= closing.part
    closed.period = until
    closed.price = terms.lowest
    closed.is_warned = False
    closed.is_stopped = False
    closed.has_gone_on = False
    return closed, closing


@internal
@pure
def _priced(
    terms: IAgreements.Terms, account: IAgreements.Account, bounds: Bounds
) -> (IAgreements.Account, ITariff.Quote):
    """
    @dev The account with the price of what was used so far, and where that leaves it.
    """
    priced: IAgreements.Account = account
    quote: ITariff.Quote = tariff._quote(terms.rungs, bounds.reach, min(account.use, bounds.limit))
    priced.price = min(quote.price, bounds.cap)
    priced.rung = quote.rung
    funds: uint256 = min(account.escrow, account.left)
    net: uint256 = priced.price - self._credit(terms, priced.price, account.outage)
    priced.is_stopped = (
        account.use >= bounds.limit or quote.price > bounds.cap or max(net, terms.lowest) > funds
    )
    return priced, quote


@internal
@pure
def _percent(terms: IAgreements.Terms, account: IAgreements.Account, bounds: Bounds) -> uint256:
    """
    @dev How much of what was agreed is used: of the limit, or of the cap where use is what costs;
         whichever is nearer.
    """
    percent: uint256 = min(account.use, bounds.limit) * 100 // bounds.limit
    if account.price > tariff._base_price(terms.rungs[account.rung]):
        percent = max(percent, account.price * 100 // bounds.cap)
    return percent


@internal
@view
def _is_entitled(terms: IAgreements.Terms, account: IAgreements.Account) -> bool:
    runs: uint256 = self._now_in(terms)
    if block.timestamp < terms.starts_at or runs >= account.periods or account.has_left:
        return False
    if runs == account.period:
        return not account.is_stopped
    return runs < self._funded(terms, account)


@internal
@view
def _standing(
    terms: IAgreements.Terms,
    account: IAgreements.Account,
    going: IAgreements.GoingOn,
) -> IAgreements.Standing:
    """
    @dev How an account stands whose periods are closed up to now.
    """
    bounds: Bounds = self._bounds(terms, account.period, going)
    priced: IAgreements.Account = account
    quote: ITariff.Quote = empty(ITariff.Quote)
    if account.period < account.periods:
        priced, quote = self._priced(terms, account, bounds)
    runs: uint256 = self._now_in(terms)
    ends_at: uint256 = terms.starts_at + account.periods * terms.period
    if account.has_left:
        ends_at = going.left_at
    price: uint256 = self._price_at_end(terms, priced, going)
    capacity: uint256 = tariff._capacity(terms.rungs[priced.rung])
    return IAgreements.Standing(
        is_entitled=self._is_entitled(terms, priced),
        period=runs,
        period_ends_at=terms.starts_at + (runs + 1) * terms.period,
        ends_at=ends_at,
        use=priced.use,
        open_period=priced.period,
        limit=bounds.limit,
        cap=bounds.cap,
        rung=priced.rung,
        next_use=capacity if capacity < bounds.limit else 0,
        price=price,
        credit=self._credit(terms, price, priced.outage),
        escrow=priced.escrow,
        left=priced.left,
        percent=self._percent(terms, priced, bounds),
    )


@internal
@pure
def _funded(terms: IAgreements.Terms, account: IAgreements.Account) -> uint256:
    """
    @dev How many periods, from the first, the escrow pays for if nothing more is used.
    """
    if account.period >= account.periods:
        return 0
    if terms.lowest == 0:
        return limits.MAX_PERIODS
    funds: uint256 = min(account.escrow, account.left)
    if funds < terms.lowest:
        return account.period
    credit: uint256 = self._credit(terms, account.price, account.outage)
    funds -= min(account.price - credit, funds)
    return min(account.period + 1 + funds // terms.lowest, limits.MAX_PERIODS)
