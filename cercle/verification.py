"""Whether the code on the chain is the code of this build, immutables included.

A constructor that is called with the recorded arguments returns the code that it would leave.
That is asked of the block before the deployment, for a Membership binds its Electorate once.
Its first part must equal the chain's to the byte. The immutables behind it must too, but for
those that hold the contract's own address or its EIP-712 domain, which a rehearsal cannot know:
these are computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from .artifacts import Artifact, Artifacts
from .chain import Chain
from .contracts import Contract
from .deployments import Deployed, Deployment
from .errors import CercleError, Refused
from .values import Frozen

_DOMAIN = keccak(
    text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
# What a contract names by views of these names, beyond what its constructor was given.
_TIES = {
    "Membership": {"electorate": "Electorate", "passport": "Passport"},
    "Electorate": {"membership": "Membership", "passport": "Passport"},
    "Profile": {"passport": "Passport"},
    "Consent": {"passport": "Passport"},
    "Records": {"consent": "Consent"},
    "Vault": {"consent": "Consent"},
    "Decisions": {"consent": "Consent"},
    "PriceLists": {"consent": "Consent"},
    "Agreements": {"price_lists": "PriceLists"},
    "PasskeyFactory": {"IMPLEMENTATION": "PasskeyAccount"},
    "Guard": {"charter": "Charter", "governor": "Governor"},
    "Governor": {"charter": "Charter", "guard": "Guard", "token": "Electorate"},
}
_BINDS = {"Membership": "Electorate", "Governor": "Guard"}
_FIRST_SLOTS = 16  # among which an Electorate keeps its membership, a Guard its governor


class Finding(Frozen):
    """What was found of one contract."""

    name: str
    is_right: bool
    sentence: str


def verify_all(chain: Chain, deployment: Deployment, artifacts: Artifacts) -> Iterator[Finding]:
    """Compare every contract of a deployment with a build."""
    for name, deployed in deployment.contracts.items():
        why = difference(chain, artifacts[name], deployed, deployment) or _loose(
            chain, deployment, name
        )
        if why is None:
            sentence = f"{name} at {deployed.address} is this build's."
        else:
            sentence = f"{name} at {deployed.address} differs: {why}."
        yield Finding(name=name, is_right=why is None, sentence=sentence)


def difference(
    chain: Chain, artifact: Artifact, deployed: Deployed, deployment: Deployment
) -> str | None:
    """How the chain's code differs from the build's; None when it does not."""
    code = _bytes(chain.request("eth_getCode", [deployed.address, "latest"]))
    if not code:
        return "no code stands there"
    if "0x" + keccak(code).hex() != deployed.codehash:
        return "its code is not the one that was recorded"
    try:
        expected = _rehearse(chain, artifact, deployed, deployment)
    except CercleError as error:
        return f"the constructor refuses the recorded arguments ({error})"
    if len(code) != len(expected):
        return f"it has {len(code)} bytes, the build {len(expected)}"
    size = len(artifact.runtime)
    if code[:size] != expected[:size]:
        return "its instructions are others"
    own = _own_words(chain, artifact, deployed.address)
    if artifact.name == "Guard":  # its seasons count from the second of its deployment
        own.add(_timestamp(chain, deployed.block))
    for start in range(size, len(code), 32):
        found, meant = code[start : start + 32], expected[start : start + 32]
        if found != meant and found not in own:
            return f"its immutable at byte {start} is 0x{found.hex()}, not 0x{meant.hex()}"
    return None


def _loose(chain: Chain, deployment: Deployment, name: str) -> str | None:
    """How a contract that names others by a view does not name this deployment's."""
    if name not in _TIES:
        return None
    contract, head = deployment.contract(name), chain.head(fresh=True)
    for view, other in _TIES[name].items():
        found = chain.read([contract.read(view)], head)[0]
        if found != deployment.address(other):
            return f"its {view.lower()} is {found}"
    return None


def _rehearse(
    chain: Chain, artifact: Artifact, deployed: Deployed, deployment: Deployment
) -> bytes:
    """The code that the constructor leaves: just before the deployment, if the node knows that."""
    call = {"data": "0x" + artifact.with_arguments(*_from_json(deployed.args)).hex()}
    try:
        return _bytes(chain.request("eth_call", [call, hex(max(0, deployed.block - 1))]))
    except CercleError:
        overrides = _unbound(chain, deployment, artifact.name) if artifact.name in _BINDS else []
        return _bytes(chain.request("eth_call", [call, "latest", *overrides]))


def _unbound(chain: Chain, deployment: Deployment, binder: str) -> list[dict[str, Any]]:
    """What a constructor binds, as it was before that, for a node without a past."""
    bound = deployment.address(_BINDS[binder])
    word = deployment.address(binder)[2:].lower().rjust(64, "0")
    for slot in range(_FIRST_SLOTS):
        held = str(chain.request("eth_getStorageAt", [bound, hex(slot), "latest"]))
        if held[2:].rjust(64, "0") == word:
            return [{bound: {"stateDiff": {f"0x{slot:064x}": "0x" + "0" * 64}}}]
    return []


def _own_words(chain: Chain, artifact: Artifact, address: str) -> set[bytes]:
    """The immutables that follow from the contract's own address."""
    own = {bytes(12) + bytes.fromhex(address[2:])}
    contract = Contract(artifact.name, address, artifact.abi)
    if any(entry.get("name") == "eip712Domain" for entry in artifact.abi):
        head = chain.head(fresh=True)
        try:
            domain: Any = chain.read([contract.read("eip712Domain")], head)[0]
        except Refused:
            return own
        name, version = domain[1], domain[2]
        own.add(
            keccak(
                encode(
                    ["bytes32", "bytes32", "bytes32", "uint256", "address"],
                    [_DOMAIN, keccak(text=name), keccak(text=version), chain.chain_id, address],
                )
            )
        )
    return own


def _timestamp(chain: Chain, block: int) -> bytes:
    found: Any = chain.request("eth_getBlockByNumber", [hex(block), False])
    return int(found["timestamp"], 16).to_bytes(32, "big")


def _from_json(value: Any) -> Any:
    """Constructor arguments as they were before JSON made lists of tuples."""
    if isinstance(value, (list, tuple)):
        return tuple(_from_json(part) for part in value)
    return value


def _bytes(text: Any) -> bytes:
    return bytes.fromhex(str(text).removeprefix("0x"))


__all__ = ["Finding", "difference", "verify_all"]
