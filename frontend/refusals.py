# ruff: noqa: E501  (a sentence stays whole)
"""What a contract, a node or a text refused, as a sentence with the way out."""

from __future__ import annotations

from cercle import errors
from cercle.errors import CercleError, Refused

from .i18n import N_, _

# By the contracts' own words, which never change. What only staff can meet has no
# sentence of its own: `say` falls back on GENERAL.
SENTENCES: dict[str, str] = {
    # a paused or replaced wing
    "wing: halted": N_("This is paused for the moment. Nothing you hold is lost: try again later."),
    "wing: retired": N_("This has moved to a new place. Reload the page to find it."),
    # signatures
    "signatures: expired": N_("This signature came too late. Sign a new one."),
    "signatures: not by signer": N_("This was signed by another wallet. Sign with the one you connected."),
    "signatures: nonce used": N_("This signature was used already. Sign a new one."),
    "signatures: zero signer": N_("This signature cannot be read. Sign a new one."),
    # passport
    "passport: already registered": N_("This wallet has a passport already. Reload the page."),
    "passport: wallet has one": N_("That wallet has a passport of its own and cannot be linked."),
    "passport: no passport": N_("This wallet has no passport yet. Create it on the page My card."),
    "passport: not the main wallet": N_("Only your main wallet may do this. Connect that one."),
    "passport: main wallet stays": N_("Your main wallet cannot be unlinked. Make another one the main wallet first."),
    "passport: soulbound": N_("A passport belongs to a person and cannot be given away."),
    # membership
    "membership: charter unsealed": N_("This brand is still being set up. Come back soon."),
    "membership: no passport": N_("You need a passport first. Create it on the page My card."),
    "membership: already a member": N_("You are a member already. Reload the page."),
    "membership: not a member": N_("Only members may do this. Join on the page My card."),
    "membership: door is closed": N_("There is no open door here: you need an invitation. Ask in the shop."),
    "membership: door closed": N_("There is no open door here: you need an invitation. Ask in the shop."),
    "membership: full today": N_("The door has let in everyone it may today. Try again tomorrow."),
    "membership: day is full": N_("The door has let in everyone it may today. Try again tomorrow."),
    "membership: not by a steward": N_("This invitation was not signed by the brand. Ask for a new one."),
    "membership: not for you": N_("This invitation is for somebody else. Ask for your own."),
    # points
    "points: balance too low": N_("You do not have enough points in this wallet. Each purchase adds some."),
    "points: frozen": N_("The points of this wallet are frozen while an account is being recovered."),
    # perks
    "perks: not open yet": N_("This perk has not opened yet. Come back when it does."),
    "perks: not open": N_("This perk is not open now. See the dates on its card."),
    "perks: closed": N_("This perk has ended. What you claimed before stays yours."),
    "perks: sold out": N_("All are taken. Some may come back if others cancel."),
    "perks: out of stock": N_("All are taken. Some may come back if others cancel."),
    "perks: limit reached": N_("You have claimed this as often as you may for now."),
    "perks: gate closed": N_("You do not meet a condition of this perk yet. See what is missing on its card."),
    "perks: gate is closed": N_("You do not meet a condition of this perk yet. See what is missing on its card."),
    "perks: not a member": N_("Perks are for members. Join on the page My card."),
    "perks: unknown perk": N_("There is no such perk."),
    "perks: unknown variant": N_("There is no such choice. Pick one of the list."),
    "perks: unknown claim": N_("There is no such claim."),
    "perks: not claimed": N_("This claim is settled already: it was delivered, cancelled or missed."),
    "perks: not yours": N_("This claim belongs to somebody else."),
    "perks: not due": N_("The brand still has time to deliver. See the date on your claim."),
    # polls
    "polls: not open": N_("This poll is closed. The result below is final."),
    "polls: no voice": N_("You have no voice in this poll: your membership did not count yet when it opened. It will in a later one."),
    "polls: unknown poll": N_("There is no such poll."),
    "polls: unknown option": N_("There is no such answer. Pick one of the list."),
}  # fmt: skip

GENERAL = N_("The brand's rules refused this, and nothing has changed. If it makes no sense to you, ask in the shop.")  # fmt: skip

# By class, for what is not a contract's refusal.
TROUBLES: dict[type[CercleError], str] = {
    errors.NodeUnreachable: N_("The ledger does not answer at the moment. Nothing is lost: try again in a minute."),
    errors.WrongChain: N_("The ledger that answers is not this brand's. We show nothing rather than something wrong."),
    errors.NodeMisbehaved: N_("The ledger gave an answer that cannot be right. We show nothing rather than something wrong."),
    errors.ChainError: N_("The ledger cannot be read at the moment. Nothing is lost: try again in a minute."),
    errors.DeploymentError: N_("This app does not know its brand yet. Whoever runs it has to name the deployment first."),
    errors.ContentForged: N_("Text withheld: it does not match its seal on the ledger."),
    errors.ContentMissing: N_("The text is not here yet; its seal is on the ledger."),
    errors.ContentRefused: N_("Text withheld: it is not in the agreed form."),
    errors.ContentUnreachable: N_("The texts cannot be reached at the moment. The figures are right all the same."),
    errors.ContentError: N_("The text cannot be shown."),
    errors.PlanError: GENERAL,
    errors.UnknownRefusal: GENERAL,
    errors.Refused: GENERAL,
    errors.CercleError: N_("Something went wrong on our side, and nothing has changed. Try again in a minute."),
}  # fmt: skip


def sentence(kind: type[CercleError]) -> str:
    """What to say about an error of this kind, in the member's language."""
    if issubclass(kind, Refused) and kind.reason in SENTENCES:
        return _(SENTENCES[kind.reason])
    nearest = next(parent for parent in kind.__mro__ if parent in TROUBLES)
    return _(TROUBLES[nearest])


def say(error: CercleError) -> str:
    """What to say about one error."""
    return sentence(type(error))
