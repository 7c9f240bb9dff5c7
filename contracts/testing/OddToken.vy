# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Odd token
@custom:contract-name OddToken
@license AGPL-3.0-only
@author The Cercle authors
@notice An ERC-20 with one bad habit, each met on a public chain. Anybody gets as much of it
        as they like.
@dev For tests alone.
"""

# ---- habits -------------------------------------------------------------------------

PLAIN: constant(uint256) = 0  # none: what others are measured by
TAXED: constant(uint256) = 1  # a hundredth of each payment is lost on the way
MUTE: constant(uint256) = 2  # answers nothing, as the oldest do
SOFT: constant(uint256) = 3  # answers False where others revert
WORDY: constant(uint256) = 4  # answers True, and much after it
VAGUE: constant(uint256) = 5  # answers 2
CHOOSY: constant(uint256) = 6  # pays to nobody on its list, nor from them
HOLLOW: constant(uint256) = 7  # answers True, and moves nothing
GREEDY: constant(uint256) = 8  # takes a hundredth from the payer on top
LAVISH: constant(uint256) = 9  # gives a hundredth more than was paid
CHATTY: constant(uint256) = 10  # calls somebody back before it moves anything

HABIT: public(immutable(uint256))
decimals: public(immutable(uint8))

balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
is_listed: public(HashMap[address, bool])
is_resting: bool  # the habit is laid aside
callee: address
call: Bytes[1_024]
calls_made: public(uint256)
calls_let: public(uint256)  # of those, how many were not refused


@deploy
def __init__(habit_: uint256, decimals_: uint8):
    HABIT = habit_
    decimals = decimals_


# ---- external: the test's ---------------------------------------------------------------

@external
def mint(account: address, amount: uint256):
    """
    @notice Give out of nothing.
    """
    self.balanceOf[account] += amount


@external
def rest(is_resting: bool):
    """
    @notice Lay the habit aside, or take it up again.
    """
    self.is_resting = is_resting


@external
def list_account(account: address, is_listed: bool):
    """
    @notice Put somebody on the list of the choosy, or strike them off.
    """
    self.is_listed[account] = is_listed


@external
def call_back(callee: address, data: Bytes[1_024]):
    """
    @notice Whom to call in the midst of a payment, and how.
    """
    self.callee = callee
    self.call = data


@external
def shrink(account: address, amount: uint256):
    """
    @notice Write a balance down, as a token does whose unit is worth less today.
    """
    self.balanceOf[account] -= amount


# ---- external: the token's --------------------------------------------------------------

@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Allow somebody to take.
    """
    self.allowance[msg.sender][spender] = amount
    return True


@external
@raw_return
def transfer(receiver: address, amount: uint256) -> Bytes[96]:
    """
    @notice Pay.
    """
    return self._pay(msg.sender, receiver, amount)


@external
@raw_return
def transferFrom(payer: address, receiver: address, amount: uint256) -> Bytes[96]:
    """
    @notice Take what was allowed.
    """
    if self._is(SOFT) and amount > self.allowance[payer][msg.sender]:
        return abi_encode(False)
    self.allowance[payer][msg.sender] -= amount
    return self._pay(payer, receiver, amount)


# ---- internal -------------------------------------------------------------------------

@internal
def _pay(payer: address, receiver: address, amount: uint256) -> Bytes[96]:
    if self._is(HOLLOW):
        return abi_encode(True)
    if self._is(SOFT) and amount > self.balanceOf[payer]:
        return abi_encode(False)
    if self._is(CHOOSY):
        assert not (self.is_listed[payer] or self.is_listed[receiver]), "odd_token: listed"
    if self._is(CHATTY):
        self._call_back()
    share: uint256 = amount // 100
    self.balanceOf[payer] -= amount + (share if self._is(GREEDY) else 0)
    self.balanceOf[receiver] += amount
    if self._is(TAXED):
        self.balanceOf[receiver] -= share
    if self._is(LAVISH):
        self.balanceOf[receiver] += share
    return self._answer()


@internal
def _call_back():
    """
    @dev Once: who is called back may make another payment.
    """
    callee: address = self.callee
    if callee == empty(address):
        return
    self.callee = empty(address)
    self.calls_made += 1
    if raw_call(callee, self.call, revert_on_failure=False):
        self.calls_let += 1


@internal
@view
def _answer() -> Bytes[96]:
    if self._is(MUTE):
        return b""
    if self._is(WORDY):
        return abi_encode(True, self, self)
    if self._is(VAGUE):
        return abi_encode(convert(2, uint256))
    return abi_encode(True)


@internal
@view
def _is(habit: uint256) -> bool:
    return HABIT == habit and not self.is_resting
