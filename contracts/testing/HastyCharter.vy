# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Hasty charter
@custom:contract-name HastyCharter
@license AGPL-3.0-only
@author The Cercle authors
@notice A Charter with its defences removed: ADMIN repoints the directory at once,
        the code that was announced is not looked at again, and what a former
        ADMIN announced stays in force. It must lose what the Charter keeps.
"""

from ..core import authority

initializes: authority

from ..core import directory

initializes: directory[authority := authority]

from ..interfaces import ICharter

exports: (
    authority.admin,
    authority.has_role,
    authority.roles,
    authority.offer_admin,
    authority.accept_admin,
    directory.is_sealed,
    directory.entry,
    directory.name_of,
    directory.is_current,
    directory.seal,
    directory.announce_replacement,
)


@deploy
def __init__(admin_: address):
    authority.__init__(admin_)


@external
def set_entry(name: bytes32, contract: address):
    """
    @notice Write into the directory at once, sealed or not.
    """
    authority._require_admin()
    directory._set_entry(name, contract)


@external
def replace(name: bytes32):
    """
    @notice Put the announced contract in its place once its time has come.
    """
    announced: ICharter.Replacement = directory._replacements[name]
    assert announced.contract != empty(address), "directory: nothing announced"
    assert block.timestamp >= announced.effective_at, "directory: too early"
    directory._set_entry(name, announced.contract)
