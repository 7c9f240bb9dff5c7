"""A proposal as it is written: up to ten calls and a description, and the id that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from eth_utils.crypto import keccak
from pydantic import Field

from ..calls import Call
from ..codec import encode
from ..limits import MAX_ACTION, MAX_ACTIONS, MAX_DESCRIPTION
from ..values import Address, Frozen, Hash, checksum

FIRST_CLASS = 1
_SUFFIX = re.compile(r"#proposer=(0x[0-9a-fA-F]{40})\Z")
_HASHED = ("address[]", "uint256[]", "bytes[]", "bytes32")


class BadProposal(ValueError):
    """What is to be proposed cannot be; says in one sentence why."""


class Action(Frozen):
    """One call that the Governor is to make."""

    target: Address
    value: int = Field(default=0, ge=0, lt=2**256, description="wei that go along")
    data: str = Field(default="0x", pattern=r"^0x([0-9a-f]{2})*$")

    @classmethod
    def of(cls, call: Call) -> Action:
        """The same as somebody's own call would do."""
        return cls(target=call.to, value=call.value, data=call.data)

    @property
    def raw(self) -> bytes:
        """The call's bytes."""
        return bytes.fromhex(self.data[2:])


class Draft(Frozen):
    """What is proposed.

    Usage example::

        draft = Draft(actions=(build.accept_admin(deployment),), description="Take over.")
        call = acts.propose(deployment, draft.checked())
    """

    actions: tuple[Action, ...]
    description: str
    class_id: int = Field(default=FIRST_CLASS, ge=1)
    seal: Hash | None = Field(
        default=None, description="of a description whose bytes are no text; else it is hashed"
    )

    @property
    def lists(self) -> tuple[list[str], list[int], list[bytes]]:
        """Targets, amounts and calls, as the Governor takes them."""
        return (
            [one.target for one in self.actions],
            [one.value for one in self.actions],
            [one.raw for one in self.actions],
        )

    @property
    def description_hash(self) -> bytes:
        """What stands for the description once it is proposed."""
        if self.seal is not None:
            return bytes.fromhex(self.seal[2:])
        return bytes(keccak(self.description.encode("utf-8")))

    @property
    def named(self) -> tuple[Any, ...]:
        """What names it to `queue`, `execute` and `cancel`."""
        return *self.lists, self.description_hash

    @property
    def id(self) -> int:
        """The id that `hashProposal` tells."""
        return int.from_bytes(keccak(encode(_HASHED, self.named)), "big")

    @property
    def proposer(self) -> str | None:
        """Who alone may propose it; None: whoever has the votes."""
        found = _SUFFIX.search(self.description)
        return None if found is None else checksum(found.group(1).lower())

    def reserved_for(self, account: str) -> Draft:
        """The same, for one account alone to propose: so nobody takes its place and cancels."""
        text = _SUFFIX.sub("", self.description)
        named = f"{text}#proposer={checksum(account)}"
        return self.model_copy(update={"description": named, "seal": None})

    def checked(self) -> Draft:
        """Itself, if the Governor can take it.

        Raises:
            BadProposal: It is too long, or names nothing.
        """
        if not self.actions:
            raise BadProposal("A proposal needs at least one action.")
        if len(self.actions) > MAX_ACTIONS:
            raise BadProposal(
                f"A proposal has {MAX_ACTIONS} actions at most; this one has {len(self.actions)}."
            )
        for number, one in enumerate(self.actions, start=1):
            if len(one.raw) > MAX_ACTION:
                raise BadProposal(
                    f"A call has {MAX_ACTION:,} bytes at most; "
                    f"that of action {number} has {len(one.raw):,}."
                )
        size = len(self.description.encode("utf-8"))
        if not size:
            raise BadProposal("A proposal needs a description.")
        if size > MAX_DESCRIPTION:
            raise BadProposal(
                f"A description has {MAX_DESCRIPTION:,} bytes at most; this one has {size:,}."
            )
        return self


def draft_of(calls: Sequence[Call | Action], description: str, class_id: int = 1) -> Draft:
    """A checked draft from calls.

    Raises:
        BadProposal: It is too long, or names nothing.
    """
    actions = tuple(one if isinstance(one, Action) else Action.of(one) for one in calls)
    return Draft(actions=actions, description=description, class_id=class_id).checked()


__all__ = ["FIRST_CLASS", "Action", "BadProposal", "Draft", "draft_of"]
