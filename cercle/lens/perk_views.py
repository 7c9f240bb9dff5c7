"""The perks: what is on the shelf, what I may claim and what I claimed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ..chain import Chain
from ..contracts import Contract, Read
from ..deployments import Deployment
from ..errors import PerkClosed, PerkNotOpenYet, PerkSoldOut, Refused
from ..flags import ClaimState, PerkKind
from ..gates import unpack_gate
from ..loyalty.words import MAX_LANES, claim_id_of, period_at
from ..models import ClaimView, GateView, Head, PerkView, VariantView
from ..values import checksum, hash_text, moment
from .rounds import ALL, Part, Reader, ask, ask_list, at_newest, first, second, whole

_GATE = Contract(
    "IGate",
    "0x" + "0" * 40,
    [
        {
            "type": "function",
            "name": "open_for",
            "inputs": [
                {"name": "passport_id", "type": "uint256"},
                {"name": "argument", "type": "uint96"},
            ],
            "outputs": [{"name": "", "type": "bool"}],
        }
    ],
)
_AN_ORDER = b"\x01" * 32
_PERIODS_BACK = 2  # besides the period that runs, those shown whatever became of their claims
_MOST_BACK = 31  # and of those whose claims may still wait


def perks(
    chain: Chain,
    deployment: Deployment,
    account: str | None = None,
    block: Head | None = None,
    part: Part = ALL,
) -> tuple[PerkView, ...]:
    """Every perk, or a part of them; the newest first.

    Args:
        chain: Where to read.
        deployment: The brand.
        account: Whose gates, claims and refusals to look up; nobody's if none is named.
        block: The block to read at; the newest if none is named.
        part: Which of them; all if nothing is said.
    """
    wallet = None if account is None else checksum(account)
    view = ("perks", deployment.address("Charter"), wallet, part)
    return at_newest(
        chain, block, lambda reader, head: _perks(reader, deployment, wallet, head, part), *view
    )


def _perks(
    chain: Reader, deployment: Deployment, account: str | None, head: Head, part: Part
) -> tuple[PerkView, ...]:
    others = {"decimals": deployment.contract("Points").read("decimals")}
    if account is not None:
        others["member"] = deployment.contract("Membership").read("member_of", account)
    rows, known = ask_list(
        chain, head, deployment.contract("Perks"), "perk_count", "perk", others, part
    )
    numbered = {number: row for number, row in rows.items() if row is not None}
    mine: dict[str, Any] = {}
    if account is not None:
        person = (first(known["member"]), second(known["member"]))
        if person[0] and not person[1]:  # who left keeps their claims, and what comes back
            number_of = deployment.contract("Membership").read("member_no_of", person[0])
            person = (person[0], int(ask(chain, head, {"number": number_of})["number"] or 0))
        questions: dict[str, Read] = {}
        for number, row in numbered.items():
            questions |= _personal(deployment, account, person, number, row, head)
        answers = chain.try_read(list(questions.values()), head)
        mine = dict(zip(questions, answers, strict=True))
    decimals = int(known["decimals"] or 0)
    return tuple(
        _view(deployment, number, row, head, decimals, mine, account is not None)
        for number, row in sorted(numbered.items(), reverse=True)
    )


def _personal(
    deployment: Deployment,
    account: str,
    person: tuple[int, int],
    number: int,
    row: Mapping[str, Any],
    head: Head,
) -> dict[str, Read]:
    """What one account asks about one perk: its gates, its claims, and would I be refused."""
    contract = deployment.contract("Perks")
    passport_id, member_no = person
    terms = row["terms"]
    variant = next((i for i, left in enumerate(_left(row)) if left > 0), 0)
    # What is sent is refused without an order; any stands for the one that is made later.
    order = _AN_ORDER if terms["kind"] == PerkKind.SHIP else bytes(32)
    asked = {f"{number}.refusal": contract.read("claim", number, variant, order, sender=account)}
    for index, gate in enumerate(terms["gates"]):
        asked[f"{number}.gate.{index}"] = Read(
            to=gate["gate"],
            data=_GATE.read("open_for", passport_id, gate["argument"]).data,
            outputs=_GATE.abi[0]["outputs"],
            label="IGate.open_for",
            is_foreign=True,
        )
    if member_no:
        # A perk closed by hand may have claims of the very second in which it closed.
        now = min(head.timestamp, terms["closes_at"])
        period = period_at(terms["opens_at"], terms["period"], now)
        for back in range(min(_periods_back(terms), period) + 1):
            for lane in range(MAX_LANES):
                claim_id = claim_id_of(number, member_no, period - back, lane)
                asked[f"{number}.claim.{claim_id}"] = contract.read("claim_of", claim_id)
    return asked


def _periods_back(terms: Mapping[str, Any]) -> int:
    """How many periods before the one that runs may hold a claim that still waits."""
    if not terms["period"]:
        return 0
    waiting: int = -(-terms["fulfil_within"] // terms["period"])
    return max(_PERIODS_BACK, min(waiting, _MOST_BACK))


def _view(
    deployment: Deployment,
    number: int,
    row: Mapping[str, Any],
    head: Head,
    decimals: int,
    mine: Mapping[str, Any],
    is_asked: bool,
) -> PerkView:
    terms = row["terms"]
    prefix = f"{number}.claim."
    claims = [
        claim_view(int(key.removeprefix(prefix)), answer)
        for key, answer in mine.items()
        if key.startswith(prefix) and not isinstance(answer, Refused)
    ]
    outcome = mine.get(f"{number}.refusal")
    refusal = type(outcome) if isinstance(outcome, Refused) else None
    return PerkView(
        id=number,
        content_hash=hash_text(row["content_hash"]),
        kind=PerkKind(terms["kind"]),
        price=whole(terms["price"], decimals),
        opens_at=datetime.fromtimestamp(terms["opens_at"], UTC),
        closes_at=moment(terms["closes_at"]),
        period=timedelta(seconds=terms["period"]) if terms["period"] else None,
        limit=terms["limit"],
        fulfil_within=timedelta(seconds=terms["fulfil_within"]),
        gates=tuple(
            _gate(deployment, gate, mine.get(f"{number}.gate.{index}"))
            for index, gate in enumerate(terms["gates"])
        ),
        variants=tuple(
            VariantView(stock=stock, taken=taken, left=max(0, stock - taken))
            for stock, taken in zip(row["stock"], row["taken"], strict=True)
        ),
        my_claims=tuple(sorted(claims, key=lambda claim: (claim.claimed_at, claim.id))),
        refusal=refusal if is_asked else _for_anybody(row, head),
    )


def _left(row: Mapping[str, Any]) -> list[int]:
    return [stock - taken for stock, taken in zip(row["stock"], row["taken"], strict=True)]


def _for_anybody(row: Mapping[str, Any], head: Head) -> type[Refused] | None:
    """Why nobody can claim it now, whoever they are."""
    opens_at, closes_at = row["terms"]["opens_at"], row["terms"]["closes_at"]
    if head.timestamp >= closes_at or opens_at == closes_at:
        return PerkClosed
    if head.timestamp < opens_at:
        return PerkNotOpenYet
    return None if any(left > 0 for left in _left(row)) else PerkSoldOut


def _gate(deployment: Deployment, gate: Mapping[str, Any], answer: Any) -> GateView:
    question, value = unpack_gate(deployment, gate["gate"], int(gate["argument"]))
    is_open = None if answer is None else answer is True  # a broken gate is closed
    return GateView(
        gate=gate["gate"],
        argument=gate["argument"],
        question=question,
        value=value,
        is_open=is_open,
    )


def claim_view(claim_id: int, row: Mapping[str, Any]) -> ClaimView:
    """What `claim_of` answered."""
    state = ClaimState(row["state"])
    return ClaimView(
        id=claim_id,
        perk_id=row["perk_id"],
        member_no=row["member_no"],
        variant=row["variant"],
        serial=row["serial"],
        claimed_at=datetime.fromtimestamp(row["claimed_at"], UTC),
        deadline=datetime.fromtimestamp(row["deadline"], UTC),
        state=state,
        is_overdue=state == ClaimState.MISSED and row["held"] > 0,
    )


__all__ = ["claim_view", "perks"]
