# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title P-256
@custom:contract-name p256
@license AGPL-3.0-only
@author The Cercle authors
@notice Signatures on the curve of phones and security keys (NIST P-256, FIPS 186-4), checked by
        the chain itself: the precompile at 0x100 of EIP-7951, on rollups RIP-7212.
@dev A module. Where the chain has no such precompile, a call of 0x100 succeeds and says
     nothing, which is no yes: every signature is refused.
"""


# ---- constants ------------------------------------------------------------------

_PRECOMPILE: constant(address) = 0x0000000000000000000000000000000000000100

# y**2 = x**3 + a * x + b modulo p
_P: constant(uint256) = max_value(uint256) - 2**224 + 2**192 + 2**96
_A: constant(uint256) = _P - 3
_B: constant(uint256) = (
    41058363725152142129326129780047268409114441015993725554835256314039467401291
)
# Half of the group's order: above it lies each signature's twin.
_HALF_ORDER: constant(uint256) = (
    57896044605178124381348723474703786764998477612067880171211129530534256022184
)

# The published example of RFC 6979, A.2.5, which any right implementation accepts.
_SAMPLE: constant(bytes32) = sha256("sample")
_SAMPLE_R: constant(uint256) = (
    108478302882382504386260635397250479524259298414270181541635698882548524332822
)
_SAMPLE_S: constant(uint256) = (
    112080140797967428609887221250561337109878063180226093183577605221974133099944
)
_SAMPLE_X: constant(uint256) = (
    43872280807156713839160376167191808430140484563252114113014272064716834774966
)
_SAMPLE_Y: constant(uint256) = (
    54736908695619294235531183715189990111299271757105154178488727263331972686489
)


# ---- internal -------------------------------------------------------------------

@internal
@view
def _is_supported() -> bool:
    """
    @dev Whether this chain tells a good signature from a bad one.
    """
    return self._is_signed(
        _SAMPLE, _SAMPLE_R, _SAMPLE_S, _SAMPLE_X, _SAMPLE_Y
    ) and not self._is_signed(empty(bytes32), _SAMPLE_R, _SAMPLE_S, _SAMPLE_X, _SAMPLE_Y)


@internal
@view
def _is_signed(digest: bytes32, r: uint256, s: uint256, x: uint256, y: uint256) -> bool:
    """
    @dev Whether the key (x, y) signed `digest`. A zero or too large number, and a point that
         is not on the curve, are the precompile's to refuse.
    """
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        _PRECOMPILE,
        abi_encode(digest, r, s, x, y),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    return success and len(answer) == 32 and convert(answer, uint256) == 1


@internal
@pure
def _is_low(s: uint256) -> bool:
    """
    @dev Whether it is the one of the two forms of a signature that we take.
    """
    return s <= _HALF_ORDER


@internal
@pure
def _is_on_curve(x: uint256, y: uint256) -> bool:
    """
    @dev Whether it is a point of the curve; (0, 0), which stands for none, is not.
    """
    if x >= _P or y >= _P:
        return False
    cube: uint256 = uint256_mulmod(uint256_addmod(uint256_mulmod(x, x, _P), _A, _P), x, _P)
    return uint256_mulmod(y, y, _P) == uint256_addmod(cube, _B, _P)
