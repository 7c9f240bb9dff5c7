# pragma version ~=0.4.3
# pragma nonreentrancy on
# pragma optimize codesize
"""
@title Governor
@custom:contract-name Governor
@license AGPL-3.0-only
@author The Cercle authors
@notice Where the members of a brand decide what is done, and it is done: a proposal is
        made, waits, is voted on, is queued, waits again, and its calls are made from here.
        It holds the community's treasury and, after the hand-over, is ADMIN of the Charter.
@dev Proposal: pending -> active -> succeeded -> queued -> executed; or active -> defeated;
     or -> canceled, by its proposer while pending, or by the warden's veto until it is
     executed, where its class allows one. Nothing leads back.
     It speaks as OpenZeppelin's Governor 5.x does, down to the errors, and differs where
     docs/governor.md says. It has no owner: only its own proposals change its terms, in the
     Guard, and none that is made. It makes no delegatecall.
     Signs: a voter their ballot, or they send it. Pays: the sender.
     Lies: a proposer about what calls do, in the description; the calls are there to read.
     A carrier may drop a ballot, which its voter sees and sends alone. A target of a call
     may do anything that its code does: that code is pinned when it is proposed.
@custom:security security@cercle.example
@custom:kill Nothing stops it: no pause, halt or retirement. Until the office ends, the
             Charter's warden vetoes single proposals of the classes that allow it.
"""

from ethereum.ercs import IERC165

implements: IERC165

from ..interfaces import IGovernor

from ..common import limits
from ..common import receiver
from ..common import signatures

initializes: signatures

from . import ballots

initializes: ballots[signatures := signatures]

from . import counting

initializes: counting

from . import proposals

initializes: proposals[counting := counting]

from . import governor_errors
from . import terms
from ..interfaces import IElectorate
from ..interfaces import IGuard
from ..interfaces import IVotes

exports: (
    signatures.eip712_domain_separator.eip712Domain,
    ballots.nonces,
    ballots.BALLOT_TYPEHASH,
    ballots.EXTENDED_BALLOT_TYPEHASH,
    ballots.BALLOT_UNTIL_TYPE_HASH,
    receiver.onERC721Received,
    receiver.onERC1155Received,
    receiver.onERC1155BatchReceived,
)


# ---- constants ------------------------------------------------------------------

FIRST_CLASS: constant(uint256) = 1
COUNTING_MODE: public(constant(String[32])) = "support=bravo&quorum=for,abstain"

SUPPORTED: constant(bytes4[4]) = [
    0x01ffc9a7,  # ERC-165
    0xcdbdfcee,  # IGovernor of 5.7
    0x65455a86,  # IGovernor before it had getProposalId
    0x4e2312e0,  # receives ERC-1155
]

SUFFIX: constant(uint256) = 52  # of "#proposer=0x" and forty digits

# A ballot's first word in a batch: voter 160 | nothing 48 | support 8 | deadline 40.
VOTER_AT: constant(uint256) = 96
SUPPORT_AT: constant(uint256) = 40
SUPPORT_MASK: constant(uint256) = 2**56 - 1  # with the nothing, which must be nothing
TIME_MASK: constant(uint256) = 2**40 - 1
VOTES_MASK: constant(uint256) = 2**128 - 1


# ---- immutables -----------------------------------------------------------------

ELECTORATE: immutable(IElectorate)


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    name_: String[50],
    electorate_: IElectorate,
    guard_: IGuard,
):
    """
    @notice Open the place where a brand's members decide.
    @param name_ Its name, which wallets show to who signs a ballot.
    @param electorate_ The brand's Electorate, which says who has how many votes.
    @param guard_ The Guard that bounds it, bound to no other.
    """
    assert electorate_.address != empty(address), "governor: zero electorate"
    signatures.__init__(name_, "1")
    proposals.__init__(guard_)
    ELECTORATE = electorate_
    extcall guard_.bind()


# ---- external: proposals ------------------------------------------------------------

