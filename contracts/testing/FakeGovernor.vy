# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake governor
@custom:contract-name FakeGovernor
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract account that carries out what anybody tells it, in place of a
        Governor whose vote has passed. It answers to no charter.
"""

from ..interfaces import ICharter


@external
def accept_admin(charter: ICharter):
    """
    @notice Take a charter's ADMIN over.
    """
    extcall charter.accept_admin()


@external
def execute(target: address, data: Bytes[4_096]):
    """
    @notice Make any call.
    """
    raw_call(target, data)
