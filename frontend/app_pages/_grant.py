"""What a company says that it would do, and the form by which it is allowed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from cercle.consent import Language, categories_in, missing
from cercle.content import NoticeDocument
from cercle.models import Card
from frontend import consented, consents, i18n, refusals, services
from frontend.consented import Names
from frontend.holdings import Consent, MyData, Notice
from frontend.i18n import N_, _
from frontend.states import plain, refused

YEAR = 365
LONGEST = 5 * YEAR - 1  # days that a consent may last
READS, MOST_READS = 12, 1_000
KEEP = {  # days after the end
    0: N_("At its end"),
    180: N_("6 months later"),
    YEAR: N_("1 year later"),
}
TROUBLE = "grant_trouble"
OPERATIONS = {
    "Collect": N_("collects"),
    "Store": N_("stores"),
    "Use": N_("uses"),
    "Analyse": N_("analyses"),
    "Combine": N_("combines with other data"),
    "Profiling": N_("profiles you"),
    "Share": N_("shares"),
    "Disclose": N_("discloses"),
    "Erase": N_("erases"),
}


def offer(
    book: consents.Consents,
    card: Card,
    mine: MyData,
    one: Consent,
    notice: Notice,
    names: Names,
) -> None:
    """The notice to read, then the form."""
    place = f"{notice.company_id}_{notice.purpose}"
    title = _("Change or renew it") if one.counts else _("Read what it says, and allow it")
    key = f"grant_open_{place}"
    if not st.toggle(title, key=key):
        return
    shown = book.notice_text(notice.content_hash)
    if shown.document is None:
        st.warning(
            refusals.sentence(shown.problem)
            if shown.problem
            else _("The text is not here yet; its seal is on the ledger."),
            icon=":material/visibility_off:",
        )
        st.caption(_("You cannot allow what you cannot read."))
        return
    read(shown.document, notice)
    form(book, card, mine, one, notice, shown.document, names)


def read(text: NoticeDocument, notice: Notice) -> None:
    """A company's notice, all of it; every word is theirs, and shown letter by letter."""
    language = i18n.language()
    heading = _("What the company says")
    st.markdown(f"**{heading}**")
    st.write(plain(text.sentence.in_language(language)))
    required, rest = (
        [one for one in categories_in(text.categories) if bool(text.required & one.mask) is needed]
        for needed in (True, False)
    )
    rows = [
        (_("Who"), f"{text.controller.name}, {text.controller.address}, {text.controller.contact}"),
        (_("It needs"), consented.kinds(required) if required else _("nothing in particular")),
        (_("It would also like"), consented.kinds(rest)),
        (_("What it does"), i18n.enumeration([_(OPERATIONS[one]) for one in text.operations])),
        (
            _("Decisions"),
            _("Taken by a machine, without a human")
            if text.is_automated
            else _("Not taken by a machine alone"),
        ),
        (_("Kept in"), i18n.enumeration([i18n.country(one) for one in text.storage_locations])),
        (
            _("Used in"),
            i18n.enumeration([i18n.country(one) for one in text.processing_locations]),
        ),
        (_("Leaves the Union"), text.transfers.in_language(language)),
        (_("How long"), text.retention.in_language(language)),
        (
            _("Who else gets it"),
            i18n.enumeration([f"{one.name} ({i18n.country(one.place)})" for one in text.recipients])
            or _("nobody"),
        ),
        (_("How to take it back"), text.withdrawal.in_language(language)),
        (_("Where to complain"), f"{text.authority.name}, {text.authority.contact}"),
        (_("Its whole text"), text.privacy_notice),
    ]
    st.markdown("\n".join(f"- **{name}**: {plain(said)}" for name, said in rows if said))


