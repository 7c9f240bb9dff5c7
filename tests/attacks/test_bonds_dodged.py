"""A company that reads and does not delete tries to keep its bond; a person tries to get one early.

The bond lies aside from the first read on, and its time is the person's grant: neither notices nor
agents, neither a second read nor a lower bond nor an empty purse change it. A person who withdraws
in the same breath has to wait as long as any other. The twin looks the bond up when it is lost.
"""

import ape
import pytest

from tests.attacks import vault_stage
from tests.consents import CATEGORIES, CERTIFICATE, DAY, NOTICE, PURPOSE


@pytest.fixture
def scene(project, chain, admin, members, accounts):
    people, companies = members[:2], accounts[18:20]
    return vault_stage.set_scene(project, chain, admin, people, companies)


@pytest.fixture
def is_lost(scene, chain, outsider):
    """A second past the due one everybody can see to it that the bond is the person's."""

    def _is_lost(due_at):
        chain.pending_timestamp = due_at
        with ape.reverts("vault: not overdue"):
            scene.vault.mark_overdue(1, 1, PURPOSE, sender=outsider)
        chain.pending_timestamp = due_at + 1
        receipt = scene.vault.mark_overdue(1, 1, PURPOSE, sender=outsider)
        assert receipt.events[-1].bond == scene.vault.due(1, 1) == 100
        return True

    return _is_lost


# ---- the company ----------------------------------------------------------------------


def test_company__empties_its_purse_and_asks_for_no_bond__loses_it(scene, is_lost):
    company = scene.companies[0]
    scene.read()
    due_at = scene.due_at()
    scene.vault.set_bond(1, 0, sender=company)
    scene.vault.withdraw_funds(1, company, vault_stage.PURSE - 100, sender=company)
    with ape.reverts("vault: too little paid in"):
        scene.vault.withdraw_funds(1, company, 1, sender=company)
    assert is_lost(due_at)


def test_company__lowers_its_bond_just_before_the_first_read__stakes_the_old_one(scene, is_lost):
    scene.vault.set_bond(1, 0, sender=scene.companies[0])
    scene.read()
    assert is_lost(scene.due_at())


def test_company__publishes_and_ends_notices__loses_it(scene, is_lost):
    scene.read()
    due_at, company = scene.due_at(), scene.companies[0]
    scene.consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=company)
    scene.consent.end_notice(1, PURPOSE, sender=company)
    assert scene.due_at() == due_at
    assert is_lost(due_at)


def test_company__reads_again_at_the_last__loses_it(scene, is_lost):
    scene.read()
    due_at = scene.due_at()
    scene.turn_to(due_at - 60 * DAY - 2)  # the grant's last seconds
    scene.read()
    assert scene.due_at() == due_at
    assert is_lost(due_at)


def test_company__changes_hands_and_agents__loses_it(scene, is_lost, newcomer):
    scene.read()
    due_at, company = scene.due_at(), scene.companies[0]
    scene.consent.set_agent(1, newcomer, sender=company)
    scene.consent.offer_controller(1, newcomer, sender=company)
    scene.consent.accept_controller(1, sender=newcomer)
    assert is_lost(due_at)


def test_company__attests_as_another_company__frees_nothing(scene):
    scene.read()
    with ape.reverts("vault: nothing to delete"):
        scene.vault.attest_deletion(2, 1, PURPOSE, CERTIFICATE, sender=scene.companies[1])
    with ape.reverts("vault: not the company"):
        scene.vault.attest_deletion(1, 1, PURPOSE, CERTIFICATE, sender=scene.companies[1])
    assert scene.vault.duty_of(1, 1, PURPOSE).bond == 100


def test_company__whose_grant_is_renewed__keeps_it_staked(scene, is_lost):
    """The person gives it more time, and nobody else: the bond stays aside, and is not doubled."""
    scene.read()
    due_at = scene.due_at()
    scene.turn_to(scene.now() + 10 * DAY)
    scene.give()
    scene.read()
    assert scene.due_at() > due_at
    assert scene.vault.duty_of(1, 1, PURPOSE).bond == 100
    assert scene.vault.funds_of(1).free == vault_stage.PURSE - 100
    assert is_lost(scene.due_at())


def test_company__that_lost_it__stakes_another_before_it_reads_anew(scene, is_lost):
    scene.read()
    assert is_lost(scene.due_at())
    scene.give()
    scene.read()
    assert scene.vault.duty_of(1, 1, PURPOSE).bond == 100
    assert scene.vault.funds_of(1).free == vault_stage.PURSE - 200


# ---- the person -----------------------------------------------------------------------


@pytest.mark.parametrize("act", ["withdraw", "withdraw_all", "shorten"])
def test_person__ends_it_right_after_the_read__waits_thirty_days(scene, is_lost, act):
    scene.read()
    person, ended_at = scene.people[0], None
    if act == "shorten":
        soon = scene.now() + 5
        agreed = scene.give(until=soon, keep_until=soon)
        ended_at = agreed.keep_until
    elif act == "withdraw":
        scene.consent.withdraw(1, PURPOSE, sender=person)
    else:
        scene.consent.withdraw_all(sender=person)
    ended_at = ended_at or scene.now()
    assert scene.due_at() == ended_at + 30 * DAY
    assert is_lost(scene.due_at())


def test_person__gives_a_grant_dated_before_their_withdrawal__wins_no_time(scene, chain):
    """A grant dated before it counts for nothing, and dates nothing back."""
    person, before = scene.people[0], scene.now()
    scene.read()
    read_at = scene.now()
    scene.consent.withdraw_all(sender=person)
    scene.give(issued_at=before)
    with ape.reverts("vault: not allowed"):
        scene.read()
    assert scene.due_at() >= read_at + 30 * DAY


def test_person__after_the_company_deleted__gets_nothing(scene, outsider):
    scene.read()
    due_at = scene.due_at()
    scene.vault.attest_deletion(1, 1, PURPOSE, CERTIFICATE, sender=scene.companies[0])
    scene.turn_to(due_at + 1)
    with ape.reverts("vault: not overdue"):
        scene.vault.mark_overdue(1, 1, PURPOSE, sender=outsider)


def test_person__once__gets_one_bond(scene, is_lost, outsider):
    scene.read()
    assert is_lost(scene.due_at())
    with ape.reverts("vault: marked already"):
        scene.vault.mark_overdue(1, 1, PURPOSE, sender=outsider)


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def loose(project, admin, outsider):
    loose = admin.deploy(project.LooseBonds)
    loose.deposit(1, 1_000, sender=outsider)
    loose.set_bond(1, 100, sender=outsider)
    loose.read(1, sender=outsider)
    return loose


@pytest.mark.parametrize("dodge", ["set_bond", "withdraw"])
def test_twin__asked_when_it_is_lost__is_not_there(loose, chain, outsider, dodge):
    chain.mine(deltatime=31 * DAY)
    if dodge == "set_bond":
        loose.set_bond(1, 0, sender=outsider)
    else:
        loose.withdraw(1, sender=outsider)
    loose.mark_overdue(1, 1, sender=outsider)
    assert loose.earned(1) == 0


def test_twin__read_again_and_again__is_never_due(loose, chain, outsider):
    for _ in range(5):
        chain.mine(deltatime=29 * DAY)
        loose.read(1, sender=outsider)
        with ape.reverts("loose_bonds: not overdue"):
            loose.mark_overdue(1, 1, sender=outsider)
