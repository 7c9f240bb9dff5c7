"""The card: a person at one brand."""

from __future__ import annotations

from typing import Any

from ..chain import Chain
from ..contracts import Read
from ..deployments import Deployment
from ..flags import Role
from ..models import Card, Head
from ..values import ZERO_ADDRESS, checksum, moment
from .rounds import Reader, ask, at_newest, millionths, second, whole


def card(chain: Chain, deployment: Deployment, account: str, block: Head | None = None) -> Card:
    """A person at this brand, by any of their wallets. A stranger has an empty card.

    Args:
        chain: Where to read.
        deployment: The brand.
        account: One of the person's wallets; points are that wallet's.
        block: The block to read at; the newest if none is named.
    """
    wallet = checksum(account)
    view = ("card", deployment.address("Charter"), wallet)
    return at_newest(
        chain, block, lambda reader, head: _card(reader, deployment, wallet, head), *view
    )


def _card(chain: Reader, deployment: Deployment, account: str, head: Head) -> Card:
    membership, electorate = deployment.contract("Membership"), deployment.contract("Electorate")
    passport = deployment.contract("Passport")
    known = ask(
        chain,
        head,
        {
            "roles": deployment.contract("Charter").read("roles", account),
            "passport_id": passport.read("id_of", account),
            "member_of": membership.read("member_of", account),
            "tiers": membership.read("tiers"),
            "votes": electorate.read("getVotes", account),
            "delegate": electorate.read("delegates", account),
            **_points_questions(deployment, account),
        },
    )
    passport_id = int(known["passport_id"] or 0)
    questions: dict[str, Read] = {}
    if passport_id:
        questions = {
            "main": passport.read("wallet_of", passport_id),
            "member": membership.read("member", passport_id),
        }
    person = ask(chain, head, questions)
    fields: dict[str, Any] = {
        "head": head,
        "account": account,
        "roles": Role(known["roles"] or 0),
        "passport_id": passport_id,
        "main_wallet": _address(person.get("main")),
        "thresholds": tuple(known["tiers"] or ()),
        "votes": known["votes"] or 0,
        "delegate": _address(known["delegate"]),
    }
    return Card(**fields, **_points(known), **_member(person.get("member"), known))


def _points_questions(deployment: Deployment, account: str) -> dict[str, Read]:
    if not deployment.has("Points"):
        return {}
    points = deployment.contract("Points")
    asked = {view: points.read(view) for view in ("face_value", "currency", "decimals", "symbol")}
    return {"holder": points.read("holder", account), **asked}


def _points(known: dict[str, Any]) -> dict[str, Any]:
    if "holder" not in known:
        return {}
    holder, decimals = known["holder"], int(known["decimals"] or 0)
    return {
        "points": whole(holder["balance"], decimals),
        "points_last_active": moment(holder["last_active"]),
        "points_expire_at": moment(holder["expires_at"]) if holder["balance"] else None,
        "is_frozen": holder["is_frozen"],
        "points_symbol": known["symbol"] or "",
        "points_decimals": decimals,
        "face_value": millionths(known["face_value"] or 0),
        "currency": known["currency"] or "",
    }


def _member(member: dict[str, Any] | None, known: dict[str, Any]) -> dict[str, Any]:
    if member is None or not member["member_no"]:
        return {}
    return {
        "member_no": member["member_no"],
        "joined_at": moment(member["joined_at"]),
        "is_active": member["is_active"] and second(known["member_of"]) != 0,
        "standing": member["standing"],
        "tier": member["tier"],
        "tier_kept_until": moment(member["tier_kept_until"]),
        "counts_from": moment(member["counts_from"]),
    }


def _address(answer: str | None) -> str | None:
    return None if answer in (None, ZERO_ADDRESS) else answer


__all__ = ["card"]
