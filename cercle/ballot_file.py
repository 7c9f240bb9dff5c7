"""Signed ballots from a file, a JSON line each, read strictly and cut into batches.

A line is a `SignedMessage`: what a member's wallet showed and what it answered. Anybody may carry
it: a brand whose relayer is down, or a club that has no relayer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from .calls import Call
from .deployments import Deployment
from .flags import PollKind
from .limits import MAX_BATCH
from .typed_data import SignedMessage, carry, carry_ballots, fits_a_batch, message


class BadBallotFile(ValueError):
    """The file does not read as signed ballots for this brand; says which line."""


@dataclass(frozen=True)
class Ballot:
    """A signed ballot, and the line that it stands in."""

    line: int
    signed: SignedMessage

    @property
    def voter(self) -> str:
        """Whose it is."""
        return self.signed.message.actor

    @property
    def poll_id(self) -> int:
        """Which poll it answers."""
        return int(self.signed.message.message["poll_id"])

    @property
    def sequence(self) -> int:
        """Its place among those of the same member."""
        return int(self.signed.message.message["sequence"])

    @property
    def fits_a_batch(self) -> bool:
        """Whether an ordinary wallet signed it; a contract wallet's travels alone."""
        return fits_a_batch(self.signed) and self.signed.message.is_signed_by(
            self.voter, self.signed.raw
        )


@dataclass(frozen=True)
class Load:
    """Ballots that travel together, in the order of their words."""

    call: Call
    ballots: tuple[Ballot, ...]


def read_ballots(path: Path, deployment: Deployment) -> list[Ballot]:
    """Every ballot of a file; empty lines and a ballot's second copy are passed over.

    Raises:
        BadBallotFile: The file cannot be read, or a line is no ballot for this brand's Polls.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as why:
        raise BadBallotFile(f"{path.name} is not UTF-8 text.") from why
    except OSError as why:
        raise BadBallotFile(f"{path.name} cannot be read: {why.strerror}.") from why
    found: dict[str, Ballot] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            signed = _signed(f"{path.name}, line {number}", line, deployment)
            found.setdefault(signed.model_dump_json(), Ballot(number, signed))
    if not found:
        raise BadBallotFile(f"{path.name} holds no ballot.")
    return list(found.values())


def loads(
    deployment: Deployment, ballots: Sequence[Ballot], kinds: Mapping[int, PollKind]
) -> Iterator[Load]:
    """The calls that carry these ballots, poll by poll, a hundred in one call where that goes.

    Args:
        deployment: The brand.
        ballots: What to carry. Lower sequences go first: so each finds the ones before counted.
        kinds: Of each poll, how a choice is written.
    """
    for poll_id in sorted({one.poll_id for one in ballots}):
        of_poll = [one for one in ballots if one.poll_id == poll_id]
        of_poll.sort(key=lambda one: one.sequence)
        together = [one for one in of_poll if one.fits_a_batch]
        for first in range(0, len(together), MAX_BATCH):
            batch = tuple(together[first : first + MAX_BATCH])
            is_approval = kinds[poll_id] is PollKind.APPROVAL
            signed = [one.signed for one in batch]
            yield Load(carry_ballots(deployment, signed, is_approval=is_approval), batch)
        for one in of_poll:
            if one not in together:
                yield Load(carry(deployment, one.signed), (one,))


def _signed(where: str, line: str, deployment: Deployment) -> SignedMessage:
    try:
        signed = SignedMessage.model_validate_json(line)
    except ValidationError as why:
        first = why.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadBallotFile(f"{where}: {place or 'the line'}: {first['msg']}.") from why
    if signed.struct != "Ballot":
        raise BadBallotFile(f"{where}: a {signed.struct[:40]!r} is no ballot.")
    try:
        expected = message(deployment, "Ballot", **signed.message.message)
    except (TypeError, ValueError) as why:
        raise BadBallotFile(f"{where}: {why}.") from why
    told = signed.message
    if (told.name, told.chain_id, told.contract) != (
        expected.name,
        expected.chain_id,
        expected.contract,
    ):
        raise BadBallotFile(f"{where}: this was signed for other polls than this brand's.")
    return signed.model_copy(update={"message": expected})


__all__ = ["BadBallotFile", "Ballot", "Load", "loads", "read_ballots"]
