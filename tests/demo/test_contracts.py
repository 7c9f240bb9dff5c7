"""The demo's service contracts: on its chain as in the script, and used on by a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cercle.agreements.client import Agreements
from cercle.index.history import open_history
from demo import independent_service, meter, mobile, verify
from demo.made import Made
from demo.node import DemoError
from demo.run import Demo
from demo.verify_contracts import acted_since, compare_contracts

from .staged import deployment_of

HOME, ABROAD = 1, 4  # member number 1's contracts


@pytest.fixture
def rewound(stage: tuple[Demo, Made]) -> Iterator[tuple[Demo, Made]]:
    """The stage, put back as it was once the test has acted on it."""
    demo, made = stage
    before = demo.node.rpc("evm_snapshot")
    yield demo, made
    assert demo.node.rpc("evm_revert", before)


def compared(demo: Demo, made: Made) -> int:
    deployment, chain = deployment_of(demo), demo._chain()
    since = verify._since(open_history(chain, deployment), chain, deployment, made)
    return compare_contracts(chain, deployment, since)


def use(demo: Demo, *words: str) -> str:
    return meter.use(demo.settings.folder, demo.settings.rpc_port, list(words))


def test_contracts__after_the_set_up__are_as_in_the_script(stage):
    readings = sum(len(one.uses) * len(mobile.READ_ON) for one in mobile.CONTRACTS)
    assert 0 < compared(*stage) <= readings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"charges": (1,)}, "The charges of contract 1"),
        ({"escrow": 1}, "The escrow of contract 1"),
        ({"use": 1}, "The use of contract 1"),
    ],
)
def test_compare__one_thing_else_than_in_the_script__is_caught(stage, monkeypatch, changes, said):
    first, *others = independent_service.books()
    told = (replace(first, **changes), *others)
    monkeypatch.setattr(independent_service, "books", lambda: told)
    with pytest.raises(DemoError, match=said):
        compared(*stage)


def test_compare__other_earnings__are_caught(stage, monkeypatch):
    due = independent_service.due()
    monkeypatch.setattr(independent_service, "due", lambda: due | {1: due[1] + 1})
    with pytest.raises(DemoError, match="The earnings under list 1"):
        compared(*stage)


def test_script__member_number_one__has_a_switch_a_credit_a_warning_and_a_stop(stage):
    demo, _ = stage
    book = Agreements(demo._chain(), deployment_of(demo))
    names = [event.name for event in book.history(HOME)]
    assert {"PlanSwitched", "LimitNeared", "TermsImproved", "PeriodClosed"} <= set(names)
    credits = [e.args["credit"] for e in book.history(HOME) if e.name == "PeriodClosed"]
    assert sum(map(bool, credits)) == 1
    assert "AgreementStopped" in [event.name for event in book.history(ABROAD)]
    assert len(credits) == 12


def test_use__more__is_counted_and_may_stop(rewound):
    demo, made = rewound
    told = use(demo, str(HOME), "1.5")
    assert told == "Contract 1: 18.7 of 20 GB used in this period, 15.70 so far, served."
    told = use(demo, str(HOME), "2", "720")
    assert told == "Contract 1: 20.7 of 20 GB used in this period, 16.72 so far, stopped."
    chain, deployment = demo._chain(), deployment_of(demo)
    since = verify._since(open_history(chain, deployment), chain, deployment, made)
    assert acted_since(since) == {HOME}
    assert compared(demo, made)


@pytest.mark.parametrize(
    "words", [[], ["1"], ["one", "2"], ["1", "0.001"], ["1", "-1"], ["1", "1", "2", "3"]]
)
def test_use__other_words__are_one_sentence(stage, words):
    with pytest.raises(DemoError, match=r"^Usage: python -m demo use CONTRACT AMOUNT"):
        use(stage[0], *words)


def test_use__no_such_contract_or_demo__is_one_sentence(stage, tmp_path):
    with pytest.raises(DemoError, match=r"There is no contract 99\."):
        use(stage[0], "99", "1")
    with pytest.raises(DemoError):
        meter.use(tmp_path, stage[0].settings.rpc_port, ["1", "1"])
