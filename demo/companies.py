# ruff: noqa: RUF001  (French apostrophes and spaces)
"""The demo's companies: who they are, what each says that it would do, and its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from eth_account import Account
from eth_account.signers.local import LocalAccount

from cercle.consent import category_of, purpose_of
from cercle.content import NoticeDocument, parse_document
from cercle.vault import public_of

# Keys of anvil's own words, which everybody knows, far from the accounts of the demo's people.
_WORDS = "test test test test test test test test test test test junk"
_PATH = "m/44'/60'/0'/0/{}"
_FIRST = 200_000
PAID_IN = 10_000_00  # cents that each company pays into the Vault


@dataclass(frozen=True)
class Company:
    """One company; its number is its place, from 1."""

    name: str
    place: str
    site: str
    bond: int  # cents, which it stakes on each person and purpose


COMPANIES = (
    Company("Sillon", "12 rue des Capucins, 69001 Lyon", "sillon.example", 5_00),
    Company("Les Coursiers du Rhône", "8 quai Rambaud, 69002 Lyon", "coursiers.example", 5_00),
    Company("Panel Tympan", "3 rue du Sentier, 75002 Paris", "tympan.example", 20_00),
    Company("Allô Platine", "21 cours Vitton, 69006 Lyon", "platine.example", 10_00),
)
BRAND, CARRIER, PANEL, CARE = range(1, 5)


@dataclass(frozen=True)
class Offer:
    """What a company would do for one purpose, and for how long people allow it."""

    name: str
    company_id: int
    purpose: str
    data: tuple[tuple[str, bool], ...]  # categories, and whether it cannot do without
    says: tuple[str, str]  # in French and in English
    days_ago: int  # when people were asked, before the day of the last purchase
    lasts: int  # days
    keeps: int = 0  # days after its end
    reads: int = 12
    gives: int = 50  # of a hundred people
    refuses: int = 8

    @property
    def number(self) -> int:
        """The purpose on the chain."""
        return purpose_of(self.purpose).number

    @property
    def notice(self) -> NoticeDocument:
        """Its text, in both languages."""
        return notice(self)


OFFERS = (
    Offer(
        "benefits",
        BRAND,
        "PersonalisedBenefits",
        (("Purchase", True), ("Preference", False), ("Interest", False)),
        (
            "Nous choisissons vos avantages d’après les disques que vous avez achetés.",
            "We choose your benefits by the records that you have bought.",
        ),
        days_ago=112,
        lasts=180,
        gives=40,
    ),
    Offer(
        "club",
        BRAND,
        "FulfilmentOfContractualObligation",
        (
            ("Name", True),
            ("PhysicalAddress", True),
            ("ClothingSize", False),
            ("Purchase", False),
        ),
        (
            "Nous préparons vos commandes et vous envoyons le bulletin du club.",
            "We prepare your orders and send you the club's bulletin.",
        ),
        days_ago=111,
        lasts=365,
        keeps=180,
        gives=30,
    ),
    Offer(
        "news",
        BRAND,
        "DirectMarketing",
        (("EmailAddress", True), ("Interest", False)),
        (
            "Une lettre par mois : les rééditions et les soirées d’écoute.",
            "One letter a month: reissues and listening evenings.",
        ),
        days_ago=110,
        lasts=365,
        gives=10,
        refuses=30,
    ),
    Offer(
        "delivery",
        CARRIER,
        "DeliveryOfGoods",
        (("Name", True), ("PhysicalAddress", True), ("TelephoneNumber", False)),
        (
            "Nous portons vos colis et vous appelons si la porte est fermée.",
            "We bring your parcels, and call you when the door is shut.",
        ),
        days_ago=109,
        lasts=365,
        gives=50,
        refuses=5,
    ),
    Offer(
        "insights",
        PANEL,
        "SellInsightsFromData",
        (("Purchase", True), ("AgeRange", False), ("Interest", False)),
        (
            "Nous vendons aux labels ce que des centaines d’achats apprennent, jamais les vôtres "
            "seuls, et vous payons chaque lecture.",
            "We sell to labels what hundreds of purchases tell, never yours alone, and pay you for "
            "every look.",
        ),
        days_ago=108,
        lasts=400,
        gives=15,
        refuses=25,
    ),
    Offer(
        "care",
        CARE,
        "CustomerCare",
        (("Name", True), ("Communication", True), ("PhysicalAddress", False)),
        (
            "Nous répondons pour la boutique et retrouvons vos échanges avec elle.",
            "We answer for the shop and look up what you wrote to each other.",
        ),
        days_ago=107,
        lasts=121,
        gives=14,
        refuses=4,
    ),
    Offer(
        "study",
        CARE,
        "ServiceUsageAnalytics",
        (("ServiceConsumptionBehavior", True),),
        (
            "Une étude d’une saison : quand on nous appelle, et pour quoi.",
            "A study of one season: when people call us, and what for.",
        ),
        days_ago=106,
        lasts=96,
        reads=3,
        gives=12,
        refuses=4,
    ),
)
OFFER = {one.name: one for one in OFFERS}


def key_of(company_id: int) -> LocalAccount:
    """The key by which a company acts: its controller; the brand's own is its agent."""
    Account.enable_unaudited_hdwallet_features()
    path = _PATH.format(_FIRST + company_id)
    made: LocalAccount = Account.from_mnemonic(_WORDS, account_path=path)
    return made


