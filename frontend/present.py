"""Values of the SDK turned into what a member reads; no page does this by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from cercle.content import BrandDocument, PerkDocument, PollDocument
from cercle.flags import ClaimState, GateQuestion, PerkKind
from cercle.gates import read_consent
from cercle.index.course import padded
from cercle.index.history import PollCourse
from cercle.models import BrandView, Card, ClaimView, GateView, PerkView, PollView

from . import consented, i18n, public_facts
from .i18n import _, ngettext
from .look import colours
from .look.card import Face
from .public_facts import Fact
from .services import Community, Shown
from .states import plain


class Brand(BaseModel):
    """A brand as it presents itself."""

    model_config = ConfigDict(frozen=True)

    view: BrandView
    shown: Shown[BrandDocument]
    fallback: str

    @property
    def name(self) -> str:
        """Its name; raw."""
        return self.shown.document.name if self.shown.document else self.fallback

    @property
    def has_points(self) -> bool:
        """Whether there is anything to earn and to spend."""
        return self.view.points is not None

    @property
    def colour(self) -> str:
        return self.shown.document.colour if self.shown.document else colours.FALLBACK

    @property
    def motto(self) -> str:
        """Its motto, if it says one; raw."""
        document = self.shown.document
        return document.motto.in_language(i18n.language()) if document else ""

    @property
    def support(self) -> str:
        """When its staff answer, if it says so; raw."""
        document = self.shown.document
        return document.support_hours.in_language(i18n.language()) if document else ""

    def tier(self, number: int) -> str:
        """The name of a tier; raw."""
        document = self.shown.document
        if document and number < len(document.tiers):
            return document.tiers[number].in_language(i18n.language())
        return _("Tier {n}").format(n=number) if number else _("Member")

    def worth(self, amount: Decimal) -> str:
        """So many points at their face value, in money; nothing without points."""
        terms = self.view.points
        return i18n.money(amount * terms.face_value, terms.currency) if terms else ""


def brand(community: Community) -> Brand:
    view = community.brand()
    return Brand(
        view=view, shown=community.brand_text(view.profile_hash), fallback=community.brand_name()
    )


# ---- the card --------------------------------------------------------------------


def face(brand: Brand, card: Card | None) -> Face:
    """The membership card; a ghost of it for who has none."""
    is_member = card is not None and card.is_active
    return Face(
        brand=brand.name,
        colour=brand.colour,
        passport_id=card.passport_id if card else 0,
        tier=brand.tier(card.tier if card else 0) if is_member else _("Your card"),
        tier_no=card.tier if card and is_member else 0,
        tier_count=len(brand.view.thresholds),
        number_label=_("Member no."),
        number=str(card.member_no) if card and is_member else "—",
        since_label=_("Since"),
        since=i18n.month(card.joined_at) if card and card.joined_at and is_member else "—",
        is_ghost=not is_member,
    )


def face_alt(brand: Brand, card: Card | None) -> str:
    """The card, for who hears it."""
    if card is None or not card.is_active or card.joined_at is None:
        return _("The membership card of {brand}, still blank").format(brand=brand.name)
    return _("Membership card of {brand}: {tier}, member no. {n}, since {month}").format(
        brand=brand.name,
        tier=brand.tier(card.tier),
        n=card.member_no,
        month=i18n.month(card.joined_at),
    )


def tier_share(card: Card) -> float:
    """How far along the way from this tier to the next; 1 at the highest."""
    goal = card.next_threshold
    if goal is None:
        return 1.0
    start = max([0, *(t for t in card.thresholds if t <= card.standing)])
    return (card.standing - start) / (goal - start)


def next_tier(card: Card) -> int:
    """The number of the tier that the next threshold opens."""
    return 1 + sum(threshold <= card.standing for threshold in card.thresholds)


# ---- what is public ---------------------------------------------------------------


def facts(writers: dict[str, tuple[str, ...]]) -> list[Fact]:
    """The public facts that this brand's contracts can write: not every one has a Governor."""
    return [
        fact
        for fact in public_facts.FACTS
        if any(
            not fact.contract or fact.contract in writers[event]
            for event in fact.events
            if event in writers
        )
    ]


