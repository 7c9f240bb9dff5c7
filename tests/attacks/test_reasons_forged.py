"""A company that decided without reasons tries to have had some.

It takes another's seal for its own, opens something else than it sealed, or tries to get rid of its
silence. The seal binds who committed and whom it concerns; a silence, once written, is in the log
for good, and what is opened late says so. The twin's seals bind nobody, and who opens was never
silent.
"""

import ape
import pytest
from eth_utils import keccak

from tests.attacks import vault_stage
from tests.consents import DAY, OPENING, SECRET

SILENT, OPENED = 4, 3
REASONS = keccak(text="reasons")


@pytest.fixture
def scene(project, chain, admin, members, accounts):
    people, companies = members[:2], accounts[18:20]
    return vault_stage.set_scene(project, chain, admin, people, companies)


@pytest.fixture
def decided(scene):
    """Company 1 decided about person 1, with reasons."""
    seal = bytes(scene.decisions.commitment_of(1, 1, OPENING, SECRET))
    scene.decisions.commit(1, 1, seal, sender=scene.companies[0])
    return seal


def test_another_company__copies_the_seal__opens_nothing(scene, decided):
    decisions, (honest, forger) = scene.decisions, scene.companies
    decisions.commit(2, 1, decided, sender=forger)
    decisions.open(1, OPENING, SECRET, sender=honest)  # now everybody knows what is in it
    with ape.reverts("commit_open: something else"):
        decisions.open(2, OPENING, SECRET, sender=forger)


def test_same_company__takes_one_persons_reasons_for_anothers__opens_nothing(scene, decided):
    decisions, company = scene.decisions, scene.companies[0]
    decisions.commit(1, 2, decided, sender=company)
    with ape.reverts("commit_open: something else"):
        decisions.open(2, OPENING, SECRET, sender=company)


def test_another_company__opens_in_the_firsts_place__is_refused(scene, decided):
    with ape.reverts("decisions: not the company"):
        scene.decisions.open(1, OPENING, SECRET, sender=scene.companies[1])


def test_company__opens_what_suits_it_now__is_refused(scene, decided):
    company = scene.companies[0]
    for part in OPENING._fields:
        better = OPENING._replace(**{part: keccak(text="a better reason")})
        with ape.reverts("commit_open: something else"):
            scene.decisions.open(1, better, SECRET, sender=company)
    shuffled = (OPENING.inputs, OPENING.rule, OPENING.outcome, OPENING.counterfactual)
    with ape.reverts("commit_open: something else"):
        scene.decisions.open(1, shuffled, SECRET, sender=company)


def test_company__that_was_silent__stays_in_the_log_and_late(scene, decided, outsider):
    decisions, (company, _) = scene.decisions, scene.companies
    decisions.demand(1, sender=scene.people[0])
    demanded_at = scene.now()
    scene.turn_to(demanded_at + 30 * DAY + 1)
    marked = decisions.mark_silence(1, sender=outsider)
    assert decisions.state(1) == SILENT
    receipt = decisions.open(1, OPENING, SECRET, sender=company)
    assert receipt.events[0].is_late
    assert marked.events == [decisions.SilenceMarked(decision_id=1, company_id=1, passport_id=1)]
    decision = decisions.decision_of(1)
    assert (decision.demanded_at, decisions.state(1)) == (demanded_at, OPENED)
    assert decision.opened_at > demanded_at + 30 * DAY


def test_company__commits_anew__has_a_decision_more_and_a_silence_as_before(scene, decided):
    decisions, company = scene.decisions, scene.companies[0]
    decisions.demand(1, sender=scene.people[0])
    scene.turn_to(scene.now() + 30 * DAY + 1)
    decisions.commit(1, 1, decided, sender=company)
    assert decisions.decision_count() == 2
    assert decisions.state(1) == SILENT


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def loose(project, admin):
    return admin.deploy(project.LooseDecisions)


def test_twin__copied_seal__is_the_forgers_own(loose, scene):
    honest, forger = scene.companies
    seal = bytes(loose.seal(REASONS, SECRET))
    loose.commit(1, seal, sender=honest)
    loose.commit(2, seal, sender=forger)
    loose.open(1, REASONS, SECRET, sender=honest)
    loose.open(2, REASONS, SECRET, sender=forger)
    assert loose.is_opened(2)


def test_twin__opened_late__was_never_silent(loose, scene):
    company = scene.companies[0]
    loose.commit(1, bytes(loose.seal(REASONS, SECRET)), sender=company)
    loose.demand(1, scene.now(), sender=company)
    scene.turn_to(scene.now() + DAY)
    loose.mark(1, sender=company)
    assert loose.is_silent(1)
    loose.open(1, REASONS, SECRET, sender=company)
    assert not loose.is_silent(1)
