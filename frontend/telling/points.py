"""Sentences about points: how they came and went, and why."""

from __future__ import annotations

from .. import i18n
from ..i18n import _
from .base import FOR_EVER, NOBODY, Args, Reader, Row


def moved(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    sender, receiver = args["sender"], args["receiver"]
    points = reader.points(args["value"])
    if sender == NOBODY:
        return _("The shop awarded you {points}.").format(points=points)
    if receiver == NOBODY:
        return _gone(points, beside)
    if reader.is_mine(sender) and reader.is_mine(receiver):
        return _("{points} moved from one of your wallets to another.").format(points=points)
    if reader.is_mine(sender):
        if reader.contract(receiver) == "Perks":
            return _("{points} left your wallet for a perk.").format(points=points)
        return _("{points} went from you to {wallet}.").format(
            points=points, wallet=reader.wallet(receiver)
        )
    if reader.contract(sender) == "Perks":
        return _("{points} came back to you from a perk.").format(points=points)
    return _("{points} came to you from {wallet}.").format(
        points=points, wallet=reader.wallet(sender)
    )


def _gone(points: str, beside: frozenset[str]) -> str:
    if {"Points.PointsExpired", "Rewards.AwardReversed"} & beside:
        return _("These points left your wallet.")  # what stands beside says why, and how many
    return _("Gone for good: {points}.").format(points=points)


def allowed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    value, endless = args["value"], args["value"] >= FOR_EVER
    points = "" if endless else reader.points(value)
    if reader.is_mine(args["owner"]):
        wallet = reader.wallet(args["spender"])
        if not value:
            return _("{wallet} may no longer spend points of yours.").format(wallet=wallet)
        if endless:
            return _("You allowed {wallet} to spend all your points.").format(wallet=wallet)
        return _("You allowed {wallet} to spend {points} of yours.").format(
            wallet=wallet, points=points
        )
    wallet = reader.wallet(args["owner"])
    if not value:
        return _("You may no longer spend points of {wallet}.").format(wallet=wallet)
    if endless:
        return _("{wallet} allowed you to spend all its points.").format(wallet=wallet)
    return _("{wallet} allowed you to spend {points} of its own.").format(
        wallet=wallet, points=points
    )


def expired(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Expired, for nothing was earned or spent for too long: {points}.").format(
        points=reader.points(args["amount"])
    )


def frozen(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The points of {wallet} were frozen while an account is being recovered.").format(
        wallet=reader.wallet(args["holder"])
    )


def thawed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The points of {wallet} are free again.").format(wallet=reader.wallet(args["holder"]))


def pulled(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("A recovery moved {points} from {old} to {new}.").format(
        points=reader.points(args["amount"]),
        old=reader.wallet(args["old_wallet"]),
        new=reader.wallet(args["new_wallet"]),
    )


def undone(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The shop undid an award: {points} and {n} of standing.").format(
        points=reader.points(args["points"]), n=i18n.number(args["standing"])
    )


def skipped(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["reason"] == 1:
        return _("An award passed you by: {wallet} had no passport.").format(
            wallet=reader.wallet(args["account"])
        )
    return _("An award passed you by: you were no member.")


def credited(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    mine = [word for word in args["credits"] if word >> 96 == reader.card.passport_id]
    amount = sum(word & (2**96 - 1) for word in mine)
    if mine and not amount:
        return _("Your standing stays as it was: this award adds nothing to it.")
    return _("Your standing rose by {n}.").format(n=i18n.number(amount)) if mine else ""


def debited(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your standing fell by {n}: an award was undone.").format(
        n=i18n.number(args["amount"])
    )


ROWS = (
    Row("Points", "Transfer", "points", "toll", moved),
    Row("Points", "Approval", "points", "key", allowed),
    Row("Points", "PointsExpired", "points", "hourglass_bottom", expired, rank=0),
    Row("Points", "HolderFrozen", "points", "ac_unit", frozen),
    Row("Points", "HolderThawed", "points", "sunny", thawed),
    Row("Points", "PointsPulled", "points", "healing", pulled, rank=0),
    Row("Rewards", "AwardReversed", "points", "undo", undone, rank=0),
    Row("Rewards", "AwardSkipped", "points", "block", skipped, rank=0),
    Row("Membership", "StandingCredited", "points", "trending_up", credited, rank=2),
    Row("Membership", "StandingDebited", "points", "trending_down", debited, rank=2),
)
