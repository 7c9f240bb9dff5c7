"""A permit of any token (EIP-2612), for the book of agreements alone.

Usage example::

    domain = TokenDomain(token=token, name="Demo euro", version="1")
    until = {"nonce": 0, "deadline": end}
    message = typed_data.token_permit(deployment, domain, wallet, value=5_000, **until)
    call = typed_data.carry(deployment, SignedMessage(message=message, signature=...))
"""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak
from pydantic import Field

from ..calls import Call
from ..codec import encode
from ..contracts import Contract
from ..deployments import Deployment
from ..values import Address, Frozen
from .build import words_of
from .message import DOMAIN, TypedData
from .token_structs import TOKEN_STRUCTS

LONGEST = 50  # characters of a token's name in its domain
_DOMAIN_TYPE = f"EIP712Domain({','.join(f'{kind} {name}' for name, kind in DOMAIN)})"
_OWNER = (("owner", "address"), ("spender", "address"), ("value", "uint256"))
_END = ("deadline", "uint256")


def _function(name: str, *inputs: tuple[str, str]) -> dict[str, Any]:
    words = [{"name": word, "type": kind} for word, kind in inputs]
    mode = {"stateMutability": "nonpayable", "outputs": []}
    return {"type": "function", "name": name, "inputs": words, **mode}


_PERMIT = (
    _function("permit", *_OWNER, _END, ("v", "uint8"), ("r", "bytes32"), ("s", "bytes32")),
    _function("permit_by_signature", *_OWNER, _END, ("signature", "bytes")),
)


class TokenDomain(Frozen):
    """How a token signs: its EIP-712 name and version."""

    token: Address
    name: str = Field(max_length=LONGEST)
    version: str = Field(default="1", max_length=LONGEST)

    def separator(self, chain_id: int) -> bytes:
        """What the token's `DOMAIN_SEPARATOR` is, if it has this domain on that chain."""
        words = keccak(text=self.name), keccak(text=self.version)
        kinds = ["bytes32", "bytes32", "bytes32", "uint256", "address"]
        packed = encode(kinds, [keccak(text=_DOMAIN_TYPE), *words, chain_id, self.token])
        return bytes(keccak(packed))


def token_permit(
    deployment: Deployment,
    domain: TokenDomain,
    owner: str,
    *,
    value: int,
    nonce: int,
    deadline: int,
) -> TypedData:
    """What a holder signs to let the book of agreements take so much of a token.

    Args:
        deployment: Whose book.
        domain: The token's, as `cercle.agreements.permit` reads it.
        owner: Whose money.
        value: The most that may be taken, in the token's smallest units.
        nonce: The token's next for this owner.
        deadline: The last second in which it may be carried.
    """
    words = {"owner": owner, "spender": deployment.address("Agreements"), "value": value}
    return read_token_permit(deployment, domain, words | {"nonce": nonce, "deadline": deadline})


def read_token_permit(
    deployment: Deployment, domain: TokenDomain, words: dict[str, Any]
) -> TypedData:
    """The permit that words from outside tell, in the token's own domain.

    Raises:
        ValueError: They tell none, or it would allow another than the book of agreements.
    """
    told = words_of(TOKEN_STRUCTS["TokenPermit"], words)
    if told["spender"] != deployment.address("Agreements"):
        raise ValueError("this lets another than the book of agreements take money")
    return TypedData(
        name=domain.name,
        version=domain.version,
        chain_id=deployment.chain_id,
        contract=domain.token,
        struct="TokenPermit",
        message=told,
    )


def carry_permit(deployment: Deployment, told: TypedData, signature: bytes) -> Call:
    """The call that brings a permit to its token.

    A contract wallet's signature has no two halves: for it the token must have
    `permit_by_signature`, with the bytes as ERC-7597 has them.

    Raises:
        ValueError: It allows another than the book of agreements.
    """
    words = told.message
    if words["spender"] != deployment.address("Agreements"):
        raise ValueError("This lets another than the book of agreements take money.")
    given = [words[name] for name in ("owner", "spender", "value", "deadline")]
    call = Contract("token", told.contract, _PERMIT).call
    if told.is_signed_by(words["owner"], signature):
        return call("permit", *given, signature[64], signature[:32], signature[32:64])
    return call("permit_by_signature", *given, signature)


__all__ = ["LONGEST", "TokenDomain", "carry_permit", "read_token_permit", "token_permit"]
