"""`Decisions.mark_silence`: that a company did not answer is written down, once, by anybody."""

import ape
import pytest

from .states import State


def test_mark_silence__silent__is_written_down(decisions, silent, outsider):
    receipt = decisions.mark_silence(1, sender=outsider)

    assert receipt.events == [decisions.SilenceMarked(decision_id=1, company_id=1, passport_id=1)]
    assert decisions.state(1) == State.SILENT


def test_mark_silence__twice__reverts(decisions, silent, outsider):
    decisions.mark_silence(1, sender=outsider)
    with ape.reverts("commit_open: marked already"):
        decisions.mark_silence(1, sender=outsider)


def test_mark_silence__last_second__reverts(decisions, demanded, limits, at, outsider):
    at(demanded + limits.OPENING_TIME())
    with ape.reverts("commit_open: not silent"):
        decisions.mark_silence(1, sender=outsider)


def test_mark_silence__never_demanded__reverts(decisions, committed, limits, at, outsider):
    at(committed + limits.DEMAND_WINDOW() + limits.OPENING_TIME())
    with ape.reverts("commit_open: not silent"):
        decisions.mark_silence(1, sender=outsider)


def test_mark_silence__opened__reverts(decisions, silent, opened, outsider):
    opened()
    with ape.reverts("commit_open: not silent"):
        decisions.mark_silence(1, sender=outsider)


@pytest.mark.parametrize("decision_id", [0, 2, 2**256 - 1])
def test_mark_silence__no_decision__reverts(decisions, committed, outsider, decision_id):
    with ape.reverts("commit_open: not silent"):
        decisions.mark_silence(decision_id, sender=outsider)
