# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Polls
@custom:contract-name Polls
@license AGPL-3.0-only
@author The Cercle authors
@notice Questions with 2 to 32 options that a brand puts to its members. One member
        one vote, whoever they delegated to, and a vote can be changed until the
        poll closes.
@dev Poll: unknown -> open -> closed, by the clock alone; or open -> withdrawn, and
     only before its first ballot. Nothing leads back, so a closed tally is final.
     A ballot is counted for every member who had a unit of their own in the second
     before the poll was opened: nobody joins or is awarded into a poll that they
     can already read. The contract holds no tokens and acts on nothing.

     Who signs: the voter sends the ballot. Who pays: the voter, the gas. Who can
     lie: the steward may ask a leading question, under the hash of its text, for
     all to read, and cannot touch a ballot; nobody else can say anything here.
@custom:security security@cercle.example
@custom:kill The Charter pauses or retires it: no poll is opened any more. Votes in open
             polls go on to their close, and nothing stops them.
"""

from ..interfaces import IGate
from ..interfaces import IPolls

implements: IGate
implements: IPolls

from ..common import limits
from ..common import wing

initializes: wing

from ..interfaces import ICharter
from ..interfaces import IElectorate

exports: (
    wing.halt_until,
    wing.retire,
    wing.charter,
    wing.halted_until,
)


# ---- constants and immutables -----------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

# A voter's cell: sequence 7 | option - 1 5; 21 cells a slot.
CELL_BITS: constant(uint256) = 12
CELL_MASK: constant(uint256) = 2**12 - 1
CELLS: constant(uint256) = 21
OPTION_BITS: constant(uint256) = 5
OPTION_MASK: constant(uint256) = 2**5 - 1
MAX_SEQUENCE: constant(uint256) = 127

# The tally: eight lanes of 32 bits a slot; a member has one vote, and numbers have 32 bits.
LANE_BITS: constant(uint256) = 32
LANE_MASK: constant(uint256) = 2**32 - 1
LANES: constant(uint256) = 8

# The header: is_withdrawn 1 | option_count 8 | snapshot 40 | closes_at 40.
TIME_MASK: constant(uint256) = 2**40 - 1
SNAPSHOT_AT: constant(uint256) = 40
COUNT_AT: constant(uint256) = 80
COUNT_MASK: constant(uint256) = 2**8 - 1
WITHDRAWN: constant(uint256) = 2**88

ELECTORATE: public(immutable(IElectorate))


# ---- structs ------------------------------------------------------------------------

struct Record:
    header: uint256
    tally: uint256[4]
    content_hash: bytes32


# ---- storage ------------------------------------------------------------------------

poll_count: public(reentrant(uint256))

_records: HashMap[uint256, Record]
# poll -> member_no // 21 -> cells; a cell that is not zero is the proof of participation
_cells: HashMap[uint256, HashMap[uint256, uint256]]


# ---- constructor --------------------------------------------------------------------

@deploy
def __init__(charter_: ICharter, electorate_: IElectorate):
    """
    @notice Open the room in which a brand asks its members.
    @param charter_ The brand's Charter, which says who is a steward.
    @param electorate_ The brand's Electorate, which says who has a voice.
    """
    assert electorate_.address != empty(address), "polls: zero electorate"
    wing.__init__(charter_)
    ELECTORATE = electorate_


# ---- external: stewards ---------------------------------------------------------------

@external
def open_poll(content_hash: bytes32, option_count: uint256, closes_at: uint256) -> uint256:
    """
    @notice Put a question to the members.
    @param content_hash The keccak256 of the question and its options, in all languages.
    @param option_count How many options the text holds, 2 to 32.
    @param closes_at The first second in which no vote is taken any more.
    @return The poll's number, counted from 1.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.STEWARD)
    assert content_hash != empty(bytes32), "polls: empty content"
    assert option_count >= limits.MIN_OPTIONS, "polls: too few options"
    assert option_count <= limits.MAX_OPTIONS, "polls: too many options"
    assert closes_at >= block.timestamp + limits.MIN_POLL, "polls: too short"
    assert closes_at <= block.timestamp + limits.MAX_POLL, "polls: too long"

    poll_id: uint256 = self.poll_count + 1
    snapshot: uint256 = block.timestamp - 1
    self.poll_count = poll_id
    self._records[poll_id].header = (option_count << COUNT_AT | snapshot << SNAPSHOT_AT | closes_at)
    self._records[poll_id].content_hash = content_hash
    log IPolls.PollOpened(
        poll_id=poll_id,
        steward=msg.sender,
        content_hash=content_hash,
        option_count=option_count,
        snapshot=snapshot,
        closes_at=closes_at,
    )
    return poll_id


