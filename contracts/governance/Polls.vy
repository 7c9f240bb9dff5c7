# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Polls
@custom:contract-name Polls
@license AGPL-3.0-only
@author The Cercle authors
@notice Questions with 2 to 32 options that a brand puts to its members, who pick one
        (SINGLE) or as many as they like (APPROVAL). One member one vote, whoever they
        delegated to, and a vote can be changed until the poll closes.
@dev Poll: unknown -> open -> closed, by the clock alone; or open -> withdrawn, and
     only before its first ballot. Nothing leads back, so a closed tally is final.
     A ballot is counted for every member who had a unit of their own in the second
     before the poll was opened: nobody joins or is awarded into a poll that they
     can already read. The contract holds no tokens and acts on nothing.

     A signed ballot carries a sequence instead of a nonce, higher than that of the
     member's ballot that counts: so whoever carries several cannot choose which of them
     is the last. In a batch it takes three words, which a contract wallet's signature
     does not fit: such ballots travel singly.

     Who signs: the voter, a ballot, or they send it themselves. Who pays: the sender.
     Who can lie: the steward may ask a leading question, under the hash of its text,
     for all to read, and cannot touch a ballot. A carrier may drop a ballot, which its
     voter sees and sends alone; it can change none. Nobody else can say anything here.
@custom:security security@cercle.example
@custom:kill The Charter pauses or retires it: no poll is opened any more. Votes in open
             polls go on to their close, and nothing stops them.
