"""Every revert reason of the contracts has its exception, and every exception its reason."""

import re
from pathlib import Path

import pytest
from eth_utils.crypto import keccak

import cercle.errors
from cercle.errors import (
    ExecutionTooEarly,
    Refused,
    UnknownRefusal,
    known_custom_errors,
    known_refusals,
    refusal,
    refusal_by_data,
)
from cercle.reverts import explain

ALL = [*known_refusals().values(), *known_custom_errors().values()]
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


def test_custom_errors__of_the_governor__each_have_a_class():
    source = (CONTRACTS / "governance" / "governor_errors.vy").read_text()
    assert set(re.findall(r'"(\w+\([\w,]*\))"', source)) == set(known_custom_errors())


def test_refusal_by_data__a_custom_error__is_its_class():
    selector = keccak(text="GovernorAlreadyCastVote(address)")[:4].hex()
    error = refusal_by_data(selector + "00" * 32)
    assert (type(error).__name__, error.code) == ("VotedAlready", "voted_already")


def test_refusal_by_data__of_another_contract__is_nothing():
    assert refusal_by_data("ffffffff" + "00" * 32) is None


def test_explain__a_nodes_custom_error__is_a_refusal_in_words():
    data = "0x" + keccak(text="GovernorUnmetDelay(uint256,uint256)")[:4].hex() + "00" * 64
    told = explain({"code": 3, "message": "execution reverted", "data": data}, "here")
    assert isinstance(told, ExecutionTooEarly)


def test_reasons__fit_their_word():
    assert [reason for reason in known_refusals() if len(reason) > 32] == []


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_refusal__sentence__speaks_to_a_person(kind):
    sentence = str(kind())
    assert sentence == kind.sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert 15 <= len(sentence) <= 120


def test_refusals__codes__are_unique():
    codes = [kind.code for kind in ALL]
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