def contracts(fact: Fact, writers: dict[str, tuple[str, ...]]) -> list[str]:
    """The contracts that write a public fact."""
    if fact.contract:
        return [fact.contract]
    return list(dict.fromkeys(name for event in fact.events for name in writers.get(event, ())))


def where(fact: Fact, writers: dict[str, tuple[str, ...]]) -> str:
    """Where anyone reads a public fact; raw."""
    named = contracts(fact, writers)
    return ngettext(
        "In the contract {contracts}, under {names}",
        "In the contracts {contracts}, under {names}",
        len(named),
    ).format(contracts=i18n.enumeration(named), names=i18n.enumeration(list(fact.events)))


def never_written() -> str:
    """What no stranger finds there, whatever they look for."""
    return _("Never written there: {things}.").format(
        things=_("; ").join(_(thing) for thing in public_facts.NEVER)
    )


# ---- perks -----------------------------------------------------------------------


def perk_name(perk: PerkView, text: Shown[PerkDocument]) -> str:
    """Its name, or its number where the text is withheld; raw."""
    if text.document is None:
        return _("Perk no. {n}").format(n=perk.id)
    return text.document.name.in_language(i18n.language())


def perk_description(text: Shown[PerkDocument]) -> str:
    """What it is; raw."""
    return text.document.description.in_language(i18n.language()) if text.document else ""


def variant_name(text: Shown[PerkDocument], variant: int) -> str:
    """One of its choices; raw."""
    if text.document and variant < len(text.document.variants):
        return text.document.variants[variant].in_language(i18n.language())
    return _("Choice {n}").format(n=variant + 1)


def price(brand: Brand, perk: PerkView) -> str:
    """What it costs, in points and money."""
    if not perk.price:
        return _("Free for members")
    return _("{points} (worth {money})").format(
        points=i18n.points(perk.price), money=brand.worth(perk.price)
    )


def window(perk: PerkView, now: datetime) -> tuple[str, str]:
    """When it can be claimed, and the exact moments."""
    if now < perk.opens_at:
        return (
            _("Opens {when}").format(when=i18n.relative(perk.opens_at, now)),
            i18n.exact(perk.opens_at),
        )
    if perk.closes_at is None:
        return _("No end date"), _("Open since {date}").format(date=i18n.exact(perk.opens_at))
    if now >= perk.closes_at:
        return (
            _("Ended {when}").format(when=i18n.relative(perk.closes_at, now)),
            i18n.exact(perk.closes_at),
        )
    return (
        _("Ends {when}").format(when=i18n.relative(perk.closes_at, now)),
        i18n.exact(perk.closes_at),
    )


def left(count: int) -> str:
    if count == 0:
        return _("None left")
    return ngettext("{n} left", "{n} left", count).format(n=i18n.number(count))


def limit(perk: PerkView) -> str:
    """How often one may claim it."""
    if perk.period is None:
        return ngettext("{n} per member", "{n} per member", perk.limit).format(n=perk.limit)
    return ngettext(
        "{n} per member every {period}", "{n} per member every {period}", perk.limit
    ).format(n=perk.limit, period=i18n.duration(perk.period))


def gate(
    brand: Brand, view: GateView, card: Card | None, companies: Mapping[int, str]
) -> tuple[str, float]:
    """What a gate asks, how far the member is from it, and how far along (0 to 1); raw."""
    if view.question == GateQuestion.TIER:
        asked = _("Needs the {tier} tier.").format(tier=brand.tier(view.value))
        place = view.value - 1
        goal = brand.view.thresholds[place] if 0 <= place < len(brand.view.thresholds) else 0
        return _with_distance(asked, goal, view, card)
    if view.question == GateQuestion.STANDING:
        asked = _("Needs a standing of {n}.").format(n=i18n.number(view.value))
        return _with_distance(asked, view.value, view, card)
    if view.question == GateQuestion.TOOK_PART:
        asked = _("For those who voted in poll no. {n}, once it is closed.").format(n=view.value)
        return _closed_or_open(asked, view)
    consent = read_consent(view.value) if view.question == GateQuestion.CONSENT else None
    if consent is not None:
        return _closed_or_open(
            consented.gate_sentence(consent, companies.get(consent.company_id)), view
        )
    return _closed_or_open(_("Has a condition of its own."), view)


