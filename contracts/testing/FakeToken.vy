# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake token
@custom:contract-name FakeToken
@license AGPL-3.0-only
@author The Cercle authors
@notice An ERC-20 of which anybody gets as much as they like, and which can stop to say
        who has how much.
"""

balances: HashMap[address, uint256]
is_broken: bool
is_greedy: bool


@external
def mint(account: address, amount: uint256):
    """
    @notice Give out of nothing.
    """
    self.balances[account] += amount


@external
def break_down():
    """
    @notice Tell no balance from now on.
    """
    self.is_broken = True


@external
def become_greedy():
    """
    @notice Burn all gas when asked for a balance.
    """
    self.is_greedy = True


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Pay.
    """
    self.balances[msg.sender] -= amount
    self.balances[to] += amount
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Agree to anything.
    """
    return True


@external
@view
def balanceOf(account: address) -> uint256:
    """
    @notice What somebody has.
    """
    if self.is_greedy:
        for _: uint256 in range(10**9):
            pass
    assert not self.is_broken, "fake_token: broken"
    return self.balances[account]
