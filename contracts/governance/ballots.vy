# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Ballots
@custom:contract-name ballots
@license AGPL-3.0-only
@author The Cercle authors
@notice What voters sign when somebody else carries their ballot: OpenZeppelin's two
        ballots with their nonces, and one with a deadline and none, for batches.
@dev A module. A ballot counts once, and never changes: so a proposal's own nonce (the
     standard's keyed one) is always its first, no ballot moves it, and nothing is
     stored. The standard's other nonce, one for all proposals, rises with each ballot
     that was signed with it.
"""

from ..common import limits
from ..common import signatures

uses: signatures

from . import governor_errors


# ---- constants ------------------------------------------------------------------

BALLOT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)"
)
EXTENDED_BALLOT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
)
BALLOT_UNTIL_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "BallotUntil(uint256 proposalId,uint8 support,address voter,uint256 deadline)"
)
_KEY: constant(uint256) = 2**192 - 1


# ---- storage --------------------------------------------------------------------

_nonces: HashMap[address, uint256]


# ---- external: views --------------------------------------------------------------

@external
@view
def nonces(owner: address, key: uint192 = 0) -> uint256:
    """
    @notice What this account's next signed ballot may carry.
    @param owner The voter.
    @param key The lower 192 bits of the proposal, for a nonce that is the proposal's own.
    @return The nonce; with a key, the one that every ballot on that proposal may carry.
    """
    if key == 0:
        return self._nonces[owner]
    return convert(key, uint256) << 64


# ---- internal ---------------------------------------------------------------------

@internal
def _require_ballot(
    proposal_id: uint256,
    support: uint8,
    voter: address,
    beside: Bytes[64],
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @dev Refuse unless the voter signed the standard's ballot: the extended one, if there is
         something beside it, which is the hashes of a reason and of params.
    """
    if voter == empty(address):  # as whom a bad signature recovers
        governor_errors._invalid_signature(voter)
    domain: bytes32 = signatures.eip712_domain_separator._domain_separator_v4()
    type_hash: bytes32 = BALLOT_TYPEHASH if len(beside) == 0 else EXTENDED_BALLOT_TYPEHASH
    nonce: uint256 = (proposal_id & _KEY) << 64
    for is_keyed: bool in [True, False]:
        words: Bytes[160] = abi_encode(type_hash, proposal_id, support, voter, nonce)
        struct_hash: bytes32 = keccak256(concat(words, beside))
        if signatures._has_signed(
            voter, keccak256(concat(x"1901", domain, struct_hash)), signature
        ):
            if not is_keyed:
                self._nonces[voter] = nonce + 1
            return
        nonce = self._nonces[voter]
    governor_errors._invalid_signature(voter)


@internal
@pure
def _has_signed_until(
    proposal_id: uint256,
    support: uint256,
    voter: address,
    deadline: uint256,
    domain: bytes32,
    r: uint256,
    vs: uint256,
) -> bool:
    """
    @dev Whether an ordinary wallet signed a batch's ballot.
    """
    struct_hash: bytes32 = keccak256(
        abi_encode(BALLOT_UNTIL_TYPE_HASH, proposal_id, support, voter, deadline)
    )
    return signatures._has_signed_compact(voter, domain, struct_hash, r, vs)
