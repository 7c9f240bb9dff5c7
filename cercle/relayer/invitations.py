"""Before somebody is a member, an invitation says that they are worth a transaction."""

from __future__ import annotations

from dataclasses import replace

from .. import typed_data
from ..chain import Chain
from ..contracts import Contract, Read
from ..deployments import Deployment
from ..errors import InviterNoSteward, NonceUsed, NotSignedByThem, Refused, SignatureExpired
from ..flags import Role
from ..models import Head
from ..slips import Invitation
from ..typed_data import TypedData

_MAGIC = bytes.fromhex("1626ba7e")  # EIP-1271
_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
_ERC1271 = (
    {
        "type": "function",
        "name": "isValidSignature",
        "stateMutability": "view",
        "inputs": [{"name": "digest", "type": "bytes32"}, {"name": "signature", "type": "bytes"}],
        "outputs": [{"name": "", "type": "bytes4"}],
    },
)


def key_of(invitation: Invitation) -> str:
    """What makes an invitation this one."""
    return f"{invitation.inviter}:{invitation.nonce}"


def is_signed_by_key(message: TypedData, signer: str, signature: bytes) -> bool:
    """Whether an ordinary wallet signed it, in the one form that contracts take."""
    return (
        len(signature) == 65
        and signature[64] in (27, 28)
        and int.from_bytes(signature[32:64]) <= _HALF_ORDER
        and message.is_signed_by(signer, signature)
    )


def asks_wallet(message: TypedData, signer: str, signature: bytes, gas: int) -> Read:
    """The question to a contract wallet whether it signed (ERC-1271).

    Anybody's contract: it gets no more gas than an act that it signs.
    """
    read = Contract("wallet", signer, _ERC1271).read(
        "isValidSignature", message.digest(), signature
    )
    return replace(read, is_foreign=True, gas=gas)


def says_yes(answer: object) -> bool:
    """Whether that was the wallet's answer."""
    return isinstance(answer, bytes) and answer == _MAGIC


def require_live(
    chain: Chain, deployment: Deployment, invitation: Invitation, head: Head, gas: int
) -> None:
    """Look at an invitation as the contract will, at whose cost of `gas` at most.

    Raises:
        Refused: It expired, was used, or is not a steward's.
    """
    membership, inviter = deployment.contract("Membership"), invitation.inviter
    message = typed_data.invitation(
        deployment,
        inviter,
        nonce=invitation.nonce,
        deadline=invitation.deadline,
        passport_id=invitation.passport_id,
    )
    raw = invitation.signature_bytes
    reads = [
        deployment.contract("Charter").read("has_role", inviter, int(Role.STEWARD)),
        membership.read("is_nonce_used", inviter, invitation.nonce),
    ]
    by_key = is_signed_by_key(message, inviter, raw)
    if not by_key:
        reads.append(asks_wallet(message, inviter, raw, gas))
    is_steward, is_used, *wallet = chain.try_read(reads, head)
    for answer in (is_steward, is_used):
        if isinstance(answer, Refused):
            raise answer
    if head.timestamp > invitation.deadline:
        raise SignatureExpired()
    if not is_steward:
        raise InviterNoSteward()
    if is_used:
        raise NonceUsed()
    if not (by_key or says_yes(wallet[0])):
        raise NotSignedByThem()


__all__ = ["asks_wallet", "is_signed_by_key", "key_of", "require_live", "says_yes"]
