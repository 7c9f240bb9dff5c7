"""Every guarded function asked as every known key: who is let in that should not be?"""

from __future__ import annotations

from collections.abc import Iterator

from ..chain import Chain
from ..contracts import Read
from ..deployments import Deployment
from ..errors import Refused, WingHalted
from ..flags import Role
from ..models import Head
from ..verification import Finding
from .guarded import GOVERNOR, GUARDED, SOMEBODY, WHO, Guarded


def tried(
    chain: Chain, deployment: Deployment, held: dict[str, Role], head: Head
) -> Iterator[Finding]:
    """Ask by `eth_call`, which changes nothing.

    Args:
        chain: Where to ask.
        deployment: The brand.
        held: The keys, and what each may do.
        head: The block to ask at.
    """
    there = [one for one in GUARDED if deployment.has(one.contract)]
    governor = deployment.address("Governor")
    # Somebody whom nobody knows is asked too: what is open to them is open to all.
    for account, roles in {**held, SOMEBODY: Role(0)}.items():
        outside = [one for one in there if not _may(one, account, roles, governor)]
        reads = [_as(deployment, one, account) for one in outside]
        answers = chain.try_read(reads, head)
        open_to = []
        for one, answer in zip(outside, answers, strict=True):
            if isinstance(answer, WHO):
                continue
            why = f" ({answer})" if isinstance(answer, Refused) else ""
            words = "could not be asked" if isinstance(answer, WingHalted) else "is not closed"
            open_to.append(f"{one.contract}.{one.function} {words}{why}")
        name = "a stranger" if account == SOMEBODY else account
        if open_to:
            yield Finding(name=name, is_right=False, sentence=f"To {name}, {'; '.join(open_to)}.")
        else:
            told = f"{name} is refused all {len(outside)} guarded functions outside its roles."
            yield Finding(name=name, is_right=True, sentence=told)


def _may(one: Guarded, account: str, roles: Role, governor: str) -> bool:
    if one.role == GOVERNOR or one.function == "extend_warden":
        return account == governor
    return one.role in roles


def _as(deployment: Deployment, one: Guarded, account: str) -> Read:
    asked = deployment.contract(one.contract).read(one.function, *one.arguments, sender=account)
    # What it would answer does not matter, only whether it refuses.
    return Read(to=asked.to, data=asked.data, outputs=(), label=asked.label, sender=account)


__all__ = ["tried"]
