"""What the demo's people allow whom, and what companies do with it: by customer, without chance.

Days count back from the day of the last purchase. One person, whom a visitor of the demo is
unless they choose another, has something of everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from eth_utils.crypto import keccak

from cercle.consent import Document, Reasons, category_of
from cercle.consent.commitments import commitment, salted_hash
from cercle.consent.reasons import Part

from .companies import BRAND, OFFER, OFFERS, PANEL, Offer
from .decisions import spread

FEATURED = 1  # the customer who is member number 1
REGISTERED = 420  # days ago: companies register, pay in and publish their notices
PRICED = 105  # whoever allows the sale says what a look costs
TAKEN_BACK = 80  # some take customer care back
ATTESTED = 70  # the company attests to a part of them that it deleted
TAKEN_ALL_BACK = 60
SHUT_OUT = 59  # some let the panel never ask again
ATTESTED_ALL = 52  # every company attests to those who took all back
OVERDUE = 46  # the rest of ATTESTED is written down as overdue
CAME_BACK = 20  # some of those who took all back allow deliveries again
STUDY_ATTESTED = 8  # the study ended, and what was read is deleted
ASKED = 3  # the shop asks for its letter anew
MOVED = (30, 5)
NOTED = (28, 4)  # when companies take note of those moves, if they do
COMMITTED, DEMANDED, OPENED, SILENT = 57, 41, 37, 9


class Answer(Enum):
    """What somebody says to an offer."""

    GIVES = "gives"
    REFUSES = "refuses"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Look:
    """A day on which a company reads, and what."""

    offer: str
    category: str
    days_ago: int
    one_in: int  # of those who allow it

    @property
    def bit(self) -> int:
        """The category on the chain."""
        return category_of(self.category).bit


LOOKS = (
    Look("delivery", "PhysicalAddress", 95, 2),
    Look("care", "Communication", 94, 1),
    Look("study", "ServiceConsumptionBehavior", 93, 1),
    Look("insights", "Purchase", 90, 1),
    Look("delivery", "PhysicalAddress", 15, 3),
    Look("benefits", "Purchase", 14, 4),
    Look("insights", "Purchase", 12, 1),
)


# ---- what people say ----------------------------------------------------------------


def answer(offer: Offer, customer: int) -> Answer:
    """What somebody says when they are asked first."""
    if customer == FEATURED:
        return Answer.NOTHING if offer.name == "news" else Answer.GIVES
    kind = spread(customer, 100 + OFFERS.index(offer)) % 100
    if kind < offer.gives:
        return Answer.GIVES
    return Answer.REFUSES if kind < offer.gives + offer.refuses else Answer.NOTHING


def gives(name: str, customer: int) -> bool:
    """Whether somebody allows it at first."""
    return answer(OFFER[name], customer) is Answer.GIVES


def takes_care_back(customer: int) -> bool:
    """Whether somebody takes back what they allowed customer care."""
    return gives("care", customer) and _one_in(3, customer, 202)


def takes_all_back(customer: int) -> bool:
    """Whether somebody takes everything back, in one act."""
    return customer != FEATURED and _one_in(16, customer, 200)


def comes_back(customer: int) -> bool:
    """Whether one of those allows deliveries anew."""
    return takes_all_back(customer) and gives("delivery", customer) and _one_in(2, customer, 201)


def shuts_out(customer: int) -> bool:
    """Whether somebody shuts the panel out."""
    return customer != FEATURED and _one_in(29, customer, 203)


def is_asked(customer: int) -> bool:
    """Whether the shop asks somebody for its letter, who never answered."""
    is_open = answer(OFFER["news"], customer) is Answer.NOTHING
    return is_open and _one_in(8, customer, 204)


def price_of(customer: int) -> int:
    """What a look at their purchases costs, in cents."""
    return 100 + 10 * (customer % 5)


def moves(turn: int, customer: int) -> bool:
    """Whether somebody moves house on a day of `MOVED`."""
    if customer == FEATURED:
        return turn == 0
    return spread(customer, 206) % 12 == turn


# ---- what companies do ----------------------------------------------------------------


def allows(name: str, customer: int, days_ago: int) -> bool:
    """Whether somebody allows an offer on a day, as the script has it."""
    offer = OFFER[name]
    if offer.company_id == PANEL and shuts_out(customer) and days_ago < SHUT_OUT:
        return False
    if name == "delivery" and comes_back(customer) and days_ago < CAME_BACK:
        return True
    if not gives(name, customer) or not offer.days_ago - offer.lasts < days_ago < offer.days_ago:
        return False
    if takes_all_back(customer) and days_ago < TAKEN_ALL_BACK:
        return False
    return not (name == "care" and takes_care_back(customer) and days_ago < TAKEN_BACK)


def is_read(place: int, customer: int) -> bool:
    """Whether a company reads somebody on a day of `LOOKS`."""
    look = LOOKS[place]
    is_chosen = _one_in(look.one_in, customer, 300 + place)
    return is_chosen and allows(look.offer, customer, look.days_ago)


def was_read(name: str, customer: int, days_ago: int) -> bool:
    """Whether a company had read somebody for an offer by a day."""
    return any(
        look.offer == name and look.days_ago > days_ago and is_read(place, customer)
        for place, look in enumerate(LOOKS)
    )


def is_attested(customer: int) -> bool:
    """Whether customer care attests in time that it deleted; the others lose it its bond."""
    return customer != FEATURED and _one_in(2, customer, 205)


def takes_note(turn: int, name: str, customer: int) -> bool:
    """Whether a company takes note of somebody's move on a day of `NOTED`."""
    if name not in ("delivery", "club") or not allows(name, customer, NOTED[turn]):
        return False
    if customer == FEATURED:
        return name == "delivery"  # the shop forgets member number 1: late, on their board
    return spread(customer, 207 + turn) % 3 != 0


