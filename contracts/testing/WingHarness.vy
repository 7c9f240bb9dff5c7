# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Wing harness
@custom:contract-name WingHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `wing` module to its unit tests.
"""

from ..common import wing
from ..interfaces import ICharter

initializes: wing

exports: wing.__interface__


@deploy
def __init__(charter_: ICharter):
    wing.__init__(charter_)


@external
def do_business():
    """
    @notice Anything that a pause stops.
    """
    wing._require_running()


@external
@view
def steward_business():
    """
    @notice Anything that takes the steward's role.
    """
    wing._require_role(ICharter.Role.STEWARD)
