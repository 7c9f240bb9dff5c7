"""Sentences about work for the brand, and about what names a wallet without being a person's."""

from __future__ import annotations

from cercle.core import read_entry_name
from cercle.flags import Role

from .. import i18n
from ..i18n import N_, _
from ..states import plain
from .base import Args, Reader, Row

ROLES = {
    Role.ADMIN: N_("admin"),
    Role.ISSUER: N_("issuer"),
    Role.TILL: N_("till"),
    Role.STEWARD: N_("steward"),
    Role.CURATOR: N_("curator"),
    Role.TREASURER: N_("treasurer"),
    Role.WARDEN: N_("warden"),
}


def _roles(bits: int) -> str:
    return i18n.enumeration([_(name) for role, name in ROLES.items() if bits & role])


def given(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You work for the brand as {roles}.").format(roles=_roles(args["roles"]))


def taken(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You no longer work for the brand as {roles}.").format(roles=_roles(args["roles"]))


def offered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if reader.is_mine(args["candidate"]):
        return _("You were offered the lead of the brand.")
    return _("You offered the lead of the brand to {wallet}.").format(
        wallet=reader.wallet(args["candidate"])
    )


def handed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if reader.is_mine(args["new_admin"]):
        return _("You lead the brand.")
    return _("You handed the lead of the brand to {wallet}.").format(
        wallet=reader.wallet(args["new_admin"])
    )


def paused(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You paused {part} until {date}.").format(
        part=_part(args["name"]), date=reader.day(args["until"])
    )


def resumed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You ended the pause of {part}.").format(part=_part(args["name"]))


def _part(name: bytes) -> str:
    return plain(read_entry_name(name))


def awarded(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("You awarded {points} and {n} of standing for the shop.").format(
        points=reader.points(args["points"]), n=i18n.number(args["standing"])
    )


def registered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return _("The world “{name}” was registered with a wallet of yours.").format(
        name=plain(args["name"])
    )


def keyed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    if reader.is_mine(args["new_key"]):
        return _("{world} signs by a wallet of yours.").format(world=reader.world(args["world"]))
    return _("{world} no longer signs by a wallet of yours.").format(
        world=reader.world(args["world"])
    )


def world_offered(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    world = reader.world(args["world"])
    if reader.is_mine(args["candidate"]):
        return _("You were offered the care of {world}.").format(world=world)
    return _("You offered the care of {world} to {wallet}.").format(
        world=world, wallet=reader.wallet(args["candidate"])
    )


def world_handed(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    world = reader.world(args["world"])
    if reader.is_mine(args["new_controller"]):
        return _("You care for {world}.").format(world=world)
    return _("You handed the care of {world} to {wallet}.").format(
        world=world, wallet=reader.wallet(args["new_controller"])
    )


def named(reader: Reader, args: Args, beside: frozenset[str]) -> str:
    return ""  # what is said of all of these is said by `fallback`


def fallback(contract: str, event: str) -> str:
    """What is said of an event that names a wallet, and is no person's affair."""
    return _("The contract {contract} named a wallet of yours, under {event}.").format(
        contract=plain(contract), event=plain(event)
    )


# What names contracts only: a wallet of a person's stands there if that wallet is a contract.
OF_CONTRACTS = (
    ("Charter", "DAOURIUpdate"),
    ("Charter", "EntryReplaced"),
    ("Charter", "EntrySet"),
    ("Charter", "ReplacementAnnounced"),
    ("Charter", "ReplacementCancelled"),
    ("Electorate", "MembershipBound"),
    ("Guard", "CodePinned"),
    ("Guard", "GovernorBound"),
    ("Guard", "ScopeSet"),
    ("Guard", "SeasonSpent"),
    ("Guard", "TreasuryCounted"),
    ("PasskeyAccount", "Executed"),
    ("PasskeyAccount", "Received"),
    ("Points", "ContractRecognised"),
    ("Points", "RightsLost"),
    ("Profile", "CollectionChanged"),
)

ROWS = (
    Row("Charter", "RolesGiven", "card", "work", given, rank=0),
    Row("Charter", "RolesTaken", "card", "work_off", taken, rank=0),
    Row("Charter", "AdminOffered", "card", "work", offered, rank=0),
    Row("Charter", "AdminHandedOver", "card", "work", handed, rank=0),
    Row("Charter", "PauseStarted", "card", "pause_circle", paused, rank=0),
    Row("Charter", "PauseEnded", "card", "play_circle", resumed, rank=0),
    Row("Rewards", "BatchAwarded", "points", "volunteer_activism", awarded, rank=0),
    Row("Profile", "WorldRegistered", "card", "public", registered, rank=0),
    Row("Profile", "WorldKeyChanged", "card", "key", keyed, rank=0),
    Row("Profile", "WorldOffered", "card", "public", world_offered, rank=0),
    Row("Profile", "WorldHandedOver", "card", "public", world_handed, rank=0),
    *(
        Row(contract, event, "card", "description", named, rank=4)
        for contract, event in OF_CONTRACTS
    ),
)
