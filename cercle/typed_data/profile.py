"""How people appear: the messages, the calls that carry them, and what a world attests."""

from __future__ import annotations

from typing import Any

from ..calls import Call
from ..deployments import Deployment
from ..identity import attestation_words
from ..slips import Attestation
from .build import message
from .message import TypedData

# ---- what a person signs ------------------------------------------------------------


def set_profile(
    deployment: Deployment, wallet: str, content_hash: str, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to show a text."""
    words = {"content_hash": content_hash}
    return _of_person(deployment, "SetProfile", wallet, nonce, deadline, **words)


def clear_profile(deployment: Deployment, wallet: str, *, nonce: int, deadline: int) -> TypedData:
    """What a main wallet signs to show none."""
    return _of_person(deployment, "ClearProfile", wallet, nonce, deadline)


def set_token_avatar(
    deployment: Deployment,
    wallet: str,
    world: str,
    token: str,
    token_id: int,
    *,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a main wallet signs to appear as a token that a wallet of its person holds."""
    words = {"world": world, "token": token, "token_id": token_id}
    return _of_person(deployment, "SetTokenAvatar", wallet, nonce, deadline, **words)


def set_attested_avatar(
    deployment: Deployment, wallet: str, attestation: Attestation, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to appear as what a world attested."""
    words = {"world": attestation.world, "reference": attestation.reference}
    return _of_person(deployment, "SetAttestedAvatar", wallet, nonce, deadline, **words)


def set_stated_avatar(
    deployment: Deployment, wallet: str, world: str, reference: str, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to say how its person appears."""
    words = {"world": world, "reference": reference}
    return _of_person(deployment, "SetStatedAvatar", wallet, nonce, deadline, **words)


def remove_avatar(
    deployment: Deployment, wallet: str, world: str, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to appear in a world no more."""
    return _of_person(deployment, "RemoveAvatar", wallet, nonce, deadline, world=world)


# ---- what a world signs ---------------------------------------------------------------


def avatar_attestation(
    deployment: Deployment,
    key: str,
    world: str,
    reference: str,
    passport_id: int,
    *,
    issued_at: int,
    deadline: int,
) -> TypedData:
    """What a world's key signs to say whose an avatar is.

    Args:
        deployment: Where the Profile stands.
        key: The world's key.
        world: The world.
        reference: What it calls the avatar: a salted name, never a name or a hash of one.
        passport_id: Whose it is.
        issued_at: The chain's time now: a later one beats an earlier one.
        deadline: The last second in which it may be set; what is set stays.
    """
    return message(
        deployment,
        "AvatarAttestation",
        key=key,
        world=world,
        reference=reference,
        passport_id=passport_id,
        issued_at=issued_at,
        deadline=deadline,
    )


def attested(message: TypedData, signature: bytes) -> Attestation:
    """A signed attestation as a text to pass on."""
    return Attestation(signature="0x" + signature.hex(), **message.message)


# ---- the calls that carry them --------------------------------------------------------


def carry_profile(
    deployment: Deployment, told: TypedData, signature: bytes, attestation: Attestation | None
) -> Call:
    """The call for one of a person's messages above.

    Raises:
        ValueError: It appears as attested, and the attestation is missing or another's.
    """
    function, words = _CALLS[told.struct]
    sent = [_packed(told.message[word]) for word in words]
    if told.struct == "SetAttestedAvatar":
        named = (told.message["world"], told.message["reference"])
        if attestation is None or (attestation.world, attestation.reference) != named:
            raise ValueError("Appearing as attested takes the attestation that is named.")
        sent = [_packed(attestation.world), attestation_words(attestation)]
    return deployment.contract("Profile").call(
        f"{function}_by_signature",
        told.message["wallet"],
        *sent,
        told.message["nonce"],
        told.message["deadline"],
        signature,
    )


_CALLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ClearProfile": ("clear_profile", ()),
    "RemoveAvatar": ("remove_avatar", ("world",)),
    "SetAttestedAvatar": ("set_attested_avatar", ()),
    "SetProfile": ("set_profile", ("content_hash",)),
    "SetStatedAvatar": ("set_stated_avatar", ("world", "reference")),
    "SetTokenAvatar": ("set_token_avatar", ("world", "token", "token_id")),
}
CARRIED = tuple(_CALLS)


def _of_person(
    deployment: Deployment, struct: str, wallet: str, nonce: int, deadline: int, **words: Any
) -> TypedData:
    return message(deployment, struct, wallet=wallet, **words, nonce=nonce, deadline=deadline)


def _packed(value: Any) -> Any:
    """A hash as bytes; anything else as it is."""
    if isinstance(value, str) and len(value) == 66:
        return bytes.fromhex(value[2:])
    return value


__all__ = [
    "CARRIED",
    "attested",
    "avatar_attestation",
    "carry_profile",
    "clear_profile",
    "remove_avatar",
    "set_attested_avatar",
    "set_profile",
    "set_stated_avatar",
    "set_token_avatar",
]
