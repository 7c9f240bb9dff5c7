# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Puppet master
@custom:contract-name PuppetMaster
@license AGPL-3.0-only
@author The Cercle authors
@notice Makes people by the dozen: each a wallet of its own, with a passport, that joins,
        votes and leaves at one command. What a thousand passports cost is gas alone.
@dev For tests alone.
"""


interface Puppet:
    def act(target: address, data: Bytes[1_024]) -> bool: nonpayable


MOST: constant(uint256) = 1_000

TEMPLATE: immutable(address)
puppets: public(DynArray[address, MOST])
succeeded: public(uint256)  # by the last command


@deploy
def __init__(template_: address):
    TEMPLATE = template_


@external
def make(count: uint256, passport: address):
    """
    @notice Make so many more, each with a passport.
    """
    data: Bytes[4] = slice(keccak256("register()"), 0, 4)
    for _: uint256 in range(count, bound=MOST):
        puppet: address = create_minimal_proxy_to(TEMPLATE)
        extcall Puppet(puppet).act(passport, data)
        self.puppets.append(puppet)


@external
def command(first: uint256, count: uint256, target: address, data: Bytes[1_024]):
    """
    @notice Have some of them call; counts how many were let.
    """
    self.succeeded = 0
    for i: uint256 in range(count, bound=MOST):
        if extcall Puppet(self.puppets[first + i]).act(target, data):
            self.succeeded += 1


@external
@view
def puppet_count() -> uint256:
    """
    @notice How many there are.
    """
    return len(self.puppets)
