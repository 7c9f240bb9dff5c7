"""The Passport: the person behind the wallets; the Profile: how they appear."""

from __future__ import annotations

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from .calls import Call
from .deployments import Deployment
from .slips import Attestation
from .values import checksum

# ---- the person ---------------------------------------------------------------------


def register(deployment: Deployment) -> Call:
    """Open a passport for the sender."""
    return deployment.contract("Passport").call("register")


def link(deployment: Deployment, wallet: str, nonce: int, deadline: int, signature: bytes) -> Call:
    """Link a wallet by its own signature; the passport's main wallet sends this."""
    return deployment.contract("Passport").call("link", wallet, nonce, deadline, signature)


def unlink(deployment: Deployment, wallet: str) -> Call:
    """Let a wallet go; the main wallet or that wallet itself may, the main one stays."""
    return deployment.contract("Passport").call("unlink", wallet)


def set_main(deployment: Deployment, wallet: str) -> Call:
    """Make a linked wallet the main one."""
    return deployment.contract("Passport").call("set_main", wallet)


# ---- how they appear -----------------------------------------------------------------


def set_profile(deployment: Deployment, content_hash: str) -> Call:
    """Show a text of one's own, by its hash; the main wallet sends this and all below."""
    return deployment.contract("Profile").call("set_profile", _raw(content_hash))


def clear_profile(deployment: Deployment) -> Call:
    """Show no text any more."""
    return deployment.contract("Profile").call("clear_profile")


def set_token_avatar(deployment: Deployment, world: str, token: str, token_id: int) -> Call:
    """Appear in a world as a token that a wallet of one's own holds."""
    return deployment.contract("Profile").call("set_token_avatar", _raw(world), token, token_id)


def set_attested_avatar(deployment: Deployment, attestation: Attestation) -> Call:
    """Appear in a world as what its key signed."""
    return deployment.contract("Profile").call(
        "set_attested_avatar", _raw(attestation.world), attestation_words(attestation)
    )


def set_stated_avatar(deployment: Deployment, world: str, reference: str) -> Call:
    """Say how one appears in a world; never verified."""
    return deployment.contract("Profile").call("set_stated_avatar", _raw(world), _raw(reference))


def remove_avatar(deployment: Deployment, world: str) -> Call:
    """Appear in a world no more."""
    return deployment.contract("Profile").call("remove_avatar", _raw(world))


# ---- worlds --------------------------------------------------------------------------


def register_world(deployment: Deployment, name: str, key: str) -> Call:
    """Found a world; the sender controls it."""
    return deployment.contract("Profile").call("register_world", name, key)


def set_world_key(deployment: Deployment, world: str, key: str) -> Call:
    """Change a world's key, and end what the former one attested."""
    return deployment.contract("Profile").call("set_world_key", _raw(world), key)


def offer_world(deployment: Deployment, world: str, candidate: str) -> Call:
    """Offer a world to another controller."""
    return deployment.contract("Profile").call("offer_world", _raw(world), candidate)


def accept_world(deployment: Deployment, world: str) -> Call:
    """Take over a world that was offered."""
    return deployment.contract("Profile").call("accept_world", _raw(world))


def set_collection(deployment: Deployment, world: str, token: str, *, is_recognised: bool) -> Call:
    """Say whether a collection of tokens is the world's own."""
    return deployment.contract("Profile").call("set_collection", _raw(world), token, is_recognised)


def revoke_attestation(deployment: Deployment, world: str, reference: str) -> Call:
    """Take back what the world attested of one reference."""
    return deployment.contract("Profile").call("revoke_attestation", _raw(world), _raw(reference))


# ---- as the contract computes them ------------------------------------------------------


def world_id(controller: str, name: str) -> str:
    """The id of the world that somebody registers under a name."""
    words = encode(["address", "bytes32"], [checksum(controller), keccak(text=name)])
    return "0x" + keccak(words).hex()


def token_reference(token: str, token_id: int) -> str:
    """What a token is called in every world."""
    return "0x" + keccak(encode(["address", "uint256"], [checksum(token), token_id])).hex()


def attestation_words(attestation: Attestation) -> tuple[bytes, int, int, bytes]:
    """An attestation as the contract takes it."""
    return (
        _raw(attestation.reference),
        attestation.issued_at,
        attestation.deadline,
        attestation.signature_bytes,
    )


def _raw(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


__all__ = [
    "accept_world",
    "attestation_words",
    "clear_profile",
    "link",
    "offer_world",
    "register",
    "register_world",
    "remove_avatar",
    "revoke_attestation",
    "set_attested_avatar",
    "set_collection",
    "set_main",
    "set_profile",
    "set_stated_avatar",
    "set_token_avatar",
    "set_world_key",
    "token_reference",
    "unlink",
    "world_id",
]
