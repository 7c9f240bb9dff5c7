# ruff: noqa: E501  (a sentence stays whole)
"""What a contract, a node or a text refused, as a sentence with the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cercle import errors
from cercle.errors import CercleError, Refused
from cercle.slips import BadSlip

from . import i18n
from .i18n import N_, _

Gettext = Callable[[str], str]
Sentences = Mapping[type[CercleError], str]

# Where the SDK's own sentence does not say the way out as a member's page can. All
# others are said as the SDK says them, in the member's language.
SENTENCES: dict[type[Refused], str] = {
    errors.WingHalted: N_("This is paused for the moment. Nothing you hold is lost: try again later."),
    errors.WingRetired: N_("This has moved to a new place. Reload the page to find it."),
    errors.SignatureExpired: N_("This signature came too late. Sign a new one."),
    errors.NotSignedByThem: N_("This was signed by another wallet. Sign with the one you connected."),
    errors.WalletHasAPassport: N_("This wallet has a passport already. Reload the page."),
    errors.NoPassport: N_("You need a passport first. Create it on the page My card."),
    errors.PassportNeeded: N_("You need a passport first. Create it on the page My card."),
    errors.MembershipBeforeSeal: N_("This brand is still being set up. Come back soon."),
    errors.AlreadyAMember: N_("You are a member already. Reload the page."),
    errors.NotAMember: N_("Only members may do this. Join on the page My card."),
    errors.NoOpenDoor: N_("There is no open door here: you need an invitation. Ask in the shop."),
    errors.OpenDoorFull: N_("The door has let in everyone it may today. Try again tomorrow."),
    errors.AdmissionsFull: N_("The brand has let in everyone it may today. Try again tomorrow."),
    errors.InviterNoSteward: N_("This invitation was not signed by the brand. Ask for a new one."),
    errors.NonceUsed: N_(
        "This was used already: an invitation serves once, and so does a signature. "
        "Ask for another, or do it again."
    ),
    errors.PointsTooFew: N_("You do not have enough points in this wallet. Each purchase adds some."),
    errors.PointsFrozen: N_("The points of this wallet are frozen while an account is being recovered."),
    errors.PerkNotOpenYet: N_("This perk has not opened yet. Come back when it does."),
    errors.PerkClosed: N_("This perk has ended. What you claimed before stays yours."),
    errors.PerkSoldOut: N_("All are taken. Some may come back if others cancel."),
    errors.PerkLimitReached: N_("You have claimed this as often as you may for now."),
    errors.GateClosed: N_("You do not meet a condition of this perk yet. See what is missing on its card."),
    errors.PerkNeedsMembership: N_("Perks are for members. Join on the page My card."),
    errors.ClaimSettled: N_("This claim is settled already: it was delivered, cancelled or missed."),
    errors.ClaimPastDeadline: N_("The brand is late with this one: ask for your points back."),
    errors.NotMissedYet: N_("The brand still has time to deliver. See the date on your claim."),
    errors.NotTheMembersWallet: N_("This claim belongs to somebody else, or to a wallet of yours that is not linked."),
    errors.PollNotOpen: N_("This poll is closed. Its result is final."),
    errors.NoVoice: N_("You have no voice in this poll: your membership did not count yet when it opened. It will in a later one."),
    errors.UnknownOption: N_("There is no such answer. Pick one of the list."),
    errors.ProposalElsewhere: N_("This proposal has moved on. Reload the page to see where it stands."),
    errors.UnknownProposal: N_("This proposal is not known any more. Reload the page."),
    errors.ExecutionTooEarly: N_("Its time to wait is not over yet. See the date on the proposal."),
    errors.TargetCodeChanged: N_("A contract that this calls was exchanged after it was proposed, so it is not carried out. It can be proposed again."),
    errors.PastTheSeasonsBound: N_("It would pay more than may leave the treasury this year. See the page Treasury; it can wait for the next year."),
    errors.NoVotes: N_("You had no voice when the vote on this proposal began. See on the page My voice who speaks for you."),
    errors.DelegateeNotEnrolled: N_("No member has this wallet: a voice can be given only to another member."),
    errors.NotEnrolled: N_("Only members have a voice. Join on the page My card."),
    errors.ConsentNeedsPassport: N_("You need a passport first. Create it on the page My card."),
    errors.RecordsNeedPassport: N_("You need a passport first. Create it on the page My card."),
    errors.VaultNeedsPassport: N_("You need a passport first. Create it on the page My card."),
    errors.DecisionNeedsPassport: N_("You need a passport first. Create it on the page My card."),
    errors.NoNotice: N_("The company has ended its notice for this meanwhile: there is nothing to allow. Reload the page."),
    errors.OtherNotice: N_("The company has changed what it says of this meanwhile. Read it anew, then decide."),
    errors.BeyondTheNotice: N_("The company does not ask for all of this. Reload the page and choose again."),
    errors.EmptyConsent: N_("That day has begun already. Choose a later one."),
    errors.EndlessConsent: N_("Five years at most. Choose an earlier day."),
    errors.ConsentIssuedBefore: N_("You have said something newer about this, perhaps on another device. Reload the page to see it."),
    errors.ConsentIssuedLongAgo: N_("More than an hour has passed since you decided. Look at it once more, and press again."),
    errors.WithdrawnSince: N_("You took everything back after this, or at that moment, so it counts no more. Allow it anew if you want it."),
    errors.ConsentDenied: N_("You have shut out this company, or this purpose. Let it in again first, on the page My data."),
    errors.WithdrawalOutdated: N_("You have allowed it anew since. Reload the page, and withdraw it again if you want that."),
    errors.OtherVersion: N_("You have told a newer change meanwhile. Reload the page."),
    errors.VaultNeedsMainWallet: N_("Only your main wallet decides what your data earns. Connect that one."),
    errors.NotToDemand: N_("These reasons were demanded already, or are open. Reload the page."),
    errors.SilenceMarkedAlready: N_("It is written down already. Reload the page to see it."),
    errors.OverdueAlready: N_("It is written down already. Reload the page to see it."),
    errors.NotOverdue: N_("The company has deleted meanwhile, or still has time. Reload the page."),
}  # fmt: skip

GENERAL = N_("The brand's rules refused this, and nothing has changed. If it makes no sense to you, ask in the shop.")  # fmt: skip

# By class, for what is not a contract's refusal.
TROUBLES: dict[type[CercleError], str] = {
    errors.NodeUnreachable: N_("The ledger does not answer at the moment. Nothing is lost: try again in a minute."),
    errors.WrongChain: N_("The ledger that answers is not this brand's. We show nothing rather than something wrong."),
    errors.NodeMisbehaved: N_("The ledger gave an answer that cannot be right. We show nothing rather than something wrong."),
    errors.NotEnoughFunds: N_("Your wallet lacks the network's own coin for the fee. Nothing was sent."),
    errors.ChainError: N_("The ledger cannot be read at the moment. Nothing is lost: try again in a minute."),
    errors.DeploymentError: N_("This app does not know its brand yet. Whoever runs it has to name the deployment first."),
    errors.ContentForged: N_("Text withheld: it does not match its seal on the ledger."),
    errors.ContentMissing: N_("The text is not here yet; its seal is on the ledger."),
    errors.ContentRefused: N_("Text withheld: it is not in the agreed form."),
    errors.ContentUnreachable: N_("The texts cannot be reached at the moment. The figures are right all the same."),
    errors.ContentError: N_("The text cannot be shown."),
    errors.PasskeyCannotSend: N_("Your account only signs, and nobody sends this for you here. Use another wallet for it."),
    errors.PasskeyKey: N_("This passkey is of a kind that the ledger cannot check. Make one on a phone, or connect a wallet."),
    errors.PasskeySignature: N_("What your passkey answered cannot be used, and nothing has changed. Try again."),
    errors.PasskeyError: N_("What your passkey answered cannot be used, and nothing has changed. Try again."),
    errors.RelayerUnreachable: N_("Nobody can send it for you at the moment. Try again, or send it yourself."),
    errors.RelayerBudget: N_("Enough was sent for you for now. Wait until tomorrow, or send it yourself."),
    errors.RelayerError: N_("It is not sent for you. You can send it yourself."),
    errors.TooManyPlans: N_("A contract has six plans at most: take some out."),
    errors.PlanError: GENERAL,
    errors.UnknownRefusal: GENERAL,
    errors.Refused: GENERAL,
    errors.CercleError: N_("Something went wrong on our side, and nothing has changed. Try again in a minute."),
}  # fmt: skip


# For an account that can only sign: nobody sends it alone.
CARRIED_ONLY: dict[type[CercleError], str] = {
    errors.RelayerUnreachable: N_("Nobody can send it for you at the moment. Nothing is lost: try again in a minute."),
    errors.RelayerBudget: N_("Enough was sent for you for now. Try again tomorrow."),
    errors.RelayerError: N_("It is not sent for you, and nothing has changed. Ask in the shop."),
}  # fmt: skip

# For what was handed over, seemed lost, and is sent by its member: once, whoever comes first.
AFTER_ALL = N_("It was sent after all, or something of yours took its place. Reload the page.")
HANDED: dict[type[CercleError], str] = {
    errors.NonceUsed: AFTER_ALL,
    errors.OtherClaimNumber: AFTER_ALL,
    errors.StaleBallot: AFTER_ALL,
}

# For somebody whose account is being made.
NEWCOMERS: dict[type[CercleError], str] = {
    errors.SignatureExpired: N_("This invitation has expired. Ask for a new one."),
    errors.NotSignedByThem: N_("This invitation was not signed by the brand. Ask for a new one."),
    BadSlip: N_("This invitation link is damaged. Ask for a new one, or copy the whole link again."),
    errors.PasskeyOtherKey: N_("No account belongs to this passkey yet. Choose another one, or make one."),
    errors.RelayerUnreachable: N_("No account can be made at the moment. Your passkey is kept: try again in a minute."),
    errors.RelayerBudget: N_("Enough accounts were made for now. Your passkey is kept: come back tomorrow."),
    errors.RelayerError: N_("No account was made. This invitation may have served already: ask in the shop for a new one."),
}  # fmt: skip


def sentence(kind: type[CercleError], gettext: Gettext = _, *more: Sentences) -> str:
    """What to say about an error of this kind, in the member's language.

    Args:
        kind: The error's class.
        gettext: Another language than that of the member whose page runs.
        more: What to say instead, for whom the usual way out is none.
    """
    for instead in more:
        for parent in kind.__mro__:
            if parent in instead:
                return gettext(instead[parent])
    if kind in SENTENCES:
        return gettext(SENTENCES[kind])
    if issubclass(kind, Refused) and (kind.reason or kind.error):
        return gettext(kind.sentence)
    nearest = next(parent for parent in kind.__mro__ if parent in TROUBLES)
    return gettext(TROUBLES[nearest])


def say_signer(error: CercleError, language: str | None = None) -> str:
    """What to say to somebody whose account only signs."""
    return sentence(type(error), _in(language), CARRIED_ONLY)


def say_alone(error: CercleError) -> str:
    """What to say to somebody who sends what they had handed over."""
    return sentence(type(error), _, HANDED)


# What a proposal's own calls are refused with says nothing to whoever carries it out.
INNER = N_("It cannot be carried out as things are: one of its calls is refused. It stays accepted and can be tried again later.")  # fmt: skip
_OF_DECISIONS = ("cercle.errors.governor", "cercle.errors.guard")


def say_execution(error: CercleError) -> str:
    """What to say to somebody who takes a proposal a step further."""
    if isinstance(error, Refused) and type(error).__module__ not in _OF_DECISIONS:
        return _(INNER)
    return say(error)


def say_newcomer(error: CercleError, language: str) -> str:
    """What to say to somebody whose account is being made."""
    return sentence(type(error), _in(language), NEWCOMERS)


def _in(language: str | None) -> Gettext:
    """gettext of a language; without one, of the member whose page runs."""
    if language is None:
        return _
    return i18n.translations(language if language in i18n.LANGUAGES else "en").gettext


def say(error: CercleError) -> str:
    """What to say about one error."""
    return sentence(type(error))
