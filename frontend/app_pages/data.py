"""Who may see my data, for what, until when, and how do I stop it?"""

from __future__ import annotations

import re

import streamlit as st

from cercle.consent import PURPOSES, ConsentStatus
from cercle.models import Card
from frontend import consented, consents, i18n, services, vaults
from frontend.app_pages import _grant
from frontend.consented import Names
from frontend.holdings import Company, Consent, MyData
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, plain, refused

STOP, OTHER = "data_stop", "data_other"
WIDE = 2  # companies side by side in the table; a phone has room for no more
ASKS = 12  # requests that are shown at once
MOST = 2**53 - 1  # no larger number passes a browser


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        nobody(card)
        return
    book = consents.consents()
    mine = book.my_data(card, also=wanted())
    names = Names(book, mine.companies)
    answer(mine)
    stop(book, card, mine)
    waiting(book, card, mine, names)
    soon(mine, names)
    shown = concerned(mine)
    matrix(mine, shown, names)
    for company in shown:
        one_company(book, card, mine, company, names)
    others(mine)
    purposes(book, mine)
    papers(book, card, mine)
    links()


def nobody(card: Card | None) -> None:
    st.title(_("Your data is yours"))
    st.write(
        _(
            "Here you decide which company may see which data of yours, for what and until when, "
            "and you stop it whenever you like."
        )
    )
    consented.nobody(card)


def answer(mine: MyData) -> None:
    """The page's question, answered at once."""
    given = consented.given(mine)
    count = len({one.company_id for one in given})
    if not count:
        st.title(_("Nobody may see your data"))
        st.write(_("A company sees nothing of you here unless you allow it, for one purpose."))
        return
    st.title(
        ngettext(
            "{n} company may see data of yours", "{n} companies may see data of yours", count
        ).format(n=i18n.number(count))
    )
    st.write(_("Only what you allowed, only for that purpose, only until its end."))


def stop(book: consents.Consents, card: Card, mine: MyData) -> None:
    """Everything back in one act."""
    if not consented.given(mine):
        return
    st.button(
        _("Stop everything"),
        type="primary",
        icon=":material/front_hand:",
        key=STOP,
        on_click=services.act,
        args=(
            STOP,
            book.withdraw_all,
            _("Take back everything, from every company, at once. You can allow anything anew."),
        ),
    )
    st.caption(
        _(
            "From that moment no company may look any more, and each must delete what it read "
            "within 30 days. What you signed before and nobody sent yet counts no more either."
        )
    )
    refused(STOP)


# ---- what needs me ------------------------------------------------------------------


def waiting(book: consents.Consents, card: Card, mine: MyData, names: Names) -> None:
    """Companies that ask, and those that are late."""
    asks = [
        one
        for one in mine.consents
        if one.status == ConsentStatus.REQUESTED and one.asked and not one.is_denied
    ]
    for one in asks[:ASKS]:
        st.info(
            _("{company} asks to see {data}. {purpose}").format(
                company=names.company(one.company_id),
                data=consented.kinds(one.asked_data),
                purpose=consented.purpose_sentence(one.purpose),
            ),
            icon=":material/help:",
        )
    now = mine.head.time
    for one in mine.consents:
        if one.read_at is None or one.due_at is None or one.counts:
            continue
        if one.is_overdue or now > one.due_at:
            late(book, card, mine, one, names)


def late(book: consents.Consents, card: Card, mine: MyData, one: Consent, names: Names) -> None:
    """A company that had to say that it deleted, and did not."""
    company = names.company(one.company_id)
    st.warning(
        _("{company} should have deleted by {date} what it read for “{purpose}”.").format(
            company=company,
            date=i18n.day(one.due_at) if one.due_at else "",
            purpose=consented.purpose(one.purpose),
        ),
        icon=":material/running_with_errors:",
    )
    if one.is_overdue:
        st.caption(_("That is written down for everybody. What it had staked went to you."))
        return
    key = f"data_overdue_{one.company_id}_{one.purpose}"
    label = _("Have it written down that it is late.")
    if one.bond:
        amount = plain(consented.money(one.bond, mine.symbol))
        label = _("Have it written down that it is late; its stake of {amount} comes to you.")
        label = label.format(amount=amount)
    st.button(
        _("Have it written down"),
        key=key,
        icon=":material/gavel:",
        on_click=services.act,
        args=(key, lambda: book.mark_overdue(card, one.company_id, one.purpose), label),
    )
    st.caption(label)
    refused(key)


