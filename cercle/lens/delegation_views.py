"""Who speaks for whom: one member's delegation, and everybody who speaks with votes."""

from __future__ import annotations

from collections.abc import Sequence

from ..chain import Chain
from ..contracts import Read
from ..decision_models import DelegateView, DelegationView
from ..deployments import Deployment
from ..events import read_events
from ..models import Head
from ..values import ZERO_ADDRESS, checksum, moment
from .rounds import Reader, ask, at_newest, first, second


def delegation(
    chain: Chain, deployment: Deployment, account: str, block: Head | None = None
) -> DelegationView:
    """Who speaks for somebody.

    Args:
        chain: Where to read.
        deployment: The brand.
        account: Any wallet of theirs.
        block: The block to read at; the newest if none is named.
    """
    wallet = checksum(account)
    view = ("delegation", deployment.address("Electorate"), wallet)
    return at_newest(
        chain, block, lambda reader, head: _delegation(reader, deployment, wallet, head), *view
    )


def _delegation(chain: Reader, deployment: Deployment, account: str, head: Head) -> DelegationView:
    electorate, passport = deployment.contract("Electorate"), deployment.contract("Passport")
    known = ask(
        chain,
        head,
        {
            "id": passport.read("id_of", account),
            "delegate": electorate.read("delegates", account),
            "votes": electorate.read("getVotes", account),
            "own": electorate.read("own", account, head.timestamp - 1),
        },
    )
    person = int(known["id"] or 0)
    more = ask(
        chain,
        head,
        {
            "delegation": electorate.read("delegation_of", person),
            "speaker": passport.read("id_of", known["delegate"] or ZERO_ADDRESS),
            "number": electorate.read(
                "ballot", known["delegate"] or ZERO_ADDRESS, head.timestamp - 1
            ),
        },
    )
    told = more["delegation"] or {}
    until = int(told.get("expires_at", 0))
    speaker = None if known["delegate"] in (None, ZERO_ADDRESS) else known["delegate"]
    return DelegationView(
        head=head,
        account=account,
        delegate=speaker,
        delegate_no=first(more["number"]),
        is_away=speaker is not None and more["speaker"] != person,
        expires_at=moment(until),
        is_expired=0 < until <= head.timestamp,
        own=second(known["own"]),
        votes=int(known["votes"] or 0),
    )


def delegates(
    chain: Chain,
    deployment: Deployment,
    block: Head | None = None,
    known: Sequence[str] | None = None,
) -> tuple[DelegateView, ...]:
    """Everybody who speaks with votes now; those with the most first.

    Args:
        chain: Where to read.
        deployment: The brand.
        block: The block to read at; the newest if none is named.
        known: Who may be one, if somebody has read that already; else the Electorate's events say.
    """
    if known is None:
        events = read_events(chain, deployment, "Electorate", "DelegateVotesChanged")
        known = [event.args["delegate"] for event in events]
    accounts = tuple(dict.fromkeys(checksum(one) for one in known))
    electorate = deployment.contract("Electorate")
    view = ("delegates", electorate.address, accounts)

    def read(reader: Reader, head: Head) -> tuple[DelegateView, ...]:
        questions: dict[str, Read] = {one: electorate.read("getVotes", one) for one in accounts}
        # Two wallets of one person speak with the same votes: told once, by the member's number.
        questions |= {
            f"person.{one}": electorate.read("ballot", one, head.timestamp - 1) for one in accounts
        }
        answers = ask(reader, head, questions)
        people: dict[int, DelegateView] = {}
        for one in accounts:
            votes = int(answers[one] or 0)
            if votes:
                number = first(answers[f"person.{one}"])
                found = DelegateView(account=one, votes=votes, member_no=number)
                people[number or int(one, 16)] = found
        return tuple(sorted(people.values(), key=lambda one: (-one.votes, one.account)))

    return at_newest(chain, block, read, *view)


__all__ = ["delegates", "delegation"]
