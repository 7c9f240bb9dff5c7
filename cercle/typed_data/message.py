"""A message in its contract's domain, as wallets show it and contracts check it."""

from __future__ import annotations

from typing import Any

from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_typed_data

from ..values import Address, Frozen, checksum
from .structs import struct_of

DOMAIN = (
    ("name", "string"),
    ("version", "string"),
    ("chainId", "uint256"),
    ("verifyingContract", "address"),
)


class TypedData(Frozen):
    """A message that a wallet can show and sign.

    Usage example::

        message = typed_data.redeem(deployment, wallet, claim_id, deadline)
        wallet.ask("eth_signTypedData_v4", [account, message.for_wallet()])
    """

    name: str
    version: str = "1"  # of its contract's domain; a token may have another
    chain_id: int
    contract: Address
    struct: str
    message: dict[str, Any]

    @property
    def actor(self) -> str:
        """Who is to sign it."""
        return str(self.message[struct_of(self.struct).actor])

    @property
    def full(self) -> dict[str, Any]:
        """The whole message with Python's integers, as eth_account takes it."""
        struct = struct_of(self.struct)
        return {
            "types": {
                "EIP712Domain": [{"name": n, "type": t} for n, t in DOMAIN],
                **{
                    name: [{"name": one.name, "type": one.type} for one in fields]
                    for name, fields in struct.types.items()
                },
            },
            "primaryType": struct.type_name,
            "domain": {
                "name": self.name,
                "version": self.version,
                "chainId": self.chain_id,
                "verifyingContract": self.contract,
            },
            "message": dict(self.message),
        }

    def for_wallet(self) -> dict[str, Any]:
        """The parameter of `eth_signTypedData_v4`: large numbers as text, or JSON rounds them."""
        return {**self.full, "message": {k: _as_text(v) for k, v in self.message.items()}}

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


def _as_text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_as_text(one) for one in value]
    if isinstance(value, dict):
        return {name: _as_text(one) for name, one in value.items()}
    if isinstance(value, bytes):
        return "0x" + value.hex()
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


__all__ = ["TypedData"]
