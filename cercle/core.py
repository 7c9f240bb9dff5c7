"""The Charter: who may do what, and which contracts are the brand's."""

from __future__ import annotations

from .calls import Call
from .deployments import Deployment
from .errors import DeploymentError
from .flags import Role


def entry_name(text: str) -> bytes:
    """A directory name as the Charter keeps it: ASCII, padded on the right."""
    raw = text.encode("ascii")
    if not 0 < len(raw) <= 32:
        raise DeploymentError(f"{text!r} is not a directory name (1 to 32 letters).")
    return raw.ljust(32, b"\x00")


def read_entry_name(word: bytes) -> str:
    """A directory name as people read it."""
    return word.rstrip(b"\x00").decode("ascii", errors="replace")


def give_roles(deployment: Deployment, account: str, roles: Role) -> Call:
    """Let an account do more. ADMIN is never given so: it is offered and accepted."""
    return deployment.contract("Charter").call("give_roles", account, int(roles))


def take_roles(deployment: Deployment, account: str, roles: Role) -> Call:
    """Let an account do less."""
    return deployment.contract("Charter").call("take_roles", account, int(roles))


def renounce_roles(deployment: Deployment, roles: Role) -> Call:
    """Lay down roles of one's own."""
    return deployment.contract("Charter").call("renounce_roles", int(roles))


def offer_admin(deployment: Deployment, candidate: str) -> Call:
    """Offer the office of ADMIN; nothing changes until the candidate accepts."""
    return deployment.contract("Charter").call("offer_admin", candidate)


def accept_admin(deployment: Deployment) -> Call:
    """Take the office of ADMIN that was offered to the sender."""
    return deployment.contract("Charter").call("accept_admin")


def set_entry(deployment: Deployment, name: str, contract: str) -> Call:
    """Put a contract in the directory, before the charter is sealed."""
    return deployment.contract("Charter").call("set_entry", entry_name(name), contract)


def seal(deployment: Deployment) -> Call:
    """End the founding phase, for good: from now on replacements are announced and wait."""
    return deployment.contract("Charter").call("seal")


def announce_replacement(deployment: Deployment, name: str, contract: str) -> Call:
    """Announce a new contract under a name; it may take over after the delay."""
    return deployment.contract("Charter").call("announce_replacement", entry_name(name), contract)


def cancel_replacement(deployment: Deployment, name: str) -> Call:
    """Take an announcement back."""
    return deployment.contract("Charter").call("cancel_replacement", entry_name(name))


def replace(deployment: Deployment, name: str) -> Call:
    """Carry out an announced replacement after its delay. Anyone may, from an ordinary wallet."""
    return deployment.contract("Charter").call("replace", entry_name(name))


def pause(deployment: Deployment, name: str, seconds: int) -> Call:
    """Halt the new business of one wing for a while."""
    return deployment.contract("Charter").call("pause", entry_name(name), seconds)


def unpause(deployment: Deployment, name: str) -> Call:
    """End a pause before its time."""
    return deployment.contract("Charter").call("unpause", entry_name(name))


def set_profile(deployment: Deployment, content_hash: str) -> Call:
    """Name the brand document that presents the brand."""
    return deployment.contract("Charter").call("set_profile", bytes.fromhex(content_hash[2:]))


__all__ = [
    "accept_admin",
    "announce_replacement",
    "cancel_replacement",
    "entry_name",
    "give_roles",
    "offer_admin",
    "pause",
    "read_entry_name",
    "renounce_roles",
    "replace",
    "seal",
    "set_entry",
    "set_profile",
    "take_roles",
    "unpause",
]