def soon(mine: MyData, names: Names) -> None:
    """Reminders, when a good part of a grant's time has passed."""
    now = mine.head.time
    for one in consented.given(mine):
        if not one.reminder or one.until is None:
            continue
        told = _("{percent} of the time has passed: {company}, {purpose}. It ends {when}.").format(
            percent=i18n.percent(one.reminder, 100),
            company=names.company(one.company_id),
            purpose=consented.purpose(one.purpose),
            when=i18n.relative(one.until, now),
        )
        icon = "hourglass_bottom" if one.reminder >= 80 else "hourglass_top"
        sign = f":material/{icon}:"
        st.caption(f"{sign} {told}", help=i18n.exact(one.until))


# ---- the matrix ------------------------------------------------------------------------


def concerned(mine: MyData) -> list[Company]:
    """The companies in the order in which they matter: those that may look, the brand's own."""
    looking = {one.company_id for one in consented.given(mine)}
    return sorted(
        mine.companies, key=lambda one: (one.id not in looking, not one.is_brands, one.id)
    )


def matrix(mine: MyData, shown: list[Company], names: Names) -> None:
    """Companies and purposes, at a glance."""
    st.header(_("Who may see what"))
    if not shown:
        st.write(_("No company has asked you for anything, and you have allowed nothing."))
        return
    by_place = {(one.company_id, one.purpose): one for one in mine.consents}
    numbers = sorted(
        {one.purpose for one in mine.consents if one.company_id in {c.id for c in shown}}
    )
    if len(shown) > WIDE:
        rows = [
            {
                _("Company"): heading(names, company),
                _("What for"): consented.purpose(number),
                _("Now"): consented.cell(by_place[company.id, number]),
            }
            for company in shown
            for number in numbers
            if (company.id, number) in by_place
        ]
    else:
        rows = [
            {_("What for"): f"**{consented.purpose(number)}**"}
            | {
                heading(names, company): consented.cell(by_place[company.id, number])
                if (company.id, number) in by_place
                else "—"
                for company in shown
            }
            for number in numbers
        ]
    show.table(rows)


def heading(names: Names, company: Company) -> str:
    """A column's head: two companies of one name stay two."""
    return _("{company} (no. {n})").format(
        company=names.company(company.id), n=i18n.number(company.id)
    )


# ---- one company -------------------------------------------------------------------------


def one_company(
    book: consents.Consents, card: Card, mine: MyData, company: Company, names: Names
) -> None:
    with st.container(border=True, key=f"data_company_{company.id}"):
        st.subheader(names.company(company.id), anchor=False)
        st.caption(_("Company no. {n}").format(n=i18n.number(company.id)))
        if company.is_denied:
            readmit(book, company)
        for place, one in enumerate(mine.of(company.id)):
            if place:
                st.divider()
            one_purpose(book, card, mine, company, one, names)
        if not mine.of(company.id):
            st.caption(_("It has not said yet what it would do with data: it may see nothing."))
        if not company.is_denied:
            shut_out(book, company, names)


def one_purpose(
    book: consents.Consents,
    card: Card,
    mine: MyData,
    company: Company,
    one: Consent,
    names: Names,
) -> None:
    """What it may see for one purpose, and what I can do about that."""
    icon = "block" if one.is_denied else consented.STATUS[one.status]
    sign, purpose = f":material/{icon}:", consented.purpose(one.purpose)
    st.markdown(f"{sign} **{purpose}** · {consented.status(one)}")
    st.write(consented.sentence(one))
    facts(mine, one)
    place = f"{one.company_id}_{one.purpose}"
    with st.container(horizontal=True):
        if one.categories and one.status != ConsentStatus.WITHDRAWN:
            withdraw(book, card, one, names)
        if one.status == ConsentStatus.REQUESTED and not one.is_denied:
            refuse(book, one, names)
    for key in (f"data_withdraw_{place}", f"data_refuse_{place}"):
        refused(key)
    if one.is_purpose_denied:
        st.warning(
            _("You shut out “{purpose}” with every company.").format(
                purpose=consented.purpose(one.purpose)
            ),
            icon=":material/block:",
        )
    if one.is_denied:
        st.caption(
            _(
                "What you allow does not count as long as you shut it out. Let it in again first, "
                "then allow it."
            )
        )
        if one.is_purpose_denied:
            lift(book, one.purpose, f"data_lift_{place}")
        return
    notice = company.notice(one.purpose)
    if notice is not None:
        _grant.offer(book, card, mine, one, notice, names)


