"""An act as the call that carries it, tried on the newest state before anything is paid."""

from __future__ import annotations

from collections.abc import Sequence

from ..calls import Call
from ..errors import CallBroken, CercleError, Refused, SignatureExpired
from ..models import Head
from ..typed_data import carry
from ..values import Frozen
from .ballots import sort_by, sort_of
from .batches import signed_of
from .book import Act
from .parts import Parts
from .wire import ACCOUNT, AccountRequest


class TooCostly(CercleError):
    """This act takes more gas than the relayer pays for one of its kind."""

    code = "too_costly"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or "This takes more gas than the relayer pays for.")


class Prepared(Frozen):
    """A call that would pass now, its gas, and the acts it carries in their order."""

    call: Call
    gas: int
    acts: tuple[Act, ...]


def call_of(parts: Parts, act: Act) -> Call:
    """The call that carries one act.

    Raises:
        CannotCarry: The deployment is another than the one it was accepted under.
    """
    if act.struct == ACCOUNT:
        terms = AccountRequest.model_validate_json(act.payload).terms
        return parts.deployment.contract("PasskeyFactory").call("create", *terms)
    return carry(parts.deployment, signed_of(act))


def with_spare(gas: int) -> int:
    """The limit to set. What is not used is not paid, and state moves before it is mined.

    Two slots more than were tried: who leaves after somebody else in the same second writes into
    their checkpoint, a second later beside it.
    """
    return gas + gas // 4 + 50_000


def try_alone(parts: Parts, act: Act, head: Head) -> Prepared:
    """One act by itself.

    Raises:
        Refused: The contract would say no.
        TooCostly: It takes too much gas.
        ChainError: No node can say.
    """
    require_live(act, head)
    call, cap = call_of(parts, act), parts.settings.gas_cap(act.struct)
    try:
        gas = with_spare(parts.chain.simulate(call, parts.sender, cap))
    except CallBroken as error:
        raise TooCostly() from error
    if gas > cap:
        raise TooCostly()
    if (sort := sort_by(call.function)) and (no := sort.refusals(parts, [act], head)):
        raise no[act.id]  # it came alone, by a call that skips in silence
    return Prepared(call=call, gas=gas, acts=(act,))


def require_live(act: Act, head: Head) -> None:
    """Refuse an act past its deadline: not every contract looks at one."""
    told = {} if act.struct == ACCOUNT else signed_of(act).message.message
    if head.timestamp > told.get("deadline", head.timestamp):
        raise SignatureExpired()


def try_ballots(
    parts: Parts, acts: Sequence[Act], head: Head
) -> tuple[Prepared | None, dict[str, CercleError]]:
    """Ballots of one batch: what would pass, as one call, and why the others would not.

    Each is tried as if it were alone, in one request: so the contract itself says what is wrong
    with it, and it stops no other.
    """
    no = sort_of(acts[0]).refusals(parts, acts, head)
    good = [act for act in acts if act.id not in no]
    if not good:
        return None, no
    if len(good) == 1:
        return _lone(parts, good[0], head, no)
    try:
        return _together(parts, good, head), no
    except (Refused, ValueError) as error:  # the poll itself: it closed this second, say
        why = error if isinstance(error, Refused) else TooCostly(str(error))
        return None, no | dict.fromkeys((act.id for act in good), why)


def _lone(
    parts: Parts, act: Act, head: Head, no: dict[str, CercleError]
) -> tuple[Prepared | None, dict[str, CercleError]]:
    try:
        return try_alone(parts, act, head), no
    except (Refused, TooCostly) as error:
        return None, no | {act.id: error}


def _together(parts: Parts, acts: Sequence[Act], head: Head) -> Prepared:
    """As many as their gas allows; the rest wait for the next round."""
    call = sort_of(acts[0]).call(parts, acts, head)
    gas = with_spare(parts.chain.simulate(call, parts.sender))
    if gas > parts.settings.batch_gas_cap and len(acts) > 1:
        return _together(parts, acts[: len(acts) // 2], head)
    return Prepared(call=call, gas=gas, acts=tuple(acts))


__all__ = ["Prepared", "TooCostly", "call_of", "require_live", "try_alone", "try_ballots"]
