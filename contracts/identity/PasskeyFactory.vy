# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Passkey factory
@custom:contract-name PasskeyFactory
@license AGPL-3.0-only
@author The Cercle authors
@notice Makes the account of a passkey, for whoever asks and pays. An account's address follows
        from its passkey alone, so it is known, and may be written down, before it is made.
@dev Ownerless and without storage: what it says is computed, or stands in its events.
     An account: absent -> made, once, as a minimal clone (ERC-1167) of one implementation with
     the key in its code; the salt of its address is sha256 of the credential's id. Somebody who
     makes an account for another's key, or under another's credential, makes another account,
     that is not in anybody's way: of two accounts with one credential, a device takes the one
     whose key its own signature fits.
     Where the chain cannot check a passkey (P-256 at 0x100: EIP-7951, RIP-7212) no account is
     made, for nobody could ever act for it.
     Signs: nobody. Pays: the sender. Lies: nobody vouches for a key; only its signatures do.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IPasskeyFactory

implements: IPasskeyFactory

from . import p256


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

# Copies what follows, 141 bytes, into the account's code.
CREATION: constant(Bytes[10]) = x"61008d3d81600a3d39f3"
# ERC-1167, before and after the implementation's address.
PROXY_HEAD: constant(Bytes[10]) = x"363d3d373d3d3d363d73"
PROXY_TAIL: constant(Bytes[15]) = x"5af43d82803e903d91602b57fd5bf3"
CODE_SIZE: constant(uint256) = 10 + 10 + 20 + 15 + 96


# ---- immutables -----------------------------------------------------------------

IMPLEMENTATION: public(immutable(address))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(implementation_: address):
    """
    @notice Make accounts of one code, for ever.
    @param implementation_ The `PasskeyAccount` that every account runs.
    """
    assert implementation_.codesize != 0, "passkey_factory: no code there"
    IMPLEMENTATION = implementation_


# ---- external: anyone ----------------------------------------------------------------

@external
def create(x: uint256, y: uint256, rp_id_hash: bytes32, credential_hash: bytes32) -> address:
    """
    @notice Make the account of a passkey.
    @param x The public key's first coordinate.
    @param y Its second.
    @param rp_id_hash sha256 of the domain name that the passkey is bound to.
    @param credential_hash sha256 of the credential's id, by which a device finds the account.
    @return Where the account stands.
    """
    assert p256._is_supported(), "passkey_factory: no P-256 here"
    assert p256._is_on_curve(x, y), "passkey_factory: not on curve"
    code: Bytes[CODE_SIZE] = self._creation_code(x, y, rp_id_hash)
    account: address = self._address_of(code, credential_hash)
    assert account.codesize == 0, "passkey_factory: exists"
    assert account == raw_create(code, salt=credential_hash)  # dev: both follow EIP-1014
    log IPasskeyFactory.AccountCreated(
        account=account, credential_hash=credential_hash, x=x, y=y, rp_id_hash=rp_id_hash
    )
    return account


# ---- external: views ---------------------------------------------------------------

@external
@view
@reentrant
def account_of(x: uint256, y: uint256, rp_id_hash: bytes32, credential_hash: bytes32) -> address:
    """
    @notice Where a passkey's account stands, or will.
    @param x The public key's first coordinate.
    @param y Its second.
    @param rp_id_hash sha256 of the domain name that the passkey is bound to.
    @param credential_hash sha256 of the credential's id.
    @return The address, whether an account was made or not.
    """
    return self._address_of(self._creation_code(x, y, rp_id_hash), credential_hash)


@external
@view
@reentrant
def is_supported() -> bool:
    """
    @notice Whether this chain can check a passkey's signature, found out by trying.
    @return True when it tells a good signature from a bad one.
    """
    return p256._is_supported()


# ---- internal ----------------------------------------------------------------------

@internal
@view
def _creation_code(x: uint256, y: uint256, rp_id_hash: bytes32) -> Bytes[CODE_SIZE]:
    return concat(
        CREATION,
        PROXY_HEAD,
        convert(IMPLEMENTATION, bytes20),
        PROXY_TAIL,
        convert(x, bytes32),
        convert(y, bytes32),
        rp_id_hash,
    )


@internal
@view
def _address_of(code: Bytes[CODE_SIZE], salt: bytes32) -> address:
    digest: bytes32 = keccak256(concat(0xff, convert(self, bytes20), salt, keccak256(code)))
    return convert(convert(digest, uint256) & (2**160 - 1), address)
