"""The brand: its constitution, its directory, its terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from .. import limits
from ..chain import Chain
from ..contracts import Contract, Read
from ..core import entry_name, read_entry_name
from ..deployments import Deployment
from ..models import BrandView, EntryView, Head, PointsTerms, RecentView, ReplacementView
from ..values import ZERO_ADDRESS, ZERO_HASH, hash_text, moment
from .rounds import Reader, ask, at_newest, millionths, whole

RETIRED = 2**256 - 1
_RECENTLY = 30 * limits.DAY
_NAMES = (
    "passport",
    "profile",
    "consent",
    "records",
    "vault",
    "decisions",
    "price_lists",
    "tariff",
    "agreements",
    "electorate",
    "membership",
    "points",
    "rewards",
    "perks",
    "polls",
    "governor",
)
_OTHER_NAMES = 12  # how many names of the directory are read without knowing them


def brand(chain: Chain, deployment: Deployment, block: Head | None = None) -> BrandView:
    """The brand as its Charter and the contracts of its directory describe it.

    Args:
        chain: Where to read.
        deployment: The brand.
        block: The block to read at; the newest if none is named.
    """
    view = ("brand", deployment.address("Charter"))
    return at_newest(chain, block, lambda reader, head: _brand(reader, deployment, head), *view)


def _brand(chain: Reader, deployment: Deployment, head: Head) -> BrandView:
    charter = deployment.contract("Charter")
    known = ask(chain, head, _first_round(deployment, charter, head))
    names = list(_NAMES)
    for index in range(min(int(known["entry_count"] or 0), _OTHER_NAMES)):
        name = read_entry_name(known[f"name.{index}"])
        if name not in names:
            names.append(name)
    questions: dict[str, Read] = {}
    for name in names:
        if f"entry.{name}" not in known:
            questions |= _entry_questions(charter, name)
        elif known[f"entry.{name}"] != ZERO_ADDRESS:
            questions[f"halt.{name}"] = _wing(known[f"entry.{name}"])
    known |= ask(chain, head, questions)

    profile = hash_text(known["profile"])
    caps = known.get("caps") or {}
    return BrandView(
        head=head,
        charter=charter.address,
        admin=known["admin"],
        pending_admin=None if known["pending"] == ZERO_ADDRESS else known["pending"],
        warden_until=moment(known["warden_until"]),
        is_sealed=known["is_sealed"],
        profile_hash=None if profile == ZERO_HASH else profile,
        entries=tuple(
            _entry(name, known, head)
            for name in names
            if known.get(f"entry.{name}") not in (None, ZERO_ADDRESS)
        ),
        points=_points(known) if deployment.has("Points") else None,
        thresholds=tuple(known.get("tiers") or ()),
        member_count=known.get("member_count") or 0,
        active_count=known.get("active_count") or 0,
        recent=_recent(known.get("recent"), head),
        open_door_per_day=caps.get("open_door_per_day", 0),
        admissions_per_day=caps.get("admissions_per_day", 0),
    )


def _first_round(deployment: Deployment, charter: Contract, head: Head) -> dict[str, Read]:
    questions = {
        "admin": charter.read("admin"),
        "pending": charter.read("pending_admin"),
        "warden_until": charter.read("warden_until"),
        "is_sealed": charter.read("is_sealed"),
        "profile": charter.read("profile"),
        "entry_count": charter.read("entry_count"),
    }
    questions |= {f"name.{i}": charter.read("entry_name", i) for i in range(_OTHER_NAMES)}
    for name in _NAMES:
        questions |= _entry_questions(charter, name)
    if deployment.has("Membership"):
        membership = deployment.contract("Membership")
        for view in ("tiers", "member_count", "active_count", "caps"):
            questions[view] = membership.read(view)
        # The contract counts by whole days: the same question all day long.
        first_day = max(0, head.timestamp - _RECENTLY) // limits.DAY
        questions["recent"] = membership.read("recent", first_day * limits.DAY)
    if deployment.has("Points"):
        points = deployment.contract("Points")
        for view in ("name", "symbol", "decimals", "face_value", "currency", "expiry_period"):
            questions[f"points.{view}"] = points.read(view)
        questions["points.supply"] = points.read("totalSupply")
    return questions


def _entry_questions(charter: Contract, name: str) -> dict[str, Read]:
    word = entry_name(name)
    return {
        f"entry.{name}": charter.read("entry", word),
        f"replacement.{name}": charter.read("replacement", word),
    }


def _wing(address: str) -> Read:
    return Contract("Polls", address).read("halted_until")  # every wing answers alike


def _entry(name: str, known: dict[str, Any], head: Head) -> EntryView:
    until = int(known.get(f"halt.{name}") or 0)  # what all brands share cannot be halted
    next_one = known[f"replacement.{name}"]
    replacement = None
    if next_one["contract"] != ZERO_ADDRESS:
        replacement = ReplacementView(
            contract=next_one["contract"],
            codehash=hash_text(next_one["codehash"]),
            effective_at=datetime.fromtimestamp(next_one["effective_at"], UTC),
        )
    return EntryView(
        name=name,
        contract=known[f"entry.{name}"],
        halted_until=moment(until) if until > head.timestamp else None,
        is_retired=until == RETIRED,
        replacement=replacement,
    )


def _points(known: dict[str, Any]) -> PointsTerms:
    decimals = int(known["points.decimals"])
    period = int(known["points.expiry_period"])
    return PointsTerms(
        name=known["points.name"],
        symbol=known["points.symbol"],
        decimals=decimals,
        face_value=millionths(known["points.face_value"]),
        currency=known["points.currency"],
        expiry_period=timedelta(seconds=period) if period else None,
        supply=whole(known["points.supply"], decimals),
    )


def _recent(answer: Any, head: Head) -> RecentView | None:
    if answer is None:
        return None
    joined, awards, standing = answer
    since = datetime.fromtimestamp(max(0, head.timestamp - _RECENTLY), UTC)
    return RecentView(since=since, joined=joined, awards=awards, standing=standing)


__all__ = ["RETIRED", "brand"]
