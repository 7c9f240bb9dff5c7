"""What the events add up to, compared with what the contracts say at the same block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ...chain import Chain
from ...deployments import Deployment
from ...errors import BlockGone, IndexOfAnother, Refused
from ...models import Head
from ..sql_history import SqlHistory
from . import consents, members, perks, points, polls, roles, services, vaults, votes
from .books import Books, Question

CHUNK = 200  # questions in one request
_PARTS = (roles, members, points, polls, perks, votes, consents, vaults, services)


@dataclass(frozen=True)
class Difference:
    """Something of which index and chain say two things."""

    what: str
    index: object
    chain: object

    def __str__(self) -> str:
        return f"{self.what}: {self.index} by the events, {self.chain} on the chain"


@dataclass(frozen=True)
class Verdict:
    """What a comparison came to."""

    head: Head
    compared: int
    differences: tuple[Difference, ...]


def verify(
    url: str,
    deployment: Deployment,
    chain: Chain,
    tell: Callable[[int, int], None] = lambda done, all_: None,
) -> Verdict:
    """Compare an index with the chain, at the last block that the index has read.

    Args:
        url: The index.
        deployment: Whose it should be.
        chain: A node that still knows the state at that block: most know the last 128.
        tell: Is told how many questions of how many are answered.

    Raises:
        IndexFault: The index cannot be read, or stands on a block that is not on the chain.
        ChainError: No node answers, or none knows that block's state any more.
    """
    history = SqlHistory.open(url, deployment, chain)
    try:
        with history.snapshot() as connection:
            books = Books.open(connection, deployment)
            head = _block(chain, books.block, books.block_hash)
            questions = [question for part in _PARTS for question in part.questions(books, head)]
    finally:
        history.close()
    found: list[Difference] = []
    for start in range(0, len(questions), CHUNK):
        part = questions[start : start + CHUNK]
        found += _compare(chain, head, part)
        tell(start + len(part), len(questions))
    return Verdict(head, len(questions), tuple(found))


def _block(chain: Chain, number: int, expected: str) -> Head:
    try:
        head = chain.block(number)
    except BlockGone:
        head = None
    if head is None or head.hash != expected:
        raise IndexOfAnother(
            f"The index stands on a block {number} that is not on the chain: "
            "run `ape run index run`, and compare again."
        )
    return head


def _compare(chain: Chain, head: Head, questions: Sequence[Question]) -> Iterator[Difference]:
    answers = chain.try_read([question.read for question in questions], head)
    for question, answer in zip(questions, answers, strict=True):
        if isinstance(answer, Refused):
            yield Difference(question.what, question.expected, str(answer))
            continue
        told = question.take(answer)
        if not question.agrees(told):
            yield Difference(question.what, question.expected, told)


__all__ = ["Difference", "Verdict", "verify"]
