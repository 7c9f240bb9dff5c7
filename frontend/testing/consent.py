# ruff: noqa: E501, RUF001  (a sentence stays whole; French apostrophes)
"""Consents that live in memory: companies, what they may see, a move, who looked, decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from cercle import typed_data
from cercle.acts import Act
from cercle.calls import Call
from cercle.consent import (
    Acknowledgement,
    ConsentStatus,
    DecisionState,
    Language,
    mask_of,
    purpose_of,
)
from cercle.content import NoticeDocument
from cercle.errors import CercleError, NodeUnreachable
from cercle.models import Card
from cercle.typed_data import TypedData
from cercle.vault.wire import CertificateLine
from frontend.holdings import (
    Company,
    Consent,
    Decision,
    Earnings,
    Look,
    Move,
    MyData,
    Notice,
    Notified,
    Opening,
    Part,
    Price,
    Share,
)
from frontend.services import Shown
from frontend.testing.fakes import DEPLOYMENT, GATE, HEAD, NOW, seal

DAY = timedelta(days=1)
CARRIER, SHOP, LAB, QUIET = 2, 1, 3, 4
DELIVERY = purpose_of("DeliveryOfGoods").number
CARE = purpose_of("CustomerCare").number
ADVERTS = purpose_of("DirectMarketing").number
SELLING = purpose_of("SellInsightsFromData").number
ADDRESS = mask_of(["Name", "PhysicalAddress", "TelephoneNumber"])
BIT_ADDRESS, BIT_PHONE, BIT_PURCHASE = 1, 3, 11


def notice_text(
    purpose: int, name: str, data: Sequence[tuple[int, bool]], fr: str, en: str
) -> NoticeDocument:
    """What a company says, in full."""
    return NoticeDocument.model_validate(
        {
            "purpose": purpose,
            "sentence": {"fr": fr, "en": en},
            "controller": {
                "name": name, "address": "3, quai des Brumes, 44000 Nantes", "contact": "donnees@exemple.fr",
                "type": "ForProfitOrganisation", "role": "DataController",
            },
            "privacy_notice": "https://exemple.fr/donnees",
            "data": [{"bit": bit, "is_required": needed} for bit, needed in data],
            "source": "DataSubject",
            "operations": ["Store", "Use"],
            "is_automated": False,
            "storage_locations": ["FR"],
            "processing_locations": ["FR", "BE"],
            "transfers": {"fr": "Rien ne quitte l’Union européenne.", "en": "Nothing leaves the European Union."},
            "retention": {"fr": "Six mois après la livraison.", "en": "Six months after the delivery."},
            "jurisdiction": "FR",
            "recipients": [
                {"name": "Tri Ouest", "contact": "tri@exemple.fr", "type": "ForProfitOrganisation", "role": "DataProcessor", "place": "FR"}
            ],
            "withdrawal": {"fr": "Sur la page Mes données, à tout moment.", "en": "On the page My data, at any time."},
            "authority": {"name": "CNIL", "contact": "https://www.cnil.fr"},
        }
    )  # fmt: skip


TEXTS = {
    seal(201): notice_text(DELIVERY, "Colis Brume", [(0, True), (BIT_ADDRESS, True), (BIT_PHONE, False)],
        "Vous apporter vos colis, et vous prévenir du passage.", "To bring your parcels, and to tell you when."),
    seal(202): notice_text(ADVERTS, "Colis Brume", [(2, True)],
        "Vous écrire nos offres.", "To write to you about our offers."),
    seal(203): notice_text(CARE, "Disques Delta", [(0, True), (2, True), (BIT_PURCHASE, False)],
        "Répondre à vos questions sur vos achats.", "To answer your questions about what you bought."),
    seal(204): notice_text(SELLING, "Labo Écoute", [(BIT_PURCHASE, True), (14, False)],
        "Vendre des études sur ce que les gens écoutent.", "To sell studies of what people listen to."),
}  # fmt: skip


def notice(company_id: int, purpose: int, text: int, version: int = 1) -> Notice:
    """A notice that stands, with its text."""
    return Notice(
        company_id=company_id, purpose=purpose, version=version,
        categories=TEXTS[seal(text)].categories, content_hash=seal(text),
    )  # fmt: skip


SHOP_VIEW = Company(
    id=SHOP,
    uri="https://delta.example",
    is_denied=False,
    is_brands=False,
    notices=(notice(SHOP, CARE, 203),),
)
CARRIER_VIEW = Company(
    id=CARRIER, uri="https://brume.example", is_denied=False, is_brands=False,
    notices=(notice(CARRIER, DELIVERY, 201), notice(CARRIER, ADVERTS, 202)),
)  # fmt: skip
LAB_VIEW = Company(
    id=LAB,
    uri="https://labo.example",
    is_denied=False,
    is_brands=False,
    notices=(notice(LAB, SELLING, 204),),
)


def stranger(number: int) -> Company:
    """A company that nothing ever happened with."""
    stands = notice(number, CARE, 203)
    return Company(
        id=number,
        uri="https://calme.example",
        is_denied=False,
        is_brands=False,
        notices=(stands,),
    )


COMPANIES = (SHOP_VIEW, CARRIER_VIEW, LAB_VIEW)


def consent(company_id: int, purpose: int, status: ConsentStatus, **changes: object) -> Consent:
    """What stands between the member and a company; `changes` make it another."""
    is_given = status not in (ConsentStatus.NONE, ConsentStatus.REQUESTED)
    fields: dict[str, object] = {
        "company_id": company_id,
        "purpose": purpose,
        "status": status,
        "categories": 0,
        "reminder": 0,
        "until": NOW + 265 * DAY if is_given else None,
        "reads": 12 if is_given else 0,
        "reads_used": 0,
        "read_at": None,
        "is_purpose_denied": False,
        "is_company_denied": False,
        "asked": 0,
        "asked_at": None,
        "due_at": None,
        "bond": Decimal(0),
        "is_overdue": False,
    }
    return Consent.model_validate(fields | changes)


GIVEN = consent(
    CARRIER,
    DELIVERY,
    ConsentStatus.GIVEN,
    categories=ADDRESS,
    reads_used=3,
    read_at=NOW - 2 * DAY,
    bond=Decimal(5),
)
ASKED = consent(
    LAB, SELLING, ConsentStatus.REQUESTED, asked=mask_of(["Purchase"]), asked_at=NOW - DAY
)
ENDING = consent(
    SHOP, CARE, ConsentStatus.RENEWED, categories=mask_of(["Name", "EmailAddress"]),
    until=NOW + 10 * DAY, reads=5, reminder=80,
)  # fmt: skip
NOTHING = consent(CARRIER, ADVERTS, ConsentStatus.NONE)
MINE = MyData(
    head=HEAD, passport_id=17, withdrawn_at=None, denied_purposes=(), symbol="EURC", companies=COMPANIES,
    consents=(ENDING, GIVEN, NOTHING, ASKED),
)  # fmt: skip

MOVES = (
    Move(
        category=BIT_ADDRESS, version=2, moved_at=NOW - 15 * DAY, is_erased=False,
        notified=(
            Notified(company_id=SHOP, state=Acknowledgement.ACKNOWLEDGED, expected_until=NOW - DAY),
            Notified(company_id=CARRIER, state=Acknowledgement.LATE, expected_until=NOW - DAY),
            Notified(company_id=LAB, state=Acknowledgement.NOT_ALLOWED, expected_until=NOW - DAY),
        ),
    ),
    Move(
        category=BIT_PHONE, version=1, moved_at=NOW - 3 * DAY, is_erased=False,
        notified=(Notified(company_id=CARRIER, state=Acknowledgement.EXPECTED, expected_until=NOW + 11 * DAY),),
    ),
)  # fmt: skip


def look(
    company_id: int, purpose: int, category: int, days: int, read: int, price: str = "0"
) -> Look:
    """A look so many days ago."""
    return Look(
        at=NOW - days * DAY, company_id=company_id, purpose=purpose, category=category,
        order_hash=seal(700 + read), read=read, price=Decimal(price), tx_hash=seal(800 + read),
    )  # fmt: skip


EARNINGS = Earnings(
    head=HEAD,
    looks=(look(LAB, SELLING, BIT_PURCHASE, 1, 1, "2.50"), look(CARRIER, DELIVERY, BIT_ADDRESS, 2, 3), look(CARRIER, DELIVERY, BIT_ADDRESS, 20, 2)),
    symbol="EURC", decimals=6, income=Decimal("7.50"), due=Decimal("4.50"), collected=Decimal("1.50"),
    shares=(Share(passport_id=23, basis_points=2_000),),
    next_shares=(Share(passport_id=23, basis_points=1_000),), next_from=NOW + 12 * DAY,
    prices=(Price(purpose=SELLING, category=BIT_PURCHASE, price=Decimal("2.50")),),
    parts=(Part(owner=31, due=Decimal("0.75")),), is_main=True,
)  # fmt: skip
NOBODY_LOOKED = EARNINGS.model_copy(
    update={
        "looks": (), "income": Decimal(0), "due": Decimal(0), "collected": Decimal(0), "shares": (),
        "next_shares": None, "next_from": None, "prices": (), "parts": (),
    }
)  # fmt: skip


def decision(number: int, state: DecisionState, days: int, **changes: object) -> Decision:
    """A decision of the carrier, so many days ago."""
    made = NOW - days * DAY
    asked = state in (DecisionState.DEMANDED, DecisionState.OPENED, DecisionState.SILENT)
    demanded = made + 5 * DAY if asked else None
    fields: dict[str, object] = {
        "id": number, "company_id": CARRIER, "state": state, "commitment": seal(900 + number),
        "committed_at": made, "demand_until": made + 365 * DAY, "was_allowed": True,
        "due_at": demanded + 30 * DAY if demanded else None, "opening": None,
    }  # fmt: skip
    return Decision.model_validate(fields | changes)


OPENING = Opening(
    rule=seal(1), inputs=seal(2), outcome=seal(3), counterfactual=seal(4), is_late=False
)
DECISIONS = (
    decision(9, DecisionState.COMMITTED, 2),
    decision(8, DecisionState.DEMANDED, 12),
    decision(7, DecisionState.OPENED, 30, opening=OPENING),
    decision(6, DecisionState.SILENT, 60),
    decision(5, DecisionState.UNASKED, 400),
)


class FakeConsents:
    """Consents whose figures a test sets; it notes what it was asked to build."""

    def __init__(self) -> None:
        self.mine = MINE
        self.others = {QUIET: stranger(QUIET)}
        self.texts: dict[str, NoticeDocument] = dict(TEXTS)
        self.problems: dict[str, type[CercleError]] = {}
        self.moved: tuple[Move, ...] = MOVES
        self.earned = EARNINGS
        self.decided: tuple[Decision, ...] = DECISIONS
        self.named: tuple[str, ...] = ()
        self.certified: set[str] = set()
        self.contracts = {"Consent", "Records", "Vault", "Decisions"}
        self.trouble: CercleError | None = None
        self.built: list[tuple[object, ...]] = []

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def has(self, contract: str) -> bool:
        return contract in self.contracts

    def my_data(self, card: Card, also: int = 0) -> MyData:
        self._fail()
        if also not in self.others:
            return self.mine
        other = self.others[also]
        new = tuple(consent(also, one.purpose, ConsentStatus.NONE) for one in other.notices)
        return self.mine.model_copy(
            update={
                "companies": (*self.mine.companies, other),
                "consents": (*self.mine.consents, *new),
            }
        )

    def notices_of(self, company_id: int) -> tuple[str, ...]:
        self._fail()
        known = (*self.mine.companies, *self.others.values())
        found = (one.notices for one in known if one.id == company_id)
        return tuple(one.content_hash for one in next(found, ()))

    def notice_text(self, name: str) -> Shown[NoticeDocument]:
        return Shown(document=self.texts.get(name), problem=self.problems.get(name))

    def receipts(self, card: Card) -> bytes:
        self._fail()
        return b'{"@graph": []}'

    def moves(self, card: Card) -> tuple[Move, ...]:
        self._fail()
        return self.moved

    def custodians(self, card: Card) -> tuple[str, ...]:
        self._fail()
        return self.named

    def is_certified(self, line: CertificateLine) -> bool:
        self._fail()
        return line.certificate_hash in self.certified

    def earnings(self, card: Card) -> Earnings:
        self._fail()
        return self.earned

    def decisions(self, card: Card) -> tuple[Decision, ...]:
        self._fail()
        return self.decided

    # ---- acts --------------------------------------------------------------------------

    def _build(self, function: str, *arguments: object, struct: str | None = None) -> Act:
        self.built.append((function, *arguments))
        call = Call(to=GATE, data="0x", contract="Fake", function=function)
        return Act(call, self._sign if struct else None, struct)

    @staticmethod
    def _sign(chain: object, account: str) -> TypedData:
        return typed_data.cancel(DEPLOYMENT, account, 1, 2**33)

    def grant(
        self, card: Card, notice: Notice, *, categories: int, until: datetime,
        keep_until: datetime, reads: int, language: Language,
    ) -> Act:  # fmt: skip
        place = (notice.company_id, notice.purpose, notice.version)
        return self._build(
            "grant", *place, categories, until, keep_until, reads, language, struct="Grant"
        )

    def refuse(self, company_id: int, purpose: int) -> Act:
        return self._build("refuse", company_id, purpose, struct="Refuse")

    def withdraw(self, company_id: int, purpose: int) -> Act:
        return self._build("withdraw", company_id, purpose, struct="Withdraw")

    def withdraw_all(self) -> Act:
        return self._build("withdraw_all", struct="WithdrawAll")

    def deny_company(self, company_id: int, is_denied: bool) -> Act:
        return self._build("deny_company", company_id, is_denied, struct="DenyCompany")

    def deny_purpose(self, purpose: int, is_denied: bool) -> Act:
        return self._build("deny_purpose", purpose, is_denied, struct="DenyPurpose")

    def mark_overdue(self, card: Card, company_id: int, purpose: int) -> Act:
        return self._build("mark_overdue", company_id, purpose)

    def move(self, category: int, commitment: str) -> Act:
        return self._build("move", category, commitment, struct="Move")

    def erase(self, category: int) -> Act:
        return self._build("erase", category, struct="Erase")

    def set_custodians(self, custodians: Sequence[str]) -> Act:
        return self._build("set_custodians", *custodians, struct="SetCustodians")

    def certify(self, line: CertificateLine) -> Act:
        return self._build("certify_shred", line.version)

    def set_price(self, card: Card, purpose: int, category: int, price: Decimal) -> Act:
        return self._build("set_price", purpose, category, price, struct="SetPrice")

    def set_shares(self, shares: Sequence[tuple[int, int]]) -> Act:
        return self._build("set_shares", *shares, struct="SetShares")

    def collect(self, card: Card, owner: int | None = None) -> Act:
        return self._build("collect", *(() if owner is None else (owner,)))

    def demand(self, decision_id: int) -> Act:
        return self._build("demand", decision_id, struct="Demand")

    def mark_silence(self, decision_id: int) -> Act:
        return self._build("mark_silence", decision_id)


# ---- scenes: what `fakes.SCENES` do to a community, these do to its consents --------


def empty(fake: FakeConsents) -> None:
    """No company is here, nothing was given, nobody looked."""
    fake.mine = MINE.model_copy(update={"companies": (), "consents": ()})
    fake.moved, fake.earned, fake.decided = (), NOBODY_LOOKED, ()


def busy(fake: FakeConsents) -> None:
    """A company that is shut out, one that is late, one whose grant has ended."""
    shut = CARRIER_VIEW.model_copy(update={"is_denied": True})
    fake.mine = MINE.model_copy(
        update={
            "companies": (SHOP_VIEW, shut, LAB_VIEW),
            "denied_purposes": (SELLING,),
            "consents": (
                consent(SHOP, CARE, ConsentStatus.WITHDRAWN, until=NOW - 40 * DAY, read_at=NOW - 50 * DAY, due_at=NOW - 10 * DAY, bond=Decimal(5)),
                GIVEN.model_copy(update={"status": ConsentStatus.REFUSED, "is_company_denied": True}),
                consent(LAB, SELLING, ConsentStatus.REFUSED, is_purpose_denied=True, until=None, reads=0),
            ),
        }
    )  # fmt: skip


def late(fake: FakeConsents) -> None:
    """Everything was withdrawn; a company did not delete in time."""
    gone = {"status": ConsentStatus.WITHDRAWN, "due_at": NOW + 20 * DAY}
    fake.mine = MINE.model_copy(
        update={
            "withdrawn_at": NOW - 10 * DAY,
            "consents": (
                ENDING.model_copy(update={**gone, "due_at": NOW - DAY, "is_overdue": True, "read_at": NOW - 30 * DAY, "bond": Decimal(0)}),
                GIVEN.model_copy(update=gone),
                NOTHING,
            ),
        }
    )  # fmt: skip


def erased(fake: FakeConsents) -> None:
    """The telephone number was erased."""
    gone = {"is_erased": True, "version": 2}
    fake.moved = tuple(
        one.model_copy(update=gone) if one.category == BIT_PHONE else one for one in fake.moved
    )


def down(fake: FakeConsents) -> None:
    """No node answers."""
    fake.trouble = NodeUnreachable("no node")


SCENES: dict[str, Callable[[FakeConsents], None]] = {
    "empty": empty,
    "busy": busy,
    "late": late,
    "erased": erased,
    "down": down,
}
