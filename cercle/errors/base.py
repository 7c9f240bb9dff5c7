"""The trunk of the tree of errors."""

from __future__ import annotations

import re
from typing import ClassVar

from eth_utils.crypto import keccak


class CercleError(Exception):
    """Every error that this package raises on purpose; its text is one sentence for a person."""

    code: ClassVar[str] = "cercle"


_BY_REASON: dict[str, type[Refused]] = {}
_BY_SELECTOR: dict[str, type[Refused]] = {}  # of OpenZeppelin's custom errors


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Refused(CercleError):
    """The contract refused.

    One subclass a revert reason: `reason` is the contract's own word for it, `code` a name that
    never changes, and the docstring's first line is the sentence for a person, in English. Where
    the contract speaks by a custom error, `error` is its signature instead.
    """

    reason: ClassVar[str] = ""
    error: ClassVar[str] = ""
    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "The contract refused."

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = _snake(cls.__name__)
        if cls.__doc__:  # gone under python -OO: the reason serves then
            cls.sentence = cls.__doc__.partition("\n")[0].strip()
        else:
            cls.sentence = f"The contract refused: {cls.reason or cls.error}."
        if cls.reason:
            _BY_REASON[cls.reason] = cls
        if cls.error:
            _BY_SELECTOR[keccak(text=cls.error)[:4].hex()] = cls

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.sentence)


class UnknownRefusal(Refused):
    """The contract refused, for a reason that this version does not know."""

    def __init__(self, raw: str = "") -> None:
        self.raw = raw[:200]
        super().__init__(f"The contract refused: {self.raw}." if raw else self.sentence)


def refusal(reason: str) -> Refused:
    """The refusal that a revert reason stands for, ready to be raised."""
    known = _BY_REASON.get(reason)
    return known() if known is not None else UnknownRefusal(reason)


def refusal_by_data(data: str) -> Refused | None:
    """The refusal that a custom error's bytes stand for; None for one that no class names.

    Args:
        data: What the call returned, in hexadecimal digits without 0x.
    """
    known = _BY_SELECTOR.get(data[:8])
    return known() if known is not None else None


def refusal_by_code(code: str) -> CercleError:
    """The error that a relayer names by its code, ready to be raised."""
    known: list[type[CercleError]] = [
        *_BY_REASON.values(),
        *_BY_SELECTOR.values(),
        RelayerUnreachable,
        RelayerBudget,
    ]
    return next((one for one in known if one.code == code), RelayerRefused)()


def known_refusals() -> dict[str, type[Refused]]:
    """Every refusal that has a class, by its reason."""
    return dict(_BY_REASON)


def known_custom_errors() -> dict[str, type[Refused]]:
    """Every refusal that a contract speaks as a custom error, by the error's signature."""
    return {kind.error: kind for kind in _BY_SELECTOR.values()}


class ChainError(CercleError):
    """The chain could not be asked, or its answer cannot be believed."""

    code = "chain"


class NodeUnreachable(ChainError):
    """No node answered."""

    code = "node_unreachable"


class WrongChain(ChainError):
    """A node serves another chain than the one that was meant."""

    code = "wrong_chain"


class BlockGone(ChainError):
    """A block is not, or no longer, on the chain: take the newest and read again."""

    code = "block_gone"


class CallBroken(ChainError):
    """A call runs out of gas, or breaks off without a word."""

    code = "call_broken"


class NotEnoughFunds(ChainError):
    """An account cannot pay what the network asks."""

    code = "not_enough_funds"


class NodeMisbehaved(ChainError):
    """A node answered what no honest node answers."""

    code = "node_misbehaved"


class RelayerError(CercleError):
    """Whoever carries signed acts did not take this one."""

    code = "relayer"


class RelayerUnreachable(RelayerError):
    """Nobody can send it for you at the moment: try again, or send it yourself."""

    code = "relayer_unreachable"


class RelayerMisbehaved(RelayerError):
    """Whoever carries signed acts answered nonsense: send it yourself."""

    code = "relayer_misbehaved"


class RelayerRefused(RelayerError):
    """This is not sent for you: send it yourself."""

    code = "relayer_refused"


class RelayerBudget(RelayerError):
    """Enough was sent for you for now: wait, or send it yourself.

    `retry_after` says how many seconds, if it is known.
    """

    code = "relayer_budget"

    def __init__(self, retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__("Enough was sent for you for now: wait, or send it yourself.")


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


class RecordError(CercleError):
    """A consent cannot be put in words, or its words cannot be trusted."""

    code = "record"


class NotInVocabulary(RecordError):
    """A purpose or a category that the vocabulary does not have, or none at all."""

    code = "not_in_vocabulary"


class RecordRefused(RecordError):
    """The terms of a consent are not those that its notice speaks of."""

    code = "record_refused"


class RecordForged(RecordError):
    """No wording of the notice gives the record that the person signed."""

    code = "record_forged"


class IndexFault(CercleError):
    """The index cannot be used as it is."""

    code = "index"


class IndexUnavailable(IndexFault):
    """The database of the index does not answer, or takes nothing."""

    code = "index_unavailable"


class IndexMissing(IndexFault):
    """There is no index where one was meant to be."""

    code = "index_missing"


class IndexBusy(IndexFault):
    """Another process writes to this index already."""

    code = "index_busy"


class IndexOutdated(IndexFault):
    """The index was made by another version, or for another list of contracts."""

    code = "index_outdated"


class IndexOfAnother(IndexFault):
    """The index holds another chain, or another brand."""

    code = "index_of_another"


class ReorgTooDeep(IndexFault):
    """The chain was rewritten further back than the index can follow."""

    code = "reorg_too_deep"


class PageUnknown(IndexFault):
    """A page of history was asked for by a mark that nobody gave out."""

    code = "page_unknown"
