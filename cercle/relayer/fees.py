"""What a transaction offers for its gas (EIP-1559), within the operator's cap."""

from __future__ import annotations

from ..values import Frozen
from .nodes import Seen
from .settings import Settings


class Fees(Frozen):
    """The most a gas may cost, and what of it goes to who builds the block."""

    max_fee: int
    tip: int


def offer(seen: Seen, settings: Settings) -> Fees | None:
    """Twice the newest base fee, so that six full blocks do not outrun it; None past the cap."""
    tip = min(seen.tip, settings.max_tip)
    if seen.base_fee + tip > settings.max_fee:
        return None
    return Fees(max_fee=min(2 * seen.base_fee + tip, settings.max_fee), tip=tip)


def raised(old: Fees, now: Fees | None, cap: int) -> Fees | None:
    """What takes the place of a stuck transaction: an eighth more at least, or what is asked now.

    None where the cap is in the way: nodes take no replacement that offers less.
    """
    least = Fees(max_fee=_eighth_more(old.max_fee), tip=_eighth_more(old.tip))
    if least.max_fee > cap:
        return None
    if now is None:
        return Fees(max_fee=least.max_fee, tip=min(least.tip, least.max_fee))
    fee = max(least.max_fee, now.max_fee)
    return Fees(max_fee=fee, tip=min(max(least.tip, now.tip), fee))


def _eighth_more(wei: int) -> int:
    """Rounded up, and never the same."""
    return max(wei + 1, wei + -(-wei // 8))


__all__ = ["Fees", "offer", "raised"]
