# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Worlds
@custom:contract-name worlds
@license AGPL-3.0-only
@author The Cercle authors
@notice The places where people appear: games, shops, platforms. Each is somebody's, who
        names the key that attests there and the collections that are its own.
@dev A module. A world: registered, then for ever; its controller may hand it over. Its
     id holds the controller who registered it, so nobody can take another's name, and
     anybody may use the same name for a world of their own: a name proves nothing.
     One timestamp rotates a key: what was issued up to that second no longer counts,
     whoever signed it, so that going back to a former key revives nothing.
     Calls nobody.
"""

from ..common import limits
from ..interfaces import IProfile


# ---- storage --------------------------------------------------------------------

_worlds: HashMap[bytes32, IProfile.World]

# world -> token -> whether the world calls it its own
_recognised: HashMap[bytes32, HashMap[address, bool]]


# ---- external: anyone -------------------------------------------------------------

@external
def register_world(name: String[limits.MAX_WORLD_NAME], key: address) -> bytes32:
    """
    @notice Found a world that you control.
    @param name How you call it; others may call theirs the same.
    @param key Whose signature attests avatars there; a contract wallet may.
    @return Its id, for ever.
    """
    assert len(name) != 0, "worlds: empty name"
    assert key != empty(address), "worlds: zero key"
    world: bytes32 = self._id(msg.sender, name)
    assert self._worlds[world].controller == empty(address), "worlds: registered already"
    self._worlds[world] = IProfile.World(
        controller=msg.sender, candidate=empty(address), key=key, key_since=0
    )
    log IProfile.WorldRegistered(world=world, controller=msg.sender, key=key, name=name)
    return world


# ---- external: a world's controller -------------------------------------------------

@external
def set_world_key(world: bytes32, key: address):
    """
    @notice Change the key. All that was attested before is unverified from now on.
    @param world The world.
    @param key The new key; the same one again ends what it attested, too.
    """
    self._require_controller(world)
    assert key != empty(address), "worlds: zero key"
    old_key: address = self._worlds[world].key
    self._worlds[world].key = key
    self._worlds[world].key_since = block.timestamp
    log IProfile.WorldKeyChanged(world=world, old_key=old_key, new_key=key)


@external
def offer_world(world: bytes32, candidate: address):
    """
    @notice Offer a world to another controller; an earlier offer lapses.
    @param world The world.
    @param candidate Who may accept; zero to withdraw the offer.
    """
    self._require_controller(world)
    self._worlds[world].candidate = candidate
    log IProfile.WorldOffered(world=world, controller=msg.sender, candidate=candidate)


@external
def set_collection(world: bytes32, token: address, is_recognised: bool):
    """
    @notice Say whether a collection is this world's own. Tokens of others are nobody's
            avatar here, so that a copy of a collection passes for nothing.
    @param world The world.
    @param token The ERC-721 contract.
    @param is_recognised False to recognise it no longer.
    """
    self._require_controller(world)
    self._recognised[world][token] = is_recognised
    log IProfile.CollectionChanged(world=world, token=token, is_recognised=is_recognised)


# ---- external: its successor --------------------------------------------------------

@external
def accept_world(world: bytes32):
    """
    @notice Take over a world that was offered to you; its key and its avatars stay.
    @param world The world.
    """
    assert msg.sender == self._worlds[world].candidate, "worlds: not the candidate"
    old_controller: address = self._worlds[world].controller
    self._worlds[world].controller = msg.sender
    self._worlds[world].candidate = empty(address)
    log IProfile.WorldHandedOver(
        world=world, old_controller=old_controller, new_controller=msg.sender
    )


# ---- external: views --------------------------------------------------------------

@external
@view
def world(world_id: bytes32) -> IProfile.World:
    """
    @notice Who controls a world, and which key attests there since when.
    @param world_id The world's id.
    @return All zero for an unknown world.
    """
    return self._worlds[world_id]


@external
@pure
def world_of(controller: address, name: String[limits.MAX_WORLD_NAME]) -> bytes32:
    """
    @notice The id of the world that somebody registers, or registered, under a name.
    @param controller Who registers it.
    @param name Its name.
    @return The id, whether or not it exists.
    """
    return self._id(controller, name)


@external
@view
def is_recognised(world: bytes32, token: address) -> bool:
    """
    @notice Whether a world calls a collection its own.
    @param world The world.
    @param token The collection.
    @return False for unknown ones.
    """
    return self._recognised[world][token]


# ---- internal ---------------------------------------------------------------------

@internal
@pure
def _id(controller: address, name: String[limits.MAX_WORLD_NAME]) -> bytes32:
    return keccak256(abi_encode(controller, keccak256(name)))


@internal
@view
def _require_known(world: bytes32):
    assert self._worlds[world].controller != empty(address), "worlds: unknown world"


@internal
@view
def _require_controller(world: bytes32):
    assert msg.sender == self._worlds[world].controller, "worlds: not the controller"
