"""The parts of one proposal, as every list of them draws it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.decision_models import ProposalsView, ProposalView
from cercle.flags import ProposalState, Support
from cercle.models import RecentView
from frontend import decided, i18n, present, services
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import plain

ALREADY = (ProposalState.EXECUTED,)
NEVER = (ProposalState.CANCELED, ProposalState.DEFEATED)


def heading(one: ProposalView, now: datetime) -> None:
    """What it is called, and why it is where it is."""
    st.subheader(plain(decided.title(one)), anchor=False)
    st.markdown(f"{decided.icon(one)} {decided.why(one, now)}")


def text(one: ProposalView) -> None:
    """What its maker says of it: their own words."""
    body = decided.body(one)
    if body:
        st.write(plain(body))
    who = decided.number(one), plain(present.short(one.proposer))
    st.caption(_("Proposal {n}, in the words of {who}.").format(n=who[0], who=who[1]))


def actions(view: ProposalsView, one: ProposalView, names: decided.Names) -> None:
    """What it would do, from its calls alone."""
    if one.state in ALREADY:
        said = _("What it did")
    elif one.state in NEVER:
        said = _("What it would have done")
    else:
        said = _("What it would do")
    st.markdown(
        f"**{said}**", help=_("Read from the proposal itself, not from what its maker says.")
    )
    for action in one.said:
        st.markdown(f"- {decided.said(action, names)}")
        changed = decided.changes(action, view)
        if changed:
            show.table(changed)
        if not action.is_known:
            st.warning(
                _(
                    "We cannot tell what this does: it calls a contract that is not this brand's. "
                    "Vote for it only if you trust who explains it to you."
                ),
                icon=":material/warning:",
            )


def count(one: ProposalView, mine: Support | None, title: str = "") -> None:
    """The count, the quorum and the turnout, in words and as a meter; with a title, drawn too."""
    if one.supply is None or one.quorum is None:
        return
    counts = decided.counts(one)
    if title:
        picked = [place for place, support in enumerate(counts, 1) if support == mine]
        named = [_(decided.SUPPORTS[support]) for support in counts]
        show.votes(named, list(counts.values()), picked, title)
    show.table(decided.rows(one, mine))
    towards = one.in_favour + one.abstaining
    st.progress(
        min(1.0, towards / one.quorum) if one.quorum else 1.0, text=decided.quorum(one, towards)
    )
    st.caption(
        _("{share} of all {votes} took part.").format(
            share=i18n.percent(sum(counts.values()), one.supply), votes=decided.votes(one.supply)
        )
    )


def course(one: ProposalView, now: datetime) -> None:
    """Its way from the proposal to the act."""
    st.markdown("  \n".join(f":small[{line}]" for line in decided.steps(one, now)))


def lately(recent: RecentView | None) -> None:
    """Who came lately: a vote stuffed with newcomers would show here."""
    if recent is None:
        return
    if not recent.joined:
        st.caption(_("Nobody has joined since {date}.").format(date=i18n.day(recent.since)))
        return
    st.caption(
        ngettext(
            "Since {date}, {n} member joined.", "Since {date}, {n} members joined.", recent.joined
        ).format(date=i18n.day(recent.since), n=i18n.number(recent.joined))
    )


def rules(view: ProposalsView, one: ProposalView) -> None:
    """The rules it was made under, which nothing changes any more."""
    if one.terms is None:
        return
    with st.expander(_("The rules it is under"), icon=":material/rule:"):
        show.table(
            [
                {_("Rule"): name, _("For this proposal"): said}
                for name, said in decided.terms(one.terms).items()
            ]
        )
        now = next((c for c in view.classes if c.id == one.class_id), None)
        if now is not None and now != one.terms:
            st.caption(
                _("Class {n} has other rules by now. This proposal keeps those above.").format(
                    n=i18n.number(one.class_id)
                )
            )
        else:
            st.caption(
                _("These are the rules of class {n}; later changes do not touch it.").format(
                    n=i18n.number(one.class_id)
                )
            )


def proof(one: ProposalView) -> None:
    """Where a stranger can check all this."""
    with st.expander(_("Proof"), icon=":material/verified:"):
        evidence(one)


def evidence(one: ProposalView) -> None:
    """Its contract, its number, and each call in full."""
    st.caption(_("Contract of the decisions"))
    governor = services.community().addresses().get("Governor", "—")
    st.code(governor, language=None, wrap_lines=True)
    st.caption(_("The proposal's number"))
    st.code(str(one.id), language=None, wrap_lines=True)
    if one.tx_hash is not None:
        st.caption(_("Made in this transaction, by {who}").format(who=plain(one.proposer)))
        st.code(one.tx_hash, language=None, wrap_lines=True)
    for place, (action, said) in enumerate(zip(one.draft.actions, one.said, strict=True), 1):
        st.caption(_("Call {n}: in full, its receiver, its bytes").format(n=place))
        whole = f"{said.text}\n{action.target}\n{action.value}\n{action.data}"
        st.code(whole, language=None, wrap_lines=True)
