"""Proposals and the ballots on them, made here and not by the code under test."""

from dataclasses import dataclass, replace
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.ballots import compact
from tests.signing import sign

DAY = 86_400
PENDING, ACTIVE, CANCELED, DEFEATED, SUCCEEDED, QUEUED, EXPIRED, EXECUTED = range(8)
AGAINST, IN_FAVOUR, ABSTAIN = range(3)
LATE, BAD_SUPPORT, NO_VOICE, ALREADY_VOTED, NOT_SIGNED = 1, 2, 4, 8, 16  # why one is skipped

BALLOT = "Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)"
EXTENDED = (
    "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,"
    "string reason,bytes params)"
)
UNTIL = "BallotUntil(uint256 proposalId,uint8 support,address voter,uint256 deadline)"

TERMS = (
    *("voting_delay", "voting_period", "late_extension", "queue_delay", "threshold"),
    *("quorum", "season_share", "is_bounded", "is_vetoable"),
)
# The first class asks much and may do anything; the second pays.
FIRST = (DAY, 3 * DAY, DAY, 2 * DAY, 1, 4_000, 0, False, False)
PAYING = (DAY, 2 * DAY, DAY, DAY, 1, 2_000, 5_000, True, True)


def terms(base=FIRST, **changed):
    """Terms of a class, some of them changed by their name."""
    words = dict(zip(TERMS, base, strict=True)) | changed
    return tuple(words[name] for name in TERMS)


def terms_set(guard, class_id, version, terms):
    """What is logged of a class that gets these terms."""
    return guard.TermsSet(
        class_id=class_id, version=version, **dict(zip(TERMS, terms, strict=True))
    )


@dataclass(frozen=True)
class Draft:
    """What is proposed: actions and a description."""

    actions: tuple[tuple[Any, int, bytes], ...]
    description: str = "Do it."

    @property
    def lists(self):
        """Targets, values and calls."""
        targets, values, calls = zip(*self.actions, strict=True) if self.actions else ((), (), ())
        return [str(getattr(one, "address", one)) for one in targets], list(values), list(calls)

    @property
    def proposed(self):
        """As `propose` takes it."""
        return *self.lists, self.description

    @property
    def named(self):
        """As `queue`, `execute` and `cancel` take it."""
        return *self.lists, keccak(text=self.description)

    @property
    def id(self):
        """As OpenZeppelin hashes it."""
        types = ["address[]", "uint256[]", "bytes[]", "bytes32"]
        return int.from_bytes(keccak(encode(types, self.named)), "big")

    def described(self, text):
        """The same with another description."""
        return replace(self, description=text)


def created(governor, draft, proposer, at, terms=FIRST):
    """What is logged of a new proposal."""
    targets, values, calls = draft.lists
    return governor.ProposalCreated(
        proposalId=draft.id,
        proposer=proposer,
        targets=targets,
        values=values,
        signatures=[""] * len(targets),
        calldatas=calls,
        voteStart=at + terms[0],
        voteEnd=at + terms[0] + terms[1],
        description=draft.description,
    )


def vote_cast(governor, voter, draft, support, weight=1, reason=""):
    """What is logged of a ballot that counts."""
    return governor.VoteCast(
        voter=voter, proposalId=draft.id, support=support, weight=weight, reason=reason
    )


def skipped(governor, draft, voter, index, why):
    """What is logged of one that does not."""
    return governor.BallotSkipped(proposal_id=draft.id, voter=voter, index=index, why=why)


def key_of(draft):
    """The key of a proposal's own nonces."""
    return draft.id & (2**192 - 1)


def own_nonce(draft):
    """The nonce that every ballot on this proposal may carry."""
    return key_of(draft) << 64


def sign_ballot(governor, draft, voter, support, nonce, /, *, signer=None, **differing):
    """OpenZeppelin's ballot."""
    words = {"proposalId": draft.id, "support": support, "voter": voter, "nonce": nonce}
    return sign(signer or voter, governor, BALLOT, **(words | differing))


def sign_until(governor, draft, voter, support, deadline, /, *, signer=None, **differing):
    """A ballot of a batch: its three words."""
    words = {"proposalId": draft.id, "support": support, "voter": voter, "deadline": deadline}
    signature = sign(signer or voter, governor, UNTIL, **(words | differing))
    return pack(voter, support, deadline, signature)


def pack(voter, support, deadline, signature):
    """voter 160 | nothing 48 | support 8 | deadline 40; r; vs."""
    account = int(getattr(voter, "address", voter), 16)
    return [account << 96 | support << 40 | deadline, *compact(signature)]
