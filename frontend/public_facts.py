# ruff: noqa: E501  (a sentence stays whole)
"""
What a stranger can read about a member, fact by fact: the rows of docs/privacy.md. A
person sees it before they join, and with their own figures on their card.
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
    events: tuple[str, ...]  # what writes it, in the words of docs/privacy.md
    contract: str = ""  # which one writes it, where several have an event of that name


FACTS = (
    Fact("passport", N_("That a wallet of yours has a passport, and its number"), N_("when you create your passport or choose another main wallet"), ("Transfer", "Locked", "WalletLinked"), "Passport"),
    Fact("wallets", N_("That the wallets you link are one person's"), N_("when you link a wallet"), ("WalletLinked", "MainWalletChanged", "WalletUnlinked")),
    Fact("profile", N_("That you show a text of your own, and each change of it"), N_("when you set or clear it"), ("ProfileSet",)),
    Fact("avatars", N_("How you appear in each world, and whether that is verified"), N_("when you set or remove an avatar"), ("AvatarSet", "AvatarRemoved")),
    Fact("revoked", N_("That a world took back what it had confirmed of you"), N_("when the world takes it back"), ("AttestationRevoked",)),
    Fact("member", N_("Your member number, when and how you joined, and when you leave"), N_("when you join or leave"), ("MemberJoined", "MemberLeft")),
    Fact("standing", N_("Your standing and your tier"), N_("with each award, and each that is undone"), ("StandingCredited", "StandingDebited")),
    Fact("skipped", N_("That an award passed you by, and why"), N_("when your wallet had no passport or was no member"), ("AwardSkipped",)),
    Fact("points", N_("Your points, and each time they come or go"), N_("with each award, perk or gift"), ("Transfer",), "Points"),
    Fact("allowed", N_("Whom you allow to spend your points"), N_("when you allow it"), ("Approval",)),
    Fact("lapsed", N_("That points of yours lapsed"), N_("after the period without activity"), ("PointsExpired",)),
    Fact("frozen", N_("That a recovery froze, freed or moved your points"), N_("when a wallet is being recovered"), ("HolderFrozen", "HolderThawed", "PointsPulled")),
    Fact("undone", N_("An award of yours that was undone"), N_("within seven days of the award"), ("AwardReversed",)),
    Fact("claims", N_("Which perks you claim, which choice, and when"), N_("when you claim"), ("PerkClaimed",)),
    Fact("outcomes", N_("What became of each claim"), N_("when it ends"), ("ClaimFulfilled", "ClaimCancelled", "ClaimMissed")),
    Fact("ballots", N_("How you vote: the answer you picked, and each change"), N_("with each vote"), ("BallotCast", "BallotSkipped"), "Polls"),
    Fact("proposals", N_("What you propose to the brand's members, and that you took it back"), N_("when you propose"), ("ProposalCreated", "ProposalClassed", "ProposalCanceled"), "Governor"),
    Fact("decisions", N_("How you vote on proposals, with how many votes, and the reason you give"), N_("with each vote on a proposal"), ("VoteCast", "VoteCastWithParams", "ProposalExtended", "BallotSkipped"), "Governor"),
    Fact("delegate", N_("Who votes for you in the brand's decisions, and until when"), N_("when you entrust your voice"), ("DelegateChanged", "DelegationExpirySet")),
    Fact("votes", N_("How many votes you carry"), N_("when that number changes"), ("DelegateVotesChanged", "UnitsRefreshed")),
    Fact("passkey", N_("That a passkey has an account, its public key, and the site it belongs to"), N_("when somebody makes the account for you"), ("AccountCreated",)),
    Fact("called", N_("Whom your passkey account called, and what money came to it"), N_("when somebody carries a call you signed, or money comes"), ("Executed", "Received")),
    Fact("signed", N_("That a signature of yours was used or cancelled"), N_("when somebody carries what you signed"), ("NonceUsed",)),
)  # fmt: skip

NEVER = (
    N_("your name, address, e-mail, phone or date of birth"),
    N_("what you bought, or where"),
    N_("a code or a fingerprint made from any of these"),
)

FOR_EVER = N_(
    "What is written on the ledger stays for ever, also after you leave. It carries no name; but whoever knows that a wallet is yours can read all of this."
)
