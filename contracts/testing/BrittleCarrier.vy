# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Brittle carrier
@custom:contract-name BrittleCarrier
@license AGPL-3.0-only
@author The Cercle authors
@notice What a batch of ballots would be without skipping: each is cast in its turn, and the
        first one that is refused stops them all.
@dev For tests alone: the twin of `Polls.vote_by_signatures` under attack V13.
"""

from ..interfaces import IPolls


struct Ballot:
    voter: address
    options: DynArray[uint256, 32]
    sequence: uint256
    deadline: uint256
    signature: Bytes[65]


@external
def carry(polls: IPolls, poll_id: uint256, ballots: DynArray[Ballot, 100]):
    """
    @notice Cast all of them, or none.
    """
    for one: Ballot in ballots:
        extcall polls.vote_by_signature(
            one.voter, poll_id, one.options, one.sequence, one.deadline, one.signature
        )
