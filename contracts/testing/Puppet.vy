# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Puppet
@custom:contract-name Puppet
@license AGPL-3.0-only
@author The Cercle authors
@notice A wallet that does whatever the master of puppets says.
@dev For tests alone: anybody may pull its strings.
"""


@external
def act(target: address, data: Bytes[1_024]) -> bool:
    """
    @notice Call as this wallet; says whether it was let.
    """
    success: bool = raw_call(target, data, revert_on_failure=False)
    return success


@external
def act_at_once(target: address, calls: DynArray[Bytes[1_024], 8]):
    """
    @notice Call several times in one second, and fail if any call does.
    """
    for data: Bytes[1_024] in calls:
        raw_call(target, data)
