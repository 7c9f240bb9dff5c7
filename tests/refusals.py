"""Custom errors, which Vyper 0.4 lists in no ABI: told here by their Solidity signature."""

from eth_abi.abi import encode
from eth_utils.crypto import keccak


def refusal(signature: str, *arguments) -> str:
    """What `ape.reverts` sees of such an error: the bytes of the revert."""
    types = signature[signature.index("(") + 1 : -1]
    words = encode(types.split(","), arguments) if types else b""
    return "0x" + (keccak(text=signature)[:4] + words).hex()


def unexpected_state(proposal_id, current, *expected) -> str:
    """OpenZeppelin's answer to a call at the wrong time."""
    bitmap = sum(1 << state for state in expected).to_bytes(32, "big")
    signature = "GovernorUnexpectedProposalState(uint256,uint8,bytes32)"
    return refusal(signature, proposal_id, current, bitmap)


def nonexistent(proposal_id) -> str:
    """OpenZeppelin's answer about a proposal that is not there."""
    return refusal("GovernorNonexistentProposal(uint256)", proposal_id)
