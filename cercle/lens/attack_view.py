"""The cost of an attack: what it takes to have a proposal pass that nobody else wants.

It follows from what the treasury's view holds; nothing more is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..decision_models import AllowedCall, AttackView, ClassView, TakeView, TreasuryView
from ..values import Address

FIRST_CLASS = 1
_WHOLE = 10_000  # basis points


def attacks(
    view: TreasuryView, allowed: Iterable[AllowedCall] | None = None
) -> tuple[AttackView, ...]:
    """One for each class that can move money, the cheapest first.

    Args:
        view: The treasury as it is.
        allowed: What the further classes may call; None: nobody knows, so each may move money.
    """
    reach = None if allowed is None else _reach(view, allowed)
    found = [
        _attack(view, one, None if one.id == FIRST_CLASS or reach is None else reach[one.id])
        for one in view.classes
        if (one.id == FIRST_CLASS or reach is None or one.id in reach) and one.season_share != 0
    ]
    return tuple(sorted(found, key=lambda one: (one.to_pass, one.wait, one.class_id)))


def _reach(view: TreasuryView, allowed: Iterable[AllowedCall]) -> dict[int, set[Address | None]]:
    """What each class may move: the chain's coin if it may send some, each token it may call."""
    tokens = {one.address for one in view.assets}
    found: dict[int, set[Address | None]] = {}
    for one in allowed:
        if one.cap and not one.amount_word:
            found.setdefault(one.class_id, set()).add(None)
        if one.target in tokens:
            found.setdefault(one.class_id, set()).add(one.target)
    return found


def _attack(view: TreasuryView, terms: ClassView, reach: set[Address | None] | None) -> AttackView:
    quorum = max(1, view.supply * int(terms.quorum * _WHOLE) // _WHOLE)
    to_pass = max(quorum, terms.threshold)
    is_bounded = terms.season_share is not None
    wait = terms.voting_delay + terms.voting_period + terms.queue_delay
    can_veto = terms.has_veto and view.warden_until is not None
    can_veto = can_veto and view.head.time < (view.warden_until or view.head.time)
    return AttackView(
        class_id=terms.id,
        to_propose=terms.threshold,
        to_pass=to_pass,
        # More in favour than against, were all the others against.
        to_force=max(to_pass, view.supply // 2 + 1),
        supply=view.supply,
        is_bounded=is_bounded,
        takes=tuple(
            one
            for one in (_bounded(view, terms, to_pass) if is_bounded else _everything(view))
            if reach is None or one.asset in reach
        ),
        wait=wait,
        veto_until=view.warden_until if can_veto else None,
    )


def _everything(view: TreasuryView) -> list[TakeView]:
    return [TakeView(asset=one.address, quiet=one.balance, full=one.balance) for one in view.assets]


def _bounded(view: TreasuryView, terms: ClassView, votes: int) -> list[TakeView]:
    """What is left of the season's bound, by turnout; never more than what is there."""
    share, found = int((terms.season_share or 0) * _WHOLE), []
    is_stuck = any(one.is_silent for one in view.assets)  # then no bounded class pays anything
    for one in view.spending:
        if one.class_id != terms.id:
            continue
        held = next((a.balance for a in view.assets if a.address == one.asset), 0)
        held = 0 if is_stuck else held
        base = max(held, one.treasury or 0)  # the most there was before a payment
        turnout = min(votes, view.supply)
        quiet = base * share * turnout // (_WHOLE * view.supply) if view.supply else 0
        full = base * share // _WHOLE
        found.append(
            TakeView(
                asset=one.asset,
                quiet=min(held, max(0, quiet - one.spent)),
                full=min(held, max(0, full - one.spent)),
            )
        )
    return found


__all__ = ["attacks"]
