"""The actions of a proposal from what is meant by them; `say` reads each back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .. import core, governance
from ..calls import Call
from ..deployments import Deployment
from ..flags import PollKind, Role
from ..governor_plan import ClassPlan
from ..loyalty import perks
from ..values import checksum
from .draft import Action

_TRANSFER = "a9059cbb"  # transfer(address,uint256)


def give_roles(deployment: Deployment, account: str, roles: Role) -> Action:
    """Let an account do more for the brand."""
    return Action.of(core.give_roles(deployment, account, roles))


def take_roles(deployment: Deployment, account: str, roles: Role) -> Action:
    """Let an account do less for the brand."""
    return Action.of(core.take_roles(deployment, account, roles))


def accept_admin(deployment: Deployment) -> Action:
    """Take the office of ADMIN that was offered to the Governor."""
    return Action.of(core.accept_admin(deployment))


def offer_admin(deployment: Deployment, candidate: str) -> Action:
    """Offer the office of ADMIN to another, such as a new Governor."""
    return Action.of(core.offer_admin(deployment, candidate))


def announce_replacement(deployment: Deployment, name: str, contract: str) -> Action:
    """Announce a new contract under a name of the directory."""
    return Action.of(core.announce_replacement(deployment, name, contract))


def cancel_replacement(deployment: Deployment, name: str) -> Action:
    """Take an announcement back."""
    return Action.of(core.cancel_replacement(deployment, name))


def extend_warden(deployment: Deployment, until: datetime) -> Action:
    """Prolong the warden's office."""
    return _act(deployment, "Charter", "extend_warden", int(until.timestamp()))


def set_profile(deployment: Deployment, content_hash: str) -> Action:
    """Publish another profile of the brand."""
    return Action.of(core.set_profile(deployment, content_hash))


def set_dao_uri(deployment: Deployment, uri: str) -> Action:
    """Say where the brand's ERC-4824 description lies."""
    return _act(deployment, "Charter", "set_dao_uri", uri)


def pay_ether(receiver: str, wei: int) -> Action:
    """Pay some of the chain's coin."""
    return Action(target=checksum(receiver), value=wei)


def pay_token(token: str, receiver: str, amount: int) -> Action:
    """Pay some of a token, in its smallest units."""
    words = int(checksum(receiver), 16).to_bytes(32, "big") + amount.to_bytes(32, "big")
    return Action(target=checksum(token), data="0x" + _TRANSFER + words.hex())


def open_perk(
    deployment: Deployment, content_hash: str, terms: tuple[Any, ...], stock: Sequence[int]
) -> Action:
    """Put a perk on the shelf. The Governor needs the role of a curator for it."""
    return Action.of(perks.open_perk(deployment, content_hash, terms, stock))


def open_poll(
    deployment: Deployment,
    content_hash: str,
    option_count: int,
    closes_at: datetime,
    kind: PollKind = PollKind.SINGLE,
) -> Action:
    """Ask the members. The Governor needs the role of a steward for it."""
    return Action.of(governance.open_poll(deployment, content_hash, option_count, closes_at, kind))


def set_terms(deployment: Deployment, class_id: int, terms: ClassPlan) -> Action:
    """Change the terms of a class for proposals to come, or open the next one."""
    return _act(deployment, "Guard", "set_terms", class_id, terms.terms)


def set_scope(
    deployment: Deployment,
    class_id: int,
    target: str,
    selector: bytes,
    *,
    cap: int = 0,
    amount_word: int = 0,
    is_allowed: bool = True,
) -> Action:
    """Allow a class a call under a cap, or forbid it."""
    scope = (class_id, checksum(target), selector, cap, amount_word, is_allowed)
    return _act(deployment, "Guard", "set_scope", scope)


def set_assets(deployment: Deployment, tokens: Sequence[str]) -> Action:
    """Say which tokens are the treasury whose spending is bounded."""
    return _act(deployment, "Guard", "set_assets", [checksum(one) for one in tokens])


def call(call: Call) -> Action:
    """Anything else that an account with the right role could send."""
    return Action.of(call)


def _act(deployment: Deployment, contract: str, function: str, *arguments: Any) -> Action:
    return Action.of(deployment.contract(contract).call(function, *arguments))


__all__ = [
    "accept_admin",
    "announce_replacement",
    "call",
    "cancel_replacement",
    "extend_warden",
    "give_roles",
    "offer_admin",
    "open_perk",
    "open_poll",
    "pay_ether",
    "pay_token",
    "set_assets",
    "set_dao_uri",
    "set_profile",
    "set_scope",
    "set_terms",
    "take_roles",
]
