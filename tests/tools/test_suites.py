"""The suite runner: what it counts, what it runs, and that no failure is lost."""

import pytest

from tools import suites
from tools.suites import Outcome, Suite


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The runner at work in a folder of our own."""
    monkeypatch.setattr(suites, "ROOT", tmp_path)
    monkeypatch.setattr(suites, "LOGS", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take seconds to load
    return tmp_path


def outcome_of(here, text: str) -> Outcome:
    (here / "some").mkdir()
    (here / "some" / "test_some.py").write_text(text)
    return suites.run_suite(Suite("some", ("some",), ("-p", "no:ape_test")))


def test_run_suite__passes_and_failures__both_counted(here):
    outcome = outcome_of(here, "def test_a(): pass\ndef test_b(): assert 0\ndef test_c(): pass\n")
    assert (outcome.passed, outcome.failed) == (2, 1)


def test_run_suite__broken_fixture__counts_as_failed(here):
    outcome = outcome_of(here, "def test_a(nobody_made_this): pass\n")
    assert (outcome.passed, outcome.failed) == (0, 1)


def test_run_suite__file_that_does_not_import__counts_as_failed(here):
    outcome = outcome_of(here, "import nothing_of_this_name\n")
    assert (outcome.passed, outcome.failed) == (0, 1)


def test_run_suite__process_dies__counts_as_failed(here):
    outcome = outcome_of(here, "import os\ndef test_a(): os._exit(3)\n")
    assert (outcome.passed, outcome.failed) == (0, 1)


@pytest.mark.parametrize("has_past", [True, False])
def test_run_suite__its_chains__are_its_own_and_gone_afterwards(here, monkeypatch, has_past):
    monkeypatch.setattr(suites, "CHAINS", here / "chains")
    (here / "some").mkdir()
    (here / "some" / "test_some.py").write_text(
        "import os, pathlib\n"
        "def test_states():\n"
        "    states = pathlib.Path(os.environ['CERCLE_CHAINS'])\n"
        f"    assert states == pathlib.Path({str(here / 'chains' / 'some')!r})\n"
        "    states.mkdir(parents=True)\n"
        f"    assert (os.environ['CERCLE_CHAIN_OPTIONS'] == '') is {has_past}\n"
    )
    suite = Suite("some", ("some",), ("-p", "no:ape_test"), has_past)
    assert suites.run_suite(suite).failed == 0
    assert list((here / "chains").iterdir()) == []


def test_present__folder_without_a_test__left_out(here):
    (here / "full").mkdir()
    (here / "full" / "test_it.py").write_text("")
    assert Suite("some", ("full", "empty")).present() == ["full"]


def test_suites__every_file_of_tests__belongs_to_one():
    named = [suites.ROOT / path for suite in suites.SUITES for path in suite.paths]
    for file in (suites.ROOT / "tests").rglob("test_*.py"):
        assert sum(file.is_relative_to(path) for path in named) == 1, file