def envelope_key_of(company_id: int) -> bytes:
    """The key to which records are sealed for a company, made of the one by which it acts."""
    made = HKDF(hashes.SHA256(), 32, None, b"cercle demo envelopes")
    return made.derive(bytes(key_of(company_id).key))


def hpke_of(company_id: int) -> str:
    """Its public half, as `Consent.company_of` tells it."""
    return "0x" + public_of(envelope_key_of(company_id)).hex()


def notice(offer: Offer) -> NoticeDocument:
    """What a company says of one purpose."""
    company = COMPANIES[offer.company_id - 1]
    data = sorted((category_of(code).bit, needed) for code, needed in offer.data)
    fr, en = offer.says
    days = offer.keeps
    value: dict[str, Any] = {
        "kind": "notice",
        "purpose": offer.number,
        "sentence": {"fr": fr, "en": en},
        "controller": {
            "name": company.name,
            "address": company.place,
            "contact": f"donnees@{company.site}",
            "type": "ForProfitOrganisation",
            "role": "DataController",
        },
        "privacy_notice": f"https://{company.site}/donnees",
        "data": [{"bit": bit, "is_required": needed} for bit, needed in data],
        "source": "DataSubject",
        "operations": ["Collect", "Store", "Use", "Erase"],
        "is_automated": False,
        "storage_locations": ["FR"],
        "processing_locations": ["FR"],
        "transfers": {"fr": "Rien ne quitte l’Union.", "en": "Nothing leaves the Union."},
        "retention": {
            "fr": f"Effacé {days} jours après la fin." if days else "Effacé à la fin.",
            "en": f"Deleted {days} days after the end." if days else "Deleted at the end.",
        },
        "jurisdiction": "FR",
        "recipients": [],
        "withdrawal": {
            "fr": "Sur la page « Mes données », en un geste.",
            "en": "On the page “My data”, in one act.",
        },
        "authority": {"name": "CNIL", "contact": "https://www.cnil.fr/plaintes"},
    }
    made = parse_document(value)
    assert isinstance(made, NoticeDocument)
    return made


__all__ = [
    "BRAND",
    "CARE",
    "CARRIER",
    "COMPANIES",
    "OFFER",
    "OFFERS",
    "PAID_IN",
    "PANEL",
    "Company",
    "Offer",
    "envelope_key_of",
    "hpke_of",
    "key_of",
    "notice",
]
