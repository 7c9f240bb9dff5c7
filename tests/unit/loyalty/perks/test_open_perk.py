"""`Perks.open_perk`: what a steward may offer, and what is refused."""

import ape
import pytest

from .conftest import CODE, CONTENT, DAY, SHIP, STORE, TIER, Offer

YEAR = 365 * DAY
MAX_PRICE = 2**56 - 1
MAX_SPAN = 2**32 - 1
MAX_STOCK = 2**16 - 1


@pytest.fixture
def offer(perks, steward, opening):
    """Try to open a perk, ordinary but for what is said."""

    def _offer(content=CONTENT, stock=(3,), sender=steward, **changes):
        terms = Offer(**{"opens_at": opening, **changes}).terms()
        return perks.open_perk(content, terms, list(stock), sender=sender)

    return _offer


def test_open_perk__by_steward__is_there_with_its_terms(perks, membership, steward, opening, offer):
    gates = [(membership.address, TIER | 2), (membership.address, TIER | 1)]
    receipt = offer(stock=(3, 0, 7), gates=gates)

    terms = Offer(opens_at=opening, gates=gates).terms()
    # The terms are compared apart: Ape builds no expected event that has a struct in it.
    assert receipt.events == [
        perks.PerkOpened(perk_id=1, steward=steward, content_hash=CONTENT, stock=[3, 0, 7])
    ]
    *plain, told_gates = receipt.events[0].terms
    assert tuple(plain) == terms[:7]
    assert [(int(gate, 16), argument) for gate, argument in told_gates] == [
        (int(gate, 16), argument) for gate, argument in gates
    ]
    perk = perks.perk(1)
    assert tuple(perk.terms)[:7] == terms[:7]
    assert [tuple(gate) for gate in perk.terms.gates] == gates
    assert perk.content_hash == CONTENT
    assert (perk.stock, perk.taken) == ([3, 0, 7], [0, 0, 0])


def test_open_perk__several__are_counted_from_one(perks, offer):
    assert [offer().events[0].perk_id for _ in range(3)] == [1, 2, 3]
    assert perks.perk_count() == 3


def test_open_perk__asked_beforehand__tells_the_number(perks, offer, opening, steward):
    offer()
    terms = Offer(opens_at=opening).terms()
    assert perks.open_perk.call(CONTENT, terms, [1], sender=steward) == 2


def test_open_perk__all_at_their_highest__comes_back_unchanged(perks, offer, opening):
    changes = {
        "kind": SHIP,
        "price": MAX_PRICE,
        "window": MAX_SPAN,
        "period": MAX_SPAN,
        "limit": 4,
        "fulfil_within": YEAR,
    }
    offer(stock=[MAX_STOCK] * 16, **changes)

    perk = perks.perk(1)
    assert tuple(perk.terms)[:7] == Offer(opens_at=opening, **changes).terms()[:7]
    assert perk.stock == [MAX_STOCK] * 16
    assert perk.taken == [0] * 16


@pytest.mark.parametrize(
    ("field", "highest"),
    {
        "price": MAX_PRICE,
        "window": MAX_SPAN,
        "period": MAX_SPAN,
        "limit": 4,
        "fulfil_within": YEAR,
    }.items(),
)
def test_open_perk__one_at_its_highest__stays_out_of_the_others(
    perks, offer, opening, field, highest
):
    lowest = {"price": 0, "window": DAY, "period": 0, "limit": 1, "fulfil_within": 1}
    changes = {**lowest, field: highest}
    offer(stock=[1], **changes)
    assert tuple(perks.perk(1).terms)[:7] == Offer(opens_at=opening, **changes).terms()[:7]


@pytest.mark.parametrize("kind", [STORE, CODE, SHIP])
@pytest.mark.parametrize("gates", [0, 4])
@pytest.mark.parametrize("limit", [1, 4])
def test_open_perk__kind__stays_out_of_gates_and_limit(
    perks, membership, offer, opening, kind, gates, limit
):
    """They lie side by side; a standing beyond a lane has a slot of its own."""
    asked = [(membership.address, 2 << 88 | 2**40)] * gates
    offer(kind=kind, gates=asked, limit=limit)
    terms = perks.perk(1).terms
    assert tuple(terms)[:7] == Offer(opens_at=opening, kind=kind, limit=limit).terms()[:7]
    assert [tuple(gate) for gate in terms.gates] == asked


def test_open_perk__opens_at_zero__is_taken(perks, offer, chain):
    """Then periods are counted from 1970, as some calendars are."""
    offer(opens_at=0, window=chain.blocks.head.timestamp + DAY)
    assert perks.perk(1).terms.opens_at == 0


def test_open_perk__opens_later__is_taken(perks, offer):
    offer(opens_at=MAX_SPAN, window=1)
    assert (perks.perk(1).terms.opens_at, perks.perk(1).terms.closes_at) == (2**32 - 1, 2**32)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": 0}, "perk_terms: one kind only"),
        ({"kind": STORE | CODE}, "perk_terms: one kind only"),
        ({"kind": STORE | SHIP}, "perk_terms: one kind only"),
        ({"kind": CODE | SHIP}, "perk_terms: one kind only"),
        ({"kind": STORE | CODE | SHIP}, "perk_terms: one kind only"),
        ({"price": MAX_PRICE + 1}, "perk_terms: price too large"),
        ({"window": 0}, "perk_terms: empty window"),
        ({"opens_at": MAX_SPAN + 1}, "perk_terms: opens too late"),
        ({"window": MAX_SPAN + 1}, "perk_terms: closes too late"),
        ({"period": MAX_SPAN + 1}, "perk_terms: period too long"),
        ({"limit": 0}, "perk_terms: bad limit"),
        ({"limit": 5}, "perk_terms: bad limit"),
        ({"fulfil_within": 0}, "perk_terms: bad fulfil_within"),
        ({"fulfil_within": YEAR + 1}, "perk_terms: bad fulfil_within"),
        ({"content": b"\x00" * 32}, "perks: empty content"),
        ({"stock": ()}, "perks: no variants"),
        ({"stock": (1, MAX_STOCK + 1)}, "perk_stock: stock too large"),
    ],
)
def test_open_perk__what_cannot_be_kept__reverts(offer, changes, reason):
    with ape.reverts(reason):
        offer(**changes)


def test_open_perk__window_ends_in_this_second__reverts(offer, at, opening):
    at(opening + DAY)
    with ape.reverts("perk_terms: window is over"):
        offer(window=DAY)


def test_open_perk__window_ends_in_the_next_second__is_taken(offer, at, opening):
    at(opening + DAY - 1)
    offer(window=DAY)


def test_open_perk__by_anyone_else__reverts(offer, admin, till, members, outsider):
    for sender in (admin, till, members[0], outsider):
        with ape.reverts("wing: lacks the role"):
            offer(sender=sender)


def test_open_perk__while_paused__reverts(offer, pause):
    pause("perks")
    with ape.reverts("wing: halted"):
        offer()
