"""Sentences about votes: in polls, and in the brand's decisions."""

from __future__ import annotations

from cercle.flags import BallotSkip, Support, VoteSkip

from .. import i18n
from ..i18n import N_, _, ngettext
from ..states import plain
from .base import NOBODY, Args, Reader, Row

LEFT_OUT = {
    BallotSkip.EXPIRED: N_("A ballot of yours on “{question}” was not counted: it came too late."),
    BallotSkip.BAD_OPTIONS: N_(
        "A ballot of yours on “{question}” was not counted: it named no answer of the list."
    ),
    BallotSkip.NO_VOICE: N_(
        "A ballot of yours on “{question}” was not counted: you had no voice in it."
    ),
    BallotSkip.STALE: N_(
        "A ballot of yours on “{question}” was not counted: a newer one of yours counts."
    ),
    BallotSkip.NOT_SIGNED: N_(
        "A ballot of yours on “{question}” was not counted: the signature was not yours."
    ),
}


def cast(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    poll = args["poll_id"]
    said = {"answer": reader.answer(poll, args["new_options"]), "question": reader.poll(poll)}
    if args["old_options"]:
        return _("You changed your vote on “{question}” to **{answer}**.").format(**said)
    return _("You voted **{answer}** on “{question}”.").format(**said)


def skipped(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    why = next((one for one in BallotSkip if one == args["why"]), BallotSkip.NOT_SIGNED)
    return _(LEFT_OUT[why]).format(question=reader.poll(args["poll_id"]))


SUPPORTS = {
    Support.AGAINST: N_("You voted **against** proposal {n}."),
    Support.IN_FAVOUR: N_("You voted **for** proposal {n}."),
    Support.ABSTAIN: N_("You abstained on proposal {n}."),
}
VOTES_LEFT_OUT = {
    VoteSkip.EXPIRED: N_("A vote of yours on proposal {n} was not counted: it came too late."),
    VoteSkip.BAD_SUPPORT: N_(
        "A vote of yours on proposal {n} was not counted: it said neither yes, no nor nothing."
    ),
    VoteSkip.NO_VOICE: N_(
        "A vote of yours on proposal {n} was not counted: you had no voice in it."
    ),
    VoteSkip.ALREADY_VOTED: N_(
        "A vote of yours on proposal {n} was not counted: you had voted already."
    ),
    VoteSkip.NOT_SIGNED: N_(
        "A vote of yours on proposal {n} was not counted: the signature was not yours."
    ),
}
_DIGITS = 6  # by which people tell proposals apart


def _proposal(number: int) -> str:
    return str(number)[:_DIGITS]


def decided(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    support = next((one for one in Support if one == args["support"]), Support.ABSTAIN)
    return _(SUPPORTS[support]).format(n=_proposal(args["proposalId"]))


def left_out(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    why = next((one for one in VoteSkip if one == args["why"]), VoteSkip.NOT_SIGNED)
    return _(VOTES_LEFT_OUT[why]).format(n=_proposal(args["proposal_id"]))


def proposed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if not reader.is_mine(args["proposer"]):
        return _("Proposal {n} names a wallet of yours.").format(n=_proposal(args["proposalId"]))
    return _("You made proposal {n}.").format(n=_proposal(args["proposalId"]))


def vetoed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You stopped proposal {n} as warden: “{reason}”.").format(
        n=_proposal(args["proposal_id"]), reason=plain(args["reason"])
    )


def asked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You asked the members “{question}” for the shop.").format(
        question=reader.poll(args["poll_id"])
    )


def delegated(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    giver, before, after = args["delegator"], args["fromDelegate"], args["toDelegate"]
    if reader.is_mine(giver):
        if reader.is_mine(after):
            return _("You speak for yourself in the brand's decisions.")
        if after == NOBODY:
            return _("Nobody speaks for you in the brand's decisions.")
        return _("You entrusted your voice in the brand's decisions to {wallet}.").format(
            wallet=reader.wallet(after)
        )
    if reader.is_mine(after):
        return _("{wallet} entrusted you with a voice in the brand's decisions.").format(
            wallet=reader.wallet(giver)
        )
    if reader.is_mine(before):
        return _("{wallet} took back the voice that was entrusted to you.").format(
            wallet=reader.wallet(giver)
        )
    return ""


def carried(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    count = args["newVotes"]
    return ngettext(
        "You carry {n} voice in the brand's decisions; before, {old}.",
        "You carry {n} voices in the brand's decisions; before, {old}.",
        count,
    ).format(n=i18n.number(count), old=i18n.number(args["previousVotes"]))


def until(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if not args["expires_at"]:
        return _("The voice that you entrusted stays so until you say otherwise.")
    return _("The voice that you entrusted comes back on {date}.").format(
        date=reader.day(args["expires_at"])
    )


def weighed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your own weight in the brand's decisions is {n}; before, {old}.").format(
        n=i18n.number(args["new_units"]), old=i18n.number(args["old_units"])
    )


ROWS = (
    Row("Polls", "BallotCast", "votes", "how_to_vote", cast, rank=0),
    Row("Polls", "BallotSkipped", "votes", "block", skipped, rank=0),
    Row("Polls", "PollOpened", "votes", "quiz", asked, rank=0),
    Row("Governor", "VoteCast", "votes", "how_to_vote", decided, rank=0),
    Row("Governor", "VoteCastWithParams", "votes", "how_to_vote", decided, rank=0),
    Row("Governor", "BallotSkipped", "votes", "block", left_out, rank=0),
    Row("Governor", "ProposalCreated", "votes", "gavel", proposed, rank=0),
    Row("Governor", "ProposalVetoed", "votes", "block", vetoed, rank=0),
    Row("Electorate", "DelegateChanged", "votes", "diversity_3", delegated, rank=1),
    Row("Electorate", "DelegateVotesChanged", "votes", "balance", carried, rank=3),
    Row("Electorate", "DelegationExpirySet", "votes", "event", until, rank=2),
    Row("Electorate", "UnitsRefreshed", "votes", "balance", weighed, rank=2),
)
