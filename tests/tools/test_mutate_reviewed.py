"""The list of mutants that may live: an argument counts, and counts only while it is about one."""

import json

import pytest

from tests.tools.mutated import BOX
from tools.mutate import __main__ as mutate
from tools.mutate import compiling, reviewed, runs, targets
from tools.mutate.operators import changes
from tools.mutate.reviewed import Reviewed
from tools.mutate.runs import Verdict
from tools.mutate.targets import EXEMPT, TARGETS, Target, chosen
from tools.places import ROOT

CONTRACTS = ROOT / "contracts"

ENTRY = {
    "function": "ask",
    "line": "self.asked += 1",
    "becomes": "self.asked += 2",
    "why": "Nobody reads the count.",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The mutants of the box are compiled once."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, kept):
    """The tool at work in a folder with the tiny contract."""
    monkeypatch.setattr(reviewed, "FOLDER", tmp_path / "mutants")
    monkeypatch.setattr(compiling, "KEPT", kept)
    monkeypatch.setattr(targets, "CONTRACTS", tmp_path)
    for module in (runs, mutate):
        monkeypatch.setattr(module, "WORK", tmp_path / "work")
    (tmp_path / "work").mkdir()
    (tmp_path / "mutants").mkdir()
    (tmp_path / "Box.vy").write_text(BOX)
    return tmp_path


@pytest.fixture
def argue(here):
    """Write the list of the box."""

    def write(*entries):
        (here / "mutants" / "Box.json").write_text(json.dumps(entries))

    return write


@pytest.fixture
def run(here, monkeypatch):
    """Judge the box, where the tests kill all but what is named; returns (report, judged)."""

    def _run(*alive, **wishes):
        def judge(mutants, lanes, tell):
            found = [
                Verdict(mutant, "survived" if mutant.change.new in alive else "killed", "some", 0)
                for mutant in mutants
            ]
            for verdict in found:
                tell(verdict)
            return found

        monkeypatch.setattr(mutate, "judge", judge)
        report = mutate.run(
            Target("Box", ("Box",), ()), (here / "Box.vy",), mutate.Wishes(**wishes)
        )
        return report, [verdict.mutant.change.new for verdict in report.verdicts]

    return _run


def test_run__all_killed__nothing_to_see_to(run):
    report, judged = run()
    assert report.faults == []
    assert "self.asked += 2" in judged
    assert report.line(1.0).endswith(f"{len(judged)} killed, 0 alive, 0 argued away")


def test_run__one_alive__named_with_its_line(run):
    report, _ = run("self.asked += 2")
    (fault,) = report.faults
    assert fault.startswith("survived: Box.vy:15 ask: self.asked += 1  ->  self.asked += 2")


def test_run__argued_away__passes_and_is_not_run(run, argue):
    argue(ENTRY)
    report, judged = run("self.asked += 2")
    assert report.faults == []
    assert "self.asked += 2" not in judged


def test_run__argument_about_nothing__fails(run, argue):
    argue(ENTRY | {"line": "self.asked += 5"})
    report, _ = run()
    assert report.faults == [
        "Box.json: no such mutant any more: self.asked += 5 -> self.asked += 2"
    ]


def test_run__rechecked_and_killed__fails(run, argue):
    argue(ENTRY)
    report, _ = run(recheck=True)
    assert report.faults == ["Box.vy:15 ask: argued away, and yet killed by some"]


def test_run__rechecked_and_alive__passes(run, argue):
    argue(ENTRY)
    report, judged = run("self.asked += 2", recheck=True)
    assert report.faults == []
    assert "self.asked += 2" in judged


def test_run__survivors_only__those_of_the_last_run(run):
    run("self.asked += 2")
    assert run("self.asked += 2", survivors=True)[1] == ["self.asked += 2"]
    assert run(survivors=True)[1] == ["self.asked += 2"]
    assert run(survivors=True)[1] == []


def test_run__sample__so_many_and_the_same_again(run):
    first = run(sample=3)[1]
    assert len(first) == 3
    assert run(sample=3)[1] == first


@pytest.mark.parametrize("field", reviewed.FIELDS)
def test_reviewed__entry_without_a_field__refused(argue, here, field):
    argue(ENTRY | {field: " "})
    with pytest.raises(ValueError, match=f"an entry without its {field}"):
        Reviewed(here / "Box.vy")


def test_reviewed__said_twice__refused(argue, here):
    argue(ENTRY, ENTRY | {"why": "Again."})
    with pytest.raises(ValueError, match="said twice"):
        Reviewed(here / "Box.vy")


def test_reviewed__every_list_of_the_house__is_of_a_source_and_about_its_lines(monkeypatch):
    monkeypatch.setattr(reviewed, "FOLDER", ROOT / "tests" / "mutants")
    monkeypatch.setattr(targets, "CONTRACTS", CONTRACTS)
    sources = {path.stem: path for target in TARGETS for path in target.source_paths}
    flags = mutate.flags_of(*(path.read_text() for path in CONTRACTS.rglob("*.vy*")))
    for path in sorted((ROOT / "tests" / "mutants").glob("*.json")):
        source = sources[path.stem]
        assert Reviewed(source).stale(changes(source.read_text(), flags)) == []


def test_targets__every_contract_and_module__in_one_and_there(monkeypatch):
    monkeypatch.setattr(targets, "CONTRACTS", CONTRACTS)
    named = [path for target in TARGETS for path in target.source_paths]
    there = {
        path
        for path in CONTRACTS.rglob("*.vy")
        if path.parent.name != "testing" and path.stem not in EXEMPT
    }
    assert sorted(named) == sorted(there)
    for target in TARGETS:
        assert all((ROOT / test).exists() for test in target.tests), target.name
        reached = frozenset().union(*map(compiling.closure, target.contract_paths))
        assert set(target.source_paths) <= reached, target.name


def test_chosen__a_module__only_its_own_lines():
    ((target, sources),) = chosen(["ladder"])
    assert target.name == "Membership"
    assert [path.stem for path in sources] == ["ladder"]


def test_chosen__a_contract__with_its_modules():
    ((_, sources),) = chosen(["Charter"])
    assert [path.stem for path in sources] == ["Charter", "authority", "directory"]


def test_chosen__unknown__refused():
    with pytest.raises(ValueError, match="nothing is called nobody"):
        chosen(["nobody"])
