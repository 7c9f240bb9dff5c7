"""What a node's answers must be before they are believed, and what to say when all nodes fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from .contracts import Read
from .errors import (
    BlockGone,
    CercleError,
    DeploymentError,
    NodeMisbehaved,
    NodeUnreachable,
    Refused,
    UnknownRefusal,
    WrongChain,
)
from .models import Head
from .reverts import explain
from .rpc import Answer, quantity
from .values import hash_text


def examine(raw: bytes, read: Read) -> bytes | Refused:
    """The bytes, if they are what the contract promises; a stranger's nonsense is a refusal."""
    try:
        if not raw and read.outputs:
            raise DeploymentError(
                f"There is no contract at {read.to} to answer {read.label}: "
                "the deployment file describes another state of this chain."
            )
        read.unpack(raw)
    except (DeploymentError, NodeMisbehaved):
        if not read.is_foreign:
            raise
        return UnknownRefusal(f"{read.label} answers nothing of its form")
    return raw


def head_of(answer: Answer, node: str) -> Head:
    """The block of an answer, if it has the form of one."""
    if "error" in answer:
        raise explain(answer["error"], node)
    block = answer["result"]
    if block is None:
        raise BlockGone("This block is not on the chain.")
    try:
        timestamp = quantity(block["timestamp"], node)
        return Head(
            number=quantity(block["number"], node),
            hash=hash_text(block["hash"]),
            timestamp=timestamp,
            time=datetime.fromtimestamp(timestamp, UTC),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise NodeMisbehaved(f"The node {node} answered a block of no form.") from error


def gravest(failures: Sequence[CercleError]) -> CercleError:
    """What to tell a person when every node failed."""
    for kind in (DeploymentError, WrongChain, BlockGone, NodeMisbehaved):
        for failure in failures:
            if isinstance(failure, kind):
                return failure
    if any(not isinstance(failure, NodeUnreachable) for failure in failures):
        return failures[0]
    return NodeUnreachable(" ".join(str(failure) for failure in failures))


__all__ = ["examine", "gravest", "head_of"]
