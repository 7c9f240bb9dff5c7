# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Signatures harness
@custom:contract-name SignaturesHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `signatures` module to its unit tests.
"""

from ..common import limits
from ..common import signatures

initializes: signatures

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)

NOTE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Note(address author,bytes32 text,uint256 nonce,uint256 deadline)"
)


@deploy
def __init__():
    signatures.__init__("SignaturesHarness", "1")


@external
def note(
    author: address,
    text: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> bytes32:
    """
    @notice Take a signed note, once.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(author, nonce)
    return signatures._require_signed(
        author, keccak256(abi_encode(NOTE_TYPE_HASH, author, text, nonce, deadline)), signature
    )


@external
@view
def has_signed_compact(
    signer: address, domain: bytes32, struct_hash: bytes32, r: uint256, vs: uint256
) -> bool:
    """
    @notice Whether an ordinary wallet signed it, in the two words of ERC-2098.
    """
    return signatures._has_signed_compact(signer, domain, struct_hash, r, vs)
