"""A brand at work, whose members have points and standing to claim with."""

from dataclasses import dataclass, field

import pytest

from tests.behaviours.signed_act import SignedAct
from tests.signing import sign

DAY = 86_400
STORE, CODE, SHIP = 1, 2, 4
CLAIMED, FULFILLED, CANCELLED, MISSED = 1, 2, 4, 8
CONTENT = b"\x11" * 32
NO_ORDER = b"\x00" * 32
ORDER = b"\x22" * 32
PURSE = 1_000  # points of each member
STANDING = 600  # of each member: the second tier of three
CLAIM = (
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,"
    "bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL = "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
TIER, AT_LEAST = 1 << 88, 2 << 88  # what one may ask Membership


@dataclass(frozen=True)
class Offer:
    """The terms of a perk; an ordinary one unless a test says otherwise."""

    opens_at: int
    kind: int = STORE
    price: int = 100
    window: int = 90 * DAY
    period: int = 30 * DAY
    limit: int = 2
    fulfil_within: int = 7 * DAY
    gates: list = field(default_factory=list)

    def terms(self):
        return (
            self.kind,
            self.price,
            self.opens_at,
            self.opens_at + self.window,
            self.period,
            self.limit,
            self.fulfil_within,
            self.gates,
        )


def claim_number(perk_id, member_no, period=0, lane=0):
    """A claim's number, as Perks packs it."""
    return perk_id << 80 | member_no << 48 | period << 8 | lane


@pytest.fixture(scope="session")
def wealthy(community, rewards, issuer):
    """The community, each with a purse of points and some standing."""
    words = [int(m.address, 16) << 96 | PURSE << 48 | STANDING for m in community]
    rewards.award(b"\x01" * 32, words, sender=issuer)
    return community


@pytest.fixture(scope="session")
def opening(wealthy, chain):
    """When the perks of these tests open: a moment ago."""
    return chain.blocks.head.timestamp


@pytest.fixture
def open_perk(perks, steward, opening):
    """Open a perk, ordinary but for what is said; gives its number."""

    def _open(stock=(3, 2), **changes):
        terms = Offer(**{"opens_at": opening, **changes}).terms()
        perks.open_perk(CONTENT, terms, list(stock), sender=steward)
        return perks.perk_count()

    return _open


@pytest.fixture
def store_perk(open_perk):
    return open_perk()


@pytest.fixture
def code_perk(open_perk):
    return open_perk(kind=CODE)


@pytest.fixture
def ship_perk(open_perk):
    return open_perk(kind=SHIP)


@pytest.fixture
def claim(perks):
    """Claim a perk; gives the claim's number."""

    def _claim(perk_id, member, variant=0):
        return perks.claim(perk_id, variant, NO_ORDER, sender=member).events[0].claim_id

    return _claim


@pytest.fixture
def claimed(claim, store_perk, members):
    """The first member's claim of a perk that a till hands out."""
    return claim(store_perk, members[0])


@pytest.fixture
def claimed_code(claim, code_perk, members):
    """The first member's claim of a code."""
    return claim(code_perk, members[0])


@pytest.fixture
def claimed_parcel(perks, ship_perk, members):
    """The first member's claim of what is sent to them."""
    return perks.claim(ship_perk, 0, ORDER, sender=members[0]).events[0].claim_id


@pytest.fixture
def code_for(perks, chain):
    """What a member shows at the till: their signature over a claim, and its deadline."""

    def _sign(key, claim_id, deadline=None, of=None, **domain):
        deadline = chain.blocks.head.timestamp + DAY if deadline is None else deadline
        signature = sign(
            key, perks, REDEEM, wallet=of or key, claim_id=claim_id, deadline=deadline, **domain
        )
        return deadline, signature

    return _sign


@pytest.fixture
def joint_member(project, passport, membership, points, wealthy, members, steward, outsider):
    """Member 6: a contract wallet of two owners, with a few points."""
    keys = [members[0], members[1]]
    wallet = outsider.deploy(project.FakeWallet, keys)
    wallet.execute(passport, passport.register.encode_input(), sender=outsider)
    membership.admit([passport.id_of(wallet)], sender=steward)
    points.transfer(wallet, 200, sender=members[0])
    return wallet, keys


@pytest.fixture
def claiming(perks, chain):
    """A member's claim, to be signed and carried; anything may be said otherwise."""

    def _act(perk_id, wallet, keys=None, member_no=1, **changes):
        def send(values, signature, sender):
            names = ("wallet", "perk_id", "variant", "order_hash", "claim_id", "deadline")
            words = [values[name] for name in names]
            return perks.claim_by_signature(*words, signature, sender=sender)

        message = {
            "wallet": wallet,
            "perk_id": perk_id,
            "content_hash": CONTENT,
            "variant": 1,
            "price": 100,
            "order_hash": ORDER,
            "claim_id": claim_number(perk_id, member_no),
            "deadline": chain.blocks.head.timestamp + DAY,
        }
        return SignedAct(perks, CLAIM, "wallet", message | changes, keys or [wallet], send)

    return _act
