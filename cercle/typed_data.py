"""The messages that people sign: one definition for each EIP-712 struct of the contracts."""

from __future__ import annotations

from typing import Any

from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_typed_data

from .deployments import Deployment
from .slips import Invitation, RedeemCode
from .values import Address, Frozen, checksum

_DOMAIN = (
    ("name", "string"),
    ("version", "string"),
    ("chainId", "uint256"),
    ("verifyingContract", "address"),
)
STRUCTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Link": (
        ("passport_id", "uint256"),
        ("wallet", "address"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    ),
    "Invitation": (
        ("inviter", "address"),
        ("passport_id", "uint256"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    ),
    "DelegateUntil": (
        ("delegator", "address"),
        ("delegatee", "address"),
        ("expires_at", "uint256"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    ),
    "Redeem": (("claim_id", "uint256"), ("deadline", "uint256")),
    "Permit": (
        ("owner", "address"),
        ("spender", "address"),
        ("value", "uint256"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    ),
}


class TypedData(Frozen):
    """A message that a wallet can show and sign.

    Usage example::

        message = typed_data.redeem(deployment, claim_id, deadline)
        wallet.ask("eth_signTypedData_v4", [account, message.for_wallet()])
    """

    name: str
    chain_id: int
    contract: Address
    struct: str
    message: dict[str, Any]

    @property
    def full(self) -> dict[str, Any]:
        """The whole message with Python's integers, as eth_account takes it."""
        return {
            "types": {
                "EIP712Domain": [{"name": n, "type": t} for n, t in _DOMAIN],
                self.struct: [{"name": n, "type": t} for n, t in STRUCTS[self.struct]],
            },
            "primaryType": self.struct,
            "domain": {
                "name": self.name,
                "version": "1",
                "chainId": self.chain_id,
                "verifyingContract": self.contract,
            },
            "message": dict(self.message),
        }

    def for_wallet(self) -> dict[str, Any]:
        """The parameter of `eth_signTypedData_v4`: large numbers as text, or JSON rounds them."""
        full = self.full
        message = {k: str(v) if isinstance(v, int) else v for k, v in self.message.items()}
        return {**full, "message": message}

    def digest(self) -> bytes:
        """The 32 bytes that are signed."""
        return bytes(_hash_eip191_message(encode_typed_data(full_message=self.full)))

    def is_signed_by(self, account: str, signature: bytes) -> bool:
        """Whether this is an ordinary wallet's signature; a contract wallet answers on chain."""
        try:
            signer = Account.recover_message(
                encode_typed_data(full_message=self.full), signature=signature
            )
        except Exception:  # the library raises a dozen kinds for bytes that are no signature
            return False
        return str(signer) == checksum(account)


def link(
    deployment: Deployment, passport_id: int, wallet: str, nonce: int, deadline: int
) -> TypedData:
    """What a wallet signs to be linked to a passport."""
    message = {
        "passport_id": passport_id,
        "wallet": checksum(wallet),
        "nonce": nonce,
        "deadline": deadline,
    }
    return _message(deployment, "Passport", "Link", message)


def invitation(
    deployment: Deployment, inviter: str, *, nonce: int, deadline: int, passport_id: int = 0
) -> TypedData:
    """What a steward signs to invite a person, or whoever bears it (passport 0)."""
    message = {
        "inviter": checksum(inviter),
        "passport_id": passport_id,
        "nonce": nonce,
        "deadline": deadline,
    }
    return _message(deployment, "Membership", "Invitation", message)


def invitation_link(app: str, message: TypedData, signature: bytes) -> str:
    """A signed invitation as a link to the app."""
    slip = Invitation(signature="0x" + signature.hex(), **message.message)
    return slip.as_link(app)


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
    message = {
        "delegator": checksum(delegator),
        "delegatee": checksum(delegatee),
        "expires_at": expires_at,
        "nonce": nonce,
        "deadline": deadline,
    }
    return _message(deployment, "Electorate", "DelegateUntil", message)


def redeem(deployment: Deployment, claim_id: int, deadline: int) -> TypedData:
    """What a member signs at the till: their code for one claim."""
    message = {"claim_id": claim_id, "deadline": deadline}
    return _message(deployment, "Perks", "Redeem", message)


def redeem_code(wallet: str, message: TypedData, signature: bytes) -> RedeemCode:
    """A signed code as a slip to show at the till."""
    return RedeemCode(wallet=wallet, signature="0x" + signature.hex(), **message.message)


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
    message = {
        "owner": checksum(owner),
        "spender": checksum(spender),
        "value": value,
        "nonce": nonce,
        "deadline": deadline,
    }
    return _message(deployment, "Points", "Permit", message, token_name)


def _message(
    deployment: Deployment,
    contract: str,
    struct: str,
    message: dict[str, Any],
    name: str | None = None,
) -> TypedData:
    return TypedData(
        name=name or f"Cercle {contract}",
        chain_id=deployment.chain_id,
        contract=deployment.address(contract),
        struct=struct,
        message=message,
    )


__all__ = [
    "STRUCTS",
    "TypedData",
    "delegate_until",
    "invitation",
    "invitation_link",
    "link",
    "permit",
    "redeem",
    "redeem_code",
]
