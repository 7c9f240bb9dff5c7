"""Consent in the demo's past: companies that ask, people who answer, and what became of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cercle.calls import Call
from cercle.consent import ConsentTerms, calls, company, record, record_hash
from cercle.content import document_hash
from cercle.contracts import Contract
from cercle.deployments import Deployment

from . import consents
from .calendar import Happening
from .companies import (
    BRAND,
    CARE,
    CARRIER,
    COMPANIES,
    OFFER,
    OFFERS,
    PAID_IN,
    PANEL,
    Offer,
    hpke_of,
    key_of,
)
from .consents import LOOKS, MOVED, NOTED, Answer, Fate
from .history import DAY, noon
from .node import Tx
from .stage import Stage

HOUR = 3_600
_MOST = 200  # transactions in a block


class Desk:
    """Plays what people and companies do about data, each at its time."""

    def __init__(self, stage: Stage, euro: Contract, last_day: int) -> None:
        """
        Args:
            stage: Where it all happens.
            euro: What companies pay in; the founder gives it out.
            last_day: Of the last purchase, in days from the epoch.
        """
        self.stage = stage
        self.deployment: Deployment = stage.deployment
        self.euro = euro
        self.last_day = last_day
        self.people = stage.cast.members
        # A passport's number is its place in the order of the first purchases.
        self.passports = {number: place for place, number in enumerate(self.people, 1)}
        self.decided = consents.decided(list(self.people))
        staff = stage.cast.staff
        keys = {number: str(key_of(number).address) for number in range(1, len(COMPANIES) + 1)}
        self.controllers = keys | {BRAND: staff["steward"]}
        self.agents = keys
        self.notices = {one.name: one.notice for one in OFFERS}

    @property
    def strangers(self) -> list[str]:
        """Accounts that act here, and are not the node's own."""
        return list(self.agents.values())

    # ---- when -----------------------------------------------------------------------

    def happenings(self) -> Iterator[Happening]:
        """All that they do, and when."""
        yield self._on(consents.REGISTERED, self._register)
        for offer in OFFERS:
            yield self._on(offer.days_ago, self._answering(offer))
        yield self._on(consents.PRICED, self._price)
        for place, look in enumerate(LOOKS):
            yield self._on(look.days_ago, self._looking(place))
        yield self._on(consents.TAKEN_BACK, self._take_back)
        yield self._on(consents.ATTESTED, self._attest_care)
        yield self._on(consents.TAKEN_ALL_BACK, self._take_all_back)
        yield self._on(consents.SHUT_OUT, self._shut_out)
        yield self._on(consents.COMMITTED, self._commit)
        yield self._on(consents.ATTESTED_ALL, self._attest_all)
        yield self._on(consents.OVERDUE, self._mark)
        yield self._on(consents.DEMANDED, self._demand)
        yield self._on(consents.OPENED, self._open)
        for turn in range(len(MOVED)):
            yield self._on(MOVED[turn], self._moving(turn))
            yield self._on(NOTED[turn], self._noting(turn))
        yield self._on(consents.CAME_BACK, self._come_back)
        yield self._on(consents.SILENT, self._mark_silence)
        yield self._on(consents.STUDY_ATTESTED, self._attest_study)
        yield self._on(consents.ASKED, self._ask)

    def _on(self, days_ago: int, act: Callable[[int], None]) -> Happening:
        """Two hours after the purchases of a day."""
        return Happening(noon(self.last_day - days_ago) + 2 * HOUR, act)

    # ---- companies ------------------------------------------------------------------

    def _register(self, at: int) -> None:
        """Four companies with money in the Vault, and a notice for each purpose."""
        book, vault = self.deployment, self.deployment.address("Vault")
        admin = self.stage.cast.staff["admin"]
        for number, one in enumerate(COMPANIES, 1):
            who = self.controllers[number]
            self._send([(who, company.register(book, hpke_of(number), f"https://{one.site}/"))], at)
            acts = [
                (admin, self.euro.call("mint", who, PAID_IN)),
                (who, self.euro.call("approve", vault, PAID_IN)),
                (who, company.deposit(book, number, PAID_IN)),
                (who, company.set_bond(book, number, one.bond)),
            ]
            if self.agents[number] != who:
                acts.append((who, company.set_agent(book, number, self.agents[number])))
            for act in acts:
                self._send([act], at)
        named = book.contract("Charter").call("set_company_id", BRAND)
        self._send([(admin, named)], at)
        for offer in OFFERS:
            seal = self.stage.store.put(self.notices[offer.name])
            mask = self.notices[offer.name].categories
            call = company.publish_notice(book, offer.company_id, offer.number, mask, seal)
            self._send([(self.controllers[offer.company_id], call)], at)

    def _looking(self, place: int) -> Callable[[int], None]:
        def act(at: int) -> None:
            look, offer = LOOKS[place], OFFER[LOOKS[place].offer]
            self._by_company(
                offer.company_id,
                [
                    company.request_access(
                        self.deployment,
                        *(offer.company_id, self.passports[one], offer.number, look.bit),
                        consents.order_hash(place, one),
                        consents.price_of(one) if offer.company_id == PANEL else 0,
                    )
                    for one in self.people
                    if consents.is_read(place, one)
                ],
                at,
            )

        return act

    def _attest(self, offer: Offer, people: Iterable[int], at: int) -> None:
        """A company says that it deleted what it had read of some."""
        self._by_company(
            offer.company_id,
            [
                company.attest_deletion(
                    self.deployment,
                    *(offer.company_id, self.passports[one], offer.number),
                    consents.certificate(offer.name, one),
                )
                for one in people
            ],
            at,
        )

    def _attest_care(self, at: int) -> None:
        told = [n for n in self._read_for_care() if consents.is_attested(n)]
        self._attest(OFFER["care"], told, at)

    def _read_for_care(self) -> list[int]:
        return [
            n
            for n in self.people
            if consents.takes_care_back(n) and consents.was_read("care", n, consents.TAKEN_BACK)
        ]

    def _attest_all(self, at: int) -> None:
        for offer in OFFERS:
            told = [
                n
                for n in self.people
                if consents.takes_all_back(n)
                and consents.was_read(offer.name, n, consents.TAKEN_ALL_BACK)
                and not (offer.name == "care" and consents.takes_care_back(n))
            ]
            self._attest(offer, told, at)

    def _attest_study(self, at: int) -> None:
        told = [
            n
            for n in self.people
            if not consents.takes_all_back(n)
            and consents.was_read("study", n, consents.STUDY_ATTESTED)
        ]
        self._attest(OFFER["study"], told, at)

    def _noting(self, turn: int) -> Callable[[int], None]:
        def act(at: int) -> None:
            for name, who in (("delivery", CARRIER), ("club", BRAND)):
                told = [
                    company.acknowledge(
                        self.deployment,
                        *(who, self.passports[n], OFFER[name].number, _ADDRESS, 1),
                    )
                    for n in self.people
                    if consents.moves(turn, n) and consents.takes_note(turn, name, n)
                ]
                self._by_company(who, told, at)

        return act

    def _ask(self, at: int) -> None:
        offer = OFFER["news"]
        mask = self.notices["news"].categories
        asked = [
            company.request_consent(self.deployment, BRAND, self.passports[n], offer.number, mask)
            for n in self.people
            if consents.is_asked(n)
        ]
        self._by_company(BRAND, asked, at)

    def _commit(self, at: int) -> None:
        sealed = []
        for place, (number, _) in enumerate(self.decided):
            passport = self.passports[number]
            seal = consents.reasons(place).commitment(consents.DECIDER, passport)
            sealed.append(company.commit(self.deployment, consents.DECIDER, passport, seal))
        self._by_company(consents.DECIDER, sealed, at)

    def _open(self, at: int) -> None:
        opened = []
        for place, (_, fate) in enumerate(self.decided):
            if fate is Fate.OPENED:
                said = consents.reasons(place)
                opened.append(
                    company.open_decision(self.deployment, place + 1, said.opening, said.secret)
                )
        self._by_company(consents.DECIDER, opened, at)

    def hand_over(self, folder: Path) -> None:
        """Write what the shop hands to people whose decisions it opened, a file each."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for place, (_, fate) in enumerate(self.decided):
            if fate is Fate.OPENED:
                text = consents.reasons(place).model_dump_json(indent=1)
                (folder / f"decision-{place + 1}.json").write_text(text + "\n")

    # ---- people ---------------------------------------------------------------------

    def _answering(self, offer: Offer) -> Callable[[int], None]:
        def act(at: int) -> None:
            given = [n for n in self.people if consents.answer(offer, n) is Answer.GIVES]
            self._grant(offer, given, at)
            call = calls.refuse(self.deployment, offer.company_id, offer.number)
            refused = [n for n in self.people if consents.answer(offer, n) is Answer.REFUSES]
            self._each(refused, lambda _: call, at)

        return act

    def _grant(self, offer: Offer, people: Iterable[int], at: int) -> None:
        """Let some allow an offer, as they read it: the one in French, the other in English."""
        notice = self.notices[offer.name]

        def call(number: int) -> Call:
            until = at + offer.lasts * DAY
            terms = ConsentTerms(
                chain_id=self.deployment.chain_id,
                contract=self.deployment.address("Consent"),
                passport_id=self.passports[number],
                company_id=offer.company_id,
                purpose=offer.number,
                categories=notice.categories,
                issued_at=at,
                until=until,
                keep_until=until + offer.keeps * DAY,
                reads=offer.reads,
                notice_version=1,
                notice_hash=document_hash(notice),
            )
            seal = record_hash(record(terms, notice, "fr" if number % 2 else "en"))
            return calls.grant(self.deployment, terms, seal)

        self._each(people, call, at)

    def _price(self, at: int) -> None:
        offer = OFFER["insights"]
        bit = next(look.bit for look in LOOKS if look.offer == offer.name)
        givers = [n for n in self.people if consents.gives(offer.name, n)]
        self._each(
            givers,
            lambda n: calls.set_price(self.deployment, offer.number, bit, consents.price_of(n)),
            at,
        )

    def _take_back(self, at: int) -> None:
        call = calls.withdraw(self.deployment, CARE, OFFER["care"].number)
        self._each([n for n in self.people if consents.takes_care_back(n)], lambda _: call, at)

    def _take_all_back(self, at: int) -> None:
        call = calls.withdraw_all(self.deployment)
        self._each([n for n in self.people if consents.takes_all_back(n)], lambda _: call, at)

    def _shut_out(self, at: int) -> None:
        call = calls.deny_company(self.deployment, PANEL, True)
        self._each([n for n in self.people if consents.shuts_out(n)], lambda _: call, at)

    def _come_back(self, at: int) -> None:
        self._grant(OFFER["delivery"], [n for n in self.people if consents.comes_back(n)], at)

    def _moving(self, turn: int) -> Callable[[int], None]:
        def act(at: int) -> None:
            self._each(
                [n for n in self.people if consents.moves(turn, n)],
                lambda n: calls.move(self.deployment, _ADDRESS, consents.moved_to(turn, n)),
                at,
            )

        return act

    def _demand(self, at: int) -> None:
        """One decision of a person after the other: their own transactions follow each other."""
        asked = [
            (self.people[number], calls.demand(self.deployment, place + 1))
            for place, (number, fate) in enumerate(self.decided)
            if fate is not Fate.UNASKED
        ]
        self._send(asked, at)

    # ---- anybody --------------------------------------------------------------------

    def _mark(self, at: int) -> None:
        """What was not attested in time is written down; the bond goes to the person."""
        late = [
            calls.mark_overdue(self.deployment, CARE, self.passports[n], OFFER["care"].number)
            for n in self._read_for_care()
            if not consents.is_attested(n)
        ]
        self._by("steward", late, at)

    def _mark_silence(self, at: int) -> None:
        silent = [
            calls.mark_silence(self.deployment, place + 1)
            for place, (_, fate) in enumerate(self.decided)
            if fate is Fate.SILENT
        ]
        self._by("steward", silent, at)

    # ---- help -----------------------------------------------------------------------

    def _each(self, people: Iterable[int], call: Callable[[int], Call], at: int) -> None:
        self._send([(self.people[number], call(number)) for number in people], at)

    def _send(self, said: list[tuple[str, Call]], at: int) -> None:
        self._together([Tx(who, call.to, call.data) for who, call in said], at)

    def _together(self, txs: list[Tx], at: int) -> None:
        for start in range(0, len(txs), _MOST):
            self.stage.node.send_together(txs[start : start + _MOST], at=at)

    def _by_company(self, number: int, told: list[Call], at: int) -> None:
        who = self.agents[number]
        self._together([Tx(who, call.to, call.data) for call in told], at)

    def _by(self, role: str, told: list[Call], at: int) -> None:
        who = self.stage.cast.staff[role]
        self._together([Tx(who, call.to, call.data) for call in told], at)


_ADDRESS = next(look.bit for look in LOOKS if look.category == "PhysicalAddress")

__all__ = ["Desk"]
