"""The demo's consents: on its chain as in the script, and the script good for any size."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cercle import lens
from cercle.consent import ConsentStatus, DecisionState, Reasons
from cercle.consent.reasons import PARTS
from cercle.index.history import open_history
from demo import companies, consents, independent_consents, verify
from demo.companies import COMPANIES, OFFERS
from demo.consents import FEATURED, Fate
from demo.history import choose, read
from demo.independent_consents import Sums
from demo.made import Made
from demo.node import DemoError
from demo.run import Demo
from demo.verify_consents import compare_consents

from .staged import MEMBERS, deployment_of, expected_of

EVERYBODY = range(1, len(COMPANIES) + 1)


def compared(demo: Demo, made: Made) -> Sums:
    deployment, expected = expected_of(demo, made)
    chain = demo._chain()
    since = verify._since(open_history(chain, deployment), chain, deployment, made)
    return compare_consents(chain, deployment, made, list(expected.wallets), since)


def test_consents__after_the_set_up__are_as_in_the_script(stage):
    told = compared(*stage)
    assert len(told.boards) == MEMBERS
    assert told.looks > 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda sums: setattr(sums.boards[FEATURED], "income", 1), "The income of customer 1"),
        (lambda sums: sums.boards[FEATURED].noted.clear(), "The move of 1, delivery"),
        (
            lambda sums: setattr(sums.boards[FEATURED].places["care"], "is_taken_back", False),
            "The care of customer 1",
        ),
        (
            lambda sums: setattr(sums.boards[FEATURED].places["delivery"], "stake", 1),
            "The stake on delivery of customer 1",
        ),
        (lambda sums: sums.free.update({companies.PANEL: 1}), "The money of company 3"),
    ],
)
def test_compare__one_thing_else_than_in_the_script__is_caught(stage, monkeypatch, spoil, said):
    summed = independent_consents.sums

    def spoilt(numbers: list[int]) -> Sums:
        told = summed(numbers)
        spoil(told)
        return told

    monkeypatch.setattr(independent_consents, "sums", spoilt)
    with pytest.raises(DemoError, match=said):
        compared(*stage)


def test_compare__another_fate_of_a_decision__is_caught(stage, monkeypatch):
    counted = independent_consents.decisions
    monkeypatch.setattr(
        independent_consents, "decisions", lambda told: [(n, 3) for n, _ in counted(told)]
    )
    with pytest.raises(DemoError, match="The decision 2, of customer 1"):
        compared(*stage)


def test_board__of_member_number_one__has_something_of_everything(stage):
    demo, _ = stage
    chain, deployment = demo._chain(), deployment_of(demo)
    board = lens.consents(chain, deployment, 1, EVERYBODY)
    by_name = {
        one.name: line
        for one in OFFERS
        for line in board.lines
        if (line.company_id, line.purpose) == (one.company_id, one.number)
    }
    states = {name: line.status for name, line in by_name.items()}
    assert states == {
        "benefits": ConsentStatus.GIVEN,
        "club": ConsentStatus.GIVEN,
        "news": ConsentStatus.REQUESTED,
        "delivery": ConsentStatus.GIVEN,
        "insights": ConsentStatus.GIVEN,
        "care": ConsentStatus.WITHDRAWN,
        "study": ConsentStatus.EXPIRED,
    }
    assert by_name["benefits"].reminder == 50
    assert by_name["care"].duty is not None
    assert by_name["care"].duty.is_overdue
    assert by_name["study"].duty is not None
    assert by_name["study"].duty.read_at is None
    assert next(one for one in board.companies if one.is_brands).company.id == companies.BRAND
    due = lens.income(chain, deployment, 1).due
    assert due == 2 * consents.price_of(FEATURED) + COMPANIES[companies.CARE - 1].bond
    states = [one.state for one in lens.decisions(chain, deployment, (1, 2, 3))]
    assert states == [DecisionState.OPENED, DecisionState.SILENT, DecisionState.COMMITTED]


def test_documents__handed_over__are_the_sealed_ones(stage):
    demo, _ = stage
    folder: Path = demo.settings.folder / "handed"
    reasons = Reasons.model_validate(json.loads((folder / "decision-1.json").read_text()))
    (found,) = lens.decisions(demo._chain(), deployment_of(demo), (1,))
    assert reasons.commitment(found.company_id, found.passport_id) == found.commitment
    assert "with" in reasons.counterfactual.text.lower()
    assert not (folder / "decision-2.json").exists()


def test_chain__of_the_demo__holds_no_plain_hash_of_an_order(stage):
    """The same order of the same customer under another salt would have another hash."""
    orders = [consents.order_hash(place, number) for place in range(3) for number in range(1, 50)]
    assert len(set(orders)) == len(orders)
    parts = [consents.reasons(place).document(part).salt for place in range(3) for part in PARTS]
    assert len(set(parts)) == len(parts)


# ---- the script alone ---------------------------------------------------------------


@pytest.mark.parametrize("members", [*range(10, 30), 233, 400, 2_357])
def test_script__of_any_size__shows_each_case(members):
    numbers = list({purchase.customer: None for purchase in choose(read(), members)})
    assert FEATURED in numbers
    told = independent_consents.sums(numbers)
    assert min(told.free.values()) > 0
    assert {fate for _, fate in consents.decided(numbers)} == set(Fate)
    states = {told.boards[FEATURED].status(offer, -1) for offer in OFFERS}
    assert states == {
        independent_consents.REQUESTED,
        independent_consents.GIVEN,
        independent_consents.EXPIRED,
        independent_consents.WITHDRAWN,
    }


@pytest.mark.parametrize("offer", OFFERS, ids=lambda one: one.name)
def test_notice__of_each_offer__is_for_its_purpose_in_both_languages(offer):
    notice = offer.notice
    assert notice.purpose == offer.number
    assert notice.sentence.fr != notice.sentence.en
    assert notice.required