@external
@reentrant
def propose(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    description: String[limits.MAX_DESCRIPTION],
    class_id: uint256 = FIRST_CLASS,
) -> uint256:
    """
    @notice Propose that calls be made from here.
    @dev No lock: what is asked of strangers' code (the implementation it names) is asked
         by a static call.
    @param targets Whom to call, in order.
    @param values How much of the chain's coin goes along with each.
    @param calldatas What to call: a selector and its arguments.
    @param description For the voters; one that ends in "#proposer=0x..." is that account's
           alone to propose.
    @param class_id The class whose terms apply, and whose scopes must allow each call.
    @return The proposal's id, as `hashProposal` tells it.
    """
    if len(description) >= SUFFIX and not self._may_propose(description):
        governor_errors._restricted_proposer(msg.sender)
    count: uint256 = len(targets)
    if count == 0 or count != len(values) or count != len(calldatas):
        governor_errors._invalid_length(count, len(calldatas), len(values))
    word: uint256 = 0
    signatures_: DynArray[String[1], limits.MAX_ACTIONS] = []
    for i: uint256 in range(count, bound=limits.MAX_ACTIONS):
        word = extcall proposals.GUARD.admit(class_id, targets[i], values[i], calldatas[i])
        signatures_.append("")
    threshold: uint256 = terms._threshold(word)
    if threshold != 0:
        votes: uint256 = self._votes_of(msg.sender, block.timestamp - 1)
        if votes < threshold:
            governor_errors._insufficient_votes(msg.sender, votes, threshold)
    proposal_id: uint256 = convert(
        keccak256(abi_encode(targets, values, calldatas, keccak256(description))), uint256
    )
    core: uint256 = proposals._cores[proposal_id]
    if core != 0:
        governor_errors._unexpected_state(proposal_id, proposals._state(proposal_id, core), 0)

    snapshot: uint256 = proposals._open(proposal_id, msg.sender, class_id, word)
    log IGovernor.ProposalCreated(
        proposalId=proposal_id,
        proposer=msg.sender,
        targets=targets,
        values=values,
        signatures=signatures_,
        calldatas=calldatas,
        voteStart=snapshot,
        voteEnd=snapshot + terms._voting_period(word),
        description=description,
    )
    if class_id != FIRST_CLASS:
        log IGovernor.ProposalClassed(proposal_id=proposal_id, class_id=class_id)
    return proposal_id


