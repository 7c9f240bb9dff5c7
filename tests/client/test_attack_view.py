"""The cost of an attack, worked out from a treasury's view alone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cercle import lens
from cercle.decision_models import (
    AllowedCall,
    AssetView,
    ClassView,
    SpendingView,
    TakeView,
    TreasuryView,
)
from cercle.models import Head

NOW = datetime(2026, 3, 15, tzinfo=UTC)
TOKEN = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
OTHER = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
SEND = bytes.fromhex("a9059cbb")


def terms(number, **changes):
    fields = {
        "id": number,
        "voting_delay": timedelta(days=1),
        "voting_period": timedelta(days=3),
        "late_extension": timedelta(days=1),
        "queue_delay": timedelta(days=2),
        "threshold": 1,
        "quorum": Decimal("0.4"),
        "season_share": None,
        "has_veto": False,
    }
    return ClassView.model_validate(fields | changes)


def spending(asset, **changes):
    fields = {"class_id": 2, "asset": asset, "season": 0, "treasury": None, "spent": 0, "most": 0}
    return SpendingView.model_validate(fields | changes)


def treasury(*classes, spends=(), held=1_000, supply=100, warden_until=None):
    return TreasuryView(
        head=Head(number=1, hash="0x" + "00" * 32, timestamp=int(NOW.timestamp()), time=NOW),
        governor=OTHER,
        balances={},
        spending=tuple(spends),
        assets=(
            AssetView(address=None, symbol="", decimals=18, balance=7),
            AssetView(address=TOKEN, symbol="DELTA", decimals=2, balance=held),
        ),
        classes=classes,
        supply=supply,
        warden_until=warden_until,
    )


def test_attacks__first_class__takes_all_with_a_quorum_of_votes():
    (one,) = lens.attacks(treasury(terms(1)))
    assert (one.to_propose, one.to_pass, one.to_force, one.supply) == (1, 40, 51, 100)
    assert not one.is_bounded
    assert one.takes == (
        TakeView(asset=None, quiet=7, full=7),
        TakeView(asset=TOKEN, quiet=1_000, full=1_000),
    )
    assert one.wait == timedelta(days=6)
    assert one.veto_until is None


@pytest.mark.parametrize(
    ("supply", "quorum", "threshold", "to_pass", "to_force"),
    [
        (0, "0.4", 0, 1, 1),  # never nothing
        (1, "0.4", 0, 1, 1),
        (9, "0.4", 0, 3, 5),  # rounded down
        (100, "0", 0, 1, 51),
        (100, "0.1", 30, 30, 51),  # its maker has these anyhow
        (100, "0.8", 0, 80, 80),
    ],
)
def test_attacks__votes__are_the_quorum_or_what_its_maker_needs(
    supply, quorum, threshold, to_pass, to_force
):
    asked = terms(1, quorum=Decimal(quorum), threshold=threshold)
    (one,) = lens.attacks(treasury(asked, supply=supply))
    assert (one.to_pass, one.to_force) == (to_pass, to_force)


def test_attacks__bounded__takes_its_share_by_the_turnout_less_what_was_spent():
    bounded = terms(2, quorum=Decimal("0.2"), season_share=Decimal("0.5"))
    spends = [spending(TOKEN, treasury=2_000, spent=150)]
    (one,) = lens.attacks(treasury(bounded, spends=spends))
    assert one.is_bounded
    assert one.takes == (TakeView(asset=TOKEN, quiet=50, full=850),)  # 2,000 / 2 / 5 - 150


def test_attacks__bounded__never_takes_more_than_is_there_nor_less_than_nothing():
    bounded = terms(2, quorum=Decimal("0.2"), season_share=Decimal("0.5"))
    spends = [spending(TOKEN, treasury=20_000, spent=1_999)]
    (one,) = lens.attacks(treasury(bounded, spends=spends, held=300))
    assert one.takes == (TakeView(asset=TOKEN, quiet=1, full=300),)
    spends = [spending(TOKEN, treasury=20_000, spent=10_000)]
    (one,) = lens.attacks(treasury(bounded, spends=spends, held=300))
    assert one.takes == (TakeView(asset=TOKEN, quiet=0, full=0),)


@pytest.mark.parametrize("counted", [None, 900])
def test_attacks__more_is_there_than_was_counted__counts_from_that(counted):
    bounded = terms(2, quorum=Decimal("0.2"), season_share=Decimal("0.5"))
    (one,) = lens.attacks(treasury(bounded, spends=[spending(TOKEN, treasury=counted)]))
    assert one.takes == (TakeView(asset=TOKEN, quiet=100, full=500),)


def test_attacks__token_that_tells_no_balance__stops_every_bounded_class():
    bounded = terms(2, quorum=Decimal("0.2"), season_share=Decimal("0.5"))
    view = treasury(terms(1), bounded, spends=[spending(TOKEN, treasury=2_000)])
    coin, token = view.assets
    silent = coin.model_copy(update={"is_silent": True})
    found = lens.attacks(view.model_copy(update={"assets": (silent, token)}))
    assert [one.takes[-1].full for one in found] == [0, 1_000]


def test_attacks__amounts_of_eighteen_decimals__are_exact():
    held = 123_456_789 * 10**18 + 1
    bounded = terms(2, quorum=Decimal(1), season_share=Decimal("0.9999"))
    (one,) = lens.attacks(treasury(bounded, spends=[spending(TOKEN)], held=held))
    assert one.takes[0].full == held * 9_999 // 10_000


def test_attacks__several_classes__the_cheapest_comes_first():
    cheap = terms(3, quorum=Decimal("0.1"), season_share=Decimal("0.1"))
    found = lens.attacks(treasury(terms(1), cheap))
    assert [one.class_id for one in found] == [3, 1]


def test_attacks__class_that_moves_no_money__is_left_out():
    view = treasury(terms(1), *(terms(n, season_share=Decimal("0.1")) for n in (2, 3, 4)),
                    terms(5, season_share=Decimal(0)))  # fmt: skip
    allowed = [
        AllowedCall(class_id=2, target=TOKEN, selector=SEND, cap=5, amount_word=2),
        AllowedCall(class_id=3, target=OTHER, selector=SEND, cap=5, amount_word=2),
        AllowedCall(class_id=4, target=OTHER, selector=bytes(4), cap=5, amount_word=0),
        AllowedCall(class_id=5, target=TOKEN, selector=SEND, cap=5, amount_word=2),
    ]
    assert sorted(one.class_id for one in lens.attacks(view, allowed)) == [1, 2, 4]
    assert sorted(one.class_id for one in lens.attacks(view)) == [1, 2, 3, 4]


def test_attacks__class_that_may_call_one_token__takes_of_that_alone():
    spends = [spending(None, most=1), spending(TOKEN, most=100)]
    view = treasury(terms(1), terms(2, season_share=Decimal("0.1")), terms(3), spends=spends)
    call = {"target": TOKEN, "selector": SEND, "cap": 5, "amount_word": 2}
    allowed = [AllowedCall(class_id=number, **call) for number in (2, 3)]
    found = {
        one.class_id: [take.asset for take in one.takes] for one in lens.attacks(view, allowed)
    }
    assert found == {1: [None, TOKEN], 2: [TOKEN], 3: [TOKEN]}


@pytest.mark.parametrize(
    ("has_veto", "office", "expected"),
    [
        (True, timedelta(days=9), NOW + timedelta(days=9)),
        (True, timedelta(0), None),
        (True, None, None),
        (False, timedelta(days=9), None),
    ],
)
def test_attacks__veto__lasts_as_long_as_the_office(has_veto, office, expected):
    until = None if office is None else NOW + office
    (one,) = lens.attacks(treasury(terms(1, has_veto=has_veto), warden_until=until))
    assert one.veto_until == expected
