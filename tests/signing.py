"""EIP-712 signatures for tests, built by eth-account and not by the code under test."""

import re

from ape.types import MessageSignature
from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data

HALF_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141 // 2
ORDER = 2 * HALF_ORDER + 1
STRUCT = re.compile(r"(\w+)\(([^)]*)\)")


def typed(
    contract, encoded_type: str, /, *, chain_id=None, verifying_contract=None, **message
) -> SignableMessage:
    """The message `Type(width name,...)` in the contract's own domain, or in a foreign one.

    The types that it holds follow it, as EIP-712 has them.
    """
    _, name, version, own_chain, own_address, *_ = contract.eip712Domain()
    return encode_typed_data(
        domain_data={
            "name": name,
            "version": version,
            "chainId": own_chain if chain_id is None else chain_id,
            "verifyingContract": str(verifying_contract or own_address),
        },
        message_types={
            struct: [
                {"type": width, "name": field}
                for width, field in (pair.split(" ") for pair in fields.split(","))
            ]
            for struct, fields in STRUCT.findall(encoded_type)
        },
        message_data={
            key: value.address if hasattr(value, "address") else value
            for key, value in message.items()
        },
    )


class Key:
    """A wallet's key without Ape, for ledgers in memory."""

    def __init__(self, number: int) -> None:
        self._account = Account.from_key(number.to_bytes(32, "big"))
        self.address: str = self._account.address

    def sign_message(self, message: SignableMessage):
        signed = self._account.sign_message(message)
        return MessageSignature(
            v=signed.v, r=signed.r.to_bytes(32, "big"), s=signed.s.to_bytes(32, "big")
        )


def sign(account, contract, encoded_type: str, /, **message) -> bytes:
    """What `account`'s wallet would answer to that message: r, s, v in 65 bytes."""
    return account.sign_message(typed(contract, encoded_type, **message)).encode_rsv()


def twin(signature: bytes) -> bytes:
    """The same signature's other half (high s), which a wallet never makes."""
    s = ORDER - int.from_bytes(signature[32:64], "big")
    return signature[:32] + s.to_bytes(32, "big") + bytes([55 - signature[64]])
