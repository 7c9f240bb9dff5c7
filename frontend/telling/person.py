"""Sentences about the person: passport, wallets, membership, and how they appear."""

from __future__ import annotations

from cercle.flags import AvatarKind, Way

from ..i18n import N_, _
from .base import NOBODY, Args, Reader, Row

WAYS = {
    Way.INVITED: N_("You joined by an invitation: you are member no. {n}."),
    Way.WALKED_IN: N_("You joined through the open door: you are member no. {n}."),
    Way.ADMITTED: N_("The shop admitted you: you are member no. {n}."),
}


def passport(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["sender"] == NOBODY:
        return _("You took passport no. {n}.").format(n=args["token_id"])
    return _("Your passport lies in {wallet} now.").format(wallet=reader.wallet(args["receiver"]))


def locked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your passport can be neither sold nor given away.")


def linked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The wallet {wallet} was linked to your passport.").format(
        wallet=reader.wallet(args["wallet"])
    )


def unlinked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The wallet {wallet} was taken off your passport.").format(
        wallet=reader.wallet(args["wallet"])
    )


def main(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("Your main wallet is {wallet} now.").format(wallet=reader.wallet(args["new_wallet"]))


def signed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("A signature of yours was used or cancelled; it serves no second time.")


def account(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("An account was made for your passkey.")


def joined(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    way = next((one for one in Way if one == args["way"]), Way.ADMITTED)
    return _(WAYS[way]).format(n=args["member_no"])


def left(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You left. The number {n} and your standing stay yours.").format(n=args["member_no"])


def text(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if not any(args["new_content"]):
        return _("You took away the text about yourself.")
    if not any(args["old_content"]):
        return _("You published a text about yourself.")
    return _("You changed the text about yourself.")


def avatar(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if args["passport_id"] != reader.card.passport_id:
        return ""
    world = reader.world(args["world"])
    if args["kind"] == AvatarKind.TOKEN:
        return _("You appear in {world} as token no. {n}.").format(world=world, n=args["token_id"])
    if args["kind"] == AvatarKind.ATTESTED:
        return _("You appear in {world} as that world confirmed.").format(world=world)
    return _("You said how you appear in {world}.").format(world=world)


def gone(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You no longer appear in {world}.").format(world=reader.world(args["world"]))


def revoked(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("What had been confirmed of you in {world} was taken back.").format(
        world=reader.world(args["world"])
    )


ROWS = (
    Row("Passport", "Transfer", "card", "badge", passport, rank=1),
    Row("Passport", "Locked", "card", "lock", locked, rank=3),
    Row("Passport", "WalletLinked", "card", "link", linked, rank=2),
    Row("Passport", "WalletUnlinked", "card", "link_off", unlinked, rank=0),
    Row("Passport", "MainWalletChanged", "card", "star", main, rank=0),
    Row("Membership", "MemberJoined", "card", "door_open", joined, rank=0),
    Row("Membership", "MemberLeft", "card", "logout", left, rank=0),
    Row("Profile", "ProfileSet", "card", "edit_note", text, rank=0),
    Row("Profile", "AvatarSet", "card", "face", avatar, rank=0),
    Row("Profile", "AvatarRemoved", "card", "visibility_off", gone, rank=0),
    Row("Profile", "AttestationRevoked", "card", "gpp_bad", revoked, rank=0),
    Row("PasskeyFactory", "AccountCreated", "card", "fingerprint", account, rank=0),
    *(
        Row(contract, "NonceUsed", "card", "draw", signed, rank=3)
        for contract in (
            *("Consent", "Electorate", "Membership", "Passport", "Profile", "Records", "Vault"),
            *("Agreements", "PriceLists"),
        )
    ),
)
