# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake collection
@custom:contract-name FakeCollection
@license AGPL-3.0-only
@author The Cercle authors
@notice A collection of tokens that answers as badly as a test tells it when somebody asks
        whose a token is. Anybody may give any token to anybody.
"""

from ..interfaces import IProfile


# Manners; without one it is honest.
REVERTS: constant(uint256) = 1
SILENT: constant(uint256) = 2
MUTTERS: constant(uint256) = 4  # less than a word
BABBLES: constant(uint256) = 8  # a word that is no address
FLOODS: constant(uint256) = 16  # an honest word and 8 KB behind it
REVERTS_AT_LENGTH: constant(uint256) = 32
DEVOURS: constant(uint256) = 64  # all the gas
REENTERS: constant(uint256) = 128  # tries to change the avatar of who asks
ASKS_BACK: constant(uint256) = 256  # asks the asker first
LABOURS: constant(uint256) = 512  # honest, for nearly all the gas that it may spend
STAMMERS: constant(uint256) = 1_024  # one byte more than a word

manner: public(uint256)
owners: HashMap[uint256, address]
world: bytes32


@external
def set_manner(manner: uint256, world: bytes32 = empty(bytes32)):
    """
    @notice Behave like this from now on; `world` is what a REENTERS or ASKS_BACK names.
    """
    self.manner = manner
    self.world = world


@external
def give(token_id: uint256, owner: address):
    """
    @notice Put a token into somebody's hands; zero destroys it.
    """
    self.owners[token_id] = owner


@external
@raw_return
def ownerOf(token_id: uint256) -> Bytes[8_192]:
    """
    @notice The question of ERC-721.
    """
    owner: Bytes[32] = abi_encode(self.owners[token_id])
    if self.manner == REVERTS:
        raise "fake_collection: no comment"
    if self.manner == SILENT:
        return b""
    if self.manner == MUTTERS:
        return slice(owner, 0, 31)
    if self.manner == BABBLES:
        return abi_encode(convert(self.owners[token_id], uint256) | 1 << 160)
    if self.manner == FLOODS:
        return concat(owner, empty(bytes32), self._flood())
    if self.manner == STAMMERS:
        return concat(owner, b"\x01")
    if self.manner == REVERTS_AT_LENGTH:
        raw_revert(self._flood())
    if self.manner == DEVOURS:
        for _: uint256 in range(max_value(uint256)):
            pass
    if self.manner == LABOURS:
        for cold: uint256 in range(38):
            assert self.owners[2**128 + cold] == empty(address)
    if self.manner == REENTERS:
        extcall IProfile(msg.sender).remove_avatar(self.world)
    if self.manner == ASKS_BACK:
        reference: bytes32 = keccak256(abi_encode(self, token_id))
        assert staticcall IProfile(msg.sender).member_of_avatar(self.world, reference) != 0
    return owner


@internal
@pure
def _flood() -> Bytes[8_000]:
    return abi_encode(empty(uint256[250]))