def form(
    book: consents.Consents,
    card: Card,
    mine: MyData,
    one: Consent,
    notice: Notice,
    text: NoticeDocument,
    names: Names,
) -> None:
    """Which data, until when, how often."""
    place = f"{notice.company_id}_{notice.purpose}"
    options = {kind.bit: consented.category(kind.bit) for kind in categories_in(notice.categories)}
    ends = {days: _(said) for days, said in KEEP.items()}
    known = one.categories if one.counts else text.required
    st.pills(
        _("Which data it may see"),
        list(options),
        selection_mode="multi",
        format_func=options.__getitem__,
        default=[bit for bit in options if known >> bit & 1],
        key=f"grant_data_{place}",
        wrap=True,
    )
    first = mine.head.time.astimezone(i18n.zone()).date()
    st.date_input(
        _("Until"),
        value=first + timedelta(days=YEAR),
        min_value=first + timedelta(days=1),
        max_value=first + timedelta(days=LONGEST),
        format="DD/MM/YYYY",
        key=f"grant_until_{place}",
        help=_("It may look for the last time on the day before. Five years at most."),
    )
    st.pills(
        _("When what it read must be deleted"),
        list(ends),
        format_func=ends.__getitem__,
        default=0,
        required=True,
        key=f"grant_keep_{place}",
        wrap=True,
    )
    st.number_input(
        _("How often it may open your data"),
        min_value=0,
        max_value=MOST_READS,
        value=READS,
        step=1,
        key=f"grant_reads_{place}",
    )
    chosen = picked(place)
    if lacking := missing(chosen, text):
        st.caption(
            ":material/info: "
            + _("For this purpose it says that it also needs: {data}.").format(
                data=consented.kinds(categories_in(lacking))
            )
        )
    st.caption(
        _(
            "You can take it back at any time, in one act. Your data itself is not sent by this "
            "page: it stays where you keep it."
        )
    )
    if is_late(mine, one):
        st.warning(
            _(
                "It has not deleted yet what it read before. Have that written down first: "
                "allowing anew gives it more time, and leaves it its stake."
            ),
            icon=":material/running_with_errors:",
        )
    key = f"grant_{place}"
    st.button(
        _("Allow this"),
        type="primary",
        icon=":material/check:",
        key=key,
        on_click=allow,
        args=(book, card, notice, names.raw(notice.company_id), key, place),
    )
    if trouble := st.session_state.get(f"{TROUBLE}_{place}"):
        st.warning(_(trouble), icon=":material/touch_app:")
    refused(key)


def is_late(mine: MyData, one: Consent) -> bool:
    """Whether it should have deleted, and nobody has written that down."""
    if one.read_at is None or one.due_at is None or one.counts or one.is_overdue:
        return False
    return mine.head.time > one.due_at


def picked(place: str) -> int:
    """The mask of what is chosen."""
    return sum(1 << bit for bit in st.session_state.get(f"grant_data_{place}") or ())


def midnight(day: date) -> datetime:
    """The first second of a day, where the member is."""
    return datetime.combine(day, time(), i18n.zone()).astimezone(UTC)


def allow(
    book: consents.Consents, card: Card, notice: Notice, company: str, key: str, place: str
) -> None:
    """Hand the wish to the wallet; runs before the page is drawn again."""
    st.session_state[f"{TROUBLE}_{place}"] = None
    categories, day = picked(place), st.session_state.get(f"grant_until_{place}")
    if not categories:
        st.session_state[f"{TROUBLE}_{place}"] = N_("Choose at least one kind of data.")
        return
    if day is None:
        st.session_state[f"{TROUBLE}_{place}"] = N_("Choose a last day.")
        return
    until = midnight(day)
    kept = until + timedelta(days=int(st.session_state.get(f"grant_keep_{place}") or 0))
    reads = int(st.session_state.get(f"grant_reads_{place}") or 0)
    label = _(
        "Allow {company} to see {data} for “{purpose}”, until {date}. You can take it back at any "
        "time."
    ).format(
        company=company,
        data=consented.kinds(categories_in(categories)),
        purpose=consented.purpose(notice.purpose),
        date=i18n.day(until),
    )
    language: Language = "fr" if i18n.language() == "fr" else "en"
    services.act(
        key,
        lambda: book.grant(
            card,
            notice,
            categories=categories,
            until=until,
            keep_until=kept,
            reads=reads,
            language=language,
        ),
        label,
    )