def facts(mine: MyData, one: Consent) -> None:
    """Which data, until when, how often."""
    now = mine.head.time
    if one.categories and (one.counts or one.is_denied):
        told = _("You allowed: **{data}**") if one.is_denied else _("It sees: **{data}**")
        st.markdown(told.format(data=consented.kinds(one.data)))
        if one.until is not None:
            show.moment(
                _("Until {date}, {when}. {reads}").format(
                    date=i18n.day(one.until),
                    when=i18n.relative(one.until, now),
                    reads=consented.reads(one),
                ),
                i18n.exact(one.until),
            )
    elif one.status == ConsentStatus.REQUESTED and one.asked:
        st.markdown(_("It asks for: **{data}**").format(data=consented.kinds(one.asked_data)))
    if one.read_at is not None:
        show.moment(
            _("It looked last {when}.").format(when=i18n.relative(one.read_at, now)),
            i18n.exact(one.read_at),
        )
        if not one.counts and one.due_at is not None and now <= one.due_at:
            show.moment(
                _("It must delete what it read by {date}.").format(date=i18n.day(one.due_at)),
                i18n.exact(one.due_at),
            )
        if one.bond:
            amount = plain(consented.money(one.bond, mine.symbol))
            st.caption(
                _("It staked {amount}, which it loses to you if it deletes too late.").format(
                    amount=amount
                )
            )
    elif one.due_at is None and one.status == ConsentStatus.WITHDRAWN:
        st.caption(_("By its own word it holds nothing of you for this."))


def withdraw(book: consents.Consents, card: Card, one: Consent, names: Names) -> None:
    key = f"data_withdraw_{one.company_id}_{one.purpose}"
    label = _("Take back what you allowed {company} for “{purpose}”. You can allow it anew.")
    st.button(
        _("Withdraw this"),
        key=key,
        icon=":material/undo:",
        on_click=services.act,
        args=(
            key,
            lambda: book.withdraw(one.company_id, one.purpose),
            label.format(company=names.raw(one.company_id), purpose=consented.purpose(one.purpose)),
        ),
    )


def refuse(book: consents.Consents, one: Consent, names: Names) -> None:
    key = f"data_refuse_{one.company_id}_{one.purpose}"
    label = _("Say no to {company} for “{purpose}”. It may not ask again for 30 days.")
    st.button(
        _("Say no"),
        key=key,
        icon=":material/close:",
        on_click=services.act,
        args=(
            key,
            lambda: book.refuse(one.company_id, one.purpose),
            label.format(company=names.raw(one.company_id), purpose=consented.purpose(one.purpose)),
        ),
    )


# ---- shutting out --------------------------------------------------------------------------


def shut_out(book: consents.Consents, company: Company, names: Names) -> None:
    key = f"data_shut_{company.id}"
    label = _(
        "Shut {company} out: it may see nothing and may not ask, whatever you allowed it. You can "
        "let it in again."
    ).format(company=names.raw(company.id))
    st.button(
        _("Shut this company out"),
        key=key,
        type="tertiary",
        icon=":material/block:",
        on_click=services.act,
        args=(key, lambda: book.deny_company(company.id, True), label),
    )
    refused(key)


def readmit(book: consents.Consents, company: Company) -> None:
    key = f"data_shut_{company.id}"
    st.warning(
        _("You shut this company out: nothing that you allowed it counts."),
        icon=":material/block:",
    )
    st.button(
        _("Let it in again"),
        key=key,
        icon=":material/lock_open:",
        on_click=services.act,
        args=(
            key,
            lambda: book.deny_company(company.id, False),
            _("Let this company in again: what you allowed it and has not ended counts anew."),
        ),
    )
    refused(key)


