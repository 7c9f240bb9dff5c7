"""Service contracts that live in memory: two price lists, contracts in every state, their past.

What they cost and where they stand is reckoned by the SDK; only what was used is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cercle import typed_data
from cercle.acts import Act
from cercle.agreements import (
    Account,
    AtCapacity,
    GoingOn,
    Ladder,
    Plan,
    Rung,
    Terms,
    course,
    quote,
)
from cercle.agreements.client import AgreementView
from cercle.agreements.findings import Checked, ClosedPeriod, Finding, Receipt
from cercle.agreements.lists import Offer, PriceList, Shelf
from cercle.agreements.purse import Purse
from cercle.agreements.tariff import reach_for, stop_of
from cercle.calls import Call
from cercle.content import PlanDocument, PriceListDocument, Text
from cercle.content.texts import LongText
from cercle.errors import AgreementUnknown, CercleError, ContentForged, NodeUnreachable
from cercle.models import Card
from cercle.typed_data import TypedData
from frontend.agreeing import Contract, Offered, Wording
from frontend.services import Shown
from frontend.testing.fakes import DEPLOYMENT, GATE, HEAD, MEMBER_CARD, seal

DAY = 86_400
PERIOD, GRACE = 30 * DAY, 2 * DAY
NOW = HEAD.timestamp
METER = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"
TOKEN = "0x976EA74026E726554dB657fA54763abd0C3a0aa9"
HOME, ROAMING = 1, 2
OPERATOR, PROVIDER = 6, 5
SWITCH, STOP = AtCapacity.SWITCH, AtCapacity.STOP

# Tens of megabytes; cents.
SMALL = Plan(base_price=5_00, included=200, unit_price=1, capacity=500)
MEDIUM = Plan(base_price=7_00, included=1_000, unit_price=1, capacity=2_000)
LARGE = Plan(base_price=15_00, included=6_000, unit_price=1, capacity=8_000)
MINE = Plan(base_price=6_00, included=1_200, unit_price=1, capacity=2_000)
ABROAD = Plan(base_price=0, included=0, unit_price=2, capacity=250)
FARTHER = Plan(base_price=0, included=0, unit_price=2, capacity=1_000)
LADDER = (
    Rung(plan_id=1, plan=SMALL, at_capacity=SWITCH),
    Rung(plan_id=2, plan=MEDIUM, at_capacity=STOP),
    Rung(plan_id=3, plan=LARGE, at_capacity=STOP),
)
TRIP = (
    Rung(plan_id=1, plan=ABROAD, at_capacity=STOP),
    Rung(plan_id=2, plan=FARTHER, at_capacity=STOP),
)


def _list_text(name: tuple[str, str], says: tuple[str, str]) -> PriceListDocument:
    return PriceListDocument(
        provider="Ondine",
        name=Text(fr=name[0], en=name[1]),
        description=LongText(fr=says[0], en=says[1]),
        unit=Text(fr="dizaines de mégaoctets", en="tens of megabytes"),
        shown_as=Text(fr="Go", en="GB"),
        per_shown=100,
    )


def _plan_text(fr: str, en: str, says: tuple[str, str] = ("", "")) -> Shown[PlanDocument]:
    text = PlanDocument(name=Text(fr=fr, en=en), description=LongText(fr=says[0], en=says[1]))
    return Shown[PlanDocument](document=text)


HOME_WORDS = Wording(
    price_list=Shown[PriceListDocument](
        document=_list_text(
            ("Données en France", "Data in France"),
            ("Sans engagement.", "Leave with any month."),
        )
    ),
    plans={
        1: _plan_text("Petit", "Small", ("Pour les messages.", "For messages.")),
        2: _plan_text("Moyen", "Medium", ("Pour la musique.", "For music.")),
        3: _plan_text("Grand", "Large", ("Pour les films.", "For films.")),
        4: _plan_text("Pour vous", "For you"),
    },
)
ROAMING_WORDS = Wording(
    price_list=Shown[PriceListDocument](
        document=_list_text(
            ("Données à l’étranger", "Data abroad"),  # noqa: RUF001
            ("Un plafond, toujours.", "Always a limit."),
        )
    ),
    plans={1: _plan_text("Voyage", "Trip"), 2: _plan_text("Long voyage", "Long trip")},
)
WORDS = {HOME: HOME_WORDS, ROAMING: ROAMING_WORDS}
PURSE = Purse(token=TOKEN, symbol="EURC", decimals=2, balance=120_00, allowed=0)


def price_list(list_id: int = HOME, **changes: object) -> PriceList:
    """A list of Ondine's, whose meters somebody else reads."""
    fields: dict[str, object] = {
        **{"list_id": list_id, "company_id": PROVIDER, "operator_id": OPERATOR, "token": TOKEN},
        **{"period": PERIOD, "grace": GRACE, "outage_factor": 10_000, "revision": 4},
        "plan_count": 4 if list_id == HOME else 2,
    }
    return PriceList.model_validate(fields | changes)


