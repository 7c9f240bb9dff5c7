"""Sentences about perks: claimed, delivered or sent, given back, missed."""

from __future__ import annotations

from cercle.loyalty.words import read_claim_id

from ..i18n import _
from .base import Args, Reader, Row


def claimed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    perk, choice = args["perk_id"], reader.choice(args["perk_id"], args["variant"])
    if choice:
        return _("You claimed “{perk}”, {choice}.").format(perk=reader.perk(perk), choice=choice)
    return _("You claimed “{perk}”.").format(perk=reader.perk(perk))


def fulfilled(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    claim = read_claim_id(args["claim_id"])
    is_sent = reader.is_sent(claim.perk_id)
    if reader.is_me(claim.member_no):
        told = _("“{perk}” was sent to you.") if is_sent else _("“{perk}” was delivered to you.")
    elif is_sent:
        told = _("You sent “{perk}” to member no. {n}.")
    else:
        told = _("You delivered “{perk}” to member no. {n}.")
    return told.format(perk=reader.perk(claim.perk_id), n=claim.member_no)


def cancelled(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    claim = read_claim_id(args["claim_id"])
    perk = reader.perk(claim.perk_id)
    if not reader.is_me(claim.member_no):
        return _("You cancelled the claim of member no. {n} to “{perk}”.").format(
            perk=perk, n=claim.member_no
        )
    if reader.is_mine(args["by"]):
        return _("You gave “{perk}” back.").format(perk=perk)
    return _("The shop cancelled “{perk}” for you.").format(perk=perk)


def missed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    claim = read_claim_id(args["claim_id"])
    perk = reader.perk(claim.perk_id)
    if reader.is_me(claim.member_no) and reader.is_sent(claim.perk_id):
        return _("“{perk}” was not sent in time.").format(perk=perk)
    if reader.is_me(claim.member_no):
        return _("“{perk}” was not delivered in time.").format(perk=perk)
    return _("You called the claim of member no. {n} to “{perk}” missed.").format(
        perk=perk, n=claim.member_no
    )


def opened(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You opened the perk “{perk}” for the shop.").format(perk=reader.perk(args["perk_id"]))


ROWS = (
    Row("Perks", "PerkClaimed", "perks", "redeem", claimed, rank=0),
    Row("Perks", "ClaimFulfilled", "perks", "check_circle", fulfilled, rank=0),
    Row("Perks", "ClaimCancelled", "perks", "undo", cancelled, rank=0),
    Row("Perks", "ClaimMissed", "perks", "event_busy", missed, rank=0),
    Row("Perks", "PerkOpened", "perks", "storefront", opened, rank=0),
)
