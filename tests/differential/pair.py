"""Two Governors over one Electorate, ours and OpenZeppelin's: what a call comes to at each."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from eth_utils.crypto import keccak

from tests.differential.peer import peer_governor
from tests.drafts import BALLOT, DAY, EXTENDED, terms
from tests.invariant import governor_world as world
from tests.invariant.revm import Refused
from tests.refusals import refusal
from tests.signing import sign

HOUR = 3_600
TERMS = terms(
    voting_delay=HOUR, voting_period=DAY, late_extension=6 * HOUR, queue_delay=DAY,
    threshold=1, quorum=4_000,
)  # fmt: skip
VIEWS = (
    *("state", "proposalSnapshot", "proposalDeadline", "proposalEta", "proposalProposer"),
    *("proposalVotes", "proposalNeedsQueuing"),
)
EITHER = b"\xee" * 20  # stands for the Governor that was called
FAILED_CALL = bytes.fromhex(refusal("FailedCall()")[2:])
ALREADY_CAST = keccak(text="GovernorAlreadyCastVote(address)")[:4]
BAD_SIGNATURE = keccak(text="GovernorInvalidSignature(address)")[:4]
WRONG_TIME = keccak(text="GovernorUnexpectedProposalState(uint256,uint8,bytes32)")[:4]
BAD_SUPPORT = keccak(text="GovernorInvalidVoteType()")[:4]
BAD_LENGTH = keccak(text="GovernorInvalidProposalLength(uint256,uint256,uint256)")[:4]
FEW_VOTES = keccak(text="GovernorInsufficientProposerVotes(address,uint256,uint256)")[:4]


@dataclass(frozen=True)
class Answer:
    """What a call came to: what it gave back and logged, or the bytes of its refusal."""

    given: bytes = b""
    logged: tuple = ()
    refusal: bytes | None = None
    reason: str | None = field(default=None, compare=False)

    @property
    def is_done(self):
        return self.refusal is None


def build(project) -> SimpleNamespace:
    """Both, with the same terms and the same treasury."""
    stage = world.add_governor(project, world.build_electorate(project), [TERMS])
    delay, period, extension, queue_delay, threshold, quorum, *_ = TERMS
    words = (delay, period, threshold, quorum // 100, extension, queue_delay)
    peer = peer_governor()
    stage.peer = stage.ledger.deploy(peer, world.NAME, stage.electorate.address, *words)
    world.fund(stage, stage.peer)
    return stage


def ask(stage, governor, act, *words, sender) -> Answer:
    """Send, and tell it as if either Governor had one address."""
    own = bytes.fromhex(governor.address[2:])
    try:
        given = governor.send(act, *words, sender=sender)
    except Refused as refused:
        data = refused.data.replace(own, EITHER)
        # Intended: a call that fails without a word fails ours without a word.
        return Answer(refusal=b"" if data == FAILED_CALL else data, reason=str(refused))
    guard = stage.guard.address.lower()
    logged = tuple(
        (
            address.lower().replace(own.hex(), "either"),
            *(part.replace(own, EITHER) for part in parts),
        )
        for address, topics, data in governor.logged()
        if address.lower() != guard  # pins: OpenZeppelin has none
        for parts in [(*topics, data)]
    )
    return Answer(given, logged)


def signature(governor, draft_id, voter, support, nonce, beside=None, signer=None):
    """OpenZeppelin's ballot, or its extended one, for this Governor."""
    words = {"proposalId": draft_id, "support": support, "voter": voter.address, "nonce": nonce}
    if beside is None:
        return sign(signer or voter, governor, BALLOT, **words)
    reason, params = beside
    return sign(signer or voter, governor, EXTENDED, **words, reason=reason, params=params)


def told_of(governor, draft, now, people):
    """Everything that the standard's views say of a proposal."""
    own = bytes.fromhex(governor.address[2:])
    told = []
    asked = [(name, draft.id) for name in VIEWS]
    asked += [("hasVoted", draft.id, who) for who in people]
    asked += [("hashProposal", *draft.named), ("getProposalId", *draft.named)]
    snapshot = governor.view("proposalSnapshot", draft.id)
    for timepoint in {snapshot, now - 1}:
        asked += [("quorum", timepoint), *(("getVotes", who, timepoint) for who in people)]
    for name, *words in asked:
        try:
            answer = governor.view(name, *words)
            # Intended: a quorum of nothing is one vote here.
            told.append((name, max(1, answer) if name == "quorum" else answer))
        except Refused as refused:
            # The Electorate's own refusal of a moment to come: its words, of either.
            told.append((name, refused.data.replace(own, EITHER)))
    return told
