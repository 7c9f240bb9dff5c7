"""Every function that asks for a role, with arguments that reach the question.

The list is compared with the contracts' sources by a test: a new function cannot be forgotten.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..core import entry_name
from ..errors import (
    CharterRoleMissing,
    LacksTheRole,
    NotTheAdmin,
    NotTheGovernor,
    OnlyAVoteExtends,
)
from ..flags import PerkKind, PollKind, Role

# What a contract says to whom it does not know: anything else means that the question was passed.
WHO = (CharterRoleMissing, LacksTheRole, NotTheAdmin, NotTheGovernor, OnlyAVoteExtends)
SOMEBODY = "0x" + "5" * 40
_NAME, _WORD, _FAR = entry_name("perks"), b"\x11" * 32, 2**40
_TERMS = (86_400, 86_400, 0, 86_400, 1, 1, 0, False, False)
_SCOPE = (2, SOMEBODY, b"\x00" * 4, 0, 0, True)
_PERK: tuple[Any, ...] = (int(PerkKind.STORE), 0, 0, _FAR, 0, 1, 86_400, [])
GOVERNOR = Role(0)  # no role: only what proposals carry out


class Guarded(NamedTuple):
    """A function, who may call it, and a try."""

    role: Role
    contract: str
    function: str
    arguments: tuple[Any, ...]


GUARDED = (
    Guarded(Role.ADMIN, "Charter", "give_roles", (SOMEBODY, int(Role.TILL))),
    Guarded(Role.ADMIN, "Charter", "take_roles", (SOMEBODY, int(Role.TILL))),
    Guarded(Role.ADMIN, "Charter", "offer_admin", (SOMEBODY,)),
    Guarded(Role.ADMIN, "Charter", "set_entry", (_NAME, SOMEBODY)),
    Guarded(Role.ADMIN, "Charter", "seal", ()),
    Guarded(Role.ADMIN, "Charter", "announce_replacement", (_NAME, SOMEBODY)),
    Guarded(Role.ADMIN, "Charter", "cancel_replacement", (_NAME,)),
    Guarded(Role.ADMIN, "Charter", "extend_warden", (_FAR,)),
    Guarded(Role.ADMIN, "Charter", "set_profile", (_WORD,)),
    Guarded(Role.ADMIN, "Charter", "set_dao_uri", ("ipfs://x",)),
    Guarded(Role.ADMIN, "Charter", "set_domain", (_WORD,)),
    Guarded(Role.ADMIN, "Charter", "set_company_id", (1,)),
    Guarded(Role.ADMIN, "Membership", "set_tiers", ([1, 2],)),
    Guarded(Role.WARDEN, "Charter", "pause", (_NAME, 1)),
    Guarded(Role.WARDEN, "Charter", "unpause", (_NAME,)),
    Guarded(Role.ISSUER, "Rewards", "award", (_FAR, [1])),
    Guarded(Role.ISSUER, "Rewards", "reverse", (_FAR, [1], 0)),
    Guarded(Role.TILL, "Perks", "redeem", (1, SOMEBODY, _FAR, b"\x11" * 65)),
    Guarded(Role.STEWARD, "Membership", "admit", ([1],)),
    Guarded(Role.STEWARD, "Polls", "open_poll", (_WORD, int(PollKind.SINGLE), 2, _FAR)),
    Guarded(Role.STEWARD, "Polls", "withdraw_poll", (1,)),
    Guarded(Role.STEWARD, "Perks", "open_perk", (_WORD, _PERK, [1])),
    Guarded(Role.STEWARD, "Perks", "close_perk", (1,)),
    Guarded(Role.STEWARD, "Perks", "add_stock", (1, 0, 1)),
    Guarded(Role.STEWARD, "Perks", "fulfil", ([1], _WORD)),
    Guarded(Role.TREASURER, "Rewards", "set_budget", (1,)),
    Guarded(Role.TREASURER, "Points", "raise_face_value", (2**40,)),
    Guarded(Role.TREASURER, "Points", "raise_expiry_period", (0,)),
    Guarded(GOVERNOR, "Guard", "set_terms", (1, _TERMS)),
    Guarded(GOVERNOR, "Guard", "set_scope", (_SCOPE,)),
    Guarded(GOVERNOR, "Guard", "set_assets", ([],)),
    Guarded(GOVERNOR, "Guard", "spend", (1, 1, 1, 1, [0] * 5)),
)

__all__ = ["GOVERNOR", "GUARDED", "SOMEBODY", "WHO", "Guarded"]
