"""One batched read a page, all of it at one block."""

from __future__ import annotations

from .chain import Chain
from .deployments import Deployment
from .models import BrandView, Card, Head, PerkView, PollView


def card(chain: Chain, deployment: Deployment, account: str, block: Head | None = None) -> Card:
    """A person at this brand, by one of their wallets. Never refuses: a stranger is empty."""
    raise NotImplementedError


def perks(
    chain: Chain, deployment: Deployment, account: str | None = None, block: Head | None = None
) -> tuple[PerkView, ...]:
    """Every perk, the newest first; with `account`, what it may claim and has claimed."""
    raise NotImplementedError


def polls(
    chain: Chain, deployment: Deployment, account: str | None = None, block: Head | None = None
) -> tuple[PollView, ...]:
    """Every poll, the newest first; with `account`, its voice and its choice."""
    raise NotImplementedError


def brand(chain: Chain, deployment: Deployment, block: Head | None = None) -> BrandView:
    """The brand as its Charter and its directory describe it."""
    raise NotImplementedError


__all__ = ["brand", "card", "perks", "polls"]
