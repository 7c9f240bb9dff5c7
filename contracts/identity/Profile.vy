# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Profile
@custom:contract-name Profile
@license AGPL-3.0-only
@author The Cercle authors
@notice How a person appears: a text of their own, by its hash, and one avatar in each
        world. An avatar is verified as long as a wallet of theirs holds the token, or the
        world's key stands by what it signed; all else is shown as unverified.
@dev An avatar: none -> set -> (set anew | removed -> none), verified or not by the clock and
     by others' acts, never by a transaction here. State hangs on passports: whoever
     changes wallets goes on appearing the same. Ownerless: no role, no pause, no upgrade.
     Signs: the main wallet, each act of its person's (EIP-712; worthless once it is the
     main wallet no more); a world's key, each attestation. Pays: the sender, who may be
     anybody with the person's signature.
     Lies: a person, as STATED, which says so. A collection lies about its own tokens,
     and a world about who is who in it, and about which collections are its own; both
     to their own users only, for a world's id cannot be taken. A shop trusts the worlds
     that its brand's document names. A token's owner is asked with bounded gas and for one
     word; it can spend that gas, and nothing else.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ..interfaces import IProfile

implements: IProfile

from ..interfaces import IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

from . import worlds

initializes: worlds

from . import avatars

initializes: avatars[worlds := worlds]

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    worlds.register_world,
    worlds.set_world_key,
    worlds.offer_world,
    worlds.accept_world,
    worlds.set_collection,
    worlds.world,
    worlds.world_of,
    worlds.is_recognised,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

ATTESTATION_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "AvatarAttestation(address key,bytes32 world,bytes32 reference,uint256 passport_id,uint256 issued_at,uint256 deadline)"
)
SET_PROFILE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetProfile(address wallet,bytes32 content_hash,uint256 nonce,uint256 deadline)"
)
CLEAR_PROFILE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "ClearProfile(address wallet,uint256 nonce,uint256 deadline)"
)
SET_TOKEN_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetTokenAvatar(address wallet,bytes32 world,address token,uint256 token_id,uint256 nonce,uint256 deadline)"
)
SET_ATTESTED_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetAttestedAvatar(address wallet,bytes32 world,bytes32 reference,uint256 nonce,uint256 deadline)"
)
SET_STATED_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetStatedAvatar(address wallet,bytes32 world,bytes32 reference,uint256 nonce,uint256 deadline)"
)
REMOVE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "RemoveAvatar(address wallet,bytes32 world,uint256 nonce,uint256 deadline)"
)


# ---- storage --------------------------------------------------------------------

# passport_id -> the hash of the person's own text; zero: none
profile_of: public(reentrant(HashMap[uint256, bytes32]))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(passport_: IPassport):
    """
    @notice Open the mirror, empty and ownerless.
    @param passport_ The register of persons, fixed for good.
    """
    signatures.__init__("Cercle Profile", "1")
    avatars.__init__(passport_)


# ---- external: a person, from the main wallet ------------------------------------------

@external
def set_profile(content_hash: bytes32):
    """
    @notice Show a text of your own.
    @param content_hash The text's hash. Its salt keeps the hash from telling what it says.
    """
    self._set_profile(self._require_person(msg.sender), content_hash)


@external
def clear_profile():
    """
    @notice Show no text any more.
    """
    self._clear_profile(self._require_person(msg.sender))


@external
def set_token_avatar(world: bytes32, token: address, token_id: uint256):
    """
    @notice Appear in a world as a token that a wallet of yours holds.
    @param world The world, which recognises the collection.
    @param token The ERC-721 contract.
    @param token_id The token.
    """
    avatars._set_token(self._require_person(msg.sender), world, token, token_id)


@external
def set_attested_avatar(world: bytes32, attestation: IProfile.Attestation):
    """
    @notice Appear in a world as what its key signed to be yours.
    @param world The world.
    @param attestation What its key signed for your passport.
    """
    self._set_attested_avatar(self._require_person(msg.sender), world, attestation)


@external
def set_stated_avatar(world: bytes32, reference: bytes32):
    """
    @notice Say how you appear in a world. Nobody vouches for it: it is never verified.
    @param world The world.
    @param reference Whatever the world calls it; never a name or a hash of one.
    """
    avatars._set_stated(self._require_person(msg.sender), world, reference)


@external
def remove_avatar(world: bytes32):
    """
    @notice Appear in a world no more. Nothing can refuse it.
    @param world Any world.
    """
    avatars._remove(self._require_person(msg.sender), world)


# ---- external: a person's signature, carried by anybody ---------------------------------

@external
def set_profile_by_signature(
    wallet: address,
    content_hash: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Set the text of a person who signed `SetProfile`.
    @param wallet Their main wallet, which signed.
    @param content_hash The text's hash.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(SET_PROFILE_TYPE_HASH, wallet, content_hash, nonce, deadline)
    )
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    self._set_profile(passport_id, content_hash)


