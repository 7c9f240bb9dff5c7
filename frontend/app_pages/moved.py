"""How do I tell every company at once that I moved, and who took note?"""

from __future__ import annotations

import streamlit as st

from cercle.consent import Acknowledgement
from frontend import consented, consents, i18n, keeping, services, vaults
from frontend.consented import Names
from frontend.holdings import Move, MyData, movable
from frontend.i18n import N_, _, ngettext
from frontend.look import show
from frontend.states import guarded, refused

KEY, WHAT, CONTENT, TROUBLE, KEPT = (
    *("moved_tell", "moved_what", "moved_content"),
    *("moved_trouble", "moved_kept"),
)
LONGEST = 2_000  # characters of what is kept
ICONS = {
    Acknowledgement.ACKNOWLEDGED: "check_circle",
    Acknowledgement.EXPECTED: "schedule",
    Acknowledgement.LATE: "running_with_errors",
    Acknowledgement.NOT_ALLOWED: "lock",
}


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        st.title(_("You moved? Say it once"))
        st.write(
            _(
                "You say it here, and every company that may see your address learns of it. You "
                "then see which of them took note."
            )
        )
        consented.nobody(card)
        return
    book = consents.consents()
    found = book.moves(card)
    mine = book.my_data(card)
    names = Names(book, mine.companies)
    answer(found)
    board(found, mine, names)
    form(book, mine)
    st.page_link("app_pages/data.py", label=_("Back to my data"), icon=":material/shield_person:")


def answer(found: tuple[Move, ...]) -> None:
    """The page's question, answered at once."""
    if not found:
        st.title(_("You moved? Say it once"))
        st.write(
            _(
                "You say it here, and every company that may see your address learns of it. You "
                "then see which of them took note."
            )
        )
        return
    states = [one.state for move in found for one in move.notified]
    late = states.count(Acknowledgement.LATE)
    waiting = states.count(Acknowledgement.EXPECTED)
    if late:
        st.title(
            ngettext(
                "{n} company is late to take note", "{n} companies are late to take note", late
            ).format(n=i18n.number(late))
        )
    elif waiting:
        st.title(
            ngettext(
                "{n} company has yet to take note", "{n} companies have yet to take note", waiting
            ).format(n=i18n.number(waiting))
        )
    elif Acknowledgement.ACKNOWLEDGED in states:
        st.title(_("Everybody took note"))
    else:
        st.title(_("Nobody has to take note"))
    st.write(_("Each company that may see what changed has 14 days to take note."))


# ---- the board ------------------------------------------------------------------------


def board(found: tuple[Move, ...], mine: MyData, names: Names) -> None:
    """Each change, and each company's answer."""
    now = mine.head.time
    for move in found:
        with st.container(border=True, key=f"moved_{move.category}"):
            st.subheader(consented.category(move.category), anchor=False)
            told = _("You had it deleted {when}.") if move.is_erased else _("It changed {when}.")
            show.moment(
                told.format(when=i18n.relative(move.moved_at, now)), i18n.exact(move.moved_at)
            )
            if not move.notified:
                st.write(_("No company may see this, so nobody has to take note."))
                continue
            show.table(
                [
                    {
                        _("Company"): names.company(one.company_id),
                        _("Now"): f":material/{ICONS[one.state]}: "
                        + said(one.state, i18n.day(one.expected_until)),
                    }
                    for one in move.notified
                ]
            )


def said(state: Acknowledgement, day: str) -> str:
    """A company's answer, in words."""
    return {
        Acknowledgement.ACKNOWLEDGED: _("Took note"),
        Acknowledgement.EXPECTED: _("Expected by {date}").format(date=day),
        Acknowledgement.LATE: _("Late since {date}").format(date=day),
        Acknowledgement.NOT_ALLOWED: _("May not see it"),
    }.get(state, "—")


# ---- the form --------------------------------------------------------------------------


def form(book: consents.Consents, mine: MyData) -> None:
    """Which kind of data changed, and what it is now: for oneself alone."""
    st.header(_("Something changed"))
    if vaults.has_vault():
        lead()
        return
    kinds = {bit: consented.category(bit) for bit in movable()}
    with st.container(border=True, key="moved_form"):
        st.selectbox(_("What changed"), list(kinds), format_func=kinds.__getitem__, key=WHAT)
        chosen = int(st.session_state.get(WHAT) or 0)
        who = sum(
            one.counts and bool(one.categories >> chosen & 1) and not one.is_denied
            for one in mine.consents
        )
        st.caption(
            ngettext(
                "{n} permission that you gave covers it.",
                "{n} permissions that you gave cover it.",
                who,
            ).format(n=i18n.number(who))
        )
        st.text_area(
            _("What it is now, for your own file"),
            key=CONTENT,
            max_chars=LONGEST,
            help=_("This site makes your file from it, keeps nothing of it and tells nobody."),
        )
        st.button(
            _("Tell every company"),
            type="primary",
            icon=":material/campaign:",
            key=KEY,
            on_click=tell,
            args=(book, kinds),
        )
        if trouble := st.session_state.get(TROUBLE):
            st.warning(_(trouble), icon=":material/touch_app:")
        refused(KEY)
        st.info(
            _(
                "Companies learn that it changed, not what it is now: they fetch the new data "
                "from a vault, and this site was not told of one: give it to them yourself. "
                "What you typed is published only as a seal, which nobody can undo without the "
                "secret in your file."
            ),
            icon=":material/info:",
        )
        keep()
    st.caption(
        _(
            "That something changed, and when, is public and stays so. You can tell a new change "
            "at any time."
        )
    )


def lead() -> None:
    """Where there is a vault, what changed is sealed there and told by the same signature."""
    st.write(
        _(
            "Seal in your vault what it is now: the same signature then tells every company, and "
            "those that you allow fetch it from there."
        )
    )
    st.page_link("app_pages/vault.py", label=_("Open my vault"), icon=":material/lock:")


def tell(book: consents.Consents, kinds: dict[int, str]) -> None:
    """Seal what was typed and hand the act to the wallet; runs before the page is drawn again."""
    st.session_state[TROUBLE] = None
    chosen, content = st.session_state.get(WHAT), str(st.session_state.get(CONTENT) or "").strip()
    if chosen is None or not content:
        st.session_state[TROUBLE] = N_("Type what it is now: it goes into your own file.")
        return
    sealed = keeping.seal(int(chosen), content)
    services.act(
        KEY,
        lambda: book.move(int(chosen), sealed.commitment),
        _(
            "Tell every company that may see it that this changed: {what}. What it is now is not "
            "sent. It stays public that it changed."
        ).format(what=kinds[int(chosen)]),
    )
    if services.refused(KEY) is None:
        st.session_state[KEPT], st.session_state[CONTENT] = sealed, ""


def keep() -> None:
    """The member's own file: what was sealed, and the secret."""
    sealed: keeping.Sealed | None = st.session_state.get(KEPT)
    if sealed is None:
        return
    st.download_button(
        _("Keep your file"),
        sealed.file(),
        file_name="changed.json",
        mime="application/json",
        icon=":material/download:",
        type="primary",
        key="moved_file",
        on_click="ignore",
    )
    st.caption(
        _(
            "With it you can prove later what you told. It holds your data and its secret: keep it "
            "to yourself. It is nowhere else, and gone when you close this page."
        )
    )


with guarded():
    page()
