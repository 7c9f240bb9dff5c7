"""What each act costs, from receipts: nothing is past its budget.

Raising a number in budgets.json is a line that a reviewer sees.
"""

import json

import pytest

from benchmarks import gas, peer_acts
from benchmarks.all_acts import ACTS

BUDGETS = json.loads(gas.BUDGETS.read_text())


@pytest.fixture(scope="module")
def rows():
    """One run of every act."""
    return {row.act: row for row in gas.measure()}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_act__steady_state__within_its_budget(rows, act):
    assert rows[act].gas <= BUDGETS[act]


def test_budgets__exactly_the_acts_measured():
    assert sorted(BUDGETS) == sorted(ACTS)


def test_rows__each_names_its_transaction(rows):
    assert all(len(row.tx) == 66 for row in rows.values())
    assert len({row.tx for row in rows.values()}) == len(ACTS)


def test_rows__openzeppelins_acts__were_measured_in_the_same_run(rows):
    beside = {act: row.openzeppelin for act, row in rows.items() if row.openzeppelin}
    assert sorted(beside) == sorted(peer_acts.ACTS)
    assert all(rows[act].gas < gas for act, gas in beside.items() if act != "propose")


def test_table__past_its_target__says_so():
    row = gas.Row("points_transfer", 40_000, 34_500, "", None, "0x")
    assert "PAST" in gas.table([row])
    assert "nobody has it" in gas.table([row])
