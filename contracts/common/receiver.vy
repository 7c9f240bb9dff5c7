# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Receiver
@custom:contract-name receiver
@license AGPL-3.0-only
@author The Cercle authors
@notice Lets a contract hold what others send it by ERC-721 and ERC-1155.
@dev A module. It takes whatever comes and does nothing on it.
"""

from . import limits


# ---- external ---------------------------------------------------------------------

@external
@view
def onERC721Received(
    operator: address, sender: address, token_id: uint256, data: Bytes[1_024]
) -> bytes4:
    """
    @notice Take a token (ERC-721).
    @param operator Anybody.
    @param sender Anybody.
    @param token_id Any token.
    @param data Anything.
    @return The value that the standard names.
    """
    return 0x150b7a02


@external
@view
def onERC1155Received(
    operator: address, sender: address, token_id: uint256, amount: uint256, data: Bytes[1_024]
) -> bytes4:
    """
    @notice Take tokens of one kind (ERC-1155).
    @param operator Anybody.
    @param sender Anybody.
    @param token_id Any kind.
    @param amount Any number.
    @param data Anything.
    @return The value that the standard names.
    """
    return 0xf23a6e61


@external
@view
def onERC1155BatchReceived(
    operator: address,
    sender: address,
    token_ids: DynArray[uint256, limits.MAX_BATCH],
    amounts: DynArray[uint256, limits.MAX_BATCH],
    data: Bytes[1_024],
) -> bytes4:
    """
    @notice Take tokens of several kinds (ERC-1155).
    @param operator Anybody.
    @param sender Anybody.
    @param token_ids Up to `MAX_BATCH` kinds.
    @param amounts How many of each.
    @param data Anything.
    @return The value that the standard names.
    """
    return 0xbc197c81
