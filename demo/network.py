"""Service contracts in the demo's past: an operator that offers, members who sign, a meter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cercle.agreements import Reading, Terms, calls, meters
from cercle.agreements.client import Agreements, PriceLists
from cercle.agreements.ladder import build
from cercle.calls import Call
from cercle.consent import company
from cercle.content import document_hash
from cercle.contracts import Contract

from . import mobile
from .calendar import Happening
from .companies import hpke_of, key_of
from .history import DAY, noon
from .mobile import CONTRACTS, HOME, LISTS, METER, METERING, PROVIDER, Signed
from .node import Tx
from .stage import Stage

HOUR = 3_600


class Network:
    """Plays what the operator, its customers and the meter do, each at its time."""

    def __init__(self, stage: Stage, euro: Contract, last_day: int) -> None:
        """
        Args:
            stage: Where it all happens.
            euro: What is paid in; the founder gives it out.
            last_day: Of the last purchase, in days from the epoch.
        """
        self.stage = stage
        self.deployment = stage.deployment
        self.euro = euro
        self.last_day = last_day
        people = list(stage.cast.members.values())
        self.wallets = {place: people[place - 1] for place in mobile.CUSTOMERS}
        self.book = Agreements(stage.chain, stage.deployment)
        self.lists = PriceLists(stage.chain, stage.deployment)
        self.keys = {one: str(key_of(one).address) for one in (PROVIDER, METERING)}
        self._terms: dict[int, Terms] = {}
        self._shown: dict[int, tuple[int, int, int]] = {}  # sequence, register, outage

    @property
    def strangers(self) -> list[str]:
        """Accounts that act here, and are not the node's own."""
        return list(self.keys.values())

    def happenings(self) -> Iterator[Happening]:
        """All that they do, and when."""
        yield self._on(mobile.REGISTERED, self._register)
        yield self._on(mobile.OFFERED, self._offer)
        yield self._on(mobile.CHEAPER, self._make_cheaper)
        for number, one in enumerate(CONTRACTS, 1):
            yield self._on(one.days_ago, partial(self._sign, number, one))
            for period in range(len(one.uses)):
                for place, day in enumerate(mobile.READ_ON):
                    days_ago = one.days_ago - period * mobile.PERIOD - day
                    if days_ago > 0:
                        act = partial(self._read, number, one, period, place)
                        yield self._on(days_ago, act)

    def _on(self, days_ago: int, act: Callable[[int], None]) -> Happening:
        """Five hours after the purchases of a day."""
        return Happening(noon(self.last_day - days_ago) + 5 * HOUR, act)

    # ---- the operator ----------------------------------------------------------------

    def _register(self, at: int) -> None:
        """Two companies more, and the meter of the one that reads."""
        book = self.deployment
        for number, one in ((PROVIDER, mobile.OPERATOR), (METERING, mobile.READER)):
            call = company.register(book, hpke_of(number), f"https://{one.site}/")
            self._send(self.keys[number], call, at)
        seal = document_hash(LISTS[0].text)
        message = meters.registration_message(book, METER.address, METERING, seal)
        signature = bytes(METER.sign_message(message).signature)
        call = calls.register_meter(book, METER.address, METERING, seal, signature)
        self._send(self.keys[METERING], call, at)

    def _offer(self, at: int) -> None:
        for list_id, one in enumerate(LISTS, 1):
            opened = calls.open_list(
                self.deployment,
                PROVIDER,
                operator_id=METERING,
                token=self.euro.address,
                period=mobile.PERIOD * DAY,
                grace=mobile.GRACE * DAY,
                outage_factor=mobile.OUTAGE_FACTOR,
                content_hash=self.stage.store.put(one.text),
            )
            self._send(self.keys[PROVIDER], opened, at)
            for offered in one.plans:
                seal = self.stage.store.put(offered.text)
                call = calls.publish_plan(self.deployment, list_id, offered.plan, seal)
                self._send(self.keys[PROVIDER], call, at)
        admin = self.stage.cast.staff["admin"]
        for wallet in self.wallets.values():
            self._send(admin, self.euro.call("mint", wallet, mobile.GIVEN), at)

    def _make_cheaper(self, at: int) -> None:
        """A plan's price falls: for those who have it too, as soon as anybody looks."""
        number = mobile.CHEAPER_PLAN
        offered = LISTS[HOME - 1].plans[number - 1]
        plan = offered.plan.model_copy(update={"base_price": mobile.CHEAPER_BASE})
        seal = document_hash(offered.text)
        call = calls.revise_plan(self.deployment, HOME, number, plan, seal)
        self._send(self.keys[PROVIDER], call, at)
        for known, terms in self._terms.items():
            if terms.list_id == HOME:
                self._send(self.keys[METERING], calls.poke(self.deployment, known, terms), at)
                self._terms[known] = self.book.terms(known)

    # ---- customers and their meter -----------------------------------------------------

    def _sign(self, number: int, one: Signed, at: int) -> None:
        wallet = self.wallets[one.place]
        self._send(wallet, calls.allow(self.deployment, self.euro.address, one.deposit), at)
        ladder = build(
            self.lists.shelf(one.list_id, meters=[METER.address], passport_id=one.place),
            one.ladder,
            meter=METER.address,
            passport_id=one.place,
            wallet=wallet,
            periods=one.periods,
            period_cap=one.period_cap,
            total_cap=one.period_cap * one.periods,
            deposit=one.deposit,
        )
        self._send(wallet, calls.open(self.deployment, ladder), at)
        self._terms[number] = self.book.terms(number)
        self._shown[number] = (0, 0, 0)

    def _read(self, number: int, one: Signed, period: int, place: int, at: int) -> None:
        """The meter tells a part of what a period used, and at its end all of it."""
        sequence, shown, outage = self._shown[number]
        before = sum(one.uses[:period])
        is_last = place == len(mobile.READ_ON) - 1 or period == len(one.uses) - 1
        use = one.uses[period] if is_last else one.uses[period] // 2
        lost = sum(one.outage(past) for past in range(period)) + one.outage(period) * is_last
        sequence, shown, outage = sequence + 1, max(shown, before + use), max(outage, lost)
        self._shown[number] = sequence, shown, outage
        reading = Reading(sequence=sequence, read_at=at, shown=shown, outage=outage)
        message = meters.reading_message(self.deployment, number, reading)
        signed = meters.signed(reading, bytes(METER.sign_message(message).signature))
        terms = self._terms[number]
        self._send(self.keys[METERING], calls.settle(self.deployment, number, terms, signed), at)

    def _send(self, who: str, call: Call, at: int) -> None:
        self.stage.node.send([Tx(who, call.to, call.data)], at=at)


__all__ = ["Network"]
