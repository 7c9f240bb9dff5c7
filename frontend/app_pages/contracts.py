"""Which services do I have, how much is left, and why does it cost what it costs?"""

from __future__ import annotations

import streamlit as st

from cercle.agreements.advice import advise_on
from cercle.agreements.findings import Checked
from cercle.models import Card
from frontend import agreed, agreeing, consented, i18n, services
from frontend.agreed import State, Words
from frontend.agreeing import Contract
from frontend.app_pages._contract_acts import acts
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, own, plain

WHICH, PERIOD = "contracts_which", "contracts_period"
READ = 24  # contracts that are read; older ones stand in the history
SIGNS = {
    State.STOPPED: ":material/pan_tool:",
    State.NEAR: ":material/notification_important:",
    State.SERVED: ":material/check_circle:",
    State.WAITING: ":material/hourglass_top:",
    State.OVER: ":material/event_busy:",
}


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        st.title(_("Your service contracts"))
        st.write(
            _(
                "You sign once which plans are allowed. From then on the cheapest of them counts, "
                "it stops where you said, and anybody can check why."
            )
        )
        consented.nobody(card)
        return
    book = agreeing.agreements()
    mine = [book.contract(number, card) for number in book.numbers(card)[:READ]]
    mine.sort(key=lambda one: (agreed.state(one).value, -one.id))
    answer(mine)
    if mine:
        chosen = choose(mine)
        one_contract(book, chosen, card)
    st.page_link("app_pages/choose.py", label=_("Compare and choose plans"), icon=":material/rule:")


def answer(mine: list[Contract]) -> None:
    """The page's question, answered at once."""
    live = [one for one in mine if agreed.state(one) is not State.OVER]
    stopped = [one for one in live if agreed.state(one) is State.STOPPED]
    if not live:
        st.title(_("You have no service contract"))
        st.write(
            _(
                "Choose a provider's plans and sign them once: from then on you pay the cheapest "
                "of them, and it stops where you said."
            )
        )
        return
    if stopped:
        told = ngettext(
            "{n} of your contracts has stopped", "{n} of your contracts have stopped", len(stopped)
        )
        st.title(told.format(n=i18n.number(len(stopped))))
        st.write(
            ngettext(
                "Nothing more is used or charged in it until it goes on.",
                "Nothing more is used or charged in them until they go on.",
                len(stopped),
            )
        )
        return
    told = ngettext("{n} service contract runs", "{n} service contracts run", len(live))
    st.title(told.format(n=i18n.number(len(live))))
    st.write(_("You pay the cheapest of the plans that you signed, and never more than you said."))


def choose(mine: list[Contract]) -> Contract:
    """The contract that is looked at; the one that needs its customer most at first."""
    if len(mine) == 1:
        return mine[0]
    by_number = {one.id: one for one in mine}
    names = agreed.apart({one.id: agreed.words(one).name for one in mine})

    def name(number: int) -> str:
        return f"{SIGNS[agreed.state(by_number[number])]} {plain(names[number])}"

    picked = st.pills(
        _("Contract"),
        list(by_number),
        default=mine[0].id,
        format_func=name,
        key=WHICH,
        label_visibility="collapsed",
        required=True,
    )
    return by_number.get(int(picked or 0), mine[0])


def one_contract(book: agreeing.Agreeing, contract: Contract, card: Card) -> None:
    say = agreed.words(contract)
    checked = book.checked(contract.id)
    st.header(plain(say.name), anchor=False)
    if say.provider:
        st.caption(_("By {company}").format(company=plain(say.provider)))
    show.withheld(contract.wording.price_list)
    warn_of_faults(checked)
    where = agreed.state(contract)
    sentence = plain(agreed.headline(contract, say))
    if where is State.STOPPED:
        st.error(sentence, icon=SIGNS[where])
    elif where is State.NEAR:
        st.warning(sentence, icon=SIGNS[where])
    else:
        st.markdown(f"{SIGNS[where]} {sentence}")
    if where not in (State.OVER, State.WAITING):
        gauge(contract, say)
    figures(contract, say)
    if where not in (State.OVER, State.WAITING):
        st.markdown(own(plain(agreed.next_plan(contract, say))))
    acts(contract, card, say)
    why(contract, checked, say)
    past(contract, checked, say)
    compare(contract, checked, say, card)
    proof(contract, checked)


def warn_of_faults(checked: Checked) -> None:
    """What was written down and does not follow from what was signed."""
    if checked.is_sound:
        return
    st.error(
        ngettext(
            "{n} entry of this contract's book does not follow from what you signed. See it under "
            "Proof.",
            "{n} entries of this contract's book do not follow from what you signed. See them "
            "under Proof.",
            len(checked.findings),
        ).format(n=i18n.number(len(checked.findings))),
        icon=":material/gpp_bad:",
    )


