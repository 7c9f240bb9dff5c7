"""The messages, each from what its signer has in mind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..deployments import Deployment
from ..values import ZERO_HASH, checksum
from .message import TypedData
from .structs import STRUCTS, Field, Struct

# ---- the person ---------------------------------------------------------------------


def register(deployment: Deployment, wallet: str, *, nonce: int, deadline: int) -> TypedData:
    """What a wallet signs to get a passport."""
    return message(deployment, "Register", wallet=wallet, nonce=nonce, deadline=deadline)


def link(
    deployment: Deployment, passport_id: int, wallet: str, nonce: int, deadline: int
) -> TypedData:
    """What a wallet signs to be linked to a passport."""
    return message(
        deployment, "Link", passport_id=passport_id, wallet=wallet, nonce=nonce, deadline=deadline
    )


def adopt(
    deployment: Deployment, main_wallet: str, wallet: str, *, nonce: int, deadline: int
) -> TypedData:
    """What a main wallet signs to have another linked: nonce and deadline are its `Link`'s."""
    return message(
        deployment, "Adopt", main_wallet=main_wallet, wallet=wallet, nonce=nonce, deadline=deadline
    )


def unlink(
    deployment: Deployment, sender: str, wallet: str, *, nonce: int, deadline: int
) -> TypedData:
    """What the main wallet, or the wallet itself, signs to have it let go."""
    return message(
        deployment, "Unlink", sender=sender, wallet=wallet, nonce=nonce, deadline=deadline
    )


def set_main(
    deployment: Deployment, main_wallet: str, wallet: str, *, nonce: int, deadline: int
) -> TypedData:
    """What the main wallet signs to hand its place to another one of the person's."""
    return message(
        deployment,
        "SetMain",
        main_wallet=main_wallet,
        wallet=wallet,
        nonce=nonce,
        deadline=deadline,
    )


# ---- a person at a brand --------------------------------------------------------------


def invitation(
    deployment: Deployment, inviter: str, *, nonce: int, deadline: int, passport_id: int = 0
) -> TypedData:
    """What a steward signs to invite a person, or whoever bears it (passport 0)."""
    return message(
        deployment,
        "Invitation",
        inviter=inviter,
        passport_id=passport_id,
        nonce=nonce,
        deadline=deadline,
    )


def join(
    deployment: Deployment, wallet: str, inviter: str, *, nonce: int, deadline: int
) -> TypedData:
    """What an invited person signs to join."""
    return message(
        deployment, "Join", wallet=wallet, inviter=inviter, nonce=nonce, deadline=deadline
    )


def leave(deployment: Deployment, wallet: str, *, nonce: int, deadline: int) -> TypedData:
    """What a member signs to leave."""
    return message(deployment, "Leave", wallet=wallet, nonce=nonce, deadline=deadline)


