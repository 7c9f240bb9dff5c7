# ruff: noqa: E501  (a sentence stays whole)
"""
What a stranger can read about a member, fact by fact. The list is that of
docs/privacy.md; a person sees it before they join and on their own card.
"""

from __future__ import annotations

from dataclasses import dataclass

from .i18n import N_


@dataclass(frozen=True)
class Fact:
    """One public fact; `key` names the figure that My card puts beside it."""

    key: str
    what: str
    when: str


FACTS = (
    Fact("wallet", N_("The address of each wallet you link, and that they belong together"), N_("when you create your passport or link a wallet")),
    Fact("passport", N_("Your passport number"), N_("when you create your passport")),
    Fact("member", N_("Your member number, when and how you joined, and when you leave"), N_("when you join or leave")),
    Fact("standing", N_("Your standing and your tier"), N_("with each award")),
    Fact("points", N_("Your points, and each time they come or go"), N_("with each award, perk or transfer")),
    Fact("claims", N_("Which perks you claim, when, which choice, and what became of it"), N_("with each perk")),
    Fact("ballots", N_("How you vote: the answer you picked, and each change"), N_("with each vote")),
    Fact("delegate", N_("Whom you entrust your voice to, and until when"), N_("when you entrust it")),
)  # fmt: skip

NEVER = (
    N_("your name, address, e-mail, phone or date of birth"),
    N_("what you bought, or where"),
    N_("a code or a fingerprint made from any of these"),
)

FOR_EVER = N_("What is written there stays for ever, also after you leave. It carries no name; but whoever knows that a wallet is yours can read all of this.")  # fmt: skip
