"""Every revert reason of the contracts has its exception, and every exception its reason."""

import re
from pathlib import Path

import pytest

import cercle.errors
from cercle.errors import Refused, UnknownRefusal, known_refusals, refusal

CONTRACTS = Path(__file__).parents[2] / "contracts"
_REASON = re.compile(r"""["']([a-z][a-z0-9_]*: [^"\n]{1,40})["']\s*(?:#.*)?$""", re.M)


def written_reasons():
    """Each reason that a contract or a module can give, with the file that gives it."""
    found = {}
    for path in sorted(CONTRACTS.rglob("*.vy")):
        if "testing" not in path.parts:
            for reason in _REASON.findall(path.read_text()):
                found.setdefault(reason, path.name)
    return found


def test_refusals__every_reason_of_the_contracts__has_a_class():
    unnamed = {r: f for r, f in written_reasons().items() if r not in known_refusals()}
    assert unnamed == {}


def test_refusals__every_class__has_a_reason_that_a_contract_gives():
    gone = {r: c.__name__ for r, c in known_refusals().items() if r not in written_reasons()}
    assert gone == {}


def test_reasons__fit_their_word():
    assert [reason for reason in known_refusals() if len(reason) > 32] == []


@pytest.mark.parametrize("kind", known_refusals().values(), ids=lambda kind: kind.__name__)
def test_refusal__sentence__speaks_to_a_person(kind):
    sentence = str(kind())
    assert sentence == kind.sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert 15 <= len(sentence) <= 120


def test_refusals__codes__are_unique():
    codes = [kind.code for kind in known_refusals().values()]
    assert len(set(codes)) == len(codes)


def test_refusal__known_reason__is_its_class():
    error = refusal("wing: halted")
    assert isinstance(error, Refused)
    assert (type(error).__name__, error.code) == ("WingHalted", "wing_halted")


def test_refusal__unknown_reason__keeps_the_words_short():
    error = refusal("x" * 1_000)
    assert isinstance(error, UnknownRefusal)
    assert len(str(error)) < 250


def test_errors__docstring__draws_the_whole_tree():
    drawn = set(re.findall(r"\w+", cercle.errors.__doc__))
    classes = {n for n in cercle.errors.__all__ if n[0].isupper()}
    assert classes - drawn == set()
