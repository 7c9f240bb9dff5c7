# ruff: noqa: RUF001  (French apostrophes and spaces)
"""What the demo's people do besides buying: a shop's perks and polls, and who acts on them.

Nothing here is random: a person acts by the number of the customer, so that the sums of
`demo.independent` and the chain can be compared to the unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DAY = 86_400
TIERS = (100, 250, 500)
# Half a day more than a year, so that no interval of whole days falls on the edge.
EXPIRY = 365 * DAY + DAY // 2

BRAND_ID, CARRIER_ID = 1, 2  # of `demo.companies`
BRAND: dict[str, Any] = {
    "kind": "brand",
    "name": "Sillon",
    "colour": "#8a3b12",
    "motto": {"fr": "Le disque, ensemble.", "en": "Records, together."},
    "tiers": [
        {"fr": "Auditeur", "en": "Listener"},
        {"fr": "Mélomane", "en": "Music lover"},
        {"fr": "Collectionneur", "en": "Collector"},
        {"fr": "Première presse", "en": "First pressing"},
    ],
    "languages": ["fr", "en"],
    "support_hours": {
        "fr": "Du mardi au samedi, de 10 h à 19 h",
        "en": "Tuesday to Saturday, 10 a.m. to 7 p.m.",
    },
}


@dataclass(frozen=True)
class PerkScript:
    """A perk of the demo: its texts and its terms."""

    content: dict[str, Any]
    kind: str
    price: int
    stock: tuple[int, ...]
    limit: int = 1
    period_days: int = 0
    least_tier: int = 0
    consents: tuple[tuple[int, str, str], ...] = ()  # company, purpose, category
    open_days: int = 60
    fulfil_days: int = 30


def _text(kind: str, fr: tuple[str, str], en: tuple[str, str], **more: Any) -> dict[str, Any]:
    name, body = ("question", "description") if kind == "poll" else ("name", "description")
    return {
        "kind": kind,
        name: {"fr": fr[0], "en": en[0]},
        body: {"fr": fr[1], "en": en[1]},
        **more,
    }


PERKS = (
    PerkScript(
        _text(
            "perk",
            ("Un café au comptoir", "Offert pendant que vous choisissez, à la boutique."),
            ("A coffee at the counter", "On us while you browse, in the shop."),
            variants=[
                {"fr": "Expresso", "en": "Espresso"},
                {"fr": "Café filtre", "en": "Filter coffee"},
            ],
        ),
        kind="STORE",
        price=150,
        stock=(120, 80),
        limit=2,
        period_days=30,
    ),
    PerkScript(
        _text(
            "perk",
            ("Le concert en ligne", "Un code d’accès pour le concert de décembre."),
            ("The online concert", "An access code for the December concert."),
            variants=[{"fr": "Code d’accès", "en": "Access code"}],
        ),
        kind="CODE",
        price=400,
        stock=(60,),
        least_tier=1,
    ),
    PerkScript(
        _text(
            "perk",
            ("La pochette sérigraphiée", "Tirée à vingt-cinq exemplaires pour nos fidèles."),
            ("The silk-screened sleeve", "Printed in twenty-five copies for our regulars."),
            variants=[
                {"fr": "Ocre", "en": "Ochre"},
                {"fr": "Bleu nuit", "en": "Midnight blue"},
            ],
        ),
        kind="STORE",
        price=0,
        stock=(13, 12),
        least_tier=2,
    ),
    PerkScript(
        _text(
            "perk",
            ("La soirée d’écoute", "Trois fauteuils, un master d’époque, une heure."),
            ("The listening evening", "Three armchairs, an original master, one hour."),
            variants=[{"fr": "Un fauteuil", "en": "An armchair"}],
        ),
        kind="STORE",
        price=500,
        stock=(3,),
        least_tier=3,
    ),
    PerkScript(
        _text(
            "perk",
            (
                "Le maillot de la boutique",
                "À votre taille, chez vous. Taille, nom et adresse restent dans votre coffre.",
            ),
            (
                "The shop's jersey",
                "In your size, at your door. Size, name and address stay in your vault.",
            ),
            variants=[
                {"fr": "Vert sapin", "en": "Fir green"},
                {"fr": "Écru", "en": "Off-white"},
            ],
        ),
        kind="SHIP",
        price=200,
        stock=(20, 20),
        consents=(
            (BRAND_ID, "FulfilmentOfContractualObligation", "ClothingSize"),
            (CARRIER_ID, "DeliveryOfGoods", "PhysicalAddress"),
        ),
    ),
)
COFFEE, CONCERT, SLEEVE, EVENING, JERSEY = range(1, 6)

POLLS = (
    _text(
        "poll",
        ("Le samedi, fermer plus tard ?", "La boutique ferme à 19 h aujourd’hui."),
        ("Close later on Saturdays?", "The shop closes at 7 p.m. today."),
        options=[
            {"fr": "Oui, à 21 h", "en": "Yes, at 9 p.m."},
            {"fr": "Non, comme aujourd’hui", "en": "No, as today"},
        ],
    ),
    _text(
        "poll",
        ("Quel disque rééditer au printemps ?", "Nous pressons trois cents exemplaires."),
        ("Which record shall we reissue in spring?", "We press three hundred copies."),
        options=[
            {"fr": "Jazz de Lyon, 1962", "en": "Jazz in Lyon, 1962"},
            {"fr": "Chœurs de Bretagne", "en": "Choirs of Brittany"},
            {"fr": "Afrobeat à Marseille", "en": "Afrobeat in Marseille"},
            {"fr": "Électronique, bandes perdues", "en": "Electronics, the lost tapes"},
        ],
    ),
    _text(
        "poll",
        ("Quels soirs vous conviennent ?", "Pour les écoutes de disques, une fois par mois."),
        ("Which evenings suit you?", "For listening to records together, once a month."),
        options=[
            {"fr": "Mardi soir", "en": "Tuesday evening"},
            {"fr": "Jeudi soir", "en": "Thursday evening"},
            {"fr": "Vendredi soir", "en": "Friday evening"},
            {"fr": "Dimanche après-midi", "en": "Sunday afternoon"},
            {"fr": "Le premier samedi", "en": "The first Saturday"},
        ],
    ),
)
WORLD = "Le port"  # a world whose controller is the curator
CLOSED_POLL, OPEN_POLL, EVENINGS_POLL = 1, 2, 3
APPROVAL = (EVENINGS_POLL,)  # where one may name several answers, or none


def wants_coffee(customer: int) -> bool:
    """One in eleven asks for a coffee, if they can pay it."""
    return customer % 11 == 3


def appears(customer: int) -> bool:
    """One in twenty appears in the world."""
    return customer % 20 == 7


def variant_of(customer: int) -> int:
    return customer % 2


def ballot(poll: int, customer: int) -> tuple[int, ...] | None:
    """The options (from 1) that a person first votes for, or None."""
    if poll == CLOSED_POLL:
        return None if customer % 3 == 0 else (1 + (customer % 5 == 0),)
    if poll == EVENINGS_POLL:
        if customer % 5 == 2:
            return None
        return tuple(option for option in range(1, 6) if (customer // option + option) % 3 == 0)
    if customer % 4 == 1:
        return None
    return (1 + (customer * 7 + customer // 3) % 4,)


def changed_ballot(poll: int, customer: int) -> tuple[int, ...] | None:
    """The options that a person turns to later; only in the open poll, one in nine."""
    first = ballot(poll, customer)
    if poll != OPEN_POLL or first is None or customer % 9:
        return None
    return (first[0] % 4 + 1,)
