"""What stands on the chain once a brand is handed over: admin, offices, directory, rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..chain import Chain
from ..contracts import Read
from ..core import entry_name, read_entry_name
from ..deployments import Deployment
from ..events import read_events
from ..flags import Right, Role
from ..models import Head
from ..rollout import DIRECTORY
from ..values import ZERO_ADDRESS, moment
from ..verification import Finding
from .keys import words


def of_the_admin(chain: Chain, deployment: Deployment, head: Head) -> Iterator[Finding]:
    """Whether the Governor is the admin, and nobody is about to be."""
    charter, governor = deployment.contract("Charter"), deployment.address("Governor")
    admin, pending, listed, is_sealed, until = chain.read(
        [
            charter.read("admin"),
            charter.read("pending_admin"),
            charter.read("entry", entry_name("governor")),
            charter.read("is_sealed"),
            charter.read("warden_until"),
        ],
        head,
    )
    yield _finding(
        "admin", admin == governor, "The Governor is the admin.", f"The admin is {admin}."
    )
    yield _finding(
        "pending admin",
        pending == ZERO_ADDRESS,
        "The office of admin is offered to nobody.",
        f"The office of admin is offered to {pending}, who may accept at any time.",
    )
    yield _finding(
        "governor",
        listed == governor,
        f"The directory names the Governor {governor}.",
        f"The directory names the governor {listed}, not {governor}.",
    )
    yield _finding(
        "seal", bool(is_sealed), "The Charter is sealed.", "The Charter is not sealed yet."
    )
    yield _warden(until, head)


def of_the_offices(held: dict[str, Role], governor: str) -> Iterator[Finding]:
    """What each key may do; admin is the Governor's alone."""
    for account, roles in held.items():
        is_right = Role.ADMIN not in roles or account == governor
        yield Finding(name=account, is_right=is_right, sentence=f"{account} may: {words(roles)}.")


def of_the_directory(chain: Chain, deployment: Deployment, head: Head) -> Iterator[Finding]:
    """Whether every name is a contract of this deployment, and what is announced for it."""
    charter = deployment.contract("Charter")
    count = int(chain.read([charter.read("entry_count")], head)[0])
    names = chain.read([charter.read("entry_name", place) for place in range(count)], head)
    reads: list[Read] = []
    for name in names:
        reads += [charter.read("entry", name), charter.read("replacement", name)]
    answers: list[Any] = chain.read(reads, head)
    for place, name in enumerate(names):
        entry, announced = answers[2 * place], answers[2 * place + 1]
        text = read_entry_name(name)
        ours = deployment.contracts.get(DIRECTORY.get(text, ""))
        yield _finding(
            text,
            ours is not None and ours.address == entry,
            f"{text} is {entry}, as recorded.",
            f"{text} is {entry}, which this deployment does not record.",
        )
        if announced["contract"] != ZERO_ADDRESS:
            when = moment(announced["effective_at"])
            told = f"{announced['contract']} may take the place of {text} from {when} on."
            yield Finding(name=text, is_right=False, sentence=told)


def of_the_points(chain: Chain, deployment: Deployment, head: Head) -> Iterator[Finding]:
    """Whether only contracts of the directory may make points or take them."""
    if not deployment.has("Points"):
        return
    points, charter = deployment.contract("Points"), deployment.contract("Charter")
    seen: dict[str, None] = {}
    for name in ("ContractRecognised", "RightsLost"):
        for event in read_events(chain, deployment, "Points", name, last=head.number):
            seen.setdefault(event.args["contract"])
    accounts = list(seen)
    reads = [points.read("holder", one) for one in accounts]
    reads += [charter.read("is_current", one) for one in accounts]
    answers: list[Any] = chain.read(reads, head)
    for place, account in enumerate(accounts):
        rights, is_current = Right(answers[place]["rights"]), answers[place + len(accounts)]
        if not rights:
            continue
        told = ", ".join(str(one.name).lower() for one in Right if one in rights)
        may_make = bool(rights & (Right.MINTER | Right.SPENDER))
        yield _finding(
            account,
            is_current or not may_make,
            f"{account}, in the directory, has rights over points: {told}.",
            f"{account}, not in the directory, has rights over points: {told}.",
        )


def _warden(until: int, head: Head) -> Finding:
    end = moment(until)
    told = "There is no warden's office."
    if end is not None:
        over = "has ended" if until <= head.timestamp else "ends by itself"
        told = f"The warden's office {over} on {end:%Y-%m-%d}; only a vote prolongs it."
    return Finding(name="warden", is_right=True, sentence=told)


def _finding(name: str, is_right: bool, right: str, wrong: str) -> Finding:
    return Finding(name=name, is_right=is_right, sentence=right if is_right else wrong)


__all__ = ["of_the_admin", "of_the_directory", "of_the_offices", "of_the_points"]
