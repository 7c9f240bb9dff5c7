"""The bench: killed, alive and broken are told apart, with Ape and without."""

import json

import pytest
from eth_utils import keccak

from tests.tools.mutated import BOX, SETTINGS, TEST
from tools.mutate import compiling, runs
from tools.mutate.operators import changes
from tools.mutate.runs import Lane, NotGreenError, judge
from tools.places import ROOT


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "WORK", tmp_path / "work")
    monkeypatch.setattr(compiling, "KEPT", tmp_path / "compiled")
    return tmp_path / "work"


@pytest.fixture
def box(tmp_path):
    """A folder with the tiny contract and its test."""
    path = tmp_path / "Box.vy"
    path.write_text(BOX)
    selector = keccak(text="ask(uint256)")[:4].hex()
    (tmp_path / "test_box.py").write_text(TEST.replace("SELECTOR", selector))
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    return path


@pytest.fixture
def lane(box, tmp_path):
    return Lane("box", ["test_box.py"], compiling.code_of((box,), box, BOX), tmp_path)


def mutants(contract, source, *lines):
    wanted = [change for change in changes(source.read_text()) if change.new in lines]
    return list(compiling.mutants_of((contract,), source, wanted))


def test_judge__noticed_and_not__killed_and_alive(box, lane):
    some = mutants(box, box, "return age > LOWEST", "self.asked += 2", "return empty(bool)")
    told = []
    verdicts = judge(some, [lane], told.append)
    assert told == verdicts
    assert {v.mutant.change.new: (v.word, v.by) for v in verdicts} == {
        "return age > LOWEST": ("killed", "test_box.py::test_ask__about_18__tells[18-1]"),
        "self.asked += 2": ("survived", ""),
        "return empty(bool)": ("killed", "test_box.py::test_ask__about_18__tells[18-1]"),
    }


def test_judge__red_without_a_mutant__refused(box, lane, tmp_path):
    (tmp_path / "test_box.py").write_text("def test_all__always__red():\n    assert 0\n")
    with pytest.raises(NotGreenError, match="test_all__always__red is red without a mutant"):
        judge(mutants(box, box, "return age > LOWEST"), [lane], lambda verdict: None)


@pytest.mark.parametrize("broken", ["import nothing_of_this_name\n", ""])
def test_judge__tests_that_cannot_be_collected__refused(box, lane, tmp_path, broken):
    (tmp_path / "test_box.py").write_text(broken)
    with pytest.raises(NotGreenError, match="did not run to the end"):
        judge(mutants(box, box, "return age > LOWEST"), [lane], lambda verdict: None)


def test_judge__the_machine_fails__broken_not_killed(box, lane, tmp_path):
    (tmp_path / "test_box.py").write_text(
        "from tools.mutate.bench import planted\n"
        f"CODE = {lane.code['Box']!r}\n"
        "def test_all__any_mutant__no_node():\n"
        "    if planted['Box'] != CODE:\n"
        "        raise ConnectionError('no node')\n"
    )
    (verdict,) = judge(mutants(box, box, "return age > LOWEST"), [lane], lambda verdict: None)
    assert verdict.word == "broken"


def test_judge__under_ape__the_projects_contract_is_the_mutant(work):
    harness = ROOT / "contracts" / "testing" / "WingHarness.vy"
    wing = ROOT / "contracts" / "common" / "wing.vy"
    some = mutants(
        harness,
        wing,
        'assert charter_.address == empty(address), "wing: zero charter"',
        "self._halted_until = empty(uint256)",
        "return empty(uint256)",
    )
    tests = ["tests/unit/common/test_wing.py::test_constructor__zero_charter__reverts"]
    lane = Lane("wing", tests, compiling.code_of((harness,), wing, wing.read_text()))
    words = {v.mutant.change.function: v.word for v in judge(some, [lane], lambda verdict: None)}
    assert words == {"__init__": "killed", "halted_until": "survived"}
    assert json.loads((work / "wing.verdicts").read_text().splitlines()[0])["id"] == "plain"
