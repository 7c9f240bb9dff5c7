"""The registry of contracts that hold money: whole, told in the docs, and believed by the chain."""

import random
from pathlib import Path

import pytest

from tests.invariant.perks_world import NUMBERS, build, key
from tests.invariant.test_perks_campaign import Walk
from tests.money.reading import Reading
from tests.money.takers import TAKERS
from tools.money import HOLDERS, Assets, table

ROOT = Path(__file__).parents[2]
PROVED_ON = "TillHarness"
# Where the others are held to what they owe: one contract, one test.
ELSEWHERE = {"Perks": "test_perks__any_acts__it_holds_what_it_owes"}


def test_table__of_the_document__is_the_registrys():
    assert table() in (ROOT / "docs" / "money.md").read_text()


def test_takers__every_holder_of_any_token__is_one():
    takers = {taker.contract for taker in TAKERS}
    assert takers - {PROVED_ON} == {h.contract for h in HOLDERS if h.assets is Assets.ANY_TOKEN}


def test_holders__each_that_owes__is_held_to_it():
    owing = {holder.contract for holder in HOLDERS if holder.owed is not None}
    assert owing == {taker.contract for taker in TAKERS} - {PROVED_ON} | set(ELSEWHERE)
    assert all(name in globals() for name in ELSEWHERE.values())


@pytest.mark.parametrize("seed", range(2))
def test_perks__any_acts__it_holds_what_it_owes(project, seed):
    """What the registry reads off the chain, after each act, to the point."""
    stage = build(project)
    stage.perks = Reading(stage.perks)
    owed = next(holder.owed for holder in HOLDERS if holder.contract == "Perks")
    wallets = [(key(who), key(who + 100)) for who in range(len(NUMBERS))]
    walk, seen = Walk(stage, wallets, random.Random(seed)), set()
    walk.open_perk()
    for _ in range(200):
        walk.step()
        held = stage.points.view("balanceOf", stage.perks.address)
        assert held == owed(stage.perks) + walk.given
        seen.add(held)
    assert len(seen) > 5