"""

from ..interfaces import IGate
from ..interfaces import IPolls

implements: IGate
implements: IPolls

from ..common import limits
from ..common import signatures

initializes: signatures

from ..common import wing

initializes: wing

from . import ballot_box

initializes: ballot_box

from ..interfaces import ICharter
from ..interfaces import IElectorate

exports: (
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
    wing.halt_until,
    wing.retire,
    wing.charter,
    wing.halted_until,
)


# ---- constants and immutables -----------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

BALLOT_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,uint256 sequence,uint256 deadline)"
)

# The header: is_approval 1 | is_withdrawn 1 | option_count 8 | snapshot 40 | closes_at 40.
TIME_MASK: constant(uint256) = 2**40 - 1
SNAPSHOT_AT: constant(uint256) = 40
COUNT_AT: constant(uint256) = 80
COUNT_MASK: constant(uint256) = 2**8 - 1
WITHDRAWN: constant(uint256) = 2**88
APPROVAL: constant(uint256) = 2**89

# A ballot's first word: voter 160 | choice 48 | sequence 8 | deadline 40.
VOTER_AT: constant(uint256) = 96
CHOICE_AT: constant(uint256) = 48
CHOICE_MASK: constant(uint256) = 2**48 - 1
SEQUENCE_AT: constant(uint256) = 40
SEQUENCE_MASK: constant(uint256) = 2**8 - 1
UNITS_MASK: constant(uint256) = 2**128 - 1

ELECTORATE: public(immutable(IElectorate))


# ---- structs ------------------------------------------------------------------------

struct Record:
    header: uint256
    content_hash: bytes32


struct Box:  # a poll, as a batch of ballots needs it
    poll_id: uint256
    choice_bits: uint256
    option_count: uint256
    is_single: bool
    content_hash: bytes32
    domain: bytes32


# ---- storage ------------------------------------------------------------------------

poll_count: public(reentrant(uint256))

_records: HashMap[uint256, Record]


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
    signatures.__init__("Cercle Polls", "1")
    ELECTORATE = electorate_


# ---- external: stewards ---------------------------------------------------------------

@external
def open_poll(
    content_hash: bytes32, kind: IPolls.Kind, option_count: uint256, closes_at: uint256
) -> uint256:
    """
    @notice Put a question to the members.
    @param content_hash The keccak256 of the question and its options, in all languages.
    @param kind SINGLE: a ballot picks one option; APPROVAL: any of them, or none.
    @param option_count How many options the text holds, 2 to 32.
    @param closes_at The first second in which no vote is taken any more.
    @return The poll's number, counted from 1.
    """
    wing._require_running()
    wing._require_role(ICharter.Role.STEWARD)
    assert content_hash != empty(bytes32), "polls: empty content"
    assert kind == IPolls.Kind.SINGLE or kind == IPolls.Kind.APPROVAL, "polls: one kind"
    assert option_count >= limits.MIN_OPTIONS, "polls: too few options"
    assert option_count <= limits.MAX_OPTIONS, "polls: too many options"
    assert closes_at >= block.timestamp + limits.MIN_POLL, "polls: too short"
    assert closes_at <= block.timestamp + limits.MAX_POLL, "polls: too long"

    poll_id: uint256 = self.poll_count + 1
    snapshot: uint256 = block.timestamp - 1
    self.poll_count = poll_id
    header: uint256 = option_count << COUNT_AT | snapshot << SNAPSHOT_AT | closes_at
    if kind == IPolls.Kind.APPROVAL:
        header |= APPROVAL
    self._records[poll_id].header = header
    self._records[poll_id].content_hash = content_hash
    log IPolls.PollOpened(
        poll_id=poll_id,
        steward=msg.sender,
        content_hash=content_hash,
        kind=kind,
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
    header: uint256 = self._open_header(poll_id)
    assert self._ballot_count(poll_id, header) == 0, "polls: has ballots"
    self._records[poll_id].header = header | WITHDRAWN
    log IPolls.PollWithdrawn(poll_id=poll_id)


# ---- external: members ----------------------------------------------------------------

@external
def vote(poll_id: uint256, option: uint256):
    """
    @notice Answer an open poll with one option, or change your answer to it.
    @dev No pause reaches this. The sequence stops at 127 and the ballot still counts.
    @param poll_id The poll.
    @param option The option's place in the text, counted from 1.
    """
    header: uint256 = self._open_header(poll_id)
    self._require_option(header, option)
    choice: uint256 = option - 1 if header & APPROVAL == 0 else 1 << (option - 1)
    self._cast(poll_id, header, self._voice(header, msg.sender), choice, 0)


@external
def vote_for(poll_id: uint256, options: DynArray[uint256, limits.MAX_OPTIONS]):
    """
    @notice Answer an open poll with the options you approve of, or change your answer.
    @dev No pause reaches this. The sequence stops at 127 and the ballot still counts.
    @param poll_id The poll.
    @param options Their places in the text, counted from 1, ascending. Under APPROVAL
           none at all is an answer too; under SINGLE it is exactly one.
    """
    header: uint256 = self._open_header(poll_id)
    choice: uint256 = self._choice(header, options)
    self._cast(poll_id, header, self._voice(header, msg.sender), choice, 0)


# ---- external: anyone, with what a member signed --------------------------------------

@external
def vote_by_signature(
    voter: address,
    poll_id: uint256,
    options: DynArray[uint256, limits.MAX_OPTIONS],
    sequence: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Cast a ballot that a member signed; contract wallets too.
    @param voter Who signed: any wallet of a member.
    @param poll_id The poll.
    @param options As in `vote_for`.
    @param sequence Higher than that of the ballot of theirs that counts; at most 127.
    @param deadline The last second in which the signature counts.
    @param signature The voter's, of `Ballot`.
    """
    header: uint256 = self._open_header(poll_id)
    signatures._require_live(deadline)
    choice: uint256 = self._choice(header, options)
    member_no: uint256 = self._voice(header, voter)
    signatures._require_signed(
        voter,
        keccak256(
            abi_encode(
                BALLOT_TYPE_HASH,
                voter,
                poll_id,
                self._records[poll_id].content_hash,
                self._list_hash(options),
                sequence,
                deadline,
            )
        ),
        signature,
    )
    # Sequence 0 stands for the next one, which only the member themselves may ask for.
    assert sequence != 0, "polls: stale ballot"
    self._cast(poll_id, header, member_no, choice, sequence)


