"""What a sentence about an event is made of: whom it is told to, and the names it may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from cercle.flags import PerkKind
from cercle.lens.rounds import whole
from cercle.models import Card, PollView

from .. import i18n, present
from ..i18n import _
from ..services import Community
from ..states import own, plain

Args = Mapping[str, Any]
Kind = Literal["points", "perks", "votes", "data", "service", "card"]
NOBODY = "0x" + "00" * 20
FOR_EVER = 2**64  # an allowance of this or more is of all points there can be


class Reader:
    """Whom a history is told to, and what the brand calls its perks, polls and worlds."""

    def __init__(
        self, community: Community, brand: present.Brand, card: Card, wallets: tuple[str, ...]
    ) -> None:
        self.community = community
        self.brand = brand
        self.card = card
        self.wallets = frozenset((*wallets, card.account))

    def is_mine(self, wallet: str) -> bool:
        """Whether a wallet is, or was, this person's."""
        return wallet in self.wallets

    def is_me(self, member_no: int) -> bool:
        """Whether a member number is this person's."""
        return bool(member_no) and member_no == self.card.member_no

    @cached_property
    def _contracts(self) -> dict[str, str]:
        return {address: name for name, address in self.community.addresses().items()}

    def contract(self, address: str) -> str:
        """The name of a contract of the brand's; nothing for any other."""
        return self._contracts.get(address, "")

    def wallet(self, address: str) -> str:
        """A wallet as people compare it, or the contract it is."""
        return self.contract(address) or present.short(address)

    def points(self, units: int) -> str:
        """So many points, said strongly."""
        terms = self.brand.view.points
        amount = whole(units, terms.decimals) if terms else Decimal(units)
        return f"**{own(i18n.points(amount))}**"

    def perk(self, perk_id: int) -> str:
        """What a perk is called."""
        perk = self._perks.get(perk_id)
        if perk is None:
            return _("Perk no. {n}").format(n=perk_id)
        return plain(present.perk_name(perk, self.community.perk_text(perk.content_hash)))

    def choice(self, perk_id: int, variant: int) -> str:
        """Which of a perk's choices; nothing where there is only one."""
        perk = self._perks.get(perk_id)
        if perk is None or len(perk.variants) < 2:
            return ""
        return plain(present.variant_name(self.community.perk_text(perk.content_hash), variant))

    def is_sent(self, perk_id: int) -> bool:
        """Whether a perk is sent, and not handed over."""
        perk = self._perks.get(perk_id)
        return perk is not None and bool(perk.kind == PerkKind.SHIP)

    @cached_property
    def _perks(self) -> Mapping[int, Any]:
        return {one.id: one for one in self.community.perks()}

    def poll(self, poll_id: int) -> str:
        """What a poll asks."""
        poll = self._polls.get(poll_id)
        if poll is None:
            return _("Poll no. {n}").format(n=poll_id)
        return plain(present.question(poll, self.community.poll_text(poll.content_hash)))

    def answer(self, poll_id: int, options: int) -> str:
        """What a ballot said."""
        chosen = [place for place in range(options.bit_length()) if options >> place & 1]
        poll = self._polls.get(poll_id)
        names: list[str] = []
        if poll is not None:
            names = present.options(poll, self.community.poll_text(poll.content_hash))
        said = [
            names[place] if place < len(names) else _("Answer {n}").format(n=place + 1)
            for place in chosen
        ]
        return plain(i18n.enumeration(said)) if said else _("none of these")

    @cached_property
    def _polls(self) -> Mapping[int, PollView]:
        return {one.id: one for one in self.community.polls()}

    def world(self, world: bytes) -> str:
        """What this brand calls a world."""
        document = self.brand.shown.document
        for one in document.worlds if document else ():
            if one.id == "0x" + world.hex():
                return plain(one.name.in_language(i18n.language()))
        return _("a world that this brand does not name")

    @staticmethod
    def day(seconds: int) -> str:
        """A day, of the ledger's seconds; those past every calendar are its last."""
        return i18n.day(datetime.fromtimestamp(min(seconds, 253_402_214_400), UTC))


@dataclass(frozen=True)
class Row:
    """One kind of event, and the sentence for it.

    `tell` gets the reader, the event's arguments, and the names of the events of the same act
    (`Points.Transfer`). It answers nothing where the event does not speak of this reader.
    """

    contract: str
    event: str
    kind: Kind
    icon: str
    tell: Callable[[Reader, Args, frozenset[str]], str]
    rank: int = 1  # the lowest of an act is what the act is called