# ---- decisions ----------------------------------------------------------------------------


class Fate(Enum):
    """What became of a decision."""

    UNASKED = "never asked for"
    OPENED = "opened"
    SILENT = "asked for, and never opened"


def decided(numbers: list[int]) -> list[tuple[int, Fate]]:
    """The shop's decisions, in their order: about whom, and what became of each."""
    told = [(FEATURED, Fate.OPENED), (FEATURED, Fate.SILENT), (FEATURED, Fate.UNASKED)]
    for number in numbers:
        if number != FEATURED and _one_in(20, number, 208):
            is_opened = _one_in(3, number, 209)
            told.append((number, Fate.OPENED if is_opened else Fate.UNASKED))
    return told


DECIDER = BRAND
_TEXTS: dict[Part, tuple[str, str]] = {
    "rule": (
        "Un bon de 10 € à qui a acheté au moins trois disques dans les six derniers mois.",
        "A voucher of 10 € for whoever bought three records at least in the last six months.",
    ),
    "inputs": ("Disques achetés en six mois : 2.", "Records bought in six months: 2."),
    "outcome": ("Pas de bon cette fois.", "No voucher this time."),
    "counterfactual": (
        "Avec un disque de plus, vous auriez eu le bon.",
        "With one record more you would have had the voucher.",
    ),
}


def reasons(place: int) -> Reasons:
    """What the shop sealed before it told its decision, and hands over to its person alone."""

    def said(part: Part) -> Document:
        fr, en = _TEXTS[part]
        return Document(text=f"{fr} · {en}", salt=_hex(f"decision {place}, {part}"))

    return Reasons(
        rule=said("rule"),
        inputs=said("inputs"),
        outcome=said("outcome"),
        counterfactual=said("counterfactual"),
        secret=_hex(f"decision {place}, seal"),
    )


# ---- what is salted ---------------------------------------------------------------------


def order_hash(place: int, customer: int) -> str:
    """By which order a company looks: a salted hash, which names nothing to strangers."""
    order = f"order {place} of customer {customer}"
    return salted_hash(order.encode(), _secret(f"salt of {order}"))


def certificate(name: str, customer: int) -> str:
    """What a company says that it deleted, salted likewise."""
    said = f"deleted what was read of customer {customer} for {name}"
    return salted_hash(said.encode(), _secret(f"salt of {said}"))


def moved_to(turn: int, customer: int) -> str:
    """The seal of a new address; the demo has no address of anybody."""
    home = f"home {turn + 1} of customer {customer}"
    return commitment(home.encode(), _secret(f"secret of {home}"))


@cache
def _secret(purpose: str) -> bytes:
    """32 bytes that are the same in every demo: no secret at all outside of it."""
    return bytes(keccak(text=f"cercle demo: {purpose}"))


def _hex(purpose: str) -> str:
    return "0x" + _secret(purpose).hex()


def _one_in(count: int, customer: int, purpose: int) -> bool:
    return customer == FEATURED or spread(customer, purpose) % count == 0