@external
def queue(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Let a proposal that has succeeded wait for its act; anybody may.
    @param targets As proposed.
    @param values As proposed.
    @param calldatas As proposed.
    @param descriptionHash The keccak256 of the description.
    @return The proposal's id.
    """
    proposal_id: uint256 = self._id(targets, values, calldatas, descriptionHash)
    eta: uint256 = proposals._queue(proposal_id)
    log IGovernor.ProposalQueued(proposalId=proposal_id, etaSeconds=eta)
    return proposal_id


@external
@payable
def execute(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Make the calls of a queued proposal whose time has come; anybody may. One that
            fails takes all of them back.
    @dev The code of each target is compared just before its call: what an earlier call of
         the same proposal exchanged is refused too, for a stranger's code may have run.
    @param targets As proposed.
    @param values As proposed.
    @param calldatas As proposed.
    @param descriptionHash The keccak256 of the description.
    @return The proposal's id.
    """
    proposal_id: uint256 = self._id(targets, values, calldatas, descriptionHash)
    core: uint256 = proposals._execute(proposal_id)
    word: uint256 = proposals._terms(core)
    proposed_at: uint256 = proposals._snapshot(core) - terms._voting_delay(word)
    before: uint256[limits.MAX_ASSETS + 1] = empty(uint256[limits.MAX_ASSETS + 1])
    if terms._is_bounded(word):
        before = staticcall proposals.GUARD.balances_of(self)
        before[0] -= msg.value  # what comes along was never the treasury's
    for i: uint256 in range(len(targets), bound=limits.MAX_ACTIONS):
        assert staticcall proposals.GUARD.is_same_code(
            targets[i], proposed_at, len(calldatas[i]) != 0
        ), "governor: code changed"
        raw_call(targets[i], calldatas[i], value=values[i])
    if terms._is_bounded(word):
        tally: uint256 = counting._tallies[proposal_id]
        extcall proposals.GUARD.spend(
            proposals._class_id(core),
            proposals._version(core),
            counting._turnout(tally),
            counting._supply(tally),
            before,
        )
    log IGovernor.ProposalExecuted(proposalId=proposal_id)
    return proposal_id


@external
def cancel(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice Take back a proposal of your own before the vote begins.
    @param targets As proposed.
    @param values As proposed.
    @param calldatas As proposed.
    @param descriptionHash The keccak256 of the description.
    @return The proposal's id.
    """
    proposal_id: uint256 = self._id(targets, values, calldatas, descriptionHash)
    core: uint256 = proposals._cores[proposal_id]
    if (
        proposals._state(proposal_id, core) != proposals.PENDING
        or proposals._proposer(core) != msg.sender
    ):
        governor_errors._unable_to_cancel(proposal_id, msg.sender)
    proposals._cancel(proposal_id)
    log IGovernor.ProposalCanceled(proposalId=proposal_id)
    return proposal_id


# ---- external: the warden -------------------------------------------------------------

@external
def veto(proposal_id: uint256, reason: String[limits.MAX_REASON]):
    """
    @notice Stop a proposal before it is executed, where its class allows that and while
            the warden's office lasts. A defeated one needs no veto.
    @param proposal_id The proposal.
    @param reason Why, for everybody to read.
    """
    assert len(reason) != 0, "governor: no reason"
    core: uint256 = proposals._cores[proposal_id]
    current: uint256 = proposals._state(proposal_id, core)
    stoppable: uint256 = (
        1 << proposals.PENDING
        | 1 << proposals.ACTIVE
        | 1 << proposals.SUCCEEDED
        | 1 << proposals.QUEUED
    )
    if stoppable >> current & 1 == 0:
        governor_errors._unexpected_state(proposal_id, current, stoppable)
    assert staticcall proposals.GUARD.may_veto(
        msg.sender, proposals._class_id(core), proposals._version(core)
    )  # dev: it refuses, with its reason
    proposals._cancel(proposal_id)
    log IGovernor.ProposalCanceled(proposalId=proposal_id)
    log IGovernor.ProposalVetoed(proposal_id=proposal_id, warden=msg.sender, reason=reason)


# ---- external: voters -----------------------------------------------------------------

@external
@reentrant
def castVote(proposalId: uint256, support: uint8) -> uint256:
    """
    @notice Vote on an active proposal, once and for good.
    @dev No lock: a vote asks the Electorate alone, which calls nobody but the Passport.
    @param proposalId The proposal.
    @param support 0 against, 1 in favour, 2 abstain.
    @return The votes that were counted.
    """
    weight: uint256 = 0
    deadline: uint256 = 0
    weight, deadline = self._cast(proposalId, msg.sender, support)
    log IGovernor.VoteCast(
        voter=msg.sender, proposalId=proposalId, support=support, weight=weight, reason=""
    )
    self._tell_extended(proposalId, deadline)
    return weight


@external
@reentrant
def castVoteWithReason(
    proposalId: uint256, support: uint8, reason: String[limits.MAX_REASON]
) -> uint256:
    """
    @notice Vote on an active proposal, once and for good, and say why.
    @param proposalId The proposal.
    @param support 0 against, 1 in favour, 2 abstain.
    @param reason Why.
    @return The votes that were counted.
    """
    return self._cast_with(proposalId, msg.sender, support, reason, b"")


@external
@reentrant
def castVoteWithReasonAndParams(
    proposalId: uint256,
    support: uint8,
    reason: String[limits.MAX_REASON],
    params: Bytes[limits.MAX_PARAMS],
) -> uint256:
    """
    @notice Vote on an active proposal, once and for good, say why and something besides.
    @param proposalId The proposal.
    @param support 0 against, 1 in favour, 2 abstain.
    @param reason Why.
    @param params Anything; it changes nothing.
    @return The votes that were counted.
    """
    return self._cast_with(proposalId, msg.sender, support, reason, params)


# ---- external: anyone, with what a voter signed -----------------------------------------

@external
def castVoteBySig(
    proposalId: uint256,
    support: uint8,
    voter: address,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Cast a ballot that a voter signed; contract wallets too.
    @param proposalId The proposal.
    @param support 0 against, 1 in favour, 2 abstain.
    @param voter Who signed.
    @param signature Theirs, of `Ballot`.
    @return The votes that were counted.
    """
    ballots._require_ballot(proposalId, support, voter, b"", signature)
    return self._cast_with(proposalId, voter, support, "", b"")


@external
def castVoteWithReasonAndParamsBySig(
    proposalId: uint256,
    support: uint8,
    voter: address,
    reason: String[limits.MAX_REASON],
    params: Bytes[limits.MAX_PARAMS],
    signature: Bytes[limits.MAX_SIGNATURE],
) -> uint256:
    """
    @notice Cast a ballot with a reason that a voter signed; contract wallets too.
    @param proposalId The proposal.
    @param support 0 against, 1 in favour, 2 abstain.
    @param voter Who signed.
    @param reason Why.
    @param params Anything; it changes nothing.
    @param signature Theirs, of `ExtendedBallot`.
    @return The votes that were counted.
    """
    beside: Bytes[64] = concat(keccak256(reason), keccak256(params))
    ballots._require_ballot(proposalId, support, voter, beside, signature)
    return self._cast_with(proposalId, voter, support, reason, params)


@external
def cast_votes_by_signatures(
    proposal_id: uint256, ballots_: DynArray[uint256[3], limits.MAX_BATCH]
) -> uint256:
    """
    @notice Cast many ballots that voters signed with ordinary wallets. What cannot be
            counted is skipped, with an event that says why, and stops no other.
    @param proposal_id The proposal.
    @param ballots_ Of each ballot: voter 160 | nothing 48 | support 8 | deadline 40; then
           the signature, of `BallotUntil`, in the two words of ERC-2098.
    @return A bitmap of those that count, the first one lowest.
    """
    core: uint256 = proposals._cores[proposal_id]
    tally: uint256 = counting._tallies[proposal_id]
    proposals._require_active(proposal_id, core, tally)
    assert len(ballots_) != 0, "governor: no ballots"
    heads: DynArray[uint256, limits.MAX_BATCH] = []
    for ballot: uint256[3] in ballots_:
        heads.append(ballot[0])
    snapshot: uint256 = proposals._snapshot(core)
    voices: uint256[limits.MAX_BATCH] = staticcall ELECTORATE.ballots(heads, snapshot)
    domain: bytes32 = signatures.eip712_domain_separator._domain_separator_v4()
    after: uint256 = self._with_supply(tally, snapshot)
    counted: uint256 = 0
    for i: uint256 in range(len(ballots_), bound=limits.MAX_BATCH):
        voter: address = convert(heads[i] >> VOTER_AT, address)
        why: IGovernor.Skip = self._judge(
            proposal_id, heads[i], ballots_[i][1], ballots_[i][2], voices[i], domain
        )
        if why != empty(IGovernor.Skip):
            log IGovernor.BallotSkipped(proposal_id=proposal_id, voter=voter, index=i, why=why)
            continue
        counted |= 1 << i
        support: uint256 = (heads[i] >> SUPPORT_AT) & SUPPORT_MASK
        after = counting._counted(after, support, voices[i] & VOTES_MASK)
        log IGovernor.VoteCast(
            voter=voter,
            proposalId=proposal_id,
            support=convert(support, uint8),
            weight=voices[i] & VOTES_MASK,
            reason="",
        )
    if counted != 0:
        deadline: uint256 = self._set_tally(proposal_id, core, tally, after)
        self._tell_extended(proposal_id, deadline)
    return counted


# ---- external: anyone -----------------------------------------------------------------

@external
@payable
@reentrant
def __default__():
    """
    @notice Take the chain's coin into the treasury. A call of a function that is not here
            is refused.
    """
    assert len(msg.data) == 0, "governor: unknown call"


# ---- external: views ----------------------------------------------------------------

@external
@view
@reentrant
def name() -> String[50]:
    """
    @notice What wallets show to who signs a ballot.
    @return The name.
    """
    return signatures.eip712_domain_separator._NAME


@external
@view
@reentrant
def version() -> String[20]:
    """
    @notice The version of the domain that ballots are signed in.
    @return Its number.
    """
    return signatures.eip712_domain_separator._VERSION


@external
@view
@reentrant
def clock() -> uint48:
    """
    @notice The clock that proposals go by.
    @return Unix seconds.
    """
    return convert(block.timestamp, uint48)


@external
@pure
@reentrant
def CLOCK_MODE() -> String[14]:
    """
    @notice What the clock counts.
    @return ERC-6372's word for seconds.
    """
    return "mode=timestamp"


@external
@view
@reentrant
def charter() -> address:
    """
    @notice The constitution of the brand whose members decide here.
    @return The Charter.
    """
    return staticcall proposals.GUARD.charter()


@external
@view
@reentrant
def guard() -> address:
    """
    @notice What bounds the proposals: their classes, scopes, pins and seasons.
    @return The Guard.
    """
    return proposals.GUARD.address


@external
@view
@reentrant
def token() -> address:
    """
    @notice Who says how many votes somebody has: no token, but as the standard asks.
    @return The Electorate.
    """
    return ELECTORATE.address


@external
@pure
@reentrant
def hashProposal(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice The id of a proposal, by what is proposed.
    @param targets Whom to call.
    @param values How much of the chain's coin goes along with each.
    @param calldatas What to call.
    @param descriptionHash The keccak256 of the description.
    @return The id.
    """
    return self._id(targets, values, calldatas, descriptionHash)


@external
@pure
@reentrant
def getProposalId(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice The same as `hashProposal`.
    @param targets Whom to call.
    @param values How much of the chain's coin goes along with each.
    @param calldatas What to call.
    @param descriptionHash The keccak256 of the description.
    @return The id.
    """
    return self._id(targets, values, calldatas, descriptionHash)


@external
@view
@reentrant
def state(proposalId: uint256) -> uint8:
    """
    @notice Where a proposal stands.
    @param proposalId The proposal.
    @return 0 pending, 1 active, 2 canceled, 3 defeated, 4 succeeded, 5 queued, 7 executed.
    """
    return convert(proposals._state(proposalId, proposals._cores[proposalId]), uint8)


@external
@view
@reentrant
def proposalSnapshot(proposalId: uint256) -> uint256:
    """
    @notice Whose votes count on a proposal: those that were there in this second.
    @param proposalId The proposal.
    @return The second after which the vote begins; 0 for an unknown proposal.
    """
    return proposals._snapshot(proposals._cores[proposalId])


@external
@view
@reentrant
def proposalDeadline(proposalId: uint256) -> uint256:
    """
    @notice Until when a proposal is voted on.
    @param proposalId The proposal.
    @return The last second in which votes count; 0 for an unknown proposal.
    """
    return proposals._deadline(proposals._cores[proposalId], counting._tallies[proposalId])


@external
@view
@reentrant
def proposalProposer(proposalId: uint256) -> address:
    """
    @notice Who made a proposal.
    @param proposalId The proposal.
    @return The account; zero for an unknown proposal.
    """
    return proposals._proposer(proposals._cores[proposalId])


@external
@view
@reentrant
def proposalEta(proposalId: uint256) -> uint256:
    """
    @notice From when on a queued proposal may be executed.
    @param proposalId The proposal.
    @return Unix seconds; 0 if it is not queued.
    """
    return proposals._eta(proposals._cores[proposalId])


@external
@pure
@reentrant
def proposalNeedsQueuing(proposalId: uint256) -> bool:
    """
    @notice Whether a proposal waits between its vote and its act.
    @param proposalId Any proposal.
    @return True: each does.
    """
    return True


@external
@view
@reentrant
def proposalVotes(proposalId: uint256) -> (uint256, uint256, uint256):
    """
    @notice The count so far.
    @param proposalId The proposal.
    @return The votes against, in favour and abstaining.
    """
    tally: uint256 = counting._tallies[proposalId]
    return counting._lane(tally, 0), counting._lane(tally, 1), counting._lane(tally, 2)


@external
@view
@reentrant
def hasVoted(proposalId: uint256, account: address) -> bool:
    """
    @notice Whether the person behind an account has voted, from any of their wallets.
    @param proposalId The proposal.
    @param account Any wallet.
    @return True when they have.
    """
    number: uint256 = 0
    votes: uint256 = 0
    number, votes = staticcall ELECTORATE.ballot(account, block.timestamp - 1)
    return number != 0 and counting._has_voted(proposalId, number)


@external
@view
@reentrant
def votingDelay() -> uint256:
    """
    @notice How long after a proposal of the first class its snapshot is.
    @return Seconds.
    """
    return terms._voting_delay(self._first_terms())


@external
@view
@reentrant
def votingPeriod() -> uint256:
    """
    @notice How long a proposal of the first class is voted on.
    @return Seconds.
    """
    return terms._voting_period(self._first_terms())


@external
@view
@reentrant
def proposalThreshold() -> uint256:
    """
    @notice The votes that a proposer of the first class needs.
    @return Votes, a second before the proposal.
    """
    return terms._threshold(self._first_terms())


@external
@view
@reentrant
def lateQuorumVoteExtension() -> uint48:
    """
    @notice How long the first class's votes last, at least, once the quorum is reached.
    @return Seconds.
    """
    return convert(terms._late_extension(self._first_terms()), uint48)


@external
@view
@reentrant
def quorumNumerator() -> uint256:
    """
    @notice The quorum of the first class.
    @return Basis points of the votable supply.
    """
    return terms._quorum(self._first_terms())


@external
@view
@reentrant
def quorumDenominator() -> uint256:
    """
    @notice What a quorum is counted in.
    @return The basis points of a whole.
    """
    return terms.BASIS_POINTS


@external
@view
@reentrant
def quorum(timepoint: uint256) -> uint256:
    """
    @notice What the quorum of the first class would be, as it stands now.
    @param timepoint A past second.
    @return Votes.
    """
    supply: uint256 = staticcall IVotes(ELECTORATE.address).getPastTotalSupply(timepoint)
    return counting._quorum(supply, terms._quorum(self._first_terms()))


@external
@view
@reentrant
def quorum_of(proposal_id: uint256) -> uint256:
    """
    @notice The votes in favour and abstaining that a proposal needs.
    @param proposal_id A proposal whose snapshot is past.
    @return Votes.
    """
    core: uint256 = proposals._cores[proposal_id]
    supply: uint256 = counting._supply(
        self._with_supply(counting._tallies[proposal_id], proposals._snapshot(core))
    )
    return counting._quorum(supply, proposals._quorum(core))


@external
@view
@reentrant
def class_of(proposal_id: uint256) -> uint256:
    """
    @notice The class that a proposal was made in.
    @param proposal_id The proposal.
    @return The class; 0 for an unknown proposal.
    """
    return proposals._class_id(proposals._cores[proposal_id])


@external
@view
@reentrant
def getVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The votes of the person behind an account.
    @param account Any wallet.
    @param timepoint A past second.
    @return The votes delegated to them then.
    """
    return self._votes_of(account, timepoint)


@external
@view
@reentrant
def getVotesWithParams(
    account: address, timepoint: uint256, params: Bytes[limits.MAX_PARAMS]
) -> uint256:
    """
    @notice The same as `getVotes`.
    @param account Any wallet.
    @param timepoint A past second.
    @param params Anything; it changes nothing.
    @return The votes delegated to them then.
    """
    return self._votes_of(account, timepoint)


@external
@view
@reentrant
def supportsInterface(interface_id: bytes4) -> bool:
    """
    @notice The standards this contract keeps (ERC-165).
    @param interface_id The standard's id.
    @return True for ERC-165, OpenZeppelin's Governor and the receiver of ERC-1155.
    """
    return interface_id in SUPPORTED


# ---- internal: proposals ----------------------------------------------------------------

@internal
@pure
def _id(
    targets: DynArray[address, limits.MAX_ACTIONS],
    values: DynArray[uint256, limits.MAX_ACTIONS],
    calldatas: DynArray[Bytes[limits.MAX_ACTION], limits.MAX_ACTIONS],
    description_hash: bytes32,
) -> uint256:
    return convert(keccak256(abi_encode(targets, values, calldatas, description_hash)), uint256)


@internal
@view
def _may_propose(description: String[limits.MAX_DESCRIPTION]) -> bool:
    """
    @dev False where the description ends in "#proposer=" and another's address. What is no
         address binds nobody.
    """
    end: uint256 = len(description)
    if slice(description, end - SUFFIX, 12) != "#proposer=0x":
        return True
    digits: Bytes[40] = convert(slice(description, end - 40, 40), Bytes[40])
    named: uint256 = 0
    for i: uint256 in range(40):
        digit: uint256 = convert(slice(digits, i, 1), uint256)
        if digit >= 48 and digit <= 57:  # 0-9
            digit -= 48
        elif digit >= 97 and digit <= 102:  # a-f
            digit -= 87
        elif digit >= 65 and digit <= 70:  # A-F
            digit -= 55
        else:
            return True
        named = named << 4 | digit
    return named == convert(msg.sender, uint256)


@internal
@view
def _first_terms() -> uint256:
    return staticcall proposals.GUARD.word_of(FIRST_CLASS)


# ---- internal: votes --------------------------------------------------------------------

@internal
@view
def _votes_of(account: address, timepoint: uint256) -> uint256:
    number: uint256 = 0
    votes: uint256 = 0
    number, votes = staticcall ELECTORATE.ballot(account, timepoint)
    return votes


@internal
@view
def _with_supply(tally: uint256, snapshot: uint256) -> uint256:
    """
    @dev The first ballot writes down how many votes there are in all.
    """
    if counting._supply(tally) != 0:
        return tally
    return counting._with_supply(
        tally, staticcall IVotes(ELECTORATE.address).getPastTotalSupply(snapshot)
    )


@internal
def _cast(proposal_id: uint256, voter: address, support: uint8) -> (uint256, uint256):
    """
    @dev Count a ballot; returns its votes and, if it prolongs the vote, the new deadline.
    """
    core: uint256 = proposals._cores[proposal_id]
    tally: uint256 = counting._tallies[proposal_id]
    proposals._require_active(proposal_id, core, tally)
    snapshot: uint256 = proposals._snapshot(core)
    number: uint256 = 0
    weight: uint256 = 0
    number, weight = staticcall ELECTORATE.ballot(voter, snapshot)
    assert weight != 0, "governor: no votes"
    if not counting._takes_ballot(proposal_id, number):
        governor_errors._already_cast(voter)
    side: uint256 = convert(support, uint256)
    if side >= counting.SUPPORTS:
        governor_errors._invalid_vote_type()
    after: uint256 = counting._counted(self._with_supply(tally, snapshot), side, weight)
    return weight, self._set_tally(proposal_id, core, tally, after)


@internal
def _cast_with(
    proposal_id: uint256,
    voter: address,
    support: uint8,
    reason: String[limits.MAX_REASON],
    params: Bytes[limits.MAX_PARAMS],
) -> uint256:
    weight: uint256 = 0
    deadline: uint256 = 0
    weight, deadline = self._cast(proposal_id, voter, support)
    if len(params) == 0:
        log IGovernor.VoteCast(
            voter=voter, proposalId=proposal_id, support=support, weight=weight, reason=reason
        )
    else:
        log IGovernor.VoteCastWithParams(
            voter=voter,
            proposalId=proposal_id,
            support=support,
            weight=weight,
            reason=reason,
            params=params,
        )
    self._tell_extended(proposal_id, deadline)
    return weight


@internal
def _judge(
    proposal_id: uint256, head: uint256, r: uint256, vs: uint256, voice: uint256, domain: bytes32
) -> IGovernor.Skip:
    """
    @dev Take a ballot of a batch, or say why not; what is taken has its bit set.
    """
    deadline: uint256 = head & TIME_MASK
    if block.timestamp > deadline:
        return IGovernor.Skip.EXPIRED
    support: uint256 = (head >> SUPPORT_AT) & SUPPORT_MASK
    if support >= counting.SUPPORTS:
        return IGovernor.Skip.BAD_SUPPORT
    if voice & VOTES_MASK == 0:
        return IGovernor.Skip.NO_VOICE
    voter: address = convert(head >> VOTER_AT, address)
    if not ballots._has_signed_until(proposal_id, support, voter, deadline, domain, r, vs):
        return IGovernor.Skip.NOT_SIGNED
    if not counting._takes_ballot(proposal_id, voice >> 128):
        return IGovernor.Skip.ALREADY_VOTED
    return empty(IGovernor.Skip)


@internal
def _set_tally(proposal_id: uint256, core: uint256, before: uint256, after: uint256) -> uint256:
    """
    @dev Write the count; who reaches the quorum late prolongs the vote. Returns the new
         deadline then, else 0.
    """
    tally: uint256 = after
    deadline: uint256 = 0
    if counting._reaches_quorum(before, after, proposals._quorum(core)):
        extended: uint256 = block.timestamp + terms._late_extension(proposals._terms(core))
        due: uint256 = proposals._deadline(core, before)
        if extended > due:
            # Once only, so what it was extended by before is nothing.
            tally = counting._with_extension(after, extended - due)
            deadline = extended
    counting._tallies[proposal_id] = tally
    return deadline


@internal
def _tell_extended(proposal_id: uint256, deadline: uint256):
    if deadline != 0:
        log IGovernor.ProposalExtended(
            proposalId=proposal_id, extendedDeadline=convert(deadline, uint64)
        )
