# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Forgetful points
@custom:contract-name ForgetfulPoints
@license AGPL-3.0-only
@author The Cercle authors
@notice Points with one defence forgotten: both balances are read before either is
        written, so a transfer to oneself gives without taking.
@dev For tests alone: the twin of Points under attack P2. Anybody may mint.
"""

balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
totalSupply: public(uint256)


@external
def mint(account: address, amount: uint256):
    """
    @notice Give points to somebody.
    """
    self.balanceOf[account] += amount
    self.totalSupply += amount


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Allow somebody to send points of yours.
    """
    self.allowance[msg.sender][spender] = amount
    return True


@external
def transfer(receiver: address, amount: uint256) -> bool:
    """
    @notice Send points.
    """
    self._move(msg.sender, receiver, amount)
    return True


@external
def transferFrom(owner: address, receiver: address, amount: uint256) -> bool:
    """
    @notice Send points of somebody who allowed you to.
    """
    self.allowance[owner][msg.sender] -= amount
    self._move(owner, receiver, amount)
    return True


@external
def take(holder: address, amount: uint256):
    """
    @notice Move points into the caller's escrow; no right is asked for here.
    """
    self._move(holder, msg.sender, amount)


@internal
def _move(sender: address, receiver: address, amount: uint256):
    source: uint256 = self.balanceOf[sender]
    target: uint256 = self.balanceOf[receiver]
    self.balanceOf[sender] = source - amount
    self.balanceOf[receiver] = target + amount
