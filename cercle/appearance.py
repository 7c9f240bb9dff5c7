"""What a person may do about how they appear, in both ways: sent, or signed for others to carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import identity, typed_data
from .acts import Act, deadline, free_nonce
from .calls import Call
from .chain import Chain
from .deployments import Deployment
from .slips import Attestation
from .typed_data import TypedData


def set_profile(deployment: Deployment, content_hash: str) -> Act:
    """Show a text of one's own, by its hash."""
    call = identity.set_profile(deployment, content_hash)
    return _act(deployment, call, "SetProfile", typed_data.set_profile, content_hash)


def clear_profile(deployment: Deployment) -> Act:
    """Show no text any more."""
    call = identity.clear_profile(deployment)
    return _act(deployment, call, "ClearProfile", typed_data.clear_profile)


def set_token_avatar(deployment: Deployment, world: str, token: str, token_id: int) -> Act:
    """Appear in a world as a token that a wallet of one's own holds."""
    call = identity.set_token_avatar(deployment, world, token, token_id)
    words = (world, token, token_id)
    return _act(deployment, call, "SetTokenAvatar", typed_data.set_token_avatar, *words)


def set_attested_avatar(deployment: Deployment, attestation: Attestation) -> Act:
    """Appear in a world as what its key signed."""
    call = identity.set_attested_avatar(deployment, attestation)
    act = _act(deployment, call, "SetAttestedAvatar", typed_data.set_attested_avatar, attestation)
    return Act(act.call, act.sign, act.struct, attestation=attestation)


def set_stated_avatar(deployment: Deployment, world: str, reference: str) -> Act:
    """Say how one appears in a world; never verified."""
    call = identity.set_stated_avatar(deployment, world, reference)
    words = (world, reference)
    return _act(deployment, call, "SetStatedAvatar", typed_data.set_stated_avatar, *words)


def remove_avatar(deployment: Deployment, world: str) -> Act:
    """Appear in a world no more."""
    call = identity.remove_avatar(deployment, world)
    return _act(deployment, call, "RemoveAvatar", typed_data.remove_avatar, world)


def _act(
    deployment: Deployment, call: Call, struct: str, build: Callable[..., TypedData], *words: Any
) -> Act:
    def sign(chain: Chain, wallet: str) -> TypedData:
        nonce = free_nonce(chain, deployment, "Profile", wallet)
        return build(deployment, wallet, *words, nonce=nonce, deadline=deadline(chain))

    return Act(call, sign, struct)


__all__ = [
    "clear_profile",
    "remove_avatar",
    "set_attested_avatar",
    "set_profile",
    "set_stated_avatar",
    "set_token_avatar",
]
