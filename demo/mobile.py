# ruff: noqa: RUF001  (French apostrophes and spaces)
"""The demo's mobile operator: what it offers, who signed, and what they used; without chance.

Use is in tens of megabytes, money in cents, days count back from the day of the last purchase.
"""

from __future__ import annotations

from dataclasses import dataclass

from eth_account import Account
from eth_account.signers.local import LocalAccount

from cercle.agreements import AtCapacity, Plan
from cercle.content import PlanDocument, PriceListDocument, Text
from cercle.content.texts import LongText

from .companies import Company

OPERATOR = Company("Ondine", "7 rue de la République, 69002 Lyon", "ondine.example", 0)
READER = Company("Relevé du Rhône", "30 quai Saint-Antoine, 69002 Lyon", "releve.example", 0)
PROVIDER, METERING = 5, 6  # their numbers, after the companies of `companies`
# A key that everybody knows, for a meter that counts nothing but this script.
METER: LocalAccount = Account.from_key((0x0D1E).to_bytes(32, "big"))

PERIOD, GRACE = 30, 2  # days
OUTAGE_FACTOR = 10_000  # basis points: the whole price of the time lost
REGISTERED, OFFERED, CHEAPER = 419, 400, 100  # days ago
GIVEN = 600_00  # cents that each customer has
READ_ON = (12, 28)  # days of a period on which its meter is read
HOME, ABROAD = 1, 2  # the price lists
SWITCH, STOP = AtCapacity.SWITCH, AtCapacity.STOP


@dataclass(frozen=True)
class Offered:
    """A plan, in words and figures."""

    name: tuple[str, str]
    says: tuple[str, str]
    plan: Plan

    @property
    def text(self) -> PlanDocument:
        return PlanDocument(name=_text(self.name), description=_long(self.says))


@dataclass(frozen=True)
class Tariffs:
    """A price list and its plans; a plan's number is its place, from 1."""

    name: tuple[str, str]
    says: tuple[str, str]
    plans: tuple[Offered, ...]

    @property
    def text(self) -> PriceListDocument:
        return PriceListDocument(
            provider=OPERATOR.name,
            name=_text(self.name),
            description=_long(self.says),
            unit=Text(fr="dizaines de mégaoctets", en="tens of megabytes"),
            shown_as=Text(fr="Go", en="GB"),
            per_shown=100,
        )


def _text(words: tuple[str, str]) -> Text:
    return Text(fr=words[0], en=words[1])


def _long(words: tuple[str, str]) -> LongText:
    return LongText(fr=words[0], en=words[1])


LISTS = (
    Tariffs(
        ("Données en France", "Data in France"),
        (
            "Le forfait le moins cher pour ce que vous consommez, chaque mois. Sans engagement.",
            "The cheapest plan for what you use, each month. Leave with any of them.",
        ),
        (
            Offered(
                ("Petit", "Small"),
                ("Pour les messages et les cartes.", "For messages and maps."),
                Plan(base_price=5_00, included=200, unit_price=1, capacity=500),
            ),
            Offered(
                ("Moyen", "Medium"),
                ("Pour la musique.", "For music."),
                Plan(base_price=9_00, included=1_000, unit_price=1, capacity=2_000),
            ),
            Offered(
                ("Grand", "Large"),
                ("Pour les films.", "For films."),
                Plan(base_price=17_00, included=6_000, unit_price=1, capacity=8_000),
            ),
            Offered(
                ("Très grand", "Very large"),
                ("Pour toute la maison.", "For the whole house."),
                Plan(base_price=29_00, included=20_000, unit_price=1, capacity=25_000),
            ),
        ),
    ),
    Tariffs(
        ("Données à l’étranger", "Data abroad"),
        (
            "Un avertissement à 80 %, l’arrêt à votre plafond, et rien de plus sans votre accord "
            "(règlement UE 2022/612).",
            "A warning at 80%, a stop at your limit, and nothing more without your word "
            "(Regulation (EU) 2022/612).",
        ),
        (
            Offered(
                ("Escapade", "Short trip"),
                ("", ""),
                Plan(base_price=0, included=0, unit_price=2, capacity=250),
            ),
            Offered(
                ("Voyage", "Long trip"),
                ("", ""),
                Plan(base_price=0, included=0, unit_price=2, capacity=1_500),
            ),
        ),
    ),
)
# From day CHEAPER on the second plan costs less: for who has it, too.
CHEAPER_PLAN = 2
CHEAPER_BASE = 7_00


@dataclass(frozen=True)
class Signed:
    """A contract of the script; its number is its place in `CONTRACTS`, which is by their age."""

    place: int  # of its customer among the members, from 1
    list_id: int
    days_ago: int
    ladder: tuple[tuple[int, AtCapacity], ...]
    period_cap: int
    periods: int
    deposit: int
    uses: tuple[int, ...]  # of each period; the last one is of the one that runs, so far
    outages: tuple[tuple[int, int], ...] = ()  # period, minutes

    def outage(self, period: int) -> int:
        """Minutes without service in a period."""
        return dict(self.outages).get(period, 0)


CONTRACTS = (
    Signed(
        *(1, HOME, 380),
        ladder=((1, SWITCH), (2, STOP), (3, STOP)),
        period_cap=19_00,
        periods=36,
        deposit=150_00,
        uses=(180, 240, 310, 460, 520, 900, 1_250, 1_670, 700, 430, 1_130, 1_480, 1_720),
        outages=((7, 3 * 24 * 60),),
    ),
    Signed(
        *(2, HOME, 375),
        ladder=((1, STOP),),
        period_cap=8_00,
        periods=12,
        deposit=96_00,
        uses=(90, 60, 150, 40, 210, 80, 120, 95, 300, 70, 110, 130),
    ),
    Signed(
        *(3, HOME, 110),
        ladder=((1, SWITCH), (2, SWITCH), (3, SWITCH), (4, STOP)),
        period_cap=40_00,
        periods=24,
        deposit=120_00,
        uses=(3_900, 7_100, 12_400, 2_300),
    ),
    Signed(
        *(1, ABROAD, 25),
        ladder=((1, STOP), (2, STOP)),
        period_cap=5_00,
        periods=12,
        deposit=25_00,
        uses=(250,),
    ),
)
CUSTOMERS = tuple(sorted({one.place for one in CONTRACTS}))

__all__ = [
    "CHEAPER",
    "CHEAPER_BASE",
    "CHEAPER_PLAN",
    "CONTRACTS",
    "CUSTOMERS",
    "GIVEN",
    "GRACE",
    "LISTS",
    "METER",
    "METERING",
    "OFFERED",
    "OPERATOR",
    "OUTAGE_FACTOR",
    "PERIOD",
    "PROVIDER",
    "READER",
    "READ_ON",
    "REGISTERED",
    "Signed",
    "Tariffs",
]
