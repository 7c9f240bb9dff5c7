"""How a person appears: their text by its hash, and their avatar in the worlds asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..chain import Chain
from ..deployments import Deployment
from ..flags import AvatarKind
from ..models import AvatarView, Head, ProfileView, WorldView
from ..values import ZERO_ADDRESS, ZERO_HASH, hash_text
from .rounds import Reader, ask, at_newest


def profile(
    chain: Chain,
    deployment: Deployment,
    passport_id: int,
    worlds: Sequence[str] = (),
    block: Head | None = None,
) -> ProfileView:
    """A person as they appear now. Where the brand reads no Profile, nobody appears.

    Args:
        chain: Where to read.
        deployment: The brand.
        passport_id: The person.
        worlds: Which worlds to look in: those that the brand's document names, and the person's.
        block: The block to read at; the newest if none is named.
    """
    asked = tuple(dict.fromkeys(hash_text(world) for world in worlds))
    view = ("profile", deployment.address("Charter"), passport_id, asked)
    return at_newest(
        chain,
        block,
        lambda reader, head: _profile(reader, deployment, passport_id, asked, head),
        *view,
    )


def member_of_avatar(
    chain: Chain, deployment: Deployment, world: str, reference: str, block: Head | None = None
) -> int:
    """The passport of the one person who is verified as this avatar now; 0 for nobody."""
    words = bytes.fromhex(hash_text(world)[2:]), bytes.fromhex(hash_text(reference)[2:])
    read = deployment.contract("Profile").read("member_of_avatar", *words)
    return at_newest(chain, block, lambda reader, head: int(ask(reader, head, {"": read})[""] or 0))


def world(
    chain: Chain, deployment: Deployment, world_id: str, block: Head | None = None
) -> WorldView | None:
    """Who runs a world, and which key attests there; None for an unknown one."""
    read = deployment.contract("Profile").read("world", bytes.fromhex(hash_text(world_id)[2:]))
    found = at_newest(chain, block, lambda reader, head: ask(reader, head, {"": read})[""])
    if not found or found["controller"] == ZERO_ADDRESS:
        return None
    return WorldView(
        id=world_id,
        controller=found["controller"],
        candidate=None if found["candidate"] == ZERO_ADDRESS else found["candidate"],
        key=found["key"],
        key_since=found["key_since"],
    )


def _profile(
    chain: Reader, deployment: Deployment, passport_id: int, worlds: tuple[str, ...], head: Head
) -> ProfileView:
    if not deployment.has("Profile"):
        return ProfileView(head=head, passport_id=passport_id)
    contract = deployment.contract("Profile")
    questions = {"text": contract.read("profile_of", passport_id)}
    for one in worlds:
        questions[one] = contract.read("avatar_of", passport_id, bytes.fromhex(one[2:]))
    known = ask(chain, head, questions)
    text = hash_text(known["text"] or bytes(32))
    return ProfileView(
        head=head,
        passport_id=passport_id,
        content_hash=None if text == ZERO_HASH else text,
        avatars=tuple(
            _avatar(one, known[one]) for one in worlds if known[one] and known[one]["kind"]
        ),
    )


def _avatar(world_id: str, told: dict[str, Any]) -> AvatarView:
    kind = AvatarKind(told["kind"])
    is_token = kind == AvatarKind.TOKEN
    return AvatarView(
        world=world_id,
        kind=kind,
        reference=hash_text(told["reference"]),
        token=told["token"] if is_token else None,
        token_id=told["token_id"] if is_token else None,
        is_verified=told["is_verified"],
    )


__all__ = ["member_of_avatar", "profile", "world"]
