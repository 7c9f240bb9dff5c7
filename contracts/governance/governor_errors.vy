# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Governor errors
@custom:contract-name governor_errors
@license AGPL-3.0-only
@author The Cercle authors
@notice The refusals of OpenZeppelin's Governor 5.x, to the byte, so that wallets and
        pages which know them can read ours.
@dev A module. Each function reverts with the custom error of its name: Vyper 0.4 has no
     `error` statement and lists none in the ABI.
"""


# ---- internal: who --------------------------------------------------------------

@internal
@pure
def _restricted_proposer(proposer: address):
    raw_revert(abi_encode(proposer, method_id=method_id("GovernorRestrictedProposer(address)")))


@internal
@pure
def _insufficient_votes(proposer: address, votes: uint256, threshold: uint256):
    raw_revert(
        abi_encode(
            proposer,
            votes,
            threshold,
            method_id=method_id("GovernorInsufficientProposerVotes(address,uint256,uint256)"),
        )
    )


@internal
@pure
def _unable_to_cancel(proposal_id: uint256, account: address):
    raw_revert(
        abi_encode(
            proposal_id, account, method_id=method_id("GovernorUnableToCancel(uint256,address)")
        )
    )


# ---- internal: proposals ----------------------------------------------------------

@internal
@pure
def _nonexistent(proposal_id: uint256):
    raw_revert(abi_encode(proposal_id, method_id=method_id("GovernorNonexistentProposal(uint256)")))


@internal
@pure
def _unexpected_state(proposal_id: uint256, current: uint256, expected: uint256):
    """
    @dev `expected` is a bitmap of states.
    """
    raw_revert(
        abi_encode(
            proposal_id,
            current,
            expected,
            method_id=method_id("GovernorUnexpectedProposalState(uint256,uint8,bytes32)"),
        )
    )


@internal
@pure
def _invalid_length(targets: uint256, calldatas: uint256, values: uint256):
    raw_revert(
        abi_encode(
            targets,
            calldatas,
            values,
            method_id=method_id("GovernorInvalidProposalLength(uint256,uint256,uint256)"),
        )
    )


@internal
@pure
def _unmet_delay(proposal_id: uint256, eta: uint256):
    raw_revert(
        abi_encode(proposal_id, eta, method_id=method_id("GovernorUnmetDelay(uint256,uint256)"))
    )


# ---- internal: votes --------------------------------------------------------------

@internal
@pure
def _already_cast(voter: address):
    raw_revert(abi_encode(voter, method_id=method_id("GovernorAlreadyCastVote(address)")))


@internal
@pure
def _invalid_vote_type():
    raw_revert(method_id("GovernorInvalidVoteType()"))


@internal
@pure
def _invalid_signature(voter: address):
    raw_revert(abi_encode(voter, method_id=method_id("GovernorInvalidSignature(address)")))
