"""Who acts for a brand, from the Charter's own record."""

from __future__ import annotations

from collections.abc import Iterable

from ..chain import Chain
from ..deployments import Deployment
from ..events import read_events
from ..flags import Role
from ..models import Head
from ..values import ZERO_ADDRESS, checksum


def known_keys(chain: Chain, deployment: Deployment, head: Head) -> tuple[str, ...]:
    """Every account that ever held a role or was admin, the first one first."""
    last = head.number
    found: dict[str, None] = {}
    for name, fields in (
        ("AdminHandedOver", ("old_admin", "new_admin")),
        ("AdminOffered", ("candidate",)),
        ("RolesGiven", ("account",)),
    ):
        for event in read_events(chain, deployment, "Charter", name, last=last):
            for field in fields:
                found.setdefault(event.args[field])
    found.pop(ZERO_ADDRESS, None)
    return tuple(found)


def roles_of(
    chain: Chain, deployment: Deployment, accounts: Iterable[str], head: Head
) -> dict[str, Role]:
    """What each may do now, as the Charter itself says."""
    charter, named = deployment.contract("Charter"), [checksum(one) for one in accounts]
    held = chain.read([charter.read("roles", one) for one in named], head)
    return {one: Role(roles) for one, roles in zip(named, held, strict=True)}


def words(roles: Role) -> str:
    """Roles as people read them."""
    return ", ".join(str(one.name).lower() for one in Role if one in roles) or "nothing"


__all__ = ["known_keys", "roles_of", "words"]