def terms(rungs: Sequence[Rung] = LADDER, list_id: int = HOME, **changes: object) -> Terms:
    """What a ladder became when it was signed, two periods and a half ago."""
    reach = stop_of(rungs)
    fields: dict[str, object] = {
        **{"passport_id": MEMBER_CARD.passport_id, "list_id": list_id, "meter": METER},
        **{"starts_at": NOW - 2 * PERIOD - 18 * DAY, "period": PERIOD, "grace": GRACE},
        **{"outage_factor": 10_000, "period_cap": 20_00, "reach": reach},
        "limit": rungs[reach - 1].plan.capacity,
        "lowest": min(rung.plan.base_price for rung in rungs[:reach]),
        "rungs": tuple(rungs),
    }
    return Terms.model_validate(fields | changes)


def contract(
    number: int = 1, use: int = 1_230, of: Terms | None = None, **changes: object
) -> Contract:
    """A contract whose open period has this use; `changes` are of its book, or `going`."""
    own = of or terms()
    going = changes.pop("going", GoingOn())
    now = changes.pop("now", NOW)
    assert isinstance(going, GoingOn)
    assert isinstance(now, int)
    is_worse = bool(changes.pop("is_worse", False))
    book: dict[str, object] = {
        **{"period": 2, "periods": 12, "use": use, "price": 0, "outage": 0},
        **{"escrow": 30_00, "left": 200_00, "sequence": 9, "register": use + 2_000},
        **{"outage_total": 0, "revision": 4, "rung": 0, "funded": 0},
        **dict.fromkeys(("is_stopped", "is_warned", "is_worsened", "has_left"), False),
        "has_gone_on": bool(going.limit),
    }
    account = Account.model_validate(book | changes)
    if account.period < account.periods:
        bounds = course.bounds_of(own, account.period, going)
        account, _ = course.priced_account(own, account, bounds)
    account = account.model_copy(update={"funded": course.funded(own, account)})
    return Contract(
        view=AgreementView(
            agreement_id=number,
            terms=own,
            current=own,
            account=account,
            going=going,
            standing=course.standing(own, account, going, now),
            withdrawable=course.withdrawable(own, account, going, now),
            is_entitled=course.is_entitled(own, account, now),
            is_worse_now=is_worse or account.is_worsened,
            now=now,
        ),
        price_list=price_list(own.list_id),
        wording=WORDS[own.list_id],
        purse=PURSE,
        book=own.hash,
    )


def checked(of: Contract, uses: Sequence[int] = (310, 1_670), outage: int = 0) -> Checked:
    """What happened to it: closed periods of these uses, and a reading of the one that is open."""
    view = of.view
    own, found = view.terms, view.standing
    periods = []
    for number, used in enumerate(uses):
        told = quote(own.rungs, used)
        credit = course.credit_of(own, told.price, outage) if number == len(uses) - 1 else 0
        periods.append(
            ClosedPeriod(
                number=number,
                use=used,
                price=told.price,
                credit=credit,
                charge=told.price - credit,
                tx_hash=seal(500 + number),
            )
        )
    receipts = [
        _receipt(own, place + 1, number, used, own.begins(number + 1) - DAY)
        for place, (number, used) in enumerate(enumerate(uses))
    ]
    receipts.append(_receipt(own, 9, found.open_period, found.use, view.now - DAY))
    return Checked(
        agreement_id=of.id,
        terms=own,
        account=view.account,
        going=view.going,
        receipts=tuple(receipts),
        periods=tuple(periods),
        findings=(),
    )


def _receipt(own: Terms, sequence: int, period: int, use: int, read_at: int) -> Receipt:
    reach = reach_for(own.rungs, max(own.limit, use)) or len(own.rungs)
    told = quote(own.rungs, use, reach)
    return Receipt(
        sequence=sequence, read_at=read_at, shown=use, period=period, use=use, outage=0,
        plan_id=own.rungs[told.rung].plan_id, price=told.price, prices=told.prices,
        less_use=told.less_use, less_price=told.less_price, tx_hash=seal(600 + sequence),
    )  # fmt: skip


def offered(list_id: int = HOME, **changes: object) -> Offered:
    """A list as somebody finds it who may sign."""
    plans = {HOME: (SMALL, MEDIUM, LARGE), ROAMING: (ABROAD, FARTHER)}[list_id]
    offers = {n: Offer(plan_id=n, plan=plan) for n, plan in enumerate(plans, 1)}
    if list_id == HOME:
        offers[4] = Offer(plan_id=4, plan=MINE, passport_id=MEMBER_CARD.passport_id)
    shelf = Shelf(
        price_list=price_list(list_id),
        offers=offers,
        meters={METER: OPERATOR},
        allowing=frozenset({MEMBER_CARD.passport_id}),
        now=NOW,
    )
    fields: dict[str, object] = {
        **{"shelf": shelf, "wording": WORDS[list_id], "purse": PURSE, "meters": (METER,)}
    }
    return Offered.model_validate(fields | changes)