@external
def withdraw_poll(poll_id: uint256):
    """
    @notice Take back an open question that nobody has answered yet.
    @param poll_id The poll.
    """
    wing._require_role(ICharter.Role.STEWARD)
    header: uint256 = self._header(poll_id)
    assert self._is_open(header), "polls: not open"
    for word: uint256 in self._records[poll_id].tally:
        assert word == 0, "polls: has ballots"
    self._records[poll_id].header = header | WITHDRAWN
    log IPolls.PollWithdrawn(poll_id=poll_id)


# ---- external: members ----------------------------------------------------------------

@external
def vote(poll_id: uint256, option: uint256):
    """
    @notice Answer an open poll, or change your answer.
    @dev No pause reaches this. The sequence stops at 127 and the ballot still counts.
    @param poll_id The poll.
    @param option The option's place in the text, counted from 1.
    """
    header: uint256 = self._header(poll_id)
    assert self._is_open(header), "polls: not open"
    assert option != 0 and option <= (header >> COUNT_AT) & COUNT_MASK, "polls: unknown option"
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = staticcall ELECTORATE.own(msg.sender, (header >> SNAPSHOT_AT) & TIME_MASK)
    assert member_no != 0 and units != 0, "polls: no voice"

    place: uint256 = member_no // CELLS
    offset: uint256 = member_no % CELLS * CELL_BITS
    word: uint256 = self._cells[poll_id][place]
    cell: uint256 = (word >> offset) & CELL_MASK
    sequence: uint256 = min((cell >> OPTION_BITS) + 1, MAX_SEQUENCE)
    self._cells[poll_id][place] = (
        word ^ ((cell ^ (sequence << OPTION_BITS | (option - 1))) << offset)
    )

    old_choice: uint256 = 0
    if cell == 0:
        self._add(poll_id, option - 1)
    else:
        old_choice = (cell & OPTION_MASK) + 1
        if old_choice != option:
            self._move(poll_id, old_choice - 1, option - 1)
    log IPolls.BallotCast(
        poll_id=poll_id,
        member_no=member_no,
        old_choice=old_choice,
        new_choice=option,
        sequence=sequence,
    )


# ---- external: views --------------------------------------------------------------------

@external
@view
@reentrant
def poll(poll_id: uint256) -> IPolls.Poll:
    """
    @notice A poll and its count so far.
    @param poll_id The poll.
    @return Its text's hash, its bounds, its state by the clock, and the tally.
    """
    header: uint256 = self._header(poll_id)
    state: IPolls.State = IPolls.State.OPEN
    if header & WITHDRAWN != 0:
        state = IPolls.State.WITHDRAWN
    elif not self._is_open(header):
        state = IPolls.State.CLOSED
    return IPolls.Poll(
        content_hash=self._records[poll_id].content_hash,
        option_count=(header >> COUNT_AT) & COUNT_MASK,
        snapshot=(header >> SNAPSHOT_AT) & TIME_MASK,
        closes_at=header & TIME_MASK,
        state=state,
        tally=self._tally(poll_id, header),
    )