@external
def vote_by_signatures(
    poll_id: uint256, ballots: DynArray[uint256[3], limits.MAX_BATCH]
) -> uint256:
    """
    @notice Cast many ballots that members signed with ordinary wallets. What cannot be
            counted is skipped, with an event that says why, and stops no other.
    @param poll_id The poll.
    @param ballots Of each ballot: voter 160 | choice 48 | sequence 8 | deadline 40; then
           the signature in the two words of ERC-2098. The choice is the option under
           SINGLE, and the options as bits under APPROVAL.
    @return A bitmap of those that count, the first one lowest.
    """
    header: uint256 = self._open_header(poll_id)
    assert len(ballots) != 0, "polls: no ballots"
    heads: DynArray[uint256, limits.MAX_BATCH] = []
    for ballot: uint256[3] in ballots:
        heads.append(ballot[0])
    voices: uint256[limits.MAX_BATCH] = staticcall ELECTORATE.owns(
        heads, (header >> SNAPSHOT_AT) & TIME_MASK
    )
    box: Box = Box(
        poll_id=poll_id,
        choice_bits=self._choice_bits(header),
        option_count=self._option_count(header),
        is_single=header & APPROVAL == 0,
        content_hash=self._records[poll_id].content_hash,
        domain=signatures.eip712_domain_separator._domain_separator_v4(),
    )
    tally: uint256[ballot_box.WORDS] = ballot_box._tally_words(poll_id, self._mark_count(header))
    counted: uint256 = 0
    for i: uint256 in range(len(ballots), bound=limits.MAX_BATCH):
        why: IPolls.Skip = empty(IPolls.Skip)
        old: uint256 = 0
        new: uint256 = 0
        why, old, new = self._cast_signed(box, heads[i], ballots[i][1], ballots[i][2], voices[i])
        if why != empty(IPolls.Skip):
            voter: address = convert(heads[i] >> VOTER_AT, address)
            log IPolls.BallotSkipped(poll_id=poll_id, voter=voter, index=i, why=why)
            continue
        counted |= 1 << i
        left: uint256 = old ^ new
        for which: uint256 in range(ballot_box.WORDS):
            if left == 0:
                break
            if left & 255 != 0:
                tally[which] = ballot_box._moved(tally[which], old, new)
            left >>= 8
            old >>= 8
            new >>= 8
    ballot_box._set_tally_words(poll_id, self._mark_count(header), tally)
    return counted


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
        kind=IPolls.Kind.SINGLE if header & APPROVAL == 0 else IPolls.Kind.APPROVAL,
        option_count=(header >> COUNT_AT) & COUNT_MASK,
        snapshot=(header >> SNAPSHOT_AT) & TIME_MASK,
        closes_at=header & TIME_MASK,
        state=state,
        tally=self._tally(poll_id, header),
        ballot_count=self._ballot_count(poll_id, header),
    )


@external
@view
@reentrant
def tally(poll_id: uint256) -> DynArray[uint256, limits.MAX_OPTIONS]:
    """
    @notice The count so far.
    @param poll_id The poll.
    @return The members behind each option, in the order of the text; under APPROVAL one
            member may stand behind several.
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
    @return The options as bits; and the ballot's sequence, 0 when they did not vote
            (127 stands for 127 and more). A signed ballot must have a higher one.
    """
    header: uint256 = self._records[poll_id].header
    cell: uint256 = self._cell(poll_id, header, member_no)
    bits: uint256 = self._choice_bits(header)
    if header & APPROVAL == 0:
        return ballot_box._single_marks(cell), cell >> bits
    return cell & ((1 << bits) - 1), cell >> bits


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
    return self._cell(poll_id, self._records[poll_id].header, member_no) != 0


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
    return self._cell(poll_id, header, staticcall ELECTORATE.member_no_of(passport_id)) != 0


