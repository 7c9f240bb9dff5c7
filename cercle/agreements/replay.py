"""An agreement's book, walked event by event as the contract writes it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..events import Event
from . import course
from .course import Closing
from .findings import Checked, ClosedPeriod, Finding, Receipt
from .models import Account, GoingOn, Terms, known
from .plans import Rung
from .tariff import priced, reach_for

_FLAGS = ("is_stopped", "is_warned", "is_worsened", "has_left", "has_gone_on")
_ENDS_AN_ACT = frozenset(
    (
        *("ReadingSettled", "ReadingUncounted", "EscrowPaid", "EscrowWithdrawn"),
        *("WentOn", "AgreementEnded"),
    )
)


class Replay:
    """The book as it follows from the events so far."""

    def __init__(self, opened: Event) -> None:
        told = opened.args
        self.agreement_id = int(told["agreement_id"])
        self.terms, self.going = Terms.of(told["terms"]), GoingOn()
        nothing = dict.fromkeys(Account.model_fields, 0) | dict.fromkeys(_FLAGS, False)
        begins = {"periods": told["periods"], "left": told["total_cap"]}
        begins |= {"price": self.terms.lowest, "revision": told["revision"]}
        self.account = Account(**nothing | begins)
        self.receipts: list[Receipt] = []
        self.periods: list[ClosedPeriod] = []
        self.findings: list[Finding] = []
        self._taken: set[tuple[int, int]] = set()  # together with one before
        self._tx, self._is_opening = opened.tx_hash, True

    def checked(self) -> Checked:
        """What came of it all."""
        self._write_down()
        return Checked(
            agreement_id=self.agreement_id,
            terms=self.terms,
            account=self.account,
            going=self.going,
            receipts=tuple(self.receipts),
            periods=tuple(self.periods),
            findings=tuple(self.findings),
        )

    def take(self, event: Event, later: Sequence[Event]) -> None:
        """Take one event in; `later` are the next two, which may be of the same closing."""
        if event.tx_hash != self._tx:
            self._write_down()
            self._tx, self._is_opening = event.tx_hash, False
        if event.name == "PeriodClosed" and (event.block, event.index) not in self._taken:
            self._close(event, later)
        elif (handle := _HANDLERS.get(event.name)) is not None:
            handle(self, event)
        if event.name in _ENDS_AN_ACT:
            self._write_down()

    # ---- what people and the list did ----

    def _paid(self, event: Event) -> None:
        self._set(escrow=self.account.escrow + event.args["amount"])

    def _withdrawn(self, event: Event) -> None:
        left = self.account.escrow - event.args["amount"]
        if left < 0:
            self._find(event, "A withdrawal", "amount", event.args["amount"], self.account.escrow)
        self._set(escrow=max(left, 0))

    def _improved(self, event: Event) -> None:
        better = Terms.of(event.args["terms"])
        kept = {"rungs": better.rungs, "lowest": better.lowest}
        places = [[_place(rung) for rung in terms.rungs] for terms in (self.terms, better)]
        if self.terms.model_copy(update=kept) != better or places[0] != places[1]:
            self._find(event, "An improvement", "terms", better, self.terms)
            return
        for old, new in zip(self.terms.rungs, better.rungs, strict=True):
            if not new.plan.is_no_worse_than(old.plan):
                self._find(event, f"Plan {old.plan_id}", "terms", new.plan, old.plan)
        self.terms = better
        self._set(revision=event.args["revision"])
        if self.account.period < self.account.periods:
            self._price()

    def _worsened(self, event: Event) -> None:
        self._set(is_worsened=True, revision=event.args["revision"])

    def _went_on(self, event: Event) -> None:
        if not reach_for(self.terms.rungs, event.args["limit"]):
            limit = self.terms.rungs[-1].plan.capacity
            self._find(event, "Going on", "limit", event.args["limit"], limit)
            return
        names = ("period", "limit", "period_cap")
        self.going = self.going.model_copy(update={name: event.args[name] for name in names})
        self._expect(event, "Going on", "period", self.account.period)
        self._set(has_gone_on=True)

    def _ended(self, event: Event) -> None:
        ends_at, is_at_once = event.args["ends_at"], event.args["is_at_once"]
        periods = 0
        if not is_at_once:
            periods = (ends_at - self.terms.starts_at) // self.terms.period
        elif ends_at >= self.terms.starts_at:
            periods = course.now_in(self.terms, ends_at) + 1
            self.going = self.going.model_copy(update={"left_at": ends_at})
            self._set(has_left=True)
        self._set(periods=periods)

    def _warned(self, event: Event) -> None:
        self._set(is_warned=True)

    # ---- what was read ----

    def _read(self, event: Event) -> None:
        told, account = event.args, self.account
        subject = f"Reading {told['sequence']}"
        if told["sequence"] <= account.sequence:
            self._find(event, subject, "sequence", told["sequence"], account.sequence + 1)
        self._expect(event, subject, "period", account.period)
        if course.dated_in(self.terms, told["read_at"]) > account.period:
            self._find(
                event, subject, "read_at", told["read_at"], self.terms.begins(account.period + 1)
            )
        self._expect(event, subject, "use", account.use + told["register"] - account.shown)
        if told["outage"] < account.outage:
            self._find(event, subject, "outage", told["outage"], account.outage)
        self._set(use=told["use"], outage=told["outage"], shown=told["register"])
        self._set(sequence=told["sequence"], period=told["period"])
        self._require_prices(event, subject)
        self._set(price=told["price"], rung=told["rung"])
        prices = known(told["prices"][: len(self.terms.rungs)])
        plan_id = self.terms.rungs[min(told["rung"], len(prices) - 1)].plan_id
        words = {name: told[name] for name in Receipt.model_fields if name in told}
        words |= {"shown": told["register"], "plan_id": plan_id, "prices": prices}
        self.receipts.append(Receipt(**words, tx_hash=event.tx_hash))

    def _require_prices(self, event: Event, subject: str) -> None:
        bounds = course.bounds_of(self.terms, self.account.period, self.going)
        quote = priced(self.terms.rungs, bounds.reach, min(self.account.use, bounds.limit))
        self._expect(event, subject, "price", min(quote.price, bounds.cap))
        self._expect(event, subject, "rung", quote.rung)
        self._expect(event, subject, "less_use", quote.less_use)
        self._expect(event, subject, "less_price", quote.less_price)
        told = known(event.args["prices"])
        right = (*quote.prices, *(None,) * (len(told) - len(quote.prices)))
        if told != right:
            self._find(event, subject, "prices", told, right)

    def _uncounted(self, event: Event) -> None:
        told = event.args
        if told["sequence"] <= self.account.sequence:
            subject = f"Reading {told['sequence']}"
            self._find(event, subject, "sequence", told["sequence"], self.account.sequence + 1)
        self._set(sequence=told["sequence"], shown=told["register"])

    # ---- what is over ----

    def _close(self, event: Event, later: Sequence[Event]) -> None:
        group = self._group(event, later)
        told, target = event.args, event.args["period"] + 1
        silent = group.get("SilenceClosed")
        if silent is not None:
            target += silent.args["periods"]
        part = group.get("PeriodClosed")
        if part is not None:
            target = self.account.periods
        self._expect(event, f"Period {told['period']}", "period", self.account.period)
        after, closing = course.closed(self.terms, self.account, self.going, target)
        if closing is None:
            self._find(event, f"Period {told['period']}", "period", told["period"], None)
            return
        self._require_closing(event, closing, silent, part)
        self.account = after

    def _group(self, event: Event, later: Sequence[Event]) -> dict[str, Event]:
        """What was closed together with a period: silence after it, and the part of the last."""
        found: dict[str, Event] = {}
        for one in later:
            is_next = one.tx_hash == event.tx_hash and one.index == event.index + len(found) + 1
            if not is_next or one.name in found:
                break
            if one.name == "SilenceClosed" or (
                one.name == "PeriodClosed"
                and self.account.has_left
                and one.args["period"] == self.account.periods - 1
            ):
                found[one.name] = one
                self._taken.add((one.block, one.index))
        return found

    def _require_closing(
        self, event: Event, closing: Closing, silent: Event | None, part: Event | None
    ) -> None:
        subject = f"Period {closing.period}"
        for name in ("use", "price", "credit", "charge"):
            self._expect(event, subject, name, getattr(closing, name))
        self.periods.append(_closed(event))
        if silent is not None:
            first, count = silent.args["first"], silent.args["periods"]
            words = f"Periods {first} to {first + count - 1}"
            self._expect(silent, words, "first", closing.period + 1)
            self._expect(silent, words, "charge", closing.silent_charge)
            self.periods += _silences(silent, self.terms.lowest)
        if part is not None:
            words = f"Period {part.args['period']}"
            self._expect(part, words, "charge", closing.part)
            self.periods.append(_closed(part))

    # ---- the book ----

    def _write_down(self) -> None:
        """What the contract does at the end of each act."""
        if self.account.period < self.account.periods and not self._is_opening:
            self._price()
        self._set(funded=course.funded(self.terms, self.account))

    def _price(self) -> None:
        bounds = course.bounds_of(self.terms, self.account.period, self.going)
        self.account, _ = course.priced_account(self.terms, self.account, bounds)

    def _set(self, **changes: Any) -> None:
        self.account = self.account.model_copy(update=changes)

    def _expect(self, event: Event, subject: str, what: str, right: Any) -> None:
        if event.args[what] != right:
            self._find(event, subject, what, event.args[what], right)

    def _find(self, event: Event, subject: str, what: str, told: Any, right: Any) -> None:
        self.findings.append(
            Finding(
                event=event.name,
                what=what,
                told=told,
                right=right,
                subject=subject,
                tx_hash=event.tx_hash,
            )
        )


def _place(rung: Rung) -> tuple[int, str, int]:
    """What of a rung stays as it was signed."""
    return rung.plan_id, rung.at_capacity, rung.plan.capacity


def _closed(event: Event) -> ClosedPeriod:
    told = event.args
    words = {name: told[name] for name in ("use", "price", "credit", "charge")}
    return ClosedPeriod(number=told["period"], **words, tx_hash=event.tx_hash)


def _silences(event: Event, lowest: int) -> list[ClosedPeriod]:
    """Periods without a reading, each; those that were not paid for cost nothing."""
    told, left = event.args, event.args["charge"]
    found = []
    for number in range(told["first"], told["first"] + told["periods"]):
        charge = min(lowest, left)
        left -= charge
        found.append(
            ClosedPeriod(
                number=number, use=0, price=lowest, credit=0, charge=charge, tx_hash=event.tx_hash
            )
        )
    return found


_HANDLERS: dict[str, Callable[[Replay, Event], None]] = {
    "EscrowPaid": Replay._paid,
    "EscrowWithdrawn": Replay._withdrawn,
    "TermsImproved": Replay._improved,
    "TermsWorsened": Replay._worsened,
    "WentOn": Replay._went_on,
    "AgreementEnded": Replay._ended,
    "LimitNeared": Replay._warned,
    "ReadingSettled": Replay._read,
    "ReadingUncounted": Replay._uncounted,
}

__all__ = ["Replay"]
