"""Everything that may go wrong, as Python exceptions."""

from .base import (
    CercleError,
    ChainError,
    ContentError,
    ContentForged,
    ContentMissing,
    ContentRefused,
    ContentUnreachable,
    DeploymentError,
    NodeMisbehaved,
    NodeUnreachable,
    PlanError,
    Refused,
    UnknownRefusal,
    WrongChain,
)

__all__ = [
    "CercleError",
    "ChainError",
    "ContentError",
    "ContentForged",
    "ContentMissing",
    "ContentRefused",
    "ContentUnreachable",
    "DeploymentError",
    "NodeMisbehaved",
    "NodeUnreachable",
    "PlanError",
    "Refused",
    "UnknownRefusal",
    "WrongChain",
]