# ---- internal: polls ----------------------------------------------------------------------

@internal
@view
def _header(poll_id: uint256) -> uint256:
    header: uint256 = self._records[poll_id].header
    assert header != 0, "polls: unknown poll"
    return header


@internal
@view
def _open_header(poll_id: uint256) -> uint256:
    header: uint256 = self._header(poll_id)
    assert self._is_open(header), "polls: not open"
    return header


@internal
@view
def _is_open(header: uint256) -> bool:
    # An empty header closed in 1970.
    return block.timestamp < header & TIME_MASK and header & WITHDRAWN == 0


@internal
@pure
def _option_count(header: uint256) -> uint256:
    return (header >> COUNT_AT) & COUNT_MASK


@internal
@pure
def _mark_count(header: uint256) -> uint256:
    """
    @dev How many marks the tally counts; see the ballot box.
    """
    count: uint256 = self._option_count(header)
    return count if header & APPROVAL == 0 else count + 1


@internal
@pure
def _choice_bits(header: uint256) -> uint256:
    return ballot_box.SINGLE_BITS if header & APPROVAL == 0 else self._option_count(header)


# ---- internal: ballots --------------------------------------------------------------------

@internal
@pure
def _require_option(header: uint256, option: uint256):
    assert option != 0 and option <= self._option_count(header), "polls: unknown option"


@internal
@pure
def _choice(header: uint256, options: DynArray[uint256, limits.MAX_OPTIONS]) -> uint256:
    """
    @dev Options as the poll's cells keep them.
    """
    choice: uint256 = 0
    last: uint256 = 0
    for option: uint256 in options:
        self._require_option(header, option)
        assert option > last, "polls: options not ascending"
        choice |= 1 << (option - 1)
        last = option
    if header & APPROVAL != 0:
        return choice
    assert len(options) == 1, "polls: one option only"
    return last - 1


@internal
@view
def _voice(header: uint256, voter: address) -> uint256:
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = staticcall ELECTORATE.own(voter, (header >> SNAPSHOT_AT) & TIME_MASK)
    assert member_no != 0 and units != 0, "polls: no voice"
    return member_no


@internal
@view
def _cell(poll_id: uint256, header: uint256, member_no: uint256) -> uint256:
    if header == 0:  # no poll: its number may be too large for the box's keys
        return 0
    return ballot_box._cell(poll_id, member_no, self._choice_bits(header))


@internal
def _cast(poll_id: uint256, header: uint256, member_no: uint256, choice: uint256, signed: uint256):
    """
    @dev Count a ballot; `signed` is its sequence, or 0 for the next one.
    """
    bits: uint256 = self._choice_bits(header)
    is_single: bool = header & APPROVAL == 0
    cell: uint256 = 0
    sequence: uint256 = 0
    cell, sequence = ballot_box._put(poll_id, member_no, bits, choice, signed)
    assert sequence != 0, "polls: stale ballot"
    old: uint256 = 0
    new: uint256 = 0
    old, new = self._tell(poll_id, member_no, bits, is_single, cell, choice, sequence)
    ballot_box._move(poll_id, old, new)