class FakeAgreeing:
    """Contracts and lists that a test sets; it notes what it was asked to build."""

    def __init__(self) -> None:
        self.contracts: dict[int, Contract] = {1: contract()}
        self.pasts: dict[int, Checked] = {1: checked(self.contracts[1])}
        self.shelves: dict[int, Offered] = {HOME: offered(), ROAMING: offered(ROAMING)}
        self.trouble: CercleError | None = None
        self.built: list[tuple[object, ...]] = []

    def have(self, *several: Contract) -> None:
        """Give the member these contracts, each with a past."""
        self.contracts = {one.id: one for one in several}
        self.pasts = {one.id: checked(one) for one in several}

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def numbers(self, card: Card) -> tuple[int, ...]:
        self._fail()
        return tuple(sorted(self.contracts, reverse=True))

    def contract(self, agreement_id: int, card: Card) -> Contract:
        self._fail()
        if agreement_id not in self.contracts:
            raise AgreementUnknown(f"There is no contract {agreement_id}.")
        return self.contracts[agreement_id]

    def checked(self, agreement_id: int) -> Checked:
        self._fail()
        return self.pasts[agreement_id]

    def lists(self) -> tuple[int, ...]:
        self._fail()
        return tuple(self.shelves)

    def heading(self, list_id: int) -> Shown[PriceListDocument]:
        self._fail()
        return self.shelves[list_id].wording.price_list

    def offered(self, list_id: int, card: Card | None) -> Offered:
        self._fail()
        return self.shelves[list_id]

    # ---- acts --------------------------------------------------------------------------

    def _build(self, function: str, *arguments: object, struct: str | None = None) -> Act:
        self.built.append((function, *arguments))
        call = Call(to=GATE, data="0x", contract="Fake", function=function)
        return Act(call, self._sign if struct else None, struct)

    @staticmethod
    def _sign(chain: object, account: str) -> TypedData:
        return typed_data.cancel(DEPLOYMENT, account, 1, 2**33)

    def allow(self, token: str, amount: int) -> Act:
        return self._build("approve", token, amount)

    def open(self, ladder: Ladder) -> Act:
        return self._build("open", ladder, struct="OpenAgreement")

    def top_up(self, contract: Contract, amount: int) -> Act:
        return self._build("top_up", contract.id, amount)

    def go_on(self, contract: Contract, *, limit: int, period_cap: int) -> Act:
        return self._build("go_on", contract.id, limit, period_cap, struct="GoOn")

    def end(self, contract: Contract, is_at_once: bool) -> Act:
        return self._build("end", contract.id, is_at_once, struct="EndAgreement")

    def withdraw(self, contract: Contract, payee: str, amount: int) -> Act:
        return self._build("withdraw", contract.id, payee, amount, struct="WithdrawEscrow")


# ---- scenes ------------------------------------------------------------------------------


def empty(fake: FakeAgreeing) -> None:
    """No contract of one's own, nothing offered."""
    fake.have()
    fake.shelves = {}


def busy(fake: FakeAgreeing) -> None:
    """One that has stopped at its limit, one near it, one that is over."""
    trip = terms(TRIP, ROAMING, period_cap=50_00)
    over = terms(starts_at=NOW - 13 * PERIOD)
    fake.have(
        contract(1, 1_740),
        contract(2, 250, trip, escrow=60_00),
        contract(3, 0, over, period=12, escrow=4_20),
    )


def stopped(fake: FakeAgreeing) -> None:
    """What was paid in is used up, and a plan got dearer."""
    fake.have(contract(1, 1_600, escrow=9_00, is_worse=True))


def late(fake: FakeAgreeing) -> None:
    """A book that does not follow from its ladder."""
    told = fake.pasts[1]
    wrong = Finding(
        event="ReadingSettled", what="price", told=10_30, right=9_30, subject="Reading 9",
        tx_hash=seal(609),
    )  # fmt: skip
    fake.pasts[1] = told.model_copy(update={"findings": (wrong,)})


def down(fake: FakeAgreeing) -> None:
    """No node answers."""
    fake.trouble = NodeUnreachable()


def forged(fake: FakeAgreeing) -> None:
    """The texts are not what was published."""
    words = Wording(
        price_list=Shown[PriceListDocument](problem=ContentForged),
        plans={n: Shown[PlanDocument](problem=ContentForged) for n in range(1, 5)},
    )
    fake.contracts = {
        n: one.model_copy(update={"wording": words}) for n, one in fake.contracts.items()
    }
    fake.shelves = {n: one.model_copy(update={"wording": words}) for n, one in fake.shelves.items()}


SCENES: dict[str, Callable[[FakeAgreeing], None]] = {
    "empty": empty,
    "busy": busy,
    "stopped": stopped,
    "late": late,
    "down": down,
    "forged": forged,
}
