"""Accounts of passkeys: where one stands, how it is made, found again and used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from ..calls import Call
from ..chain import Chain
from ..contracts import Contract
from ..deployments import Deployment
from ..errors import NodeMisbehaved, PasskeyOtherKey
from ..events import Event, read_events
from ..models import Head
from ..values import Address, Frozen
from .keys import Credential, PublicKey, credential_hash, rp_id_hash
from .webauthn import Assertion

if TYPE_CHECKING:
    from ..index.history import History

FACTORY, CODE = "PasskeyFactory", "PasskeyAccount"
# ERC-1167 with the key behind it, and what copies it into place; see PasskeyFactory.vy.
_CREATION = bytes.fromhex("61008d3d81600a3d39f3363d3d373d3d3d363d73")
_PROXY_TAIL = bytes.fromhex("5af43d82803e903d91602b57fd5bf3")


class Account(Frozen):
    """An account that was made, as its event tells it."""

    address: Address
    key: PublicKey
    rp_id_hash: bytes
    block: int


def is_offered(deployment: Deployment) -> bool:
    """Whether this brand's chain and deployment have accounts for passkeys."""
    return deployment.has(FACTORY) and deployment.has(CODE)


def is_supported(chain: Chain, deployment: Deployment, head: Head) -> bool:
    """Whether the chain can check a passkey, as the factory finds out by trying."""
    factory = deployment.contract(FACTORY)
    return bool(chain.read([factory.read("is_supported")], head)[0])


def account_of(deployment: Deployment, credential: Credential) -> str:
    """Where the account of a passkey stands, or will; no node is asked (EIP-1014)."""
    return _address(deployment, *credential.terms)


def create(deployment: Deployment, credential: Credential) -> Call:
    """Make the account of a passkey; anybody may, and pays."""
    return deployment.contract(FACTORY).call("create", *credential.terms)


def is_made(chain: Chain, account: str) -> bool:
    """Whether an account stands by now."""
    return len(str(chain.request("eth_getCode", [account, "latest"]))) > 2


def next_nonce(chain: Chain, account: str, head: Head) -> int:
    """The nonce of the next call that this account may sign."""
    return int(chain.read([Contract(CODE, account).read("next_nonce")], head)[0])


def execute(account: str, call: Call, deadline: int, signature: bytes) -> Call:
    """Carry a call that the passkey signed; see `messages.execution`."""
    data = bytes.fromhex(call.data[2:])
    return Contract(CODE, account).call("execute", call.to, call.value, data, deadline, signature)


def find(
    chain: Chain,
    deployment: Deployment,
    credential_id: bytes,
    site: str,
    history: History | None = None,
) -> tuple[Account, ...]:
    """The accounts that were made under a credential's id, for this site, oldest first.

    Anybody may make one under an id that they have seen: `pick` tells whose it is. With a history
    only what an index has not read yet is searched for on the chain.

    Raises:
        NodeMisbehaved: An event names an account that its own words do not lead to.
    """
    named = credential_hash(credential_id)
    filters = {"credential_hash": named}
    found = []
    for event in _made(chain, deployment, filters, history):
        words = event.args
        terms = (words["x"], words["y"], words["rp_id_hash"], named)
        if words["account"] != _address(deployment, *terms):
            raise NodeMisbehaved("A node told of an account that no passkey leads to.")
        if words["rp_id_hash"] == rp_id_hash(site):
            key = PublicKey(x=words["x"], y=words["y"])
            found.append(
                Account(
                    address=words["account"],
                    key=key,
                    rp_id_hash=words["rp_id_hash"],
                    block=event.block,
                )
            )
    return tuple(found)


def _made(
    chain: Chain, deployment: Deployment, filters: dict[str, bytes], history: History | None
) -> Iterable[Event]:
    if history is None:
        return read_events(chain, deployment, FACTORY, "AccountCreated", filters=filters)
    from ..index.every import every_event

    return every_event(history, chain, deployment, FACTORY, "AccountCreated", filters)


def pick(accounts: Iterable[Account], assertion: Assertion) -> Account:
    """The account whose passkey gave this answer.

    Raises:
        PasskeyOtherKey: None of them.
    """
    for account in accounts:
        if account.key.has_signed(assertion.signed, assertion.signature):
            return account
    raise PasskeyOtherKey("No account belongs to the passkey that answered.")


def _address(deployment: Deployment, x: int, y: int, site: bytes, credential: bytes) -> str:
    code = (
        _CREATION
        + bytes.fromhex(deployment.address(CODE)[2:])
        + _PROXY_TAIL
        + x.to_bytes(32, "big")
        + y.to_bytes(32, "big")
        + site
    )
    factory = bytes.fromhex(deployment.address(FACTORY)[2:])
    return str(to_checksum_address(keccak(b"\xff" + factory + credential + keccak(code))[12:]))


__all__ = [
    "CODE",
    "FACTORY",
    "Account",
    "account_of",
    "create",
    "execute",
    "find",
    "is_made",
    "is_offered",
    "is_supported",
    "next_nonce",
    "pick",
]
