# ruff: noqa: E501  (a sentence stays whole)
"""Decisions that live in memory: proposals in every state, a treasury, who speaks for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from cercle import lens, typed_data
from cercle.acts import Act
from cercle.calls import Call
from cercle.decision_models import (
    AllowedCall,
    AssetView,
    AttackView,
    ClassView,
    DelegateView,
    DelegationView,
    ProposalsView,
    ProposalView,
    SpendingView,
    TreasuryView,
)
from cercle.errors import CercleError, NodeUnreachable
from cercle.flags import ProposalState, Role, Support
from cercle.governor_plan import ClassPlan
from cercle.models import Card, RecentView
from cercle.proposals import Action, Course, Draft, build, say
from cercle.typed_data import TypedData
from cercle.values import checksummed
from frontend.testing.fakes import (
    BRAND,
    DEPLOYMENT,
    ESCROW,
    GATE,
    HEAD,
    MEMBER,
    NOW,
    STRANGER,
    seal,
)

DAY = timedelta(days=1)
FRIEND = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
GIVER = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"
POINTS = GATE  # where the fake deployment says the points are
# Every contract of a brand has its own address: else sentences would call one by another's name.
BOOK = DEPLOYMENT.model_copy(
    update={
        "contracts": {
            name: one.model_copy(
                update={
                    "address": checksummed(f"0x{number:040x}"),
                    "args": ["", "", "", "DELTA", 2] if name == "Points" else [],
                }
            )
            for number, (name, one) in enumerate(sorted(DEPLOYMENT.contracts.items()), 0xC0DE00)
        }
    }
)  # fmt: skip
TOKEN = BOOK.address("Points")

FIRST = ClassView(
    id=1, voting_delay=2 * DAY, voting_period=7 * DAY, late_extension=2 * DAY,
    queue_delay=3 * DAY, threshold=3, quorum=Decimal("0.2"), season_share=None, has_veto=True,
)  # fmt: skip
PAYING = ClassView(
    id=2, voting_delay=DAY, voting_period=3 * DAY, late_extension=DAY, queue_delay=2 * DAY,
    threshold=2, quorum=Decimal("0.1"), season_share=Decimal("0.125"), has_veto=True,
)  # fmt: skip
CLASSES = (FIRST, PAYING)
STRICTER = ClassPlan.model_validate(
    {
        "voting_delay_days": 2,
        "voting_period_days": 7,
        "late_extension_days": 2,
        "queue_delay_days": 3,
        "threshold": 3,
        "quorum_percent": 25,
        "veto": False,
    }
)


def proposal(
    state: ProposalState, actions: Sequence[Action], text: str, class_id: int = 1, **changes: object
) -> ProposalView:
    """One whose dates suit its state; `changes` make it another."""
    draft = Draft(actions=tuple(actions), description=text, class_id=class_id)
    terms = CLASSES[class_id - 1]
    asked = 398 * int(terms.quorum * 100) // 100
    starts = {
        ProposalState.PENDING: NOW + DAY,
        ProposalState.ACTIVE: NOW - 2 * DAY,
    }.get(state, NOW - 12 * DAY)
    is_open = state == ProposalState.PENDING
    fields: dict[str, object] = {
        "id": draft.id,
        "proposer": FRIEND,
        "draft": draft,
        "said": say(BOOK, draft),
        "class_id": class_id,
        "state": state,
        "snapshot": starts,
        "deadline": starts + terms.voting_period,
        "eta": None,
        "against": 0,
        "in_favour": 0,
        "abstaining": 0,
        "quorum": None if is_open else asked,
        "supply": None if is_open else 398,
        "has_voted": None,
        "my_votes": None,
        "terms": terms,
        "tx_hash": seal(77),
    }
    return ProposalView.model_validate(fields | changes)


TILL = build.give_roles(BOOK, FRIEND, Role.TILL | Role.CURATOR)
PARTY = build.pay_token(TOKEN, GIVER, 120_000)
ACTIVE = proposal(
    ProposalState.ACTIVE, [TILL],
    "# A second till on Saturdays\n\nThe queue reaches the street. Awa would stand at it; she has the keys already.",
    against=12, in_favour=41, abstaining=9,
)  # fmt: skip
PAID = proposal(
    ProposalState.ACTIVE, [PARTY], "Pay the band for the summer party", 2,
    against=3, in_favour=15, abstaining=2, snapshot=NOW - 2 * DAY + timedelta(hours=4),
    deadline=NOW + DAY + timedelta(hours=4),
)  # fmt: skip
PENDING = proposal(
    ProposalState.PENDING, [build.set_terms(BOOK, 1, STRICTER)], "Ask for a larger quorum"
)
SUCCEEDED = proposal(
    ProposalState.SUCCEEDED, [build.pay_ether(GIVER, 25 * 10**16)], "Repair the front window",
    against=20, in_favour=110, abstaining=11,
)  # fmt: skip
WAITING = proposal(
    ProposalState.QUEUED, [build.set_profile(BOOK, seal(5))], "A new motto", in_favour=140,
    eta=NOW + 2 * DAY,
)  # fmt: skip
DUE = proposal(
    ProposalState.QUEUED, [PARTY], "Pay the printer", 2, in_favour=90, eta=NOW - timedelta(hours=2)
)
EXECUTED = proposal(
    ProposalState.EXECUTED, [build.accept_admin(BOOK)], "Take over", in_favour=201, against=4,
    eta=NOW - 2 * DAY, course=Course(executed_at=NOW - DAY),
)  # fmt: skip
VETOED = proposal(
    ProposalState.CANCELED, [build.pay_ether(STRANGER, 9 * 10**18)], "Pay me", in_favour=80,
    course=Course(canceled_at=NOW - 3 * DAY, warden=BRAND, veto="It pays a stranger all we have."),
)  # fmt: skip
TAKEN_BACK = proposal(
    ProposalState.CANCELED, [TILL], "A till too many", course=Course(canceled_at=NOW - 13 * DAY)
)
QUIET = proposal(
    ProposalState.DEFEATED, [build.set_dao_uri(BOOK, "https://delta.example/dao.json")],
    "Say where our description lies", in_favour=30,
)  # fmt: skip
REFUSED = proposal(
    ProposalState.DEFEATED, [build.call(Call(to=STRANGER, data="0xdeadbeef", contract="", function=""))],
    "Call this", in_favour=60, against=90, snapshot=NOW - 12 * DAY, deadline=NOW - 3 * DAY,
)  # fmt: skip
EVERY = (
    PENDING,
    ACTIVE,
    PAID,
    DUE,
    WAITING,
    SUCCEEDED,
    EXECUTED,
    VETOED,
    TAKEN_BACK,
    QUIET,
    REFUSED,
)
# As member 42 stands to each: votes at its start, and whether these were cast.
MINE: dict[int, dict[str, object]] = {
    one.id: {"has_voted": False}
    if one is PENDING
    else {"my_votes": 3, "has_voted": one in (EXECUTED, SUCCEEDED)}
    for one in EVERY
}

ASSETS = (
    AssetView(address=None, symbol="", decimals=18, balance=15 * 10**17),
    AssetView(address=TOKEN, symbol="DELTA", decimals=2, balance=1_250_000),
)
SPENDING = (
    SpendingView(
        class_id=2, asset=None, season=0, treasury=16 * 10**17, spent=10**17, most=2 * 10**17
    ),
    SpendingView(class_id=2, asset=TOKEN, season=0, treasury=1_370_000, spent=12_000, most=171_250),
)
TREASURY = TreasuryView(
    head=HEAD, governor=BOOK.address("Governor"), balances={}, spending=SPENDING, assets=ASSETS,
    classes=CLASSES, supply=398, warden_until=NOW + 300 * DAY,
)  # fmt: skip
ALLOWED = (
    AllowedCall(
        class_id=2, target=TOKEN, selector=bytes.fromhex("a9059cbb"), cap=50_000, amount_word=2
    ),
)
ALONE = DelegationView(
    head=HEAD, account=MEMBER, delegate=MEMBER, delegate_no=42, is_away=False, expires_at=None,
    is_expired=False, own=1, votes=3,
)  # fmt: skip
AWAY = ALONE.model_copy(
    update={
        "delegate": FRIEND,
        "delegate_no": 7,
        "is_away": True,
        "expires_at": NOW + 90 * DAY,
        "votes": 0,
    }
)
DELEGATES = (
    DelegateView(account=FRIEND, votes=24, member_no=7),
    DelegateView(account=MEMBER, votes=3, member_no=42),
    DelegateView(account=GIVER, votes=2, member_no=118),
    DelegateView(account=ESCROW, votes=1, member_no=0),
)


class FakeDeciding:
    """Decisions whose figures a test sets; it notes what it was asked to build."""

    def __init__(self) -> None:
        self.every: tuple[ProposalView, ...] = EVERY
        self.older = 0
        self.mine: dict[int, dict[str, object]] = dict(MINE)
        self.said: dict[int, Support] = {
            EXECUTED.id: Support.IN_FAVOUR,
            SUCCEEDED.id: Support.AGAINST,
        }
        self.recent: RecentView | None = RecentView(
            since=NOW - 30 * DAY, joined=7, awards=120, standing=5_400
        )
        self.classes = CLASSES
        self.voices: dict[str, DelegationView] = {MEMBER: ALONE}
        self.speakers: tuple[DelegateView, ...] = DELEGATES
        self.holds = TREASURY
        self.allowed = ALLOWED
        self.trouble: CercleError | None = None
        self.built: list[tuple[object, ...]] = []

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def chain_id(self) -> int:
        return DEPLOYMENT.chain_id

    def proposals(self, account: str | None = None, parts: int = 1) -> ProposalsView:
        self._fail()
        is_member = account == MEMBER
        found = tuple(
            one
            if account is None
            else one.model_copy(
                update=self.mine.get(one.id, {})
                if is_member
                else {"has_voted": False, "my_votes": None if one.supply is None else 0}
            )
            for one in self.every
        )
        return ProposalsView(head=HEAD, classes=self.classes, proposals=found, recent=self.recent)

    def count(self) -> int:
        return len(self.every) + self.older

    def my_votes(self, card: Card, proposals: Sequence[int]) -> dict[int, Support]:
        return {one: self.said[one] for one in proposals if one in self.said}

    def delegation(self, account: str) -> DelegationView:
        self._fail()
        nobody = DelegationView(
            head=HEAD, account=account, delegate=None, is_away=False, expires_at=None,
            is_expired=False, own=0, votes=0,
        )  # fmt: skip
        return self.voices.get(account, nobody)

    def delegates(self) -> tuple[DelegateView, ...]:
        self._fail()
        return self.speakers

    def treasury(self) -> TreasuryView:
        self._fail()
        return self.holds

    def attacks(self) -> tuple[AttackView, ...]:
        return lens.attacks(self.holds, self.allowed)

    def season_end(self) -> datetime | None:
        return NOW + 200 * DAY if self.holds.spending else None

    def _build(self, function: str, *arguments: object, struct: str | None = None) -> Act:
        self.built.append((function, *arguments))
        call = Call(to=GATE, data="0x", contract="Fake", function=function)
        return Act(call, self._sign if struct else None, struct)

    @staticmethod
    def _sign(chain: object, account: str) -> TypedData:
        return typed_data.cancel(DEPLOYMENT, account, 1, 2**33)

    def vote(self, proposal: ProposalView, support: Support, reason: str, account: str) -> Act:
        return self._build("vote", proposal.id, support, reason, struct="BallotUntil")

    def queue(self, draft: Draft) -> Act:
        return self._build("queue", draft.id)

    def execute(self, draft: Draft) -> Act:
        return self._build("execute", draft.id)

    def cancel(self, draft: Draft) -> Act:
        return self._build("cancel", draft.id)

    def delegate(self, delegatee: str, until: datetime | None = None) -> Act:
        return self._build("delegate", delegatee, until, struct="DelegateUntil")


# ---- scenes: what `fakes.SCENES` do to a community, these do to its decisions -------


def empty(fake: FakeDeciding) -> None:
    """Nothing was proposed, nothing is held, nobody speaks for another."""
    fake.every = ()
    fake.holds = TREASURY.model_copy(
        update={
            "assets": tuple(one.model_copy(update={"balance": 0}) for one in ASSETS),
            "spending": tuple(
                one.model_copy(update={"treasury": None, "spent": 0, "most": 0}) for one in SPENDING
            ),
        }
    )
    fake.speakers = ()
    fake.recent = None


def busy(fake: FakeDeciding) -> None:
    """The member has voted, was prolonged, and let another speak from now on."""
    fake.mine[ACTIVE.id] = {"my_votes": 3, "has_voted": True}
    fake.said[ACTIVE.id] = Support.ABSTAIN
    fake.every = tuple(
        one.model_copy(update={"deadline": one.deadline + 2 * DAY}) if one.id == PAID.id else one
        for one in EVERY
    )
    fake.voices[MEMBER] = AWAY


def late(fake: FakeDeciding) -> None:
    """A newcomer without votes yet; a delegation that has ended; no veto any more."""
    fake.mine = {
        one.id: {"has_voted": False, "my_votes": None if one.supply is None else 0} for one in EVERY
    }
    fake.voices[MEMBER] = AWAY.model_copy(
        update={"expires_at": NOW - DAY, "is_expired": True, "own": 0}
    )
    fake.holds = TREASURY.model_copy(update={"warden_until": NOW - DAY})


def down(fake: FakeDeciding) -> None:
    """No node answers."""
    fake.trouble = NodeUnreachable("no node")


def without_points(fake: FakeDeciding) -> None:
    """An employer's staff: a treasury of the chain's own coin, and nothing else."""
    is_theirs = (PENDING, ACTIVE, SUCCEEDED, EXECUTED, VETOED)
    fake.every = tuple(one for one in EVERY if one in is_theirs)
    fake.holds = TREASURY.model_copy(update={"assets": ASSETS[:1], "spending": SPENDING[:1]})


SCENES: dict[str, Callable[[FakeDeciding], None]] = {
    "empty": empty,
    "busy": busy,
    "late": late,
    "down": down,
}
