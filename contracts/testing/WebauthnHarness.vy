# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title WebAuthn harness
@custom:contract-name WebauthnHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `webauthn` and `p256` modules to their unit tests.
"""

from ..identity import p256
from ..identity import webauthn


@external
@view
def is_supported() -> bool:
    """
    @notice Whether the chain checks P-256.
    """
    return p256._is_supported()


@external
@view
def is_signed(digest: bytes32, r: uint256, s: uint256, x: uint256, y: uint256) -> bool:
    """
    @notice What the precompile says of a signature.
    """
    return p256._is_signed(digest, r, s, x, y)


@external
@pure
def is_on_curve(x: uint256, y: uint256) -> bool:
    """
    @notice Whether it is a point of the curve.
    """
    return p256._is_on_curve(x, y)


@external
@pure
def base64url(word: bytes32) -> Bytes[43]:
    """
    @notice A word in letters.
    """
    return webauthn._base64url(word)
