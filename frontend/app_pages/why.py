"""Why did a company decide so about me, and did it tell me the truth?"""

from __future__ import annotations

import streamlit as st

from cercle.consent import DecisionState, Reasons
from cercle.consent.reasons import PARTS, Part, read_reasons
from cercle.errors import RecordRefused
from cercle.models import Card
from frontend import consented, consents, i18n, services
from frontend.consented import Names
from frontend.holdings import Decision
from frontend.i18n import N_, _, ngettext
from frontend.look import show
from frontend.states import guarded, plain, refused

LARGEST = 64  # KB of a file
SHOWN = 20  # decisions at first, and more at each wish
MORE = "why_more"
TITLES: dict[Part, str] = {
    "rule": N_("The rule"),
    "inputs": N_("What it knew of you"),
    "outcome": N_("The result"),
    "counterfactual": N_("What would have brought another result"),
}
ICONS = {
    DecisionState.NONE: "lock",
    DecisionState.COMMITTED: "lock",
    DecisionState.DEMANDED: "hourglass_top",
    DecisionState.OPENED: "lock_open",
    DecisionState.SILENT: "running_with_errors",
    DecisionState.UNASKED: "event_busy",
}


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        st.title(_("Why was it decided so?"))
        explain()
        consented.nobody(card)
        return
    book = consents.consents()
    found = book.decisions(card)
    companies = book.my_data(card).companies
    names = Names(book, companies)
    own = {one.id for one in companies if one.is_brands}
    known = [one for one in found if one.was_allowed or one.company_id in own]
    answer(known)
    for one in known[: shown()]:
        decision(book, card, one, names)
    older(len(known))
    strangers(book, card, [one for one in found if one not in known], names)
    proof()
    st.page_link("app_pages/data.py", label=_("Back to my data"), icon=":material/shield_person:")


def explain() -> None:
    st.write(
        _(
            "A company that decides about you seals its reasons before it tells you the result. "
            "You "
            "may demand them, and check that they are the ones it sealed."
        )
    )


def shown() -> int:
    """How many of each kind."""
    return SHOWN * (1 + int(st.session_state.get(MORE) or 0))


def older(count: int) -> None:
    """More of them, if there are."""
    if count > shown():
        st.button(_("Show older ones"), key="why_older", icon=":material/history:", on_click=more)


def more() -> None:
    """One part more; runs before the page is drawn again."""
    st.session_state[MORE] = int(st.session_state.get(MORE) or 0) + 1


def strangers(book: consents.Consents, card: Card, found: list[Decision], names: Names) -> None:
    """Whoever lists a company may seal something about anybody: that waits apart."""
    if not found:
        return
    title = ngettext(
        "{n} decision by companies that you never allowed anything",
        "{n} decisions by companies that you never allowed anything",
        len(found),
    )
    with st.expander(title.format(n=i18n.number(len(found))), icon=":material/person_search:"):
        st.write(
            _(
                "Anybody may list a company and seal something about you. You may demand their "
                "reasons all the same."
            )
        )
        for one in found[: shown()]:
            decision(book, card, one, names)


def answer(found: list[Decision]) -> None:
    """The page's question, answered at once."""
    silent = sum(one.state == DecisionState.SILENT for one in found)
    closed = sum(one.state == DecisionState.COMMITTED for one in found)
    if not found:
        st.title(_("No company has decided anything about you"))
    elif silent:
        st.title(
            ngettext(
                "{n} company owes you its reasons", "{n} companies owe you their reasons", silent
            ).format(n=i18n.number(silent))
        )
    elif closed:
        st.title(
            ngettext(
                "You may demand the reasons of {n} decision",
                "You may demand the reasons of {n} decisions",
                closed,
            ).format(n=i18n.number(closed))
        )
    else:
        st.title(_("Why it was decided so"))
    explain()


def decision(book: consents.Consents, card: Card, one: Decision, names: Names) -> None:
    now = services.community().head().time
    with st.container(border=True, key=f"why_{one.id}"):
        st.subheader(
            _("Decision no. {n}, by {company}").format(
                n=i18n.number(one.id), company=names.company(one.company_id)
            ),
            anchor=False,
        )
        st.caption(
            _("Sealed {when}").format(when=i18n.relative(one.committed_at, now)),
            help=i18n.exact(one.committed_at),
        )
        sign = f":material/{ICONS[one.state]}:"
        st.markdown(f"{sign} {said(one)}")
        if one.state == DecisionState.COMMITTED:
            demand(book, one, names)
        elif one.state == DecisionState.DEMANDED and one.due_at is not None:
            show.moment(
                _("It has until {date}, {when}.").format(
                    date=i18n.day(one.due_at), when=i18n.relative(one.due_at, now)
                ),
                i18n.exact(one.due_at),
            )
        elif one.state == DecisionState.SILENT:
            silence(book, one)
        if one.opening is not None:
            if one.opening.is_late:
                late = _("It opened them too late.")
                st.caption(f":material/schedule: {late}")
            check(card, one)


