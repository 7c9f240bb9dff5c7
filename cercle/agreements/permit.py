"""A token's permit as the token tells it: its domain (EIP-5267) and an owner's next nonce."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ..acts import Act, deadline
from ..chain import Chain
from ..contracts import Contract
from ..deployments import Deployment
from ..errors import Refused
from ..models import Head
from ..typed_data import TokenDomain, TypedData, token_permit
from ..values import Frozen, checksum
from . import calls

GAS = 100_000  # a question to a token, which is anybody's code
_FIELDS = b"\x0f"  # of a domain: name, version, chain, contract; neither salt nor more
_VIEWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "DOMAIN_SEPARATOR": ((), ("bytes32",)),
    "eip712Domain": (
        (),
        ("bytes1", "string", "string", "uint256", "address", "bytes32", "uint256[]"),
    ),
    "name": ((), ("string",)),
    "nonces": (("address",), ("uint256",)),
    "version": ((), ("string",)),
}


def _words(kinds: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": f"_{place}", "type": kind} for place, kind in enumerate(kinds)]


_ABI = tuple(
    {
        "type": "function",
        "name": name,
        "stateMutability": "view",
        "inputs": _words(inputs),
        "outputs": _words(outputs),
    }
    for name, (inputs, outputs) in _VIEWS.items()
)


class Permitting(Frozen):
    """How one owner's permit of a token is signed now."""

    domain: TokenDomain
    nonce: int


def read_permit(
    chain: Chain, token: str, owner: str, head: Head | None = None
) -> Permitting | None:
    """The domain of a token's permits, and an owner's next nonce; None where it takes none.

    A token that tells no `eip712Domain` has its name and version, or version 1. Whatever it tells
    counts only if its own `DOMAIN_SEPARATOR` says the same.

    Args:
        chain: Where to read.
        token: An ERC-20, which anybody may have written.
        owner: Whose nonce.
        head: The block; the newest if none is named.
    """
    contract = Contract("token", checksum(token), _ABI)
    asked = [
        *(contract.read("DOMAIN_SEPARATOR"), contract.read("nonces", owner)),
        *(contract.read("eip712Domain"), contract.read("name"), contract.read("version")),
    ]
    foreign = [replace(read, is_foreign=True, gas=GAS) for read in asked]
    answers = chain.try_read(foreign, head or chain.head())
    told = [None if isinstance(one, Refused) else one for one in answers]
    separator, nonce, published, name, version = told
    if separator is None or nonce is None:
        return None
    for domain in _told(contract.address, published, name, version):
        if domain.separator(chain.chain_id) == bytes(separator):
            return Permitting(domain=domain, nonce=nonce)
    return None


def _told(token: str, published: Any, name: Any, version: Any) -> list[TokenDomain]:
    """The domains that a token may mean, the one that it publishes first."""
    pairs = [(name, version or "1")]
    if published is not None and bytes(published[0]) == _FIELDS:
        pairs.insert(0, (published[1], published[2]))
    made = []
    for one, number in pairs:
        try:
            made.append(TokenDomain(token=token, name=one, version=number))
        except ValidationError:  # too long, or no text
            continue
    return made


def allow(deployment: Deployment, permit: TokenDomain | None, token: str, amount: int) -> Act:
    """Let the book of agreements take so much of a token, before a deposit.

    Args:
        deployment: Whose book.
        permit: The token's domain; None where it takes no permits, which its owner then sends.
        token: An ERC-20.
        amount: The most that may be taken, in its smallest units; counts in place of any before.
    """
    call = calls.allow(deployment, token, amount)
    if permit is None:
        return Act(call)

    def sign(chain: Chain, wallet: str) -> TypedData:
        found = read_permit(chain, token, wallet, chain.head(fresh=True))
        if found is None:
            raise Refused("The token takes no permits any more.")
        until = {"nonce": found.nonce, "deadline": deadline(chain)}
        return token_permit(deployment, found.domain, wallet, value=amount, **until)

    return Act(call, sign, "TokenPermit", token=checksum(token))


__all__ = ["Permitting", "allow", "read_permit"]
