"""`Agreements.open`: a ladder is agreed to and paid for, or refused in words."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY, LADDER, LARGE, MEDIUM, METER, SMALL, ladder, rung, rungs
from tests.signing import sign

START = 90 * DAY


@pytest.fixture
def open_(agreements, price_list, customer):
    """Open what could be opened, but for the changes."""
    return lambda sender=customer, **changes: agreements.open(ladder(**changes), sender=sender)


# ---- what passes -----------------------------------------------------------------------


def test_open__ladder_of_three__is_written_down(agreements, open_, customer, now, settled):
    receipt = open_()

    terms = stage.Terms(
        1, 1, METER.address, now(), stage.PERIOD, stage.GRACE, 10_000, 6_000, 3, 200, 1_000, LADDER
    )
    assert receipt.events == [
        agreements.AgreementOpened(1, 1, 1, revision=3, periods=12, total_cap=60_000),
        agreements.EscrowPaid(agreement_id=1, payer=customer, amount=10_000),
    ]
    assert stage.terms_of(receipt) == terms
    assert receipt.return_value == agreements.agreement_count() == 1
    account = agreements.account_of(1)
    assert (account.period, account.periods, account.use, account.price) == (0, 12, 0, 1_000)
    assert (account.escrow, account.left, account.revision) == (10_000, 60_000, 3)
    assert agreements.is_entitled(1)
    settled(10_000)


def test_open__first_stop_in_the_middle__bounds_what_is_reached(open_):
    terms = stage.terms_of(open_(rungs=stage.climb(False, True, True)))
    assert (terms.reach, terms.limit) == (2, 60)


def test_open__later__starts_later(agreements, open_, now, at):
    starts_at = now() + START
    at(starts_at - START)
    open_(starts_at=starts_at)
    assert not agreements.is_entitled(1)
    at(starts_at)
    open_(starts_at=0)
    assert agreements.is_entitled(1)


def test_open__nothing_paid_for_a_ladder_without_a_base__passes(
    agreements, price_lists, token, open_, controller, settled
):
    by_use = stage.Plan(0, 0, 3, 100)
    price_lists.publish_plan(1, by_use, stage.PLAN_WORDS, sender=controller)
    words = rungs(rung(by_use, 4, True))
    receipt = open_(revision=4, deposit=0, rungs=words)
    assert [event.event_name for event in receipt.events] == ["AgreementOpened"]
    settled(0)


def test_open__cap_at_the_dearest_base_reached__passes(open_):
    open_(period_cap=4_000)
    open_(period_cap=2_000, rungs=stage.climb(False, True, True))


def test_open__deposit_of_the_lowest_base__passes(open_):
    open_(deposit=1_000)


# ---- what is refused -------------------------------------------------------------------

REFUSED = [
    ({"list_id": 2}, "price_lists: no price list"),
    ({"revision": 2}, "price_lists: list was changed"),
    ({"meter": stage.OTHER_METER.address}, "price_lists: unknown meter"),
    ({"periods": 0}, "price_lists: no period"),
    ({"periods": 4_096}, "price_lists: too many periods"),
    ({"period_cap": 0}, "price_lists: no cap"),
    ({"total_cap": 5_999}, "price_lists: total cap too small"),
    ({"total_cap": 2**79}, "agreements: total cap too large"),
    ({"deposit": 2**79}, "agreements: too much"),
    ({"deposit": 999}, "price_lists: escrow too small"),
    ({"period_cap": 3_999}, "price_lists: cap below the base"),
    ({"rungs": rungs()}, "price_lists: empty ladder"),
    ({"rungs": stage.climb(True, True, False)}, "price_lists: ladder has no end"),
    ({"rungs": rungs(rung(SMALL, 1), 0, rung(LARGE, 3, True))}, "price_lists: gap in the ladder"),
    ({"rungs": rungs(0, rung(LARGE, 3, True))}, "price_lists: gap in the ladder"),
    ({"rungs": rungs(rung(MEDIUM, 2), rung(SMALL, 1, True))}, "price_lists: must rise"),
    ({"rungs": rungs(rung(SMALL, 1), rung(SMALL, 1, True))}, "price_lists: must rise"),
    ({"rungs": rungs(rung(SMALL, 4, True))}, "price_lists: no plan"),
    ({"rungs": rungs(rung(SMALL._replace(base_price=1), 1, True))}, "price_lists: other terms"),
    ({"rungs": rungs(rung(SMALL, 2, True))}, "price_lists: other terms"),
]


@pytest.mark.parametrize(("changes", "reason"), REFUSED, ids=lambda value: str(value)[:40])
def test_open__bad_ladder__reverts(open_, changes, reason):
    with ape.reverts(reason):
        open_(**changes)


def test_open__in_the_past_or_too_late__reverts(open_, now, at):
    starts_at = now() + 100
    at(starts_at + 1)
    with ape.reverts("price_lists: starts in the past"):
        open_(starts_at=starts_at)
    at(starts_at + 2)
    with ape.reverts("price_lists: starts too late"):
        open_(starts_at=starts_at + 2 + START + 1)


def test_open__by_whom_it_is_not__reverts(
    agreements, passport, price_list, outsider, spare_wallets
):
    with ape.reverts("agreements: no passport"):
        agreements.open(ladder(), sender=outsider)


def test_open__by_a_linked_wallet__reverts(open_, linked):
    with ape.reverts("agreements: not the main wallet"):
        open_(sender=linked)


def test_open__own_meter__reverts(price_lists, passport, operator, open_):
    """Whoever meters cannot be served under that meter."""
    passport.register(sender=operator)
    words = {"meter": operator, "company_id": 2, "content_hash": stage.METER_WORDS}
    signature = sign(operator, price_lists, stage.REGISTER_METER, **words)
    price_lists.register_meter(operator, 2, stage.METER_WORDS, signature, sender=operator)
    with ape.reverts("price_lists: own meter"):
        open_(sender=operator, meter=operator.address)


def test_open__meter_of_another_operator__reverts(consent, price_lists, open_, outsider):
    consent.register_company(b"\1" * 32, "x", sender=outsider)
    stage.register_meter(price_lists, 3, outsider, stage.OTHER_METER)
    with ape.reverts("price_lists: another's meter"):
        open_(meter=stage.OTHER_METER.address)


def test_open__not_paid__reverts(agreements, token, open_, customer):
    token.approve(agreements, 0, sender=customer)
    with ape.reverts("tokens: not paid"):
        open_()
    assert agreements.agreement_count() == 0
