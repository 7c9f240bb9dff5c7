"""A member's data in words: companies, purposes, kinds of data, where each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal

import streamlit as st

from cercle.consent import Category, ConsentStatus, category_of, purpose_of
from cercle.content import NoticeDocument
from cercle.errors import CercleError
from cercle.flags import GateQuestion
from cercle.gates import ConsentAsked, read_consent
from cercle.models import Card, PerkView

from . import consents as consenting
from . import i18n
from .consents import Consents
from .holdings import Company, Consent, MyData
from .i18n import _, ngettext
from .services import Shown
from .states import plain

LONGEST = 60  # characters of a company's name that are shown

STATUS = {
    ConsentStatus.NONE: "lock",
    ConsentStatus.REQUESTED: "help",
    ConsentStatus.REFUSED: "block",
    ConsentStatus.GIVEN: "check_circle",
    ConsentStatus.RENEWED: "check_circle",
    ConsentStatus.EXPIRED: "event_busy",
    ConsentStatus.INVALIDATED: "event_busy",
    ConsentStatus.WITHDRAWN: "undo",
}  # icons


class Names:
    """What companies call themselves in their notices."""

    def __init__(self, book: Consents, companies: Iterable[Company]) -> None:
        self.book = book
        self.companies = {one.id: one for one in companies}

    def company(self, number: int) -> str:
        """Its name, by its own notice; ready for Markdown."""
        return plain(self.raw(number))

    def raw(self, number: int) -> str:
        """The same, raw; its number where it has not told a name, or where names are alike."""
        told = self._told(number)
        if told is None:
            return _("Company no. {n}").format(n=i18n.number(number))
        return told[:LONGEST]

    def _told(self, number: int) -> str | None:
        company = self.companies.get(number)
        for notice in company.notices if company else ():
            shown = self.book.notice_text(notice.content_hash)
            if shown.document is not None:
                return shown.document.controller.name
        return None

    def text(self, company: Company, purpose: int) -> Shown[NoticeDocument]:
        """What it says of a purpose."""
        notice = company.notice(purpose)
        return Shown() if notice is None else self.book.notice_text(notice.content_hash)


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """What companies call themselves in their notices, raw; without those that tell no name,
    that cannot be read now, or that are called alike."""
    told = {}
    for number in dict.fromkeys(numbers):
        with suppress(CercleError):  # a page that would name it can do without
            book = consenting.consents()
            shown = (book.notice_text(name).document for name in book.notices_of(number))
            found = next((one.controller.name for one in shown if one is not None), None)
            if found is not None:
                told[number] = found[:LONGEST]
    alike = Counter(told.values())
    return {number: name for number, name in told.items() if alike[name] == 1}


def purpose(number: int) -> str:
    """What for, in two words."""
    return purpose_of(number).label.in_language(i18n.language())


def purpose_sentence(number: int) -> str:
    """What for, in a sentence."""
    return purpose_of(number).sentence.in_language(i18n.language())


def category(bit: int) -> str:
    """A kind of data."""
    return category_of(bit).label.in_language(i18n.language())


def kinds(several: Iterable[Category]) -> str:
    """Kinds of data, as one says them."""
    return i18n.enumeration([one.label.in_language(i18n.language()) for one in several])


def status(one: Consent) -> str:
    """Where it stands, in a word or two."""
    if one.is_denied:
        return _("Shut out")
    return {
        ConsentStatus.NONE: _("Nothing"),
        ConsentStatus.REQUESTED: _("Asks you"),
        ConsentStatus.REFUSED: _("You said no"),
        ConsentStatus.GIVEN: _("May look"),
        ConsentStatus.RENEWED: _("May look"),
        ConsentStatus.EXPIRED: _("Ended"),
        ConsentStatus.INVALIDATED: _("Ended"),
        ConsentStatus.WITHDRAWN: _("You took it back"),
    }[one.status]


def cell(one: Consent) -> str:
    """The same, as a cell of the table says it."""
    if one.counts and one.until is not None:
        return _("Yes, until {date}").format(date=i18n.day(one.until))
    return {
        ConsentStatus.NONE: _("No"),
        ConsentStatus.REQUESTED: _("It asks"),
    }.get(one.status, status(one))


def sentence(one: Consent) -> str:
    """Where it stands, in a sentence."""
    if one.is_denied and one.categories:
        return _("What you allowed does not count while you shut it out.")
    if one.is_denied:
        return _("You shut it out: it may see nothing for this, and may not ask.")
    return {
        ConsentStatus.NONE: _("It may see nothing for this."),
        ConsentStatus.REQUESTED: _("It asks for your answer; until then it may see nothing."),
        ConsentStatus.REFUSED: _("You said no. It may not ask again for 30 days."),
        ConsentStatus.GIVEN: _("It may see your data for this."),
        ConsentStatus.RENEWED: _("It may see your data for this; you renewed it."),
        ConsentStatus.EXPIRED: _("What you allowed has come to its end."),
        ConsentStatus.INVALIDATED: _("The company ended its notice, and with it what you allowed."),
        ConsentStatus.WITHDRAWN: _("You took it back: it may see nothing for this."),
    }[one.status]


def asked_companies(perk: PerkView) -> tuple[int, ...]:
    """The companies that its gates ask after, each once."""
    values = (one.value for one in perk.gates if one.question == GateQuestion.CONSENT)
    asked = (read_consent(value) for value in values)
    return tuple(dict.fromkeys(one.company_id for one in asked if one is not None))


def gate_sentence(asked: ConsentAsked, company: str | None) -> str:
    """What a perk's gate asks of a person's data; raw."""
    data = category(asked.category)
    reason = purpose_sentence(asked.purpose)
    if company is None:
        return _("Needs your consent: {data}, for company no. {n}. {purpose}").format(
            data=data, n=i18n.number(asked.company_id), purpose=reason
        )
    return _("Needs your consent: {data}, for “{company}”. {purpose}").format(
        data=data, company=company, purpose=reason
    )


def money(amount: Decimal, symbol: str) -> str:
    """An amount of the money in which companies pay; raw."""
    unit = symbol or _("units")
    return f"{i18n.amount(amount)} {unit}"


def reads(one: Consent) -> str:
    """How often it has looked, and how often it still may."""
    return ngettext(
        "It has looked {n} time; {left} left.",
        "It has looked {n} times; {left} left.",
        one.reads_used,
    ).format(n=i18n.number(one.reads_used), left=i18n.number(one.reads_left))


def nobody(card: Card | None) -> None:
    """For who has no wallet here, or no passport."""
    if card is None:
        st.write(_("Connect a wallet above: it is about you alone."))
        return
    st.write(_("You need a passport first: it stands for you."))
    st.page_link("app_pages/card.py", label=_("Take your card"), icon=":material/badge:")


def given(mine: MyData) -> list[Consent]:
    """What counts now."""
    return [one for one in mine.consents if one.counts]
