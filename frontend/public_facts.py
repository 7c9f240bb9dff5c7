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
    Fact("consented", N_("Which company may see which data of yours, for what and until when, how often, and the seal of the record"), N_("when you allow it"), ("ConsentGiven",)),
    Fact("withdrawn", N_("That you took back what you allowed a company, or said no to it"), N_("when you withdraw or refuse"), ("ConsentWithdrawn", "ConsentRefused")),
    Fact("stopped", N_("That you took everything back, from every company"), N_("when you stop everything"), ("EverythingWithdrawn",)),
    Fact("ended", N_("When that ended something you had allowed"), N_("when somebody has it written down"), ("EndNoted",)),
    Fact("shut_out", N_("Which companies and which purposes you shut out, and let in again"), N_("when you say so"), ("CompanyDenied", "PurposeDenied")),
    Fact("asked", N_("That a company asked you, for which data and what for"), N_("when the company asks"), ("ConsentRequested",)),
    Fact("prices", N_("What a company pays to see a kind of data of yours, and each change"), N_("when you set a price"), ("PriceSet",)),
    Fact("looks", N_("Which company looked at which kind of data of yours, for what, and what it paid"), N_("before each look"), ("AccessRequested",)),
    Fact("deletions", N_("That a company says that it deleted what it had read of you"), N_("when it says so"), ("DeletionAttested",)),
    Fact("overdue", N_("That a company did not delete in time, and what it lost to you"), N_("when somebody says so, 30 days after the end"), ("DeletionOverdue",)),
    Fact("agreements", N_("Which service contracts you signed, with whom, on which plans, for how long and up to what price"), N_("when you sign one"), ("AgreementOpened",)),
    Fact("escrow", N_("What you paid in for a service contract, and what you took back"), N_("when you pay or take back"), ("EscrowPaid", "EscrowWithdrawn")),
    Fact("service_use", N_("How much you had used of a service whenever its meter was read, and what that cost on each plan"), N_("when a reading is brought in"), ("ReadingSettled", "ReadingUncounted")),
    Fact("switches", N_("When you stood on another plan, neared a limit, were stopped, or went on"), N_("when it happens"), ("PlanSwitched", "LimitNeared", "AgreementStopped", "WentOn")),
    Fact("charges", N_("What each period of a service contract came to"), N_("when a period closes"), ("PeriodClosed", "SilenceClosed")),
    Fact("agreement_prices", N_("That prices of your contract fell, or that a plan of it got dearer"), N_("when the provider changes its list"), ("TermsImproved", "TermsWorsened")),
    Fact("agreement_ends", N_("That a service contract of yours ends, when, and who ended it"), N_("when it is ended"), ("AgreementEnded",)),
    Fact("moves", N_("That something kept of you changed, of which kind and how often"), N_("when you say that it changed"), ("CategoryMoved",)),
    Fact("erasures", N_("That you had a kind of data erased"), N_("when you erase it"), ("CategoryErased",)),
    Fact("notes", N_("Which company took note of a change of yours"), N_("when it takes note"), ("MoveAcknowledged",)),
    Fact("custodians", N_("Who keeps your records"), N_("when you name them"), ("CustodiansSet",)),
    Fact("shreds", N_("That a keeper certified the end of what you had erased"), N_("when somebody brings the certificate"), ("ShredCertified",)),
    Fact("sealed", N_("That a company decided something about you, and when"), N_("before it tells you the result"), ("DecisionCommitted",)),
    Fact("demands", N_("That you demanded the reasons, and until when they are due"), N_("when you demand them"), ("OpeningDemanded",)),
    Fact("reasons", N_("The reasons as seals, and whether they came late"), N_("when the company opens them"), ("DecisionOpened",)),
    Fact("silence", N_("That a company owed you reasons and was silent"), N_("when somebody says so, after 30 days"), ("SilenceMarked",)),
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
