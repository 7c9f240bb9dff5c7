# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake target
@custom:contract-name FakeTarget
@license AGPL-3.0-only
@author The Cercle authors
@notice Something that proposals call: it notes what it was told, fails when asked to,
        names an implementation or keeps it to itself, and calls back.
"""


event Worked:
    caller: indexed(address)
    amount: uint256
    word: uint256


_named: address
_is_greedy: bool


@external
@payable
def work(word: uint256):
    """
    @notice Note a word and the ether beside it.
    """
    log Worked(caller=msg.sender, amount=msg.value, word=word)


@external
def fail():
    """
    @notice Refuse.
    """
    raise "fake_target: told to fail"


@external
def call_back(target: address, data: Bytes[1_024]):
    """
    @notice Make any call in the middle of this one.
    """
    raw_call(target, data)


@external
def name_implementation(implementation: address):
    """
    @notice Name another implementation from now on; zero to keep it to itself.
    """
    self._named = implementation


@external
def become_greedy():
    """
    @notice Burn all gas when asked for the implementation.
    """
    self._is_greedy = True


@external
@view
def implementation() -> address:
    """
    @notice Where the code is that would run.
    """
    if self._is_greedy:
        for _: uint256 in range(10**9):
            pass
    assert self._named != empty(address), "fake_target: names none"
    return self._named
