"""What a passkey is asked to sign for its account: the digest of one of two typed messages.

They are not among `typed_data.STRUCTS`, for no wallet ever shows them: a phone shows a fingerprint
and the site's name. What they stand for is shown by the page, beside the button.
"""

from __future__ import annotations

from typing import Any

from eth_account.messages import _hash_eip191_message, encode_typed_data

from ..calls import Call
from ..values import Address, Frozen, checksum

DOMAIN = "Cercle Passkey"
_STRUCTS = {
    "Message": (("digest", "bytes32"),),
    "Execute": (
        ("target", "address"),
        ("amount", "uint256"),
        ("data", "bytes"),
        ("nonce", "uint256"),
        ("deadline", "uint256"),
    ),
}


class Asked(Frozen):
    """A message in an account's own domain, so that it counts for no other account of the key."""

    account: Address
    chain_id: int
    struct: str
    message: dict[str, Any]

    def digest(self) -> bytes:
        """The challenge: the 32 bytes that the passkey signs."""
        fields = [{"name": name, "type": kind} for name, kind in _STRUCTS[self.struct]]
        domain = {
            "name": DOMAIN,
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.account,
        }
        signable = encode_typed_data(domain, {self.struct: fields}, self.message)
        return bytes(_hash_eip191_message(signable))


def message(account: str, chain_id: int, digest: bytes) -> Asked:
    """Around what another contract wants signed (ERC-1271): a ballot, a claim, a link."""
    if len(digest) != 32:
        raise ValueError("A digest has 32 bytes.")
    fields = {"digest": digest}
    return Asked(account=checksum(account), chain_id=chain_id, struct="Message", message=fields)


def execution(account: str, chain_id: int, call: Call, *, nonce: int, deadline: int) -> Asked:
    """For a call that the account is to make itself, whoever carries it."""
    fields = {
        "target": call.to,
        "amount": call.value,
        "data": bytes.fromhex(call.data[2:]),
        "nonce": nonce,
        "deadline": deadline,
    }
    return Asked(account=checksum(account), chain_id=chain_id, struct="Execute", message=fields)


__all__ = ["DOMAIN", "Asked", "execution", "message"]
