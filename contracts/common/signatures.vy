# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Signatures
@custom:contract-name signatures
@license AGPL-3.0-only
@author The Cercle authors
@notice One act, one readable signature: EIP-712 messages with a deadline and an
        unordered nonce, accepted from ordinary wallets and from contract wallets
        (ERC-1271, signatures of up to 1,024 bytes).
@dev A module. The host builds the struct hash, then calls `_require_signed`; the
     nonce is burnt by `_use_nonce`, in a bitmap, so two open signatures of one
     person never block each other. A signature is no identifier: replay is
     stopped by the nonce alone. The ERC-1271 question is a static call, so the
     wallet asked cannot change any state. A host asks before it does what is signed: a
     wallet may go by the host itself (who is in, whose a wallet is), and would else
     answer for an act by what that act has done.
"""

from snekmate.utils import eip712_domain_separator

initializes: eip712_domain_separator

from . import limits


# ---- constants ------------------------------------------------------------------

# Half of the order of secp256k1 (EIP-2): above it lies each signature's twin.
_HALF_ORDER: constant(uint256) = (
    57896044618658097711785492504343953926418782139537452191302581570759080747168
)
_MAGIC: constant(bytes4) = method_id("isValidSignature(bytes32,bytes)", output_type=bytes4)


# ---- storage --------------------------------------------------------------------

# account -> nonce // 256 -> bitmap
_nonces: HashMap[address, HashMap[uint256, uint256]]


# ---- events ---------------------------------------------------------------------

event NonceUsed:
    account: indexed(address)
    nonce: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(name_: String[50], version_: String[20]):
    eip712_domain_separator.__init__(name_, version_)


# ---- external -------------------------------------------------------------------

@external
def cancel_nonce(nonce: uint256):
    """
    @notice Make a signature that you gave and that nobody sent yet worthless.
    @param nonce The nonce that it carries.
    """
    self._use_nonce(msg.sender, nonce)


@external
@view
def is_nonce_used(account: address, nonce: uint256) -> bool:
    """
    @notice Whether a signature of this account with this nonce is spent.
    @param account The signer.
    @param nonce The nonce.
    @return True when it was used or cancelled.
    """
    return (self._nonces[account][nonce >> 8] >> (nonce & 255)) & 1 == 1


@external
@view
def DOMAIN_SEPARATOR() -> bytes32:
    """
    @notice The EIP-712 domain separator of this contract on this chain.
    @return The separator, as EIP-2612 names it.
    """
    return eip712_domain_separator._domain_separator_v4()


# ---- internal -------------------------------------------------------------------

@internal
def _use_nonce(account: address, nonce: uint256):
    word: uint256 = self._nonces[account][nonce >> 8]
    bit: uint256 = 1 << (nonce & 255)
    assert word & bit == 0, "signatures: nonce used"
    self._nonces[account][nonce >> 8] = word | bit
    log NonceUsed(account=account, nonce=nonce)


@internal
@view
def _require_live(deadline: uint256):
    assert block.timestamp <= deadline, "signatures: expired"


@internal
@view
def _require_signed(
    signer: address, struct_hash: bytes32, signature: Bytes[limits.MAX_SIGNATURE]
) -> bytes32:
    """
    @dev Refuse unless `signer` signed `struct_hash` in this contract's domain;
         returns the digest that was signed.
    """
    assert signer != empty(address), "signatures: zero signer"
    digest: bytes32 = eip712_domain_separator._hash_typed_data_v4(struct_hash)
    assert self._has_signed(signer, digest, signature), "signatures: not by signer"
    return digest


@internal
@view
def _is_signed(
    signer: address, struct_hash: bytes32, signature: Bytes[limits.MAX_SIGNATURE]
) -> bool:
    """
    @dev Whether `signer` signed it, for hosts that take one of several messages.
    """
    digest: bytes32 = eip712_domain_separator._hash_typed_data_v4(struct_hash)
    return signer != empty(address) and self._has_signed(signer, digest, signature)


@internal
@view
def _has_signed(signer: address, digest: bytes32, signature: Bytes[limits.MAX_SIGNATURE]) -> bool:
    if len(signature) == 65 and self._recover(digest, signature) == signer:
        return True
    # An account with code may still sign with its key (EIP-7702), hence in this order.
    return signer.codesize != 0 and self._is_valid_erc1271(signer, digest, signature)


@internal
@pure
def _has_signed_compact(
    signer: address, domain: bytes32, struct_hash: bytes32, r: uint256, vs: uint256
) -> bool:
    """
    @dev Whether an ordinary wallet signed it, in the two words of ERC-2098. For batches,
         which ask for the domain once: a contract wallet cannot be asked in so little.
    """
    s: uint256 = vs & (2**255 - 1)
    if s > _HALF_ORDER or signer == empty(address):
        return False
    digest: bytes32 = keccak256(concat(x"1901", domain, struct_hash))
    return ecrecover(digest, 27 + (vs >> 255), r, s) == signer


@internal
@pure
def _recover(digest: bytes32, signature: Bytes[limits.MAX_SIGNATURE]) -> address:
    """
    @dev The signer of a 65-byte signature, or zero for a bad or high-s one.
    """
    r: uint256 = convert(slice(signature, 0, 32), uint256)
    s: uint256 = convert(slice(signature, 32, 32), uint256)
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    if s > _HALF_ORDER or (v != 27 and v != 28):
        return empty(address)
    return ecrecover(digest, v, r, s)


@internal
@view
def _is_valid_erc1271(
    signer: address, digest: bytes32, signature: Bytes[limits.MAX_SIGNATURE]
) -> bool:
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        signer,
        abi_encode(digest, signature, method_id=method_id("isValidSignature(bytes32,bytes)")),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return False
    return convert(answer, bytes32) == convert(_MAGIC, bytes32)