def gauge(contract: Contract, say: Words) -> None:
    """How much of what was agreed is used, with the steps of the ladder."""
    found = contract.view.standing
    with show.keyed("contracts_gauge"):
        st.progress(
            min(found.percent, 100),
            text=_("{percent} of what you agreed to is used").format(
                percent=i18n.percent(min(found.percent, 100), 100)
            ),
        )
    rungs = contract.view.current.rungs
    show.steps(
        [(say.plan(rung.plan_id), rung.plan.capacity) for rung in rungs],
        used=found.use,
        stop=found.limit,
        per_shown=say.per_shown,
        title=_("Used, in {unit}").format(unit=say.shown_as),
        names=(_("Used"), _("Plan")),
    )
    st.caption(plain(agreed.ladder(contract, say)))


def figures(contract: Contract, say: Words) -> None:
    """Used, cost, time and money left."""
    view, found = contract.view, contract.view.standing
    where = agreed.state(contract)
    shown = []
    if where not in (State.OVER, State.WAITING):
        shown += [
            (_("Used"), say.use(found.use)),
            (_("This period so far"), say.money(found.net)),
            (_("Period ends in"), agreed.left(found.period_ends_at, view.now)),
        ]
    shown.append((_("Paid in and left"), say.money(found.escrow)))
    with st.container(horizontal=True, key="contracts_figures"):
        for name, value in shown:
            st.metric(name, plain(value), border=True)
    until = agreed.paid_until(contract)
    if where not in (State.OVER,) and until is not None:
        told = _("Paid for until {date} if you use no more than is included.")
        st.caption(told.format(date=i18n.day(until)), help=i18n.exact(until))
    if found.credit:
        told = _("{credit} are taken off for the time without service.")
        st.caption(f":material/healing: {plain(told.format(credit=say.money(found.credit)))}")


# ---- why ---------------------------------------------------------------------------------


def why(contract: Contract, checked: Checked, say: Words) -> None:
    """The price of the open period under every plan, and what less use would have cost."""
    if agreed.state(contract) in (State.OVER, State.WAITING):
        return
    found = contract.view.standing
    with st.expander(_("Why it costs that"), icon=":material/help:"):
        show.table(agreed.escaped(agreed.prices(contract, say)))
        st.markdown(
            _("The cheapest of your plans that covers {use} counts: “{plan}”.").format(
                use=plain(say.use(min(found.use, found.limit))),
                plan=plain(say.plan(contract.view.current.rungs[found.rung].plan_id)),
            )
        )
        if less := agreed.less(contract, say):
            st.caption(plain(less))


def past(contract: Contract, checked: Checked, say: Words) -> None:
    """Every period that is over, and why each cost what it cost."""
    periods = checked.periods[::-1]
    if not periods:
        return
    with st.expander(_("Periods that are over"), icon=":material/history:"):
        show.table(
            [
                {
                    _("Period"): agreed.period(contract.view.terms, one.number),
                    _("Used"): plain(say.use(one.use)),
                    _("Cost"): plain(agreed.lessened(one, say)),
                }
                for one in periods
            ]
        )
        names = {one.number: agreed.period(contract.view.terms, one.number) for one in periods}
        number = st.selectbox(
            _("Explain a period"),
            list(names),
            format_func=names.__getitem__,
            key=f"{PERIOD}_{contract.id}",
        )
        closed = next(one for one in periods if one.number == number)
        show.table(agreed.escaped(agreed.explained(closed, checked, say)))
        for sentence in agreed.reasons(closed, checked, say):
            st.markdown(f"- {plain(sentence)}")


def compare(contract: Contract, checked: Checked, say: Words, card: Card) -> None:
    """Whether another plan of the list would have been better."""
    if not checked.periods:
        return
    offered = agreeing.agreements().offered(contract.view.terms.list_id, card)
    found = advise_on(checked.periods, offered.shelf.offers_for(card.passport_id))
    st.markdown(f":material/lightbulb: {plain(agreed.advice(found, say))}")


# ---- proof -------------------------------------------------------------------------------


def proof(contract: Contract, checked: Checked) -> None:
    with st.expander(_("Proof"), icon=":material/verified:"):
        for one in checked.findings:
            told = _("{event}, {field}: {told} was written down, {right} is right.").format(
                event=one.event, field=one.what, told=one.told, right=one.right
            )
            st.warning(plain(told), icon=":material/gpp_bad:")
            st.code(one.tx_hash, language=None, wrap_lines=True)
        st.caption(_("Contract no. {n}, in the book").format(n=i18n.number(contract.id)))
        addresses = services.community().addresses()
        st.code(addresses.get("Agreements", "—"), language=None, wrap_lines=True)
        st.caption(_("What you signed, by its hash"))
        st.code(contract.book or "—", language=None, wrap_lines=True)
        st.caption(_("Who reads the meter"))
        st.code(contract.view.terms.meter, language=None, wrap_lines=True)
        if checked.receipts:
            st.caption(_("The last reading"))
            st.code(checked.receipts[-1].tx_hash, language=None, wrap_lines=True)
        if checked.is_sound:
            told = _(
                "Every price was reckoned again here from what you signed: all of it is right."
            )
            st.caption(f":material/task_alt: {told}")


with guarded():
    page()
