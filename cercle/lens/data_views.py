"""What became of a person's data: moves and who took note, what it earned, why results came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..chain import Chain
from ..consent import CATEGORIES, answers
from ..consent.views import Acknowledgement, DecisionView, IncomeView, MoveView
from ..contracts import Contract, Read
from ..deployments import Deployment
from ..limits import MONTH
from ..models import Head
from ..values import moment
from .rounds import Reader, ask, at_newest

Pairs = Sequence[tuple[int, int]]
_TOKEN = (
    {
        "type": "function",
        "name": "symbol",
        "stateMutability": "view",
        "inputs": [],
        "outputs": [{"name": "", "type": "string"}],
    },
    {
        "type": "function",
        "name": "decimals",
        "stateMutability": "view",
        "inputs": [],
        "outputs": [{"name": "", "type": "uint8"}],
    },
)


# ---- moves ------------------------------------------------------------------------------


def moves(
    chain: Chain,
    deployment: Deployment,
    passport_id: int,
    pairs: Pairs = (),
    block: Head | None = None,
) -> tuple[MoveView, ...]:
    """Each category of which the person told a change, and which company took note of it.

    Args:
        chain: Where to read.
        deployment: Where Records stands; without it there is nothing.
        passport_id: The person.
        pairs: The companies and purposes to ask about: those of the lines of their board.
        block: The block to read at; the newest if none is named.
    """
    asked = tuple(dict.fromkeys(pairs))
    view = ("moves", deployment.address("Charter"), passport_id, asked)
    return at_newest(
        chain,
        block,
        lambda reader, head: _moves(reader, deployment, passport_id, asked, head),
        *view,
    )


def _moves(
    chain: Reader, deployment: Deployment, passport_id: int, pairs: Pairs, head: Head
) -> tuple[MoveView, ...]:
    if not deployment.has("Records"):
        return ()
    book = deployment.contract("Records")
    reads = {str(one.bit): book.read("move_of", passport_id, one.bit) for one in CATEGORIES}
    told = ask(chain, head, reads)
    moved = [one.bit for one in CATEGORIES if told[str(one.bit)] and told[str(one.bit)]["version"]]
    questions = {
        f"{bit} {company} {purpose}": book.read(
            "acknowledgement", passport_id, company, purpose, bit
        )
        for bit in moved
        for company, purpose in pairs
    }
    answered = ask(chain, head, questions)
    return tuple(
        MoveView(
            category=bit,
            version=told[str(bit)]["version"],
            moved_at=moment(told[str(bit)]["moved_at"]),
            is_erased=told[str(bit)]["is_erased"],
            told=tuple(_told(answered, bit, pairs)),
        )
        for bit in moved
    )


def _told(
    answered: dict[str, Any], bit: int, pairs: Pairs
) -> Iterable[tuple[int, int, Acknowledgement]]:
    for company, purpose in pairs:
        word = Acknowledgement(answered[f"{bit} {company} {purpose}"] or 0)
        if word != Acknowledgement.NOTHING:
            yield company, purpose, word


# ---- what it earned -----------------------------------------------------------------------


def income(
    chain: Chain,
    deployment: Deployment,
    passport_id: int,
    priced: Pairs = (),
    block: Head | None = None,
    owners: Sequence[int] = (),
) -> IncomeView:
    """What a person's data earned, who shares it, and what reads cost.

    Args:
        chain: Where to read.
        deployment: Where the Vault stands, if there is one.
        passport_id: The person.
        priced: The purposes and categories whose prices are wanted.
        block: The block to read at; the newest if none is named.
        owners: Others who may owe the person a part, by passport.
    """
    asked = tuple(dict.fromkeys(priced))
    others = tuple(one for one in dict.fromkeys(owners) if one != passport_id)
    view = ("income", deployment.address("Charter"), passport_id, asked, others)
    return at_newest(
        chain,
        block,
        lambda reader, head: _income(reader, deployment, passport_id, asked, others, head),
        *view,
    )


def _income(
    chain: Reader,
    deployment: Deployment,
    passport_id: int,
    priced: Pairs,
    owners: Sequence[int],
    head: Head,
) -> IncomeView:
    if not deployment.has("Vault"):
        return IncomeView(head=head, token=None)
    vault = deployment.contract("Vault")
    questions: dict[str, Read] = {
        "token": vault.read("token"),
        "income": vault.read("income_of", passport_id),
        "due": vault.read("due", passport_id, passport_id),
        "shares": vault.read("shares_of", passport_id),
        "next": vault.read("next_shares_of", passport_id),
    }
    for purpose, category in priced:
        name = f"price {purpose} {category}"
        questions[name] = vault.read("price_of", passport_id, purpose, category)
    questions |= {f"part {one}": vault.read("due", one, passport_id) for one in owners}
    known = ask(chain, head, questions)
    token = Contract("token", known["token"], _TOKEN)
    words = ask(chain, head, {"symbol": token.read("symbol"), "decimals": token.read("decimals")})
    month, following = known["next"] or (0, ())
    return IncomeView(
        head=head,
        token=known["token"],
        symbol=words["symbol"] or "",
        decimals=words["decimals"] or 0,
        income=known["income"] or 0,
        due=known["due"] or 0,
        shares=_shares(known["shares"] or ()),
        next_shares=_shares(following) if month else None,
        next_from=moment(month * MONTH) if month else None,
        prices={
            pair: known[f"price {pair[0]} {pair[1]}"]
            for pair in priced
            if known[f"price {pair[0]} {pair[1]}"]
        },
        parts=tuple((one, known[f"part {one}"]) for one in owners if known[f"part {one}"]),
    )


def _shares(told: Sequence[dict[str, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((one["payee"], one["basis_points"]) for one in told)


# ---- why ------------------------------------------------------------------------------------


def decisions(
    chain: Chain, deployment: Deployment, numbers: Sequence[int], block: Head | None = None
) -> tuple[DecisionView, ...]:
    """Where the reasons of decisions stand; of whom they are, `cercle.consent` finds in events."""
    if not deployment.has("Decisions"):
        return ()
    asked = tuple(dict.fromkeys(numbers))
    book = deployment.contract("Decisions")
    questions = {f"decision {n}": book.read("decision_of", n) for n in asked}
    questions |= {f"state {n}": book.read("state", n) for n in asked}
    view = ("decisions", deployment.address("Charter"), asked)
    known = at_newest(chain, block, lambda reader, head: ask(reader, head, questions), *view)
    made = (answers.decision(n, known[f"decision {n}"], known[f"state {n}"]) for n in asked)
    return tuple(one for one in made if one is not None)


__all__ = ["decisions", "income", "moves"]
