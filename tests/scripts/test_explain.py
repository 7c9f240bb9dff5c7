"""`ape run agreement explain` of a book that does not follow from what was signed."""

import click
import pytest

from cercle.agreements.findings import Finding
from frontend.testing import agreements as fakes
from frontend.testing.fakes import seal
from scripts import agreement

WRONG = Finding(
    event="PeriodClosed", what="charge", told=700, right=650, subject="Period 1", tx_hash=seal(9)
)


class Past:
    """What the SDK would read of a chain."""

    chain = deployment = None

    def __init__(self, *words, **more):
        pass

    open = classmethod(lambda cls, path: cls())

    def history(self, number):
        return number


@pytest.fixture
def explain(monkeypatch):
    """The command, over contract 1 with these findings."""
    sound = fakes.checked(fakes.contract())
    for name in ("Desk", "Agreements"):
        monkeypatch.setattr(agreement, name, Past)

    def _explain(*findings):
        told = sound.model_copy(update={"findings": findings})
        monkeypatch.setattr(agreement, "verify", lambda history: told)
        agreement.explain.callback(number=1, period=0, deployment_path=None)

    return _explain


def test_explain__a_charge_is_wrong__says_which_and_refuses(explain, capsys):
    with pytest.raises(click.ClickException) as refused:
        explain(WRONG)
    assert refused.value.message == ("This contract's book does not follow from what was signed.")
    told = capsys.readouterr().out
    assert f"WRONG: {WRONG.sentence} ({WRONG.tx_hash})" in told
    assert "all right" not in told


def test_explain__nothing_is_wrong__says_so(explain, capsys):
    explain()
    told = capsys.readouterr().out
    assert "3 readings and 2 periods: all right" in told
    assert "WRONG" not in told