def _with_distance(asked: str, goal: int, view: GateView, card: Card | None) -> tuple[str, float]:
    if view.is_open:
        return _("{asked} You have it.").format(asked=asked), 1.0
    if card is None or not card.is_active or goal <= card.standing:
        return asked, 0.0
    away = goal - card.standing
    distance = ngettext(
        "You are {n} point of standing away.", "You are {n} points of standing away.", away
    ).format(n=i18n.number(away))
    return f"{asked} {distance}", card.standing / goal


def _closed_or_open(asked: str, view: GateView) -> tuple[str, float]:
    return (_("{asked} You have it.").format(asked=asked), 1.0) if view.is_open else (asked, 0.0)


def claim_state(claim: ClaimView, kind: PerkKind) -> str:
    """Where a claim stands, in a word or two."""
    if claim.is_overdue:
        return _("Overdue")
    if kind == PerkKind.SHIP and claim.state == ClaimState.FULFILLED:
        return _("Sent")
    return {
        ClaimState.CLAIMED: _("Waiting for you"),
        ClaimState.FULFILLED: _("Delivered"),
        ClaimState.CANCELLED: _("Cancelled, points returned"),
        ClaimState.MISSED: _("Missed by the brand, points returned"),
    }[claim.state]


def short(account: str) -> str:
    """An address as people compare it."""
    return f"{account[:6]}…{account[-4:]}"


# ---- polls -----------------------------------------------------------------------


def question(poll: PollView, text: Shown[PollDocument]) -> str:
    """What is asked, or the poll's number where the text is withheld; raw."""
    if text.document is None:
        return _("Poll no. {n}").format(n=poll.id)
    return text.document.question.in_language(i18n.language())


def poll_description(text: Shown[PollDocument]) -> str:
    """Why it is asked; raw."""
    return text.document.description.in_language(i18n.language()) if text.document else ""


def options(poll: PollView, text: Shown[PollDocument]) -> list[str]:
    """The answers in their order; raw."""
    named = text.document.options if text.document else ()
    return [
        named[place].in_language(i18n.language())
        if place < len(named)
        else _("Answer {n}").format(n=place + 1)
        for place in range(poll.option_count)
    ]


def answer(poll: PollView, names: list[str]) -> str:
    """What a member said, in words; raw."""
    said = [names[option - 1] for option in poll.my_options or ()]
    return i18n.enumeration(said) if said else _("none of these")


def tally_rows(poll: PollView, names: list[str]) -> list[dict[str, str]]:
    """The numbers beside the chart; ready for a table, which reads Markdown."""
    # Who approves of several answers is one voter all the same.
    yours, in_all = _("(yours)"), _("Voters") if poll.is_approval else _("In all")
    rows = [
        {
            _("Answer"): plain(name) + (f" {yours}" if place in (poll.my_options or ()) else ""),
            _("Votes"): i18n.number(count),
            _("Share"): i18n.percent(count, poll.ballot_count),
        }
        for place, (name, count) in enumerate(zip(names, poll.tally, strict=True), start=1)
    ]
    rows.append(
        {
            _("Answer"): f"**{in_all}**",
            _("Votes"): f"**{i18n.number(poll.ballot_count)}**",
            _("Share"): "",
        }
    )
    return rows


def leaders(poll: PollView, names: list[str]) -> list[str]:
    """The answer or answers with the most votes; none without a vote."""
    most = max(poll.tally, default=0)
    return [name for name, count in zip(names, poll.tally, strict=True) if most and count == most]


MOMENTS = 5  # rows of a poll's course


def course_rows(course: PollCourse, names: list[str]) -> list[dict[str, str]]:
    """A few moments of a poll in words, the newest last; ready for a table."""
    last = len(course.moments) - 1
    places = sorted({last * step // (MOMENTS - 1) for step in range(MOMENTS)}) if last > 0 else [0]
    rows = []
    for moment in (course.moments[place] for place in places):
        tally = padded(moment.tally, len(names))
        most = max(tally, default=0)
        front = [name for name, votes in zip(names, tally, strict=True) if most and votes == most]
        rows.append(
            {
                _("When"): f"{i18n.day(moment.at)}, {i18n.clock(moment.at)}",
                _("Voters"): i18n.number(moment.ballots),
                _("In front"): plain(i18n.enumeration(front)) if front else "—",
            }
        )
    return rows
