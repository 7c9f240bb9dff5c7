# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Vote buyer
@custom:contract-name VoteBuyer
@license AGPL-3.0-only
@author The Cercle authors
@notice A machine that pays for votes as far as it can see them: for a choice that a governor
        tells of, for having voted at all, or for a signed ballot that it carries itself.
@dev For tests alone: the attacker of V12.
"""


interface Choices:
    def choices(id: bytes32, account: address) -> uint256: view


interface Governor:
    def hasVoted(proposalId: uint256, account: address) -> bool: view
    def castVoteBySig(
        proposalId: uint256, support: uint8, voter: address, signature: Bytes[65]
    ) -> uint256: nonpayable


IN_FAVOUR: constant(uint8) = 1
PRICE: immutable(uint256)
paid: public(HashMap[address, bool])


@deploy
@payable
def __init__(price_: uint256):
    PRICE = price_


@external
def claim_for_choice(governor: Choices, id: bytes32):
    """
    @notice Be paid for a vote in favour.
    """
    assert staticcall governor.choices(id, msg.sender) == 2, "vote_buyer: not in favour"
    self._pay()


@external
def claim_for_voting(governor: Governor, proposal_id: uint256):
    """
    @notice Be paid for any vote.
    """
    assert staticcall governor.hasVoted(proposal_id, msg.sender), "vote_buyer: has not voted"
    self._pay()


@external
def sell_ballot(governor: Governor, proposal_id: uint256, signature: Bytes[65]):
    """
    @notice Be paid for a signed ballot in favour, which is cast at once.
    """
    extcall governor.castVoteBySig(proposal_id, IN_FAVOUR, msg.sender, signature)
    self._pay()


@internal
def _pay():
    assert not self.paid[msg.sender], "vote_buyer: paid"
    self.paid[msg.sender] = True
    send(msg.sender, PRICE)
