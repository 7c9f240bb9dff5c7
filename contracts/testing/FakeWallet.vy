# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake wallet
@custom:contract-name FakeWallet
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract wallet (ERC-1271) of up to fifteen owners, who sign all of them,
        one after the other.
"""

MAGIC: constant(bytes4) = method_id("isValidSignature(bytes32,bytes)", output_type=bytes4)

owners: DynArray[address, 15]
is_broken: bool

# what it goes by besides: a view, and the hash of what that answered
watched: address
question: Bytes[256]
answer: bytes32


@deploy
def __init__(owners_: DynArray[address, 15]):
    self.owners = owners_


@external
def break_down():
    """
    @notice Revert when asked, from now on.
    """
    self.is_broken = True


@external
def watch(target: address, question: Bytes[256]):
    """
    @notice Sign only while this view answers what it answers now, from now on.
    """
    self.watched = target
    self.question = question
    self.answer = self._answer()


@external
@view
def has_seen_a_change() -> bool:
    """
    @notice Whether the view that it watches answers otherwise by now.
    """
    return self._answer() != self.answer


@external
def execute(target: address, data: Bytes[4_096]):
    """
    @notice Make any call.
    """
    raw_call(target, data)


@external
def execute_both(targets: address[2], first: Bytes[4_096], second: Bytes[4_096]):
    """
    @notice Make two calls in one transaction, so in one second.
    """
    raw_call(targets[0], first)
    raw_call(targets[1], second)


@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[1_024]) -> bytes4:
    """
    @notice The question of ERC-1271.
    """
    assert not self.is_broken, "fake_wallet: broken"
    if self.watched != empty(address) and self._answer() != self.answer:
        return empty(bytes4)
    if len(signature) != 65 * len(self.owners):
        return empty(bytes4)
    position: uint256 = 0
    for owner: address in self.owners:
        signer: address = ecrecover(
            digest,
            convert(slice(signature, position + 64, 1), uint256),
            convert(slice(signature, position, 32), uint256),
            convert(slice(signature, position + 32, 32), uint256),
        )
        if signer != owner:
            return empty(bytes4)
        position += 65
    return MAGIC


@internal
@view
def _answer() -> bytes32:
    return keccak256(raw_call(self.watched, self.question, max_outsize=1_024, is_static_call=True))
