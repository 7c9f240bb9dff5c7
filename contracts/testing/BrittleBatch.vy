# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Brittle batch
@custom:contract-name BrittleBatch
@license AGPL-3.0-only
@author The Cercle authors
@notice What a batch of a Governor's ballots would be without skipping: each is cast in its
        turn, and the first one that is refused stops them all.
@dev For tests alone: the twin of `Governor.cast_votes_by_signatures` under attack V13.
"""


interface Governor:
    def castVoteBySig(
        proposalId: uint256, support: uint8, voter: address, signature: Bytes[65]
    ) -> uint256: nonpayable


struct Ballot:
    voter: address
    support: uint8
    signature: Bytes[65]


@external
def carry(governor: Governor, proposal_id: uint256, ballots: DynArray[Ballot, 100]):
    """
    @notice Cast all of them, or none.
    """
    for one: Ballot in ballots:
        extcall governor.castVoteBySig(proposal_id, one.support, one.voter, one.signature)
