"""What both pages are told at their start, and what both show of a person."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from cercle.gateway import wire
from cercle.gateway.client import GatewayClient, read_key

MOST_PERKS = 12
MOST_PARTS = 4  # of the perks; a gateway may go on for ever


def options(name: str, says: str | None, port: int) -> argparse.ArgumentParser:
    """What both take."""
    parser = argparse.ArgumentParser(prog=f"python -m examples.{name}", description=says)
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--gateway", default="http://127.0.0.1:8503", help="where it is")
    parser.add_argument("--caller", required=True, help="the name it knows us by")
    parser.add_argument("--key", type=Path, required=True, help="file of our private key")
    return parser


def client_of(told: argparse.Namespace) -> GatewayClient:
    """The gateway, asked as ourselves."""
    return GatewayClient(told.gateway, told.caller, read_key(told.key.read_text()))


def shop(client: GatewayClient) -> dict[str, Any]:
    """The brand, as a page heads itself."""
    brand = client.brand().brand
    return {
        "name": brand.name or brand.brand,
        "motto": words(brand.motto),
        "tiers": [words(tier.name) for tier in brand.tiers],
    }


def person(member: wire.Member) -> dict[str, Any]:
    """Whom a page greets: no wallet, for a page needs none."""
    tier = member.tier
    return {
        "is_member": member.is_member,
        "was_member": member.member_no is not None,
        "member_no": member.member_no,
        "since": member.since.isoformat() if member.since else None,
        "tier": {"level": tier.level, "name": words(tier.name)} if tier else None,
        "next_tier_in": member.next_tier_in,
        "points": f"{member.points:f}",
    }


def offers(parts: Iterable[wire.PerksAnswer]) -> list[dict[str, Any]]:
    """The perks that are on the shelf: what waits for them first, then what fits them."""
    told = [
        {
            "id": perk.id,
            "name": words(perk.name),
            "description": words(perk.description),
            "price": f"{perk.price:f}",
            "can_claim": perk.can_claim,
            "refusal": perk.refusal,
            "tier": next(
                (
                    int(one.value)
                    for one in perk.gates
                    if one.question == "tier" and one.is_open is False
                ),
                None,
            ),
            "waiting": [
                {"variant": words(variant_of(perk, one)), "deadline": one.deadline.isoformat()}
                for one in perk.claims
            ],
        }
        for part in islice(parts, MOST_PARTS)
        for perk in part.perks
        if perk.can_claim or perk.claims or perk.refusal != "perk_closed"
    ]
    told.sort(key=lambda perk: (not perk["waiting"], not perk["can_claim"], perk["id"]))
    return told[:MOST_PERKS]


def read_at(read: wire.ReadAt) -> dict[str, Any]:
    """How old an answer is."""
    return {"block": read.block, "source": read.source}


def variant_of(perk: wire.Perk, claim: wire.Claim) -> wire.Words | None:
    """What exactly was claimed."""
    several = len(perk.variants) > 1 and claim.variant < len(perk.variants)
    return perk.variants[claim.variant].name if several else None


def words(text: wire.Words | None) -> dict[str, str] | None:
    return None if text is None else text.model_dump()


__all__ = ["client_of", "offers", "options", "person", "read_at", "shop", "variant_of", "words"]
