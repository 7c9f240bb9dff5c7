"""The fault runner: a fault is caught, missed or broken, and each is told from the others."""

import subprocess

import pytest

from tools import faults

SOURCE = "def is_adult(age):\n    return age >= 18\n"
TEST = "from box import is_adult\n\ndef test_is_adult__at_18__true():\n    assert is_adult(18)\n"
FAULTY = SOURCE.replace(">=", ">")
HARMLESS = SOURCE.replace("age >= 18", "18 <= age")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A tree with one function and one test of it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take seconds to load
    here = tmp_path / "tree"
    (here / "tests").mkdir(parents=True)
    (here / "box.py").write_text(SOURCE)
    (here / "tests" / "test_box.py").write_text(TEST)
    (here / "pytest.ini").write_text(
        "[pytest]\naddopts = -p no:ape_test -p no:boa_test --import-mode=importlib\n"
    )
    return here


@pytest.fixture
def plant(tree, tmp_path):
    """A fault that turns the source into another text."""

    def write(text, red="tests/test_box.py"):
        for side, content in (("a", SOURCE), ("b", text)):
            (tmp_path / side).mkdir(exist_ok=True)
            (tmp_path / side / "box.py").write_text(content)
        diff = subprocess.run(
            ["diff", "-u", "a/box.py", "b/box.py"], cwd=tmp_path, capture_output=True, text=True
        ).stdout
        path = tmp_path / "box" / "boundary.patch"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# why: a birthday is missed\n# red: {red}\n{diff}")
        return faults.read(path)

    return write


def test_read__header__why_and_red(plant):
    fault = plant(FAULTY)
    assert (fault.name, fault.why) == ("box/boundary", "a birthday is missed")
    assert fault.red == "tests/test_box.py"
    assert not fault.is_in_a_contract


def test_read__no_red_line__refused(tmp_path):
    path = tmp_path / "it.patch"
    path.write_text("# why: something\n--- a/x\n")
    with pytest.raises(ValueError, match="no '# red:' line"):
        faults.read(path)


def test_judge__fault_that_matters__caught_and_taken_out(tree, plant):
    verdict = faults.judge(tree, plant(FAULTY))
    assert (verdict.is_caught, verdict.word) == (True, "caught")
    assert (tree / "box.py").read_text() == SOURCE


def test_judge__suite_stays_green__not_noticed(tree, plant):
    verdict = faults.judge(tree, plant(HARMLESS))
    assert (verdict.is_caught, verdict.word) == (False, "NOT NOTICED")


def test_judge__no_such_suite__not_counted_as_caught(tree, plant):
    verdict = faults.judge(tree, plant(FAULTY, red="tests/test_nothing.py"))
    assert not verdict.is_caught
    assert verdict.word.startswith("its suite did not run")


def test_judge__stale_fault__does_not_apply(tree, plant):
    fault = plant(FAULTY)
    (tree / "box.py").write_text("something else\n")
    verdict = faults.judge(tree, fault)
    assert not verdict.is_caught
    assert verdict.word.startswith("does not apply")