def lift(book: consents.Consents, purpose: int, key: str) -> None:
    label = _("Let “{purpose}” in again: what you allowed for it and has not ended counts anew.")
    st.button(
        _("Let this purpose in again"),
        key=key,
        icon=":material/lock_open:",
        on_click=services.act,
        args=(
            key,
            lambda: book.deny_purpose(purpose, False),
            label.format(purpose=consented.purpose(purpose)),
        ),
    )
    refused(key)


def purposes(book: consents.Consents, mine: MyData) -> None:
    """A purpose shut out with every company, present and future."""
    with st.expander(_("Shut out a purpose, with every company"), icon=":material/block:"):
        st.write(
            _(
                "Nobody may then see your data for it, or ask for it, whatever you allowed. You "
                "can let it in again."
            )
        )
        if mine.denied_purposes:
            for number in mine.denied_purposes:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f":material/block: **{consented.purpose(number)}**")
                    lift(book, number, f"data_readmit_{number}")
        rest = {
            one.number: consented.purpose(one.number)
            for one in PURPOSES
            if one.number not in mine.denied_purposes
        }
        chosen = st.selectbox(
            _("Which purpose"), list(rest), format_func=rest.__getitem__, key="data_purpose"
        )
        st.caption(consented.purpose_sentence(chosen))
        label = _("Shut out “{purpose}” with every company. You can let it in again.")
        st.button(
            _("Shut this purpose out"),
            key="data_shut_purpose",
            icon=":material/block:",
            on_click=services.act,
            args=(
                "data_shut_purpose",
                lambda: book.deny_purpose(chosen, True),
                label.format(purpose=consented.purpose(chosen)),
            ),
        )
        refused("data_shut_purpose")


# ---- others, papers ----------------------------------------------------------------------------


def wanted() -> int:
    """The number of a company that the member asked for, or that a link names."""
    if OTHER not in st.session_state:
        named = st.query_params.get("company", "")
        if re.fullmatch(r"[1-9][0-9]{0,15}", named) and int(named) <= MOST:
            st.session_state[OTHER] = int(named)
    return int(st.session_state.get(OTHER) or 0)


def others(mine: MyData) -> None:
    """A company that nothing ever happened with, by its number."""
    st.header(_("Another company"))
    st.write(
        _(
            "To allow a company that has not asked you, type the number that it gave you. Anybody "
            "may list a company, and nobody has checked their names: allow only whom you know."
        )
    )
    st.number_input(
        _("Number of the company"), min_value=1, max_value=MOST, value=None, step=1, key=OTHER
    )
    if (number := wanted()) and number not in {one.id for one in mine.companies}:
        st.warning(_("There is no company of this number."), icon=":material/search_off:")


def papers(book: consents.Consents, card: Card, mine: MyData) -> None:
    """All receipts in one click."""
    st.header(_("Your receipts"))
    st.write(
        _(
            "One file with every record of what you ever allowed and what came of it, in the "
            "form that authorities and other services read (ISO/IEC TS 27560, JSON-LD)."
        )
    )
    st.download_button(
        _("Download all my receipts"),
        lambda: book.receipts(card),
        file_name="receipts.jsonld",
        mime="application/ld+json",
        icon=":material/download:",
        key="data_receipts",
        on_click="ignore",
    )
    with st.expander(_("Proof"), icon=":material/verified:"):
        addresses = services.community().addresses()
        for name, what in (
            ("Consent", _("Who may see what")),
            ("Vault", _("Who looked, and who must delete")),
        ):
            st.caption(what)
            st.code(addresses.get(name, "—"), language=None, wrap_lines=True)
        st.caption(_("Read at block {block}.").format(block=i18n.number(mine.head.number)))


def links() -> None:
    """The pages beside this one."""
    with st.container(horizontal=True):
        if vaults.has_vault():
            st.page_link("app_pages/vault.py", label=_("My vault"), icon=":material/lock:")
        if consents.has("Records"):
            st.page_link("app_pages/moved.py", label=_("I moved"), icon=":material/local_shipping:")
        if consents.has("Vault"):
            st.page_link("app_pages/looked.py", label=_("Who looked"), icon=":material/visibility:")
        if consents.has("Decisions"):
            st.page_link("app_pages/why.py", label=_("Why"), icon=":material/contact_support:")


with guarded():
    page()