@external
def clear_profile_by_signature(
    wallet: address, nonce: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Clear the text of a person who signed `ClearProfile`.
    @param wallet Their main wallet, which signed.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(abi_encode(CLEAR_PROFILE_TYPE_HASH, wallet, nonce, deadline))
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    self._clear_profile(passport_id)


@external
def set_token_avatar_by_signature(
    wallet: address,
    world: bytes32,
    token: address,
    token_id: uint256,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Set a token as the avatar of a person who signed `SetTokenAvatar`.
    @param wallet Their main wallet, which signed.
    @param world The world, which recognises the collection.
    @param token The ERC-721 contract.
    @param token_id The token, which a wallet of theirs holds.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(SET_TOKEN_TYPE_HASH, wallet, world, token, token_id, nonce, deadline)
    )
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    avatars._set_token(passport_id, world, token, token_id)


@external
def set_attested_avatar_by_signature(
    wallet: address,
    world: bytes32,
    attestation: IProfile.Attestation,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Set an attested avatar of a person who signed `SetAttestedAvatar`.
    @param wallet Their main wallet, which signed.
    @param world The world.
    @param attestation What its key signed for their passport.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the person's signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(SET_ATTESTED_TYPE_HASH, wallet, world, attestation.reference, nonce, deadline)
    )
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    self._set_attested_avatar(passport_id, world, attestation)


@external
def set_stated_avatar_by_signature(
    wallet: address,
    world: bytes32,
    reference: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Set the stated avatar of a person who signed `SetStatedAvatar`.
    @param wallet Their main wallet, which signed.
    @param world The world.
    @param reference Whatever the world calls it; never a name or a hash of one.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(
        abi_encode(SET_STATED_TYPE_HASH, wallet, world, reference, nonce, deadline)
    )
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    avatars._set_stated(passport_id, world, reference)


@external
def remove_avatar_by_signature(
    wallet: address,
    world: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Remove the avatar of a person who signed `RemoveAvatar`.
    @param wallet Their main wallet, which signed.
    @param world Any world.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The wallet's signature.
    """
    message: bytes32 = keccak256(abi_encode(REMOVE_TYPE_HASH, wallet, world, nonce, deadline))
    passport_id: uint256 = self._require_signed(wallet, message, nonce, deadline, signature)
    avatars._remove(passport_id, world)


# ---- external: a world -------------------------------------------------------------------

@external
def revoke_attestation(world: bytes32, reference: bytes32):
    """
    @notice End what the world attested of a reference; only what is signed later counts.
    @param world A world of yours.
    @param reference What is nobody's from now on.
    """
    worlds._require_controller(world)
    avatars._revoke(world, reference)


# ---- external: views ---------------------------------------------------------------------

@external
@view
@reentrant
def avatar_of(passport_id: uint256, world: bytes32) -> IProfile.Avatar:
    """
    @notice How a person appears in a world, and whether that is verified now.
    @param passport_id The person.
    @param world The world.
    @return All empty for none.
    """
    return avatars._avatar(passport_id, world)


@external
@view
@reentrant
def member_of_avatar(world: bytes32, reference: bytes32) -> uint256:
    """
    @notice Whose avatar this is, verified now: for staff, shops and games.
    @param world The world.
    @param reference The token's (`token_reference`), or the world's own.
    @return The passport; 0 when nobody may, or wants to, appear as this.
    """
    return avatars._member_of(world, reference)


@external
@pure
@reentrant
def token_reference(token: address, token_id: uint256) -> bytes32:
    """
    @notice The reference that a token has in every world.
    @param token The ERC-721 contract.
    @param token_id The token.
    @return The hash of both.
    """
    return avatars._reference(token, token_id)


@external
@view
@reentrant
def passport() -> address:
    """
    @notice The register of persons that this contract reads.
    @return The Passport.
    """
    return avatars.PASSPORT.address


# ---- internal: who acts --------------------------------------------------------------------

@internal
@view
def _require_person(wallet: address) -> uint256:
    passport_id: uint256 = staticcall avatars.PASSPORT.id_of(wallet)
    assert passport_id != 0, "profile: no passport"
    main: address = staticcall avatars.PASSPORT.wallet_of(passport_id)
    assert main == wallet, "profile: not the main wallet"
    return passport_id


@internal
def _require_signed(
    wallet: address,
    message: bytes32,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    signatures._require_live(deadline)
    passport_id: uint256 = self._require_person(wallet)
    signatures._use_nonce(wallet, nonce)
    signatures._require_signed(wallet, message, signature)
    return passport_id


# ---- internal: what they do -----------------------------------------------------------------

@internal
def _set_profile(passport_id: uint256, content_hash: bytes32):
    assert content_hash != empty(bytes32), "profile: no content"
    log IProfile.ProfileSet(
        passport_id=passport_id,
        old_content=self.profile_of[passport_id],
        new_content=content_hash,
    )
    self.profile_of[passport_id] = content_hash


@internal
def _clear_profile(passport_id: uint256):
    old_content: bytes32 = self.profile_of[passport_id]
    if old_content != empty(bytes32):
        self.profile_of[passport_id] = empty(bytes32)
        log IProfile.ProfileSet(
            passport_id=passport_id, old_content=old_content, new_content=empty(bytes32)
        )


@internal
def _set_attested_avatar(passport_id: uint256, world: bytes32, attestation: IProfile.Attestation):
    worlds._require_known(world)
    signatures._require_live(attestation.deadline)
    key: address = worlds._worlds[world].key
    message: bytes32 = keccak256(
        abi_encode(
            ATTESTATION_TYPE_HASH,
            key,
            world,
            attestation.reference,
            passport_id,
            attestation.issued_at,
            attestation.deadline,
        )
    )
    signatures._require_signed(key, message, attestation.signature)
    avatars._set_attested(passport_id, world, attestation.reference, attestation.issued_at)
