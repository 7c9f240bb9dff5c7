# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake passport
@custom:contract-name FakePassport
@license AGPL-3.0-only
@author The Cercle authors
@notice Looks like a Passport to those who read one, and lets a test say who is
        who, whose recovery is pending and whose wallet replaced which.
@dev For tests alone: anybody may set anything.
"""

from ..common import limits

passport_count: public(uint256)
id_of: public(HashMap[address, uint256])
wallet_of: public(HashMap[uint256, address])
is_recovering: public(HashMap[address, bool])
heir_of: public(HashMap[address, address])


@external
def register() -> uint256:
    """
    @notice Give the caller the next passport, as the real one does.
    """
    assert self.id_of[msg.sender] == 0, "passport: already registered"
    passport_id: uint256 = self.passport_count + 1
    self.passport_count = passport_id
    self.id_of[msg.sender] = passport_id
    self.wallet_of[passport_id] = msg.sender
    return passport_id


@external
def set_id(wallet: address, passport_id: uint256):
    """
    @notice Say whose wallet it is; 0 for nobody's.
    """
    self.id_of[wallet] = passport_id


@external
def set_wallet(passport_id: uint256, wallet: address):
    """
    @notice Say which wallet is the main one.
    """
    self.wallet_of[passport_id] = wallet


@external
def set_recovering(wallet: address, is_recovering: bool):
    """
    @notice Say whether a recovery is pending for this wallet.
    """
    self.is_recovering[wallet] = is_recovering


@external
def set_heir(wallet: address, heir: address):
    """
    @notice Say which wallet a finished recovery put in this one's place.
    """
    self.heir_of[wallet] = heir


@external
def recover(old_wallet: address, new_wallet: address):
    """
    @notice Finish a recovery at once: the person moves, the old wallet is dead.
    """
    passport_id: uint256 = self.id_of[old_wallet]
    self.id_of[old_wallet] = 0
    self.id_of[new_wallet] = passport_id
    self.wallet_of[passport_id] = new_wallet
    self.is_recovering[old_wallet] = False
    self.heir_of[old_wallet] = new_wallet


@external
@view
def ids_of(wallets: DynArray[address, limits.MAX_BATCH]) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @notice The passports of several wallets.
    """
    ids: DynArray[uint256, limits.MAX_BATCH] = []
    for wallet: address in wallets:
        ids.append(self.id_of[wallet])
    return ids


@external
@view
def ids_in(words: DynArray[uint256, limits.MAX_BATCH], kept: uint256) -> uint256[limits.MAX_BATCH]:
    """
    @notice The passports of the wallets in the upper 160 bits of several words.
    """
    ids: uint256[limits.MAX_BATCH] = empty(uint256[limits.MAX_BATCH])
    i: uint256 = 0
    for word: uint256 in words:
        ids[i] = (self.id_of[convert(word >> 96, address)] << 96) | (word & kept)
        i += 1
    return ids
