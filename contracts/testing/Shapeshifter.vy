# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Shapeshifter
@custom:contract-name Shapeshifter
@license AGPL-3.0-only
@author The Cercle authors
@notice An ADMIN who shows one contract and puts another in its place: a contract that
        destroys itself in the transaction that made it leaves its address free
        (EIP-6780), and whatever is made there next may have other code.
@dev For tests alone: anybody may tell it what to do.
"""

# Asks its maker for the code, and becomes that. So the address depends on no code.
SEED: constant(Bytes[15]) = x"5f5f5f5f335afa503d5f5f3e3d5ff3"
# Sends its ether to whoever calls it, and is gone.
FLEETING: constant(Bytes[8_192]) = x"33ff"

shape: Bytes[8_192]
phantom: public(address)


@external
@view
@raw_return
def __default__() -> Bytes[8_192]:
    return self.shape


@external
def execute(target: address, data: Bytes[1_024]):
    """
    @notice Make any call.
    """
    raw_call(target, data)


@external
def flash():
    """
    @notice Put something fleeting at the address, and let it vanish.
    """
    self._appear(FLEETING)
    self._vanish()


@external
def flash_around(target: address, data: Bytes[1_024]):
    """
    @notice Let something fleeting stand at the address for as long as a call lasts.
    """
    self._appear(FLEETING)
    raw_call(target, data)
    self._vanish()


@external
def settle(shape: Bytes[8_192]):
    """
    @notice Put a contract at the address, to stay.
    """
    self._appear(shape)


@internal
def _appear(shape: Bytes[8_192]):
    self.shape = shape
    self.phantom = raw_create(SEED, salt=empty(bytes32))


@internal
def _vanish():
    raw_call(self.phantom, b"")
