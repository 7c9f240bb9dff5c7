"""The polls: what is asked, how it stands, what I said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..chain import Chain
from ..contracts import Read
from ..deployments import Deployment
from ..flags import PollKind, PollState
from ..models import Head, PollView
from ..values import checksum, hash_text
from .rounds import ALL, Part, Reader, ask, ask_list, at_newest, first, second


def polls(
    chain: Chain,
    deployment: Deployment,
    account: str | None = None,
    block: Head | None = None,
    part: Part = ALL,
) -> tuple[PollView, ...]:
    """Every poll, or a part of them; the newest first.

    Args:
        chain: Where to read.
        deployment: The brand.
        account: Whose voice and choice to look up; nobody's if none is named.
        block: The block to read at; the newest if none is named.
        part: Which of them; all if nothing is said.
    """
    wallet = None if account is None else checksum(account)
    view = ("polls", deployment.address("Charter"), wallet, part)
    return at_newest(
        chain, block, lambda reader, head: _polls(reader, deployment, wallet, head, part), *view
    )


def _polls(
    chain: Reader, deployment: Deployment, account: str | None, head: Head, part: Part
) -> tuple[PollView, ...]:
    contract = deployment.contract("Polls")
    electorate = deployment.contract("Electorate")
    others: dict[str, Read] = {}
    if account is not None:
        others["member"] = deployment.contract("Membership").read("member_of", account)
    rows, known = ask_list(chain, head, contract, "poll_count", "poll", others, part)
    numbered = {number: row for number, row in rows.items() if row is not None}
    mine: dict[str, Any] = {}
    if account is not None:
        passport_id, member_no = first(known["member"]), second(known["member"])
        if passport_id and not member_no:  # who left keeps their ballot
            number_of = electorate.read("member_no_of", passport_id)
            member_no = int(ask(chain, head, {"number": number_of})["number"] or 0)
        questions: dict[str, Read] = {}
        for number, row in numbered.items():
            questions[f"{number}.own"] = electorate.read("own", account, row["snapshot"])
            if member_no:
                questions[f"{number}.ballot"] = contract.read("ballot_of", number, member_no)
        mine = ask(chain, head, questions)
    return tuple(
        _view(number, row, mine, account is not None)
        for number, row in sorted(numbered.items(), reverse=True)
    )


def _view(number: int, row: Mapping[str, Any], mine: dict[str, Any], is_asked: bool) -> PollView:
    own, ballot = mine.get(f"{number}.own"), mine.get(f"{number}.ballot")
    return PollView(
        id=number,
        content_hash=hash_text(row["content_hash"]),
        kind=PollKind(row["kind"]),
        option_count=row["option_count"],
        snapshot=datetime.fromtimestamp(row["snapshot"], UTC),
        closes_at=datetime.fromtimestamp(row["closes_at"], UTC),
        state=PollState(row["state"]),
        tally=tuple(row["tally"]),
        ballot_count=row["ballot_count"],
        my_options=_options(first(ballot)) if second(ballot) else None,
        has_voice=second(own) > 0 if is_asked else None,
        sequence=second(ballot),
    )


def _options(bits: int) -> tuple[int, ...]:
    return tuple(place + 1 for place in range(bits.bit_length()) if bits >> place & 1)


__all__ = ["polls"]
