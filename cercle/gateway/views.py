"""What the SDK reads, as the gateway says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ..content import BrandDocument, PerkDocument, PollDocument
from ..deployments import Deployment
from ..index.history import Page, Served
from ..models import BrandView, Card, ClaimView, Head, PerkView, PollView
from ..values import ZERO_HASH
from . import told, wire


class _Pair(Protocol):
    @property
    def fr(self) -> str: ...
    @property
    def en(self) -> str: ...


def at_head(head: Head) -> wire.ReadAt:
    """Read on the chain itself."""
    return wire.ReadAt(
        source="chain", block=head.number, hash=head.hash, at=head.time, head=head.number
    )


def at_served(served: Served) -> wire.ReadAt:
    """Read by whoever tells the history."""
    return wire.ReadAt(
        source=served.source,
        block=served.block,
        head=served.head,
        behind=served.behind,
        seconds=max(0, served.seconds),
    )


def member(card: Card, text: BrandDocument | None) -> wire.Member:
    """A person, if there is one."""
    if not card.passport_id:
        return wire.Member(is_member=False)
    if not card.member_no:
        return wire.Member(passport_id=card.passport_id, is_member=False)
    steps = (0, *card.thresholds)
    return wire.Member(
        passport_id=card.passport_id,
        member_no=card.member_no,
        is_member=card.is_active,
        since=card.joined_at,
        tier=tier(card.tier, steps, text),
        tier_kept_until=card.tier_kept_until,
        standing=card.standing,
        next_tier_in=card.to_next_tier if card.next_threshold is not None else None,
        account=card.account,
        points=card.points,
        points_symbol=card.points_symbol,
        points_expire_at=card.points_expire_at,
        are_points_frozen=card.is_frozen,
    )


def tier(level: int, steps: Sequence[int], text: BrandDocument | None) -> wire.Tier:
    """A tier and its name."""
    names = text.tiers if text is not None else ()
    return wire.Tier(
        level=level,
        name=words(names[level]) if level < len(names) else None,
        standing=steps[level] if level < len(steps) else 0,
    )


def claim(view: ClaimView) -> wire.Claim:
    """A claim."""
    return wire.Claim(
        id=str(view.id),
        perk_id=view.perk_id,
        member_no=view.member_no,
        variant=view.variant,
        serial=view.serial,
        claimed_at=view.claimed_at,
        deadline=view.deadline,
        state=told.ClaimWord[view.state.name],
    )


def perk(view: PerkView, text: PerkDocument | None) -> wire.Perk:
    """A perk, as whom was asked about sees it."""
    return wire.Perk(
        id=view.id,
        name=words(text.name) if text else None,
        description=words(text.description) if text else None,
        kind=told.KindWord[view.kind.name],
        price=view.price,
        opens_at=view.opens_at,
        closes_at=view.closes_at,
        limit=view.limit,
        period_seconds=int(view.period.total_seconds()) if view.period else None,
        deliver_within_seconds=int(view.fulfil_within.total_seconds()),
        variants=tuple(
            wire.Variant(name=variant_name(text, place), stock=one.stock, left=one.left)
            for place, one in enumerate(view.variants)
        ),
        gates=tuple(
            wire.Gate(
                question=told.QuestionWord[gate.question.name],
                value=str(gate.value),
                is_open=gate.is_open,
            )
            for gate in view.gates
        ),
        can_claim=view.can_claim,
        refusal=view.refusal.code if view.refusal else None,
        reason=view.refusal.sentence if view.refusal else None,
        claims=tuple(claim(one) for one in view.my_claims if not one.is_settled),
    )


def variant_name(text: PerkDocument | None, place: int) -> wire.Words | None:
    """What a variant is called."""
    named = text is not None and place < len(text.variants)
    return words(text.variants[place]) if text is not None and named else None


def poll(view: PollView, text: PollDocument | None) -> wire.Poll:
    """A poll."""
    names = text.options if text and len(text.options) == view.option_count else ()
    return wire.Poll(
        id=view.id,
        question=words(text.question) if text else None,
        description=words(text.description) if text else None,
        is_approval=view.is_approval,
        state=told.PollWord[view.state.name],
        snapshot=view.snapshot,
        closes_at=view.closes_at,
        options=tuple(
            wire.Option(number=place + 1, name=words(names[place]) if names else None, count=count)
            for place, count in enumerate(view.tally)
        ),
        ballots=view.ballot_count,
    )


def brand(view: BrandView, deployment: Deployment, text: BrandDocument | None) -> wire.Brand:
    """The brand."""
    steps = (0, *view.thresholds)
    terms = view.points
    return wire.Brand(
        brand=deployment.brand,
        chain_id=deployment.chain_id,
        contracts={name: one.address for name, one in sorted(deployment.contracts.items())},
        name=text.name if text else None,
        motto=words(text.motto) if text else None,
        colour=text.colour if text else None,
        worlds=tuple(
            wire.World(id=one.id, name=words(one.name)) for one in (text.worlds if text else ())
        ),
        tiers=tuple(tier(level, steps, text) for level in range(len(steps))),
        members=view.active_count,
        points_name=terms.name if terms else "",
        points_symbol=terms.symbol if terms else "",
        points_decimals=terms.decimals if terms else 0,
        points_currency=terms.currency if terms else "",
        points_face_value=f"{terms.face_value:f}" if terms else "0",
    )


def history(page: Page) -> wire.HistoryAnswer:
    """A part of a history."""
    return wire.HistoryAnswer(
        happenings=tuple(
            wire.Happening(
                contract=one.event.contract,
                event=one.event.name,
                args={name: plain(value) for name, value in one.event.args.items()},
                at=one.at,
                block=one.event.block,
                tx_hash=one.event.tx_hash or ZERO_HASH,
                is_final=one.is_final,
            )
            for one in page.entries
        ),
        older=page.older,
        read=at_served(page.served),
    )


def words(pair: _Pair) -> wire.Words:
    """A text in both languages."""
    return wire.Words(fr=pair.fr, en=pair.en)


def plain(value: Any) -> Any:
    """A value of an event as it travels: numbers and bytes as text."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


__all__ = [
    "at_head",
    "at_served",
    "brand",
    "claim",
    "history",
    "member",
    "perk",
    "plain",
    "poll",
    "tier",
    "variant_name",
    "words",
]
