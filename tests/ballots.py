"""Ballots that members sign, packed here and not by the code under test."""

from dataclasses import dataclass, replace
from typing import Any

from tests.signing import sign

TEXT = b"\x44" * 32
BALLOT = (
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,"
    "uint256 sequence,uint256 deadline)"
)
EXPIRED, BAD_OPTIONS, NO_VOICE, STALE, NOT_SIGNED = 1, 2, 4, 8, 16  # why one is skipped


def bits(*options):
    """Options as the contract tells them: the first one is the lowest bit."""
    return sum(1 << (option - 1) for option in options)


def cast(polls, poll, member_no, new, *, old=(), sequence=1):
    """What is logged of a ballot that counts."""
    return polls.BallotCast(
        poll_id=poll,
        member_no=member_no,
        old_options=bits(*old),
        new_options=bits(*new),
        sequence=sequence,
    )


def skipped(polls, poll, voter, index, why):
    """What is logged of one that does not."""
    return polls.BallotSkipped(poll_id=poll, voter=voter, index=index, why=why)


def compact(signature: bytes) -> list[int]:
    """65 bytes of r, s, v in the two words of ERC-2098."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    return [r, s | (signature[64] - 27) << 255]


@dataclass(frozen=True)
class Ballot:
    """What somebody carries: the words of a ballot and the signature on them."""

    voter: Any
    poll_id: int
    options: tuple[int, ...]
    sequence: int
    deadline: int
    signature: bytes = b""
    is_approval: bool = False

    def signed(self, polls, signer=None, **differing):
        """The same with a signature, of these words or of some that differ."""
        words = {
            "voter": self.voter,
            "poll_id": self.poll_id,
            "content_hash": TEXT,
            "options": list(self.options),
            "sequence": self.sequence,
            "deadline": self.deadline,
        }
        signature = sign(signer or self.voter, polls, BALLOT, **(words | differing))
        return replace(self, signature=signature)

    @property
    def arguments(self):
        """As `vote_by_signature` takes it."""
        options = list(self.options)
        rest = (self.sequence, self.deadline, self.signature)
        return self.voter, self.poll_id, options, *rest

    @property
    def choice(self):
        return bits(*self.options) if self.is_approval else self.options[0]

    @property
    def words(self):
        """As `vote_by_signatures` takes it."""
        return pack(self.voter, self.choice, self.sequence, self.deadline, self.signature)


def pack(voter, choice, sequence, deadline, signature):
    """A ballot of a batch: voter 160 | choice 48 | sequence 8 | deadline 40; r; vs."""
    account = int(getattr(voter, "address", voter), 16)
    return [account << 96 | choice << 48 | sequence << 40 | deadline, *compact(signature)]
