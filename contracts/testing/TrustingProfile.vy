# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Trusting profile
@custom:contract-name TrustingProfile
@license AGPL-3.0-only
@author The Cercle authors
@notice A register of avatars with its defences removed: it writes down what people claim.
        No token is asked whose it is, now or later; an attestation need not be for the
        caller, of a key in force or newer than another; worlds go by their bare names.
        It must lose what the Profile keeps.
@dev For tests alone.
"""

from ..interfaces import IPassport
from ..interfaces import IProfile

PASSPORT: immutable(IPassport)

# world -> reference -> the last who said so
member_of_avatar: public(HashMap[bytes32, HashMap[bytes32, uint256]])
_avatars: HashMap[uint256, HashMap[bytes32, IProfile.Avatar]]
_worlds: HashMap[bytes32, IProfile.World]


@deploy
def __init__(passport_: IPassport):
    PASSPORT = passport_


@external
def register_world(name: String[64], key: address) -> bytes32:
    """
    @notice Found a world under a name, whoever has it already.
    """
    world: bytes32 = keccak256(name)
    self._worlds[world].controller = msg.sender
    self._worlds[world].key = key
    return world


@external
def set_world_key(world: bytes32, key: address):
    """
    @notice Change a world's key; what the former one attested stays.
    """
    assert msg.sender == self._worlds[world].controller, "trusting_profile: not yours"
    self._worlds[world].key = key


@external
def set_collection(world: bytes32, token: address, is_recognised: bool):
    """
    @notice Listen, and forget: any collection is good.
    """
    pass


@external
def set_token_avatar(world: bytes32, token: address, token_id: uint256):
    """
    @notice Appear as any token.
    """
    reference: bytes32 = keccak256(abi_encode(token, token_id))
    self._set(world, IProfile.Kind.TOKEN, reference, token, token_id)


@external
def set_attested_avatar(world: bytes32, attestation: IProfile.Attestation):
    """
    @notice Appear as anything that somebody once attested to anybody.
    """
    assert len(attestation.signature) == 65, "trusting_profile: no signature"
    self._set(world, IProfile.Kind.ATTESTED, attestation.reference, empty(address), 0)


@external
def set_stated_avatar(world: bytes32, reference: bytes32):
    """
    @notice Appear as anything at all.
    """
    self._set(world, IProfile.Kind.STATED, reference, empty(address), 0)


@external
@view
def avatar_of(passport_id: uint256, world: bytes32) -> IProfile.Avatar:
    """
    @notice How a person appears.
    """
    return self._avatars[passport_id][world]


@internal
def _set(
    world: bytes32, kind: IProfile.Kind, reference: bytes32, token: address, token_id: uint256
):
    passport_id: uint256 = staticcall PASSPORT.id_of(msg.sender)
    assert passport_id != 0, "trusting_profile: no passport"
    self.member_of_avatar[world][reference] = passport_id
    self._avatars[passport_id][world] = IProfile.Avatar(
        kind=kind, reference=reference, token=token, token_id=token_id, is_verified=True
    )
