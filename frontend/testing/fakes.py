# ruff: noqa: E501  (a sentence stays whole)
"""A community, a wallet and a keeper of codes that live in memory: what the pages are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from cercle import typed_data
from cercle.acts import Act
from cercle.calls import Call
from cercle.content import BrandDocument, PerkDocument, PollDocument, WorldName
from cercle.deployments import Deployed, Deployment
from cercle.errors import (
    CercleError,
    ContentForged,
    GateClosed,
    NodeUnreachable,
    PerkClosed,
    PerkLimitReached,
    PerkNeedsMembership,
    PerkSoldOut,
)
from cercle.events import Event
from cercle.flags import ClaimState, GateQuestion, PerkKind, PollState, Way
from cercle.index.history import (
    Entry,
    Kinds,
    Page,
    PollCourse,
    PollMoment,
    Served,
    mark,
    position_of,
)
from cercle.loyalty.words import claim_id_of
from cercle.models import (
    AvatarView,
    BrandView,
    Card,
    ClaimView,
    GateView,
    Head,
    PerkView,
    PointsTerms,
    PollView,
    RecentView,
    VariantView,
)
from cercle.orders import Order, OrderFile
from cercle.slips import Attestation, Invitation
from cercle.typed_data import SignedMessage, TypedData
from cercle.values import ZERO_HASH
from frontend.carrying import Look
from frontend.services import Shown, Signed, writers

NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
MEMBER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
STRANGER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
PERSON = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
BRAND = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
GATE = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
ESCROW = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"  # where the points of claims lie: Perks


def seal(number: int) -> str:
    """A hash that stands for a text."""
    return f"0x{number:064x}"


DEPLOYMENT = Deployment(
    chain_id=31_337,
    network="test",
    brand="delta",
    contracts={
        file.name.removesuffix(".json"): Deployed(
            address=ESCROW if file.name == "Perks.json" else GATE, block=0, codehash=seal(9)
        )
        for file in (resources.files("cercle") / "abis").iterdir()
        if file.name.endswith(".json")
    },
)
HEAD = Head(number=1200, hash=seal(0xB10C), timestamp=int(NOW.timestamp()), time=NOW)

BRAND_TEXT = BrandDocument.model_validate(
    {
        "name": "Disques Delta",
        "colour": "#7a2e3a",
        "motto": {"fr": "La musique se partage.", "en": "Music is for sharing."},
        "tiers": [
            {"fr": "Membre", "en": "Member"},
            {"fr": "Bronze", "en": "Bronze"},
            {"fr": "Argent", "en": "Silver"},
            {"fr": "Or", "en": "Gold"},
        ],
        "languages": ["fr", "en"],
        "support_hours": {
            "fr": "du mardi au samedi, de 10 h à 19 h",
            "en": "Tuesday to Saturday, 10 to 7",
        },
    }
)
BRAND_VIEW = BrandView(
    head=HEAD,
    charter=BRAND,
    admin=BRAND,
    pending_admin=None,
    warden_until=NOW + timedelta(days=300),
    is_sealed=True,
    profile_hash=seal(1),
    entries=(),
    points=PointsTerms(
        name="Delta points",
        symbol="DELTA",
        decimals=2,
        face_value=Decimal("0.01"),
        currency="EUR",
        expiry_period=timedelta(days=365),
        supply=Decimal(98_765),
    ),
    thresholds=(500, 1_500, 3_000),
    member_count=412,
    active_count=398,
    recent=RecentView(since=NOW - timedelta(days=30), joined=7, awards=120, standing=5_400),
    open_door_per_day=20,
    admissions_per_day=50,
)

MEMBER_CARD = Card(
    head=HEAD,
    account=MEMBER,
    passport_id=17,
    main_wallet=MEMBER,
    member_no=42,
    joined_at=NOW - timedelta(days=400),
    is_active=True,
    standing=1_180,
    tier=1,
    thresholds=(500, 1_500, 3_000),
    points=Decimal("1250"),
    points_last_active=NOW - timedelta(days=362),
    points_expire_at=NOW + timedelta(days=3),
    points_symbol="DELTA",
    points_decimals=2,
    face_value=Decimal("0.01"),
    currency="EUR",
    counts_from=NOW - timedelta(days=370),
    votes=1,
    delegate=MEMBER,
)
STRANGER_CARD = Card(head=HEAD, account=STRANGER, thresholds=(500, 1_500, 3_000), currency="EUR")
PERSON_CARD = STRANGER_CARD.model_copy(
    update={"account": PERSON, "passport_id": 23, "main_wallet": PERSON}
)


def gate(question: GateQuestion, value: int, is_open: bool | None) -> GateView:
    return GateView(gate=GATE, argument=value, question=question, value=value, is_open=is_open)


def perk(number: int, **changes: object) -> PerkView:
    """An open, free-standing STORE perk of 400 points; `changes` make it another."""
    fields: dict[str, object] = {
        "id": number,
        "content_hash": seal(100 + number),
        "kind": PerkKind.STORE,
        "price": Decimal(400),
        "opens_at": NOW - timedelta(days=5),
        "closes_at": NOW + timedelta(days=9),
        "period": None,
        "limit": 1,
        "fulfil_within": timedelta(days=30),
        "variants": (VariantView(stock=20, taken=8, left=12),),
    }
    return PerkView.model_validate(fields | changes)


def perk_text(
    fr: str, en: str, variants: list[tuple[str, str]] | None = None, **more: str
) -> PerkDocument:
    return PerkDocument.model_validate(
        {
            "name": {"fr": fr, "en": en},
            "description": {"fr": more.get("about_fr", ""), "en": more.get("about_en", "")},
            "variants": [{"fr": f, "en": e} for f, e in variants or [("Unique", "One size")]],
        }
    )


PERKS = (
    perk(
        3,
        variants=(VariantView(stock=10, taken=4, left=6), VariantView(stock=10, taken=10, left=0)),
    ),
    perk(
        2,
        kind=PerkKind.CODE,
        price=Decimal(0),
        closes_at=None,
        variants=(VariantView(stock=200, taken=37, left=163),),
    ),
    perk(1, price=Decimal(900), gates=(gate(GateQuestion.TIER, 2, False),)),
)
PERK_TEXTS = {
    seal(103): perk_text(
        "Tote bag sérigraphié", "Screen-printed tote bag", [("Écru", "Natural"), ("Noir", "Black")],
        about_fr="Coton épais, imprimé à la main dans l'atelier du quartier.",
        about_en="Heavy cotton, printed by hand in the workshop next door.",
    ),
    seal(102): perk_text(
        "Album inédit en téléchargement", "Unreleased album, download",
        about_fr="Trois titres enregistrés dans la boutique.", about_en="Three tracks recorded in the shop.",
    ),
    seal(101): perk_text(
        "Soirée d'écoute privée", "Private listening night",
        about_fr="Un vendredi soir, une platine, douze fauteuils.",
        about_en="A Friday night, a turntable, twelve armchairs.",
    ),
}  # fmt: skip


def claim(perk_id: int, state: ClaimState, days: int, variant: int = 0) -> ClaimView:
    """A claim of member 42 whose deadline is so many days away; by the clock, as the chain tells."""
    deadline = NOW + timedelta(days=days)
    is_overdue = state == ClaimState.CLAIMED and days < 0
    return ClaimView(
        id=perk_id << 64 | 42 << 32,
        perk_id=perk_id,
        member_no=42,
        variant=variant,
        serial=7,
        claimed_at=deadline - timedelta(days=30),
        deadline=deadline,
        state=ClaimState.MISSED if is_overdue else state,
        is_overdue=is_overdue,
    )


POLLS = (
    PollView(
        id=2,
        content_hash=seal(202),
        option_count=3,
        snapshot=NOW - timedelta(days=2),
        closes_at=NOW + timedelta(days=4, hours=3),
        state=PollState.OPEN,
        tally=(31, 58, 12),
        ballot_count=101,
        has_voice=None,
    ),
    PollView(
        id=1,
        content_hash=seal(201),
        option_count=2,
        snapshot=NOW - timedelta(days=60),
        closes_at=NOW - timedelta(days=30),
        state=PollState.CLOSED,
        tally=(140, 77),
        ballot_count=217,
        has_voice=None,
    ),
)
POLL_TEXTS = {
    seal(202): PollDocument.model_validate(
        {
            "question": {"fr": "Quel rayon agrandir ?", "en": "Which section should grow?"},
            "description": {"fr": "Les travaux commencent en mai.", "en": "Works begin in May."},
            "options": [
                {"fr": "Jazz", "en": "Jazz"},
                {"fr": "Musiques du monde", "en": "World music"},
                {"fr": "Bandes originales", "en": "Film scores"},
            ],
        }
    ),
    seal(201): PollDocument.model_validate(
        {
            "question": {"fr": "Ouvrir le dimanche ?", "en": "Open on Sundays?"},
            "description": {"fr": "", "en": ""},
            "options": [{"fr": "Oui", "en": "Yes"}, {"fr": "Non", "en": "No"}],
        }
    ),
}


NOBODY = "0x" + "00" * 20
INDEX = Served(source="index", block=1200, head=1200, final=1136, seconds=0)
LEDGER = Served(source="chain", block=1200, head=1200, final=1136, seconds=0, first=1)


def happened(block: int, *events: tuple[str, str, dict[str, Any]]) -> tuple[Entry, ...]:
    """What one transaction wrote, newest first, an hour a block before now."""
    return tuple(
        Entry(
            event=Event(
                contract=contract, name=name, address=GATE, args=args, block=block,
                block_hash=seal(block), tx_hash=seal(7_000_000 + block), index=place,
            ),
            at=NOW - timedelta(hours=1200 - block),
            is_final=block <= INDEX.final,
        )
        for place, (contract, name, args) in reversed(list(enumerate(events)))
    )  # fmt: skip


def moved(sender: str, receiver: str, points: int) -> tuple[str, str, dict[str, Any]]:
    """Points came or went."""
    return "Points", "Transfer", {"sender": sender, "receiver": receiver, "value": points * 100}


def awarded(points: int, standing: int) -> list[tuple[str, str, dict[str, Any]]]:
    """An award to member 42, who shares the batch with another."""
    credits = [9 << 96 | 5, 17 << 96 | standing]
    return [
        moved(NOBODY, MEMBER, points),
        ("Membership", "StandingCredited", {"credits": credits}),
    ]


def _claimed(perk: int, block: int) -> tuple[Entry, ...]:
    told = {
        "perk_id": perk, "member_no": 42, "claim_id": claim_id_of(perk, 42, 0, 0),
        "wallet": MEMBER, "variant": 1, "serial": 7, "order_hash": bytes(32),
    }  # fmt: skip
    return happened(block, moved(MEMBER, ESCROW, 400), ("Perks", "PerkClaimed", told))


def _voted(block: int, old: int, new: int) -> tuple[Entry, ...]:
    told = {"poll_id": 2, "member_no": 42, "old_options": old, "new_options": new, "sequence": 1}
    return happened(block, ("Polls", "BallotCast", told))


PAST = (
    *_voted(1190, 1, 2),
    *_voted(1188, 0, 1),
    *_claimed(3, 1170),
    *happened(1120, *awarded(147, 29)),
    *(one for block in range(1100, 1060, -2) for one in happened(block, *awarded(20, 4))),
    *happened(
        40,
        ("Membership", "MemberJoined",
         {"member_no": 42, "passport_id": 17, "way": Way.ADMITTED, "counts_from": 0}),
    ),
    *happened(
        39,
        ("Passport", "Transfer", {"sender": NOBODY, "receiver": MEMBER, "token_id": 17}),
        ("Passport", "Locked", {"tokenId": 17}),
        ("Passport", "WalletLinked", {"passport_id": 17, "wallet": MEMBER}),
    ),
)  # fmt: skip
COURSE = tuple(
    PollMoment(at=NOW - timedelta(hours=40 - 8 * step), block=1160 + 8 * step,
               tally=(31 * step // 5, 58 * step // 5, 12 * step // 5), ballots=101 * step // 5)
    for step in range(1, 6)
)  # fmt: skip
PART = 20  # events on a page of history


class FakeCommunity:
    """A brand whose figures a test sets; it notes what it was asked to build."""

    def __init__(self) -> None:
        self.brand_view = BRAND_VIEW
        self.cards = {MEMBER: MEMBER_CARD, PERSON: PERSON_CARD}
        self.perk_views: tuple[PerkView, ...] = PERKS
        self.poll_views: tuple[PollView, ...] = POLLS
        self.mine: dict[int, dict[str, object]] = {1: {"refusal": GateClosed}}
        self.said: dict[int, dict[str, object]] = {1: {"my_options": (1,), "sequence": 1}}
        self.texts: dict[str, object] = {seal(1): BRAND_TEXT, **PERK_TEXTS, **POLL_TEXTS}
        self.problems: dict[str, type[CercleError]] = {}
        self.refusal: CercleError | None = None
        self.trouble: CercleError | None = None
        self.built: list[tuple[object, ...]] = []
        self.relayer: FakeCarrier | None = None
        self.avatars: tuple[AvatarView, ...] = ()
        self.past: tuple[Entry, ...] = PAST
        self.served = INDEX
        self.is_indexed = True
        self.deployment = DEPLOYMENT

    def head(self) -> Head:
        self._fail()
        return HEAD

    def brand(self) -> BrandView:
        self._fail()
        return self.brand_view

    def card(self, account: str) -> Card:
        self._fail()
        return self.cards.get(account, STRANGER_CARD.model_copy(update={"account": account}))

    def perks(self, account: str | None = None) -> tuple[PerkView, ...]:
        self._fail()
        if account is None:
            return self.perk_views
        if not self.card(account).is_active:
            return tuple(
                one.model_copy(update={"refusal": PerkNeedsMembership}) for one in self.perk_views
            )
        return tuple(one.model_copy(update=self.mine.get(one.id, {})) for one in self.perk_views)

    def polls(self, account: str | None = None) -> tuple[PollView, ...]:
        self._fail()
        if account is None:
            return self.poll_views
        voice = self.card(account).is_active
        return tuple(
            one.model_copy(
                update={"has_voice": voice} | (self.said.get(one.id, {}) if voice else {})
            )
            for one in self.poll_views
        )

    def brand_text(self, name: str | None) -> Shown[BrandDocument]:
        return self._text(name)

    def perk_text(self, name: str) -> Shown[PerkDocument]:
        return self._text(name)

    def poll_text(self, name: str) -> Shown[PollDocument]:
        return self._text(name)

    def _text(self, name: str | None) -> Shown[Any]:
        return Shown(document=self.texts.get(name or ""), problem=self.problems.get(name or ""))

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def _build(
        self,
        function: str,
        *arguments: object,
        struct: str | None = None,
        invitation: Invitation | None = None,
    ) -> Act:
        self.built.append((function, *arguments))
        call = Call(to=GATE, data="0x", contract="Fake", function=function)
        return Act(call, self._sign if struct else None, struct, invitation)

    @staticmethod
    def _sign(chain: object, account: str) -> TypedData:
        raise AssertionError("a fake community signs by itself")

    def register(self, invitation: Invitation | None = None) -> Act:
        return self._build("register", struct="Register", invitation=invitation)

    def join_open(self) -> Act:
        return self._build("join_open")

    def join_invited(self, invitation: Invitation) -> Act:
        return self._build("join", invitation, struct="Join", invitation=invitation)

    def leave(self) -> Act:
        return self._build("leave", struct="Leave")

    def unlink(self, wallet: str) -> Act:
        return self._build("unlink", wallet, struct="Unlink")

    def set_main(self, wallet: str) -> Act:
        return self._build("set_main", wallet, struct="SetMain")

    def appearance(self, card: Card, worlds: Sequence[WorldName]) -> tuple[AvatarView, ...]:
        return self.avatars

    def set_token_avatar(self, world: str, token: str, token_id: int) -> Act:
        return self._build("set_token_avatar", world, token, token_id, struct="SetTokenAvatar")

    def set_attested_avatar(self, attestation: Attestation) -> Act:
        return self._build("set_attested_avatar", attestation, struct="SetAttestedAvatar")

    def remove_avatar(self, world: str) -> Act:
        return self._build("remove_avatar", world, struct="RemoveAvatar")

    def order(self, perk: PerkView, variant: int, account: str) -> OrderFile:
        return OrderFile.seal(
            Order(
                chain_id=31_337,
                perks=ESCROW,
                perk_id=str(perk.id),
                variant=variant,
                passport_id="17",
                claim_id=str(claim(perk.id, ClaimState.CLAIMED, 27).id),
            )
        )

    def claim(self, perk: PerkView, variant: int, order_hash: str = ZERO_HASH) -> Act:
        sealed = () if order_hash == ZERO_HASH else (order_hash,)
        return self._build("claim", perk.id, variant, *sealed, struct="Claim")

    def cancel(self, claim_id: int) -> Act:
        return self._build("cancel", claim_id, struct="Cancel")

    def miss(self, claim_id: int) -> Act:
        return self._build("miss", claim_id, struct="Miss")

    def vote(self, poll: PollView, options: Sequence[int]) -> Act:
        return self._build("vote", poll.id, *options, struct="Ballot")

    def sign(self, act: Act, account: str) -> TypedData:
        return typed_data.cancel(DEPLOYMENT, account, 1, 2**33)

    def carry(self, signed: SignedMessage) -> Call:
        return typed_data.carry(DEPLOYMENT, signed)

    def carrier(self) -> FakeCarrier | None:
        return self.relayer

    def redeem_message(self, wallet: str, claim_id: int, deadline: int) -> TypedData:
        return TypedData(
            name="Cercle Perks",
            chain_id=31_337,
            contract=GATE,
            struct="Redeem",
            message={"wallet": wallet, "claim_id": claim_id, "deadline": deadline},
        )

    def simulate(self, call: Call, sender: str) -> int:
        if self.refusal is not None:
            raise self.refusal
        return 50_000

    def wallets(self, card: Card) -> tuple[str, ...]:
        return (card.account, STRANGER)

    def history(self, card: Card, kinds: Kinds = None, before: str | None = None) -> Page:
        self._fail()
        upper = position_of(before) or (2**63, 0)
        found = [
            one
            for one in (self.past if card.passport_id == MEMBER_CARD.passport_id else ())
            if (one.event.block, one.event.index) < upper
            and (kinds is None or (one.event.contract, one.event.name) in kinds)
        ]
        older = None
        if len(found) > PART:
            last = found[PART - 1].event
            older = mark((last.block, last.index))
        return Page(
            entries=tuple(found[:PART]),
            older=older,
            served=self.served,
            wallets=(card.account,),
        )

    def has_index(self) -> bool:
        return self.is_indexed

    def course(self, poll: PollView) -> PollCourse:
        told = COURSE if poll.option_count == 3 else ()
        return PollCourse(poll_id=poll.id, moments=told, served=self.served)

    def addresses(self) -> dict[str, str]:
        return {name: one.address for name, one in self.deployment.contracts.items()}

    def writers(self) -> dict[str, tuple[str, ...]]:
        return writers(self.deployment)

    def brand_name(self) -> str:
        return "delta"


class FakeCodes:
    """A keeper with one code for every claim, shown to who signed in."""

    def __init__(self) -> None:
        self.signed_in: set[str] = set()
        self.codes: dict[int, str] = {}

    def is_signed_in(self, account: str) -> bool:
        return account in self.signed_in

    def was_refused(self) -> bool:
        return False

    def sign_in(self, account: str) -> None:
        self.signed_in.add(account)

    def reveal(self, claim: ClaimView, account: str) -> str | None:
        return self.codes.get(claim.id)


class FakeCarrier:
    """A carrier that keeps what it was handed, or refuses it."""

    def __init__(self) -> None:
        self.handed: list[SignedMessage] = []
        self.refusal: CercleError | None = None
        self.seen = Look()
        self.tokens: set[str] = set()

    def carries(self, struct: str | None, token: str | None = None) -> bool:
        return struct is not None and (token is None or token in self.tokens)

    def hand_over(self, signed: SignedMessage) -> str:
        if self.refusal is not None:
            raise self.refusal
        self.handed.append(signed)
        return f"act-{len(self.handed)}"

    def look(self, number: str, signed: SignedMessage) -> Look:
        return self.seen


class FakeWallet:
    """A wallet that keeps what it was asked to send."""

    def __init__(self, account: str | None = None, *, signs_only: bool = False) -> None:
        self.account = account
        self.signs_only = signs_only
        self.sent: list[tuple[Call, str, int]] = []
        self.asked: list[tuple[TypedData, str, str]] = []
        self.carried: list[tuple[Act, TypedData, str]] = []
        self.signatures: dict[str, Signed] = {}

    def send(self, call: Call, label: str, gas: int) -> None:
        self.sent.append((call, label, gas))

    def sign(self, message: TypedData, label: str, kind: str) -> None:
        self.asked.append((message, label, kind))

    def carry(self, act: Act, message: TypedData, label: str) -> None:
        self.carried.append((act, message, label))

    def signed(self, kind: str) -> Signed | None:
        return self.signatures.get(kind)


# ---- scenes ----------------------------------------------------------------------


def empty(fake: FakeCommunity) -> None:
    """Nothing is offered, nothing is asked, nothing was earned."""
    fake.perk_views = ()
    fake.poll_views = ()
    fake.past = ()
    fake.cards[MEMBER] = MEMBER_CARD.model_copy(
        update={"points": Decimal(0), "points_expire_at": None, "standing": 0, "tier": 0,
                "counts_from": NOW + timedelta(days=12)}
    )  # fmt: skip


def busy(fake: FakeCommunity) -> None:
    """Somebody who claimed, collected and voted; one perk is gone."""
    fake.perk_views = (*PERKS, perk(4, variants=(VariantView(stock=5, taken=5, left=0),)))
    fake.texts[seal(104)] = perk_text("Écharpe", "Scarf")
    fake.mine = {
        1: {"refusal": GateClosed},
        2: {"refusal": PerkLimitReached, "my_claims": (claim(2, ClaimState.CLAIMED, days=20),)},
        3: {
            "refusal": PerkLimitReached,
            "my_claims": (claim(3, ClaimState.CLAIMED, days=27, variant=1),),
        },
        4: {"refusal": PerkSoldOut, "my_claims": (claim(4, ClaimState.FULFILLED, days=-3),)},
    }
    fake.said = {
        1: {"my_options": (1,), "sequence": 1},
        2: {"my_options": (2,), "sequence": 2},
    }


def late(fake: FakeCommunity) -> None:
    """A newcomer whose voice does not count yet, and a claim that the brand let pass."""
    busy(fake)
    fake.cards[MEMBER] = MEMBER_CARD.model_copy(update={"counts_from": NOW + timedelta(days=12)})
    fake.mine[3] = {"my_claims": (claim(3, ClaimState.CLAIMED, days=-2),), "refusal": PerkClosed}
    fake.said = {2: {"has_voice": False}, 1: {"has_voice": False}}


def silent(fake: FakeCommunity) -> None:
    """The index does not answer: the ledger serves."""
    fake.served = LEDGER


def behind(fake: FakeCommunity) -> None:
    """The index has not read the newest blocks."""
    fake.served = INDEX.model_copy(update={"block": 1197, "seconds": 4_000})
    fake.past = PAST[8:]


def down(fake: FakeCommunity) -> None:
    """No node answers."""
    fake.trouble = NodeUnreachable("no node")


def forged(fake: FakeCommunity) -> None:
    """The texts do not match their seals."""
    fake.problems = dict.fromkeys(fake.texts, ContentForged)
    fake.texts = {}


def without_points(fake: FakeCommunity) -> None:
    """An employer's staff: one voice each, nothing to earn and nothing to claim."""
    kept = {
        name: one
        for name, one in DEPLOYMENT.contracts.items()
        if name not in ("Points", "Rewards", "Perks")
    }
    fake.deployment = DEPLOYMENT.model_copy(update={"contracts": kept})
    fake.brand_view = BRAND_VIEW.model_copy(update={"points": None, "thresholds": ()})
    fake.perk_views, fake.past = (), ()
    fake.cards[MEMBER] = MEMBER_CARD.model_copy(
        update={"points": Decimal(0), "points_expire_at": None, "standing": 0, "tier": 0,
                "thresholds": (), "points_symbol": "", "currency": ""}
    )  # fmt: skip


SCENES = {
    "empty": empty,
    "silent": silent,
    "behind": behind,
    "down": down,
    "forged": forged,
    "busy": busy,
    "late": late,
}
