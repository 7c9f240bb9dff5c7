"""Every act of a person's as a signed message: what is signed, what is sent, what it does."""

from dataclasses import dataclass, field

from eth_utils import keccak

TEXT = keccak(text="a text")
REFERENCE = keccak(text="a salted name of the world's own")
TYPES = {
    "set_profile": "SetProfile(address wallet,bytes32 content_hash{})",
    "clear_profile": "ClearProfile(address wallet{})",
    "set_token_avatar": (
        "SetTokenAvatar(address wallet,bytes32 world,address token,uint256 token_id{})"
    ),
    "set_attested_avatar": ("SetAttestedAvatar(address wallet,bytes32 world,bytes32 reference{})"),
    "set_stated_avatar": "SetStatedAvatar(address wallet,bytes32 world,bytes32 reference{})",
    "remove_avatar": "RemoveAvatar(address wallet,bytes32 world{})",
}


@dataclass(frozen=True)
class Act:
    """One act that passes for passport 1."""

    name: str
    signed: dict = field(default_factory=dict)  # beside wallet, nonce and deadline
    sent: tuple = ()  # beside wallet, nonce, deadline and signature

    @property
    def encoded_type(self):
        return TYPES[self.name].format(",uint256 nonce,uint256 deadline")


def act_of(name, world, collection, attestation):
    """The act of this name, with good words."""
    token = {"world": world, "token": collection.address, "token_id": 7}
    reference = {"world": world, "reference": REFERENCE}
    return {
        "set_profile": Act(name, {"content_hash": TEXT}, (TEXT,)),
        "clear_profile": Act(name),
        "set_token_avatar": Act(name, token, tuple(token.values())),
        "set_attested_avatar": Act(name, reference, (world, attestation)),
        "set_stated_avatar": Act(name, reference, tuple(reference.values())),
        "remove_avatar": Act(name, {"world": world}, (world,)),
    }[name]