@internal
def _cast_signed(
    box: Box, head: uint256, r: uint256, vs: uint256, voice: uint256
) -> (IPolls.Skip, uint256, uint256):
    """
    @dev Take one ballot of a batch, or say why not, in the order of `vote_by_signature`;
         with the marks that the tally is to lose and to gain.
    """
    deadline: uint256 = head & TIME_MASK
    if block.timestamp > deadline:
        return IPolls.Skip.EXPIRED, 0, 0
    choice: uint256 = (head >> CHOICE_AT) & CHOICE_MASK
    options_hash: bytes32 = empty(bytes32)
    if box.is_single:
        if choice == 0 or choice > box.option_count:
            return IPolls.Skip.BAD_OPTIONS, 0, 0
        options_hash = keccak256(convert(choice, bytes32))
        choice = unsafe_sub(choice, 1)
    else:
        if choice >> box.option_count != 0:
            return IPolls.Skip.BAD_OPTIONS, 0, 0
        options_hash = self._list_hash(self._listed(choice))
    if voice >> 128 == 0 or voice & UNITS_MASK == 0:
        return IPolls.Skip.NO_VOICE, 0, 0
    signed: uint256 = (head >> SEQUENCE_AT) & SEQUENCE_MASK
    voter: address = convert(head >> VOTER_AT, address)
    struct_hash: bytes32 = keccak256(
        abi_encode(
            BALLOT_TYPE_HASH, voter, box.poll_id, box.content_hash, options_hash, signed, deadline
        )
    )
    if not signatures._has_signed_compact(voter, box.domain, struct_hash, r, vs):
        return IPolls.Skip.NOT_SIGNED, 0, 0
    if signed == 0:
        return IPolls.Skip.STALE, 0, 0
    cell: uint256 = 0
    sequence: uint256 = 0
    cell, sequence = ballot_box._put(box.poll_id, voice >> 128, box.choice_bits, choice, signed)
    if sequence == 0:
        return IPolls.Skip.STALE, 0, 0
    old: uint256 = 0
    new: uint256 = 0
    old, new = self._tell(
        box.poll_id, voice >> 128, box.choice_bits, box.is_single, cell, choice, sequence
    )
    return empty(IPolls.Skip), old, new


@internal
def _tell(
    poll_id: uint256,
    member_no: uint256,
    bits: uint256,
    is_single: bool,
    cell: uint256,
    choice: uint256,
    sequence: uint256,
) -> (uint256, uint256):
    """
    @dev Say what was put into a cell; returns the marks that the tally is to lose and gain.
    """
    old: uint256 = 0
    new: uint256 = choice
    took_part: uint256 = 0
    if is_single:
        old = ballot_box._single_marks(cell)
        new = 1 << choice
    elif cell == 0:
        took_part = 1 << bits
    else:
        old = cell & ((1 << bits) - 1)
    log IPolls.BallotCast(
        poll_id=poll_id,
        member_no=member_no,
        old_options=old,
        new_options=new,
        sequence=sequence,
    )
    return old, new | took_part


# ---- internal: what is signed --------------------------------------------------------------

@internal
@pure
def _list_hash(options: DynArray[uint256, limits.MAX_OPTIONS]) -> bytes32:
    """
    @dev As EIP-712 hashes an array: its words, one after the other.
    """
    return keccak256(slice(abi_encode(options), 64, len(options) * 32))


@internal
@pure
def _listed(bits: uint256) -> DynArray[uint256, limits.MAX_OPTIONS]:
    options: DynArray[uint256, limits.MAX_OPTIONS] = []
    for i: uint256 in range(limits.MAX_OPTIONS):
        if bits >> i == 0:
            break
        if (bits >> i) & 1 == 1:
            options.append(i + 1)
    return options


# ---- internal: the count ------------------------------------------------------------------

@internal
@view
def _tally(poll_id: uint256, header: uint256) -> DynArray[uint256, limits.MAX_OPTIONS]:
    counts: DynArray[uint256, limits.MAX_OPTIONS] = []
    for i: uint256 in range(self._option_count(header), bound=limits.MAX_OPTIONS):
        counts.append(ballot_box._tally_at(poll_id, i))
    return counts


@internal
@view
def _ballot_count(poll_id: uint256, header: uint256) -> uint256:
    if header & APPROVAL != 0:
        return ballot_box._tally_at(poll_id, self._option_count(header))
    count: uint256 = 0
    for i: uint256 in range(self._option_count(header), bound=limits.MAX_OPTIONS):
        count += ballot_box._tally_at(poll_id, i)
    return count
