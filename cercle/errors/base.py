"""The trunk of the tree of errors."""

from __future__ import annotations

from typing import ClassVar


class CercleError(Exception):
    """Every error that this package raises on purpose; its text is one sentence for a person."""

    code: ClassVar[str] = "cercle"


class Refused(CercleError):
    """A contract said no. `reason` is its own word for it, `code` a name that never changes."""

    reason: ClassVar[str] = ""
    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "The contract refused, and did not say why."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.sentence)


class UnknownRefusal(Refused):
    """A contract said no for a reason that this version does not know."""

    code = "unknown_refusal"

    def __init__(self, raw: str = "") -> None:
        self.raw = raw
        super().__init__(f"The contract refused: {raw}." if raw else self.sentence)


class ChainError(CercleError):
    """The chain could not be asked, or its answer cannot be believed."""

    code = "chain"


class NodeUnreachable(ChainError):
    """No node answered."""

    code = "node_unreachable"


class WrongChain(ChainError):
    """A node serves another chain than the one that was meant."""

    code = "wrong_chain"


class NodeMisbehaved(ChainError):
    """A node answered what no honest node answers."""

    code = "node_misbehaved"


class DeploymentError(CercleError):
    """A deployment file is missing, broken or of another chain."""

    code = "deployment"


class PlanError(CercleError):
    """A plan cannot be carried out as it is written."""

    code = "plan"


class ContentError(CercleError):
    """A text of the content store cannot be used."""

    code = "content"


class ContentMissing(ContentError):
    """The content store does not hold a text under this hash."""

    code = "content_missing"


class ContentForged(ContentError):
    """What the content store holds is not what the hash names."""

    code = "content_forged"


class ContentRefused(ContentError):
    """A text is too long, too deep or of the wrong form."""

    code = "content_refused"


class ContentUnreachable(ContentError):
    """The folder of the content store does not answer."""

    code = "content_unreachable"
