# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Tricky wallet
@custom:contract-name TrickyWallet
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract wallet (ERC-1271) that does something else while it is asked: calls
        back and agrees, or devours the gas.
"""

MAGIC: constant(bytes4) = method_id("isValidSignature(bytes32,bytes)", output_type=bytes4)

target: address
data: Bytes[1_024]


@external
def call_back(target: address, data: Bytes[1_024]):
    """
    @notice Make this call whenever asked, from now on.
    """
    self.target = target
    self.data = data


@external
def isValidSignature(digest: bytes32, signature: Bytes[1_024]) -> bytes4:
    """
    @notice The question of ERC-1271; without a call to make, all gas is gone.
    """
    if self.target == empty(address):
        raise UNREACHABLE
    success: bool = raw_call(self.target, self.data, revert_on_failure=False)
    return MAGIC
