# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Careless polls
@custom:contract-name CarelessPolls
@license AGPL-3.0-only
@author The Cercle authors
@notice Polls' twin with the faults that signed ballots are known for: a domain that names no
        chain and no contract, no sequence, and used ballots that are remembered by the
        bytes of their signature, in whichever form these come.
@dev For tests alone: the twin of Polls under attack V9.
"""

from ..common import limits
from ..interfaces import IElectorate

BALLOT_TYPE_HASH: constant(bytes32) = keccak256(
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,uint256 sequence,uint256 deadline)"
)
DOMAIN_TYPE_HASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
ELECTORATE: immutable(IElectorate)

poll_count: public(uint256)
_texts: HashMap[uint256, bytes32]
_snapshots: HashMap[uint256, uint256]
_choices: HashMap[uint256, HashMap[uint256, uint256]]
_counts: HashMap[uint256, uint256[3]]
_used: HashMap[bytes32, bool]


@deploy
def __init__(electorate_: IElectorate):
    ELECTORATE = electorate_


@external
def open_poll(
    content_hash: bytes32, kind: uint256, option_count: uint256, closes_at: uint256
) -> uint256:
    """
    @notice Ask a question with two options; what else is said of it is not looked at.
    """
    self.poll_count += 1
    self._texts[self.poll_count] = content_hash
    self._snapshots[self.poll_count] = block.timestamp - 1
    return self.poll_count


@external
def vote(poll_id: uint256, option: uint256):
    """
    @notice Answer, or change your answer.
    """
    self._cast(poll_id, msg.sender, option)


@external
def vote_by_signature(
    voter: address,
    poll_id: uint256,
    options: DynArray[uint256, limits.MAX_OPTIONS],
    sequence: uint256,
    deadline: uint256,
    signature: Bytes[65],
):
    """
    @notice Answer for a member who signed; the sequence is hashed, and not looked at.
    """
    assert block.timestamp <= deadline, "careless_polls: expired"
    used: bytes32 = keccak256(signature)
    assert not self._used[used], "careless_polls: used"
    self._used[used] = True
    digest: bytes32 = keccak256(
        concat(
            x"1901",
            self._domain(),
            keccak256(
                abi_encode(
                    BALLOT_TYPE_HASH,
                    voter,
                    poll_id,
                    self._texts[poll_id],
                    keccak256(convert(options[0], bytes32)),
                    sequence,
                    deadline,
                )
            ),
        )
    )
    assert self._recover(digest, signature) == voter, "careless_polls: not signed"
    self._cast(poll_id, voter, options[0])


@external
@view
def tally(poll_id: uint256) -> DynArray[uint256, 2]:
    """
    @notice The count.
    """
    return [self._counts[poll_id][1], self._counts[poll_id][2]]


@external
@view
def eip712Domain() -> (
    bytes1, String[50], String[20], uint256, address, bytes32, DynArray[uint256, 32]
):
    """
    @notice What wallets are told to sign for: the same everywhere.
    """
    return (0x0f, "Careless polls", "1", 1, empty(address), empty(bytes32), [])


@internal
@pure
def _domain() -> bytes32:
    return keccak256(
        abi_encode(
            DOMAIN_TYPE_HASH,
            keccak256("Careless polls"),
            keccak256("1"),
            convert(1, uint256),
            empty(address),
        )
    )


@internal
@pure
def _recover(digest: bytes32, signature: Bytes[65]) -> address:
    """
    @dev As 65 bytes or folded into 64, and with either s.
    """
    r: uint256 = convert(slice(signature, 0, 32), uint256)
    s: uint256 = convert(slice(signature, 32, 32), uint256)
    if len(signature) == 64:
        return ecrecover(digest, 27 + (s >> 255), r, s & (2**255 - 1))
    return ecrecover(digest, convert(slice(signature, 64, 1), uint256), r, s)


@internal
def _cast(poll_id: uint256, voter: address, option: uint256):
    assert option == 1 or option == 2, "careless_polls: no option"
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = staticcall ELECTORATE.own(voter, self._snapshots[poll_id])
    assert units != 0, "careless_polls: no voice"
    old: uint256 = self._choices[poll_id][member_no]
    if old != 0:
        self._counts[poll_id][old] -= 1
    self._choices[poll_id][member_no] = option
    self._counts[poll_id][option] += 1