def delegate_until(
    deployment: Deployment,
    delegator: str,
    delegatee: str,
    *,
    expires_at: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a member signs to give their delegated voice away; `expires_at` 0 is without end."""
    return message(
        deployment,
        "DelegateUntil",
        delegator=delegator,
        delegatee=delegatee,
        expires_at=expires_at,
        nonce=nonce,
        deadline=deadline,
    )


# ---- points and perks -------------------------------------------------------------------


def permit(
    deployment: Deployment,
    token_name: str,
    owner: str,
    spender: str,
    value: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a holder of points signs to let somebody spend some of them (EIP-2612)."""
    return message(
        deployment,
        "Permit",
        token_name,
        owner=owner,
        spender=spender,
        value=value,
        nonce=nonce,
        deadline=deadline,
    )


def claim(
    deployment: Deployment,
    wallet: str,
    *,
    perk_id: int,
    content_hash: str,
    variant: int,
    price: int,
    claim_id: int,
    deadline: int,
    order_hash: str = ZERO_HASH,
) -> TypedData:
    """What a member signs to claim a perk.

    Args:
        deployment: The brand.
        wallet: Theirs: it pays.
        perk_id: The perk.
        content_hash: Its text, as the chain names it.
        variant: Which one, from 0.
        price: What it costs, in units of points.
        claim_id: What `Perks.next_claim_id` says.
        deadline: The last second, unix time.
        order_hash: The salted hash of what the order says elsewhere.
    """
    return message(
        deployment,
        "Claim",
        wallet=wallet,
        perk_id=perk_id,
        content_hash=content_hash,
        variant=variant,
        price=price,
        order_hash=order_hash,
        claim_id=claim_id,
        deadline=deadline,
    )


def cancel(deployment: Deployment, wallet: str, claim_id: int, deadline: int) -> TypedData:
    """What a member signs to give a claim back."""
    return message(deployment, "Cancel", wallet=wallet, claim_id=claim_id, deadline=deadline)


def miss(deployment: Deployment, wallet: str, claim_id: int, deadline: int) -> TypedData:
    """What a member signs to have a carrier call a claim missed, which anybody may do.

    No contract checks it: it tells the carrier who asks.
    """
    return message(deployment, "Miss", wallet=wallet, claim_id=claim_id, deadline=deadline)


def redeem(deployment: Deployment, wallet: str, claim_id: int, deadline: int) -> TypedData:
    """What a member signs at the till: their code for one claim."""
    return message(deployment, "Redeem", wallet=wallet, claim_id=claim_id, deadline=deadline)


# ---- polls --------------------------------------------------------------------------------


def ballot(
    deployment: Deployment,
    voter: str,
    *,
    poll_id: int,
    content_hash: str,
    options: Sequence[int],
    sequence: int,
    deadline: int,
) -> TypedData:
    """What a member signs to vote.

    Args:
        deployment: The brand.
        voter: Any wallet of theirs.
        poll_id: The poll.
        content_hash: Its text, as the chain names it.
        options: Their places in the text, from 1; one under SINGLE, any number under APPROVAL.
        sequence: One more than that of their ballot that counts now.
        deadline: The last second, unix time.
    """
    return message(
        deployment,
        "Ballot",
        voter=voter,
        poll_id=poll_id,
        content_hash=content_hash,
        options=sorted(options),
        sequence=sequence,
        deadline=deadline,
    )


# ---- all of them ----------------------------------------------------------------------------


def message(
    deployment: Deployment, struct: str, domain: str | None = None, /, **values: Any
) -> TypedData:
    """A message by its name, in the domain of this deployment's contract.

    Raises:
        ValueError: There is none of that name, or the values are not those of its fields.
    """
    wanted = STRUCTS.get(struct)
    if wanted is None:
        raise ValueError("there is no such message")
    return TypedData(
        name=domain or wanted.domain,
        chain_id=deployment.chain_id,
        contract=deployment.address(wanted.contract),
        struct=struct,
        message=words_of(wanted, values),
    )


def words_of(struct: Struct, values: dict[str, Any]) -> dict[str, Any]:
    """What a message says, each value as its field wants it.

    Raises:
        ValueError: The values are not those of its fields.
    """
    names = [field.name for field in struct.fields]
    if sorted(values) != sorted(names):
        raise ValueError(f"{struct.name} takes {', '.join(names)}")
    return {field.name: _told(field, values[field.name]) for field in struct.fields}


def _told(field: Field, value: Any) -> Any:
    """What a field says: of a list of structs, each with its parts."""
    if not field.parts:
        return _value(field.type, value)
    if not isinstance(value, list | tuple) or not all(isinstance(one, dict) for one in value):
        raise ValueError("a list of structs is a list")
    names = [part.name for part in field.parts]
    if any(sorted(one) != sorted(names) for one in value):
        raise ValueError(f"each of {field.name} takes {', '.join(names)}")
    return [{part.name: _value(part.type, one[part.name]) for part in field.parts} for one in value]


def _value(kind: str, value: Any) -> Any:
    """A value as its type wants it, whether it comes from Python or from JSON."""
    if kind == "address":
        return checksum(str(value))
    if kind.endswith("[]"):
        if not isinstance(value, list | tuple):
            raise ValueError("a list of values is a list")
        return [_value(kind.removesuffix("[]"), one) for one in value]
    if kind == "bool":
        if not isinstance(value, bool):
            raise ValueError("yes or no is true or false")
        return value
    if kind == "string":
        if not isinstance(value, str):
            raise ValueError("a text is a text")
        return value
    if kind == "bytes":
        text = "0x" + value.hex() if isinstance(value, bytes) else str(value).lower()
        if not text.startswith("0x"):
            raise ValueError("bytes are written in hexadecimal")
        return "0x" + bytes.fromhex(text[2:]).hex()
    if kind == "bytes32":
        text = "0x" + value.hex() if isinstance(value, bytes) else str(value).lower()
        if len(bytes.fromhex(text[2:])) != 32 or not text.startswith("0x"):
            raise ValueError("a hash has 32 bytes")
        return text
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("a number is a whole one")
    number = int(value)
    bits = int(kind.removeprefix("uint"))
    if not 0 <= number < 2**bits:
        raise ValueError(f"a number has {bits} bits at most")
    return number


__all__ = [
    "adopt",
    "ballot",
    "cancel",
    "claim",
    "delegate_until",
    "invitation",
    "join",
    "leave",
    "link",
    "message",
    "miss",
    "permit",
    "redeem",
    "register",
    "set_main",
    "unlink",
]
