"""A real Safe, from the code that Safe publishes: deployed, and signed for by its owners."""

import json
from functools import cache

import ape
from ape.contracts import ContractContainer
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils import keccak
from ethpm_types import ContractType

from tools.places import NODE_MODULES

ARTIFACTS = NODE_MODULES / "@safe-global" / "safe-smart-account" / "build" / "artifacts"
PARTS = {
    "Safe": "Safe.sol",
    "SafeProxyFactory": "proxies/SafeProxyFactory.sol",
    "CompatibilityFallbackHandler": "handler/CompatibilityFallbackHandler.sol",
    "SignMessageLib": "libraries/SignMessageLib.sol",
}
SAFE_TX = (
    *(("address", "to"), ("uint256", "value"), ("bytes", "data"), ("uint8", "operation")),
    *(("uint256", "safeTxGas"), ("uint256", "baseGas"), ("uint256", "gasPrice")),
    *(("address", "gasToken"), ("address", "refundReceiver"), ("uint256", "nonce")),
)
NOBODY = "0x" + "00" * 20
CALL, DELEGATE_CALL = 0, 1


@cache
def part(name: str) -> ContractContainer:
    """One of its contracts, as published."""
    told = json.loads((ARTIFACTS / "contracts" / PARTS[name] / f"{name}.json").read_text())
    code = {"bytecode": told["bytecode"]}
    return ContractContainer(
        ContractType(abi=told["abi"], contractName=name, deploymentBytecode=code)
    )


class SafeHouse:
    """The singleton, the handler and the factory, from which Safes are made."""

    def __init__(self, deployer):
        self.deployer = deployer
        self.singleton = deployer.deploy(part("Safe"))
        self.handler = deployer.deploy(part("CompatibilityFallbackHandler"))
        self.factory = deployer.deploy(part("SafeProxyFactory"))
        self.library = deployer.deploy(part("SignMessageLib"))

    def found(self, owners, threshold: int) -> "Safe":
        """A Safe whose owners sign together, so many of them."""
        setup = self.singleton.setup.encode_input(
            *([owner.address for owner in owners], threshold, NOBODY, b""),
            *(self.handler, NOBODY, 0, NOBODY),
        )
        receipt = self.factory.createProxyWithNonce(self.singleton, setup, 0, sender=self.deployer)
        (created,) = receipt.decode_logs(self.factory.ProxyCreation)
        return Safe(self, part("Safe").at(created.proxy))


class Safe:
    """One Safe; who of its owners signs is for the test to say."""

    def __init__(self, house: SafeHouse, contract):
        self.house, self.contract = house, contract
        self.address = contract.address

    def sign(self, message: SignableMessage, *owners) -> bytes:
        """What its app sends for a typed message: an owner's 65 bytes each, in ascending order."""
        asked = self.message(digest_of(message))
        return joined(owner.sign_message(asked).encode_rsv() for owner in ascending(owners))

    def message(self, digest: bytes) -> SignableMessage:
        """What each owner signs instead of the digest itself."""
        return encode_typed_data(
            domain_data=self.domain,
            message_types={"SafeMessage": [{"type": "bytes", "name": "message"}]},
            message_data={"message": digest},
        )

    def approve(self, message: SignableMessage, *owners):
        """Sign on the chain, by a transaction of its own; the signature is empty from then on."""
        call = self.house.library.signMessage.encode_input(digest_of(message))
        self.execute(self.house.library.address, call, *owners, operation=DELEGATE_CALL)

    def swap(self, old, new):
        """One owner in another's place, in a Safe of one."""
        sentinel = "0x" + "00" * 19 + "01"  # begins its list of owners
        self.execute(self.address, self.contract.swapOwner.encode_input(sentinel, old, new), old)

    def execute(self, target: str, call: bytes, *owners, operation: int = CALL):
        """A transaction of the Safe's, as its owners agreed."""
        words = [target, 0, call, operation, 0, 0, 0, NOBODY, NOBODY]
        names = [name for _, name in SAFE_TX[:-1]]
        nonce = self.contract.call_view_method("nonce")  # `.nonce` is Ape's own
        asked = encode_typed_data(
            domain_data=self.domain,
            message_types={"SafeTx": [{"type": kind, "name": name} for kind, name in SAFE_TX]},
            message_data=dict(zip(names, words, strict=True)) | {"nonce": nonce},
        )
        signatures = joined(owner.sign_message(asked).encode_rsv() for owner in ascending(owners))
        self.contract.execTransaction(*words, signatures, sender=self.house.deployer)

    @property
    def domain(self) -> dict:
        return {"chainId": ape.chain.chain_id, "verifyingContract": self.address}


def digest_of(message: SignableMessage) -> bytes:
    """The 32 bytes that an ordinary wallet would sign."""
    return keccak(b"\x19" + message.version + message.header + message.body)


def ascending(owners) -> list:
    return sorted(owners, key=lambda owner: int(owner.address, 16))


def joined(signatures) -> bytes:
    return b"".join(bytes(one) for one in signatures)