@external
@view
@reentrant
def tally(poll_id: uint256) -> DynArray[uint256, limits.MAX_OPTIONS]:
    """
    @notice The count so far.
    @param poll_id The poll.
    @return The members behind each option, in the order of the text.
    """
    return self._tally(poll_id, self._header(poll_id))


@external
@view
@reentrant
def ballot_of(poll_id: uint256, member_no: uint256) -> (uint256, uint256):
    """
    @notice A member's ballot as it counts now.
    @param poll_id The poll.
    @param member_no The member.
    @return The option, counted from 1, or 0 when they did not vote; and how many
            ballots they cast (127 stands for 127 and more).
    """
    cell: uint256 = self._cell(poll_id, member_no)
    if cell == 0:
        return 0, 0
    return (cell & OPTION_MASK) + 1, cell >> OPTION_BITS


@external
@view
@reentrant
def has_voted(poll_id: uint256, member_no: uint256) -> bool:
    """
    @notice Whether a member took part.
    @param poll_id The poll.
    @param member_no The member.
    @return True once they have cast a ballot.
    """
    return self._cell(poll_id, member_no) != 0


@external
@view
@reentrant
def is_open(poll_id: uint256) -> bool:
    """
    @notice Whether a vote sent now would be taken.
    @param poll_id The poll.
    @return True until the closing second; False for an unknown or withdrawn poll.
    """
    return self._is_open(self._records[poll_id].header)


@external
@view
@reentrant
def open_for(passport_id: uint256, argument: uint96) -> bool:
    """
    @notice Whether this person took part in a poll that is closed.
    @dev The gate for thanks: it opens after the close and looks at no option, so it
         cannot pay for one.
    @param passport_id The person.
    @param argument The poll.
    @return True when they did.
    """
    poll_id: uint256 = convert(argument, uint256)
    header: uint256 = self._records[poll_id].header
    if header == 0 or block.timestamp < header & TIME_MASK:
        return False
    return self._cell(poll_id, staticcall ELECTORATE.member_no_of(passport_id)) != 0


# ---- internal: polls ----------------------------------------------------------------------

@internal
@view
def _header(poll_id: uint256) -> uint256:
    header: uint256 = self._records[poll_id].header
    assert header != 0, "polls: unknown poll"
    return header


@internal
@view
def _is_open(header: uint256) -> bool:
    # An empty header closed in 1970.
    return block.timestamp < header & TIME_MASK and header & WITHDRAWN == 0


@internal
@view
def _cell(poll_id: uint256, member_no: uint256) -> uint256:
    return (self._cells[poll_id][member_no // CELLS] >> (member_no % CELLS * CELL_BITS)) & CELL_MASK


# ---- internal: the count ------------------------------------------------------------------

@internal
@view
def _tally(poll_id: uint256, header: uint256) -> DynArray[uint256, limits.MAX_OPTIONS]:
    counts: DynArray[uint256, limits.MAX_OPTIONS] = []
    words: uint256[4] = self._records[poll_id].tally
    for i: uint256 in range((header >> COUNT_AT) & COUNT_MASK, bound=limits.MAX_OPTIONS):
        counts.append((words[i // LANES] >> (i % LANES * LANE_BITS)) & LANE_MASK)
    return counts


@internal
def _add(poll_id: uint256, index: uint256):
    self._records[poll_id].tally[index // LANES] += 1 << (index % LANES * LANE_BITS)


@internal
def _move(poll_id: uint256, old_index: uint256, new_index: uint256):
    """
    @dev Within one word a single write; no lane borrows, for the old one counts the mover.
    """
    old_unit: uint256 = 1 << (old_index % LANES * LANE_BITS)
    new_unit: uint256 = 1 << (new_index % LANES * LANE_BITS)
    if old_index // LANES == new_index // LANES:
        word: uint256 = self._records[poll_id].tally[old_index // LANES]
        self._records[poll_id].tally[old_index // LANES] = word - old_unit + new_unit
    else:
        self._records[poll_id].tally[old_index // LANES] -= old_unit
        self._records[poll_id].tally[new_index // LANES] += new_unit