def said(one: Decision) -> str:
    """Where it stands, in a sentence."""
    return {
        DecisionState.COMMITTED: _("The reasons are sealed. You may demand them until {date}."),
        DecisionState.DEMANDED: _("You demanded the reasons; the company has to open them."),
        DecisionState.OPENED: _(
            "The company opened its reasons: check that they are the sealed ones."
        ),
        DecisionState.SILENT: _("The company did not answer in time. Everybody can see that."),
        DecisionState.UNASKED: _("Nobody demanded the reasons within a year; that time is over."),
    }.get(one.state, "—").format(date=i18n.day(one.demand_until))


def demand(book: consents.Consents, one: Decision, names: Names) -> None:
    key = f"why_demand_{one.id}"
    st.button(
        _("Demand the reasons"),
        type="primary",
        icon=":material/contact_support:",
        key=key,
        on_click=services.act,
        args=(
            key,
            lambda: book.demand(one.id),
            _(
                "Demand that {company} opens the reasons of decision no. {n} within 30 days. This "
                "cannot be undone."
            ).format(company=names.raw(one.company_id), n=one.id),
        ),
    )
    st.caption(
        _(
            "The company then has 30 days. Its documents go to you alone; only their seals are "
            "public."
        )
    )
    refused(key)


def silence(book: consents.Consents, one: Decision) -> None:
    if one.is_marked:
        told = _("That is written down for good.")
        st.caption(f":material/gavel: {told}")
        return
    key = f"why_silence_{one.id}"
    st.button(
        _("Have the silence written down"),
        icon=":material/gavel:",
        key=key,
        on_click=services.act,
        args=(
            key,
            lambda: book.mark_silence(one.id),
            _("Have it written down for good that no reasons came in time."),
        ),
    )
    refused(key)


# ---- the check ----------------------------------------------------------------------------


def check(card: Card, one: Decision) -> None:
    """The documents that the company handed over, against what it sealed."""
    if not st.toggle(_("Check what the company handed over"), key=f"why_check_{one.id}"):
        return
    st.caption(_("This site compares it, keeps nothing of it and tells nobody."))
    file = st.file_uploader(
        _("The file that the company gave you"),
        type=["json"],
        key=f"why_file_{one.id}",
        max_upload_size=1,
    )
    text = st.text_area(
        _("Or paste what is in it"), key=f"why_text_{one.id}", max_chars=LARGEST * 1_024
    )
    raw = file.getvalue() if file is not None else (text or "").strip().encode()
    if not raw:
        return
    try:
        found = read_reasons(raw)
    except RecordRefused:
        st.warning(
            _("This is no file of a company's reasons. Ask the company for the one it sealed."),
            icon=":material/block:",
        )
        return
    verdict(card, one, found)


def verdict(card: Card, one: Decision, found: Reasons) -> None:
    """Which parts are the sealed ones; then what they say."""
    assert one.opening is not None
    sealed = found.commitment(one.company_id, card.passport_id) == one.commitment
    right = {part: found.document(part).hash == getattr(one.opening, part) for part in PARTS}
    if sealed and all(right.values()):
        st.success(
            _("These are the reasons that were sealed before you were told the result."),
            icon=":material/verified:",
        )
    else:
        st.error(
            _(
                "These are not the reasons that were sealed: {parts}. Ask the company for the "
                "right "
                "ones, or complain to the authority that its notice names."
            ).format(
                parts=i18n.enumeration([_(TITLES[part]) for part in PARTS if not right[part]])
                or _("the secret")
            ),
            icon=":material/gpp_bad:",
        )
    # What another result would have taken comes first: it is what one can act on.
    for part in ("counterfactual", "outcome", "rule", "inputs"):
        mark = "check_circle" if right[part] else "cancel"
        sign, title = f":material/{mark}:", _(TITLES[part])
        st.markdown(f"{sign} **{title}**")
        st.write(plain(found.document(part).text))


def proof() -> None:
    with st.expander(_("Proof"), icon=":material/verified:"):
        st.caption(_("Where decisions are sealed and opened"))
        st.code(
            services.community().addresses().get("Decisions", "—"), language=None, wrap_lines=True
        )


with guarded():
    page()
