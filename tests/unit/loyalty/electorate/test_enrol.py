"""`Electorate.enrol` and `dismiss`: its membership says who has a voice, and nobody else."""

import ape
import pytest

from tests.house import CAPPED, MATURITY, ONE, SQRT

NOBODY = "0x" + "00" * 20


@pytest.fixture
def bound(project, admin, passport, persons, outsider):
    """Electorates of each rule whose membership is a plain account: `outsider`."""
    made = {}
    for rule, cap in ((ONE, 0), (SQRT, 0), (CAPPED, 1_000)):
        made[rule] = admin.deploy(project.Electorate, passport, rule, cap, MATURITY)
        made[rule].bind(sender=outsider)
    return made


@pytest.mark.parametrize(("rule", "units"), [(ONE, 1), (SQRT, 63), (CAPPED, 1_000)])
def test_enrol__with_standing__has_units_at_maturity(bound, persons, chain, outsider, rule, units):
    electorate = bound[rule]
    receipt = electorate.enrol(3, 1, persons[2], 4_000, sender=outsider)
    assert receipt.events == [
        electorate.DelegateChanged(delegator=persons[2], fromDelegate=NOBODY, toDelegate=persons[2])
    ]
    begins = receipt.timestamp + MATURITY
    chain.mine(timestamp=begins + 1)
    assert tuple(electorate.own(persons[2], begins - 1)) == (1, 0)
    assert tuple(electorate.own(persons[2], begins)) == (1, units)
    assert electorate.getVotes(persons[2]) == 0  # until a refresh


@pytest.mark.parametrize("rule", [SQRT, CAPPED])
def test_enrol__without_standing__plans_nothing(bound, persons, chain, outsider, rule):
    electorate = bound[rule]
    electorate.enrol(3, 1, persons[2], 0, sender=outsider)
    chain.mine(deltatime=MATURITY + 10)
    assert tuple(electorate.own(persons[2], electorate.clock() - 2)) == (1, 0)


def test_enrol__by_anybody_else__reverts(electorate, persons, admin, steward):
    for stranger in (admin, steward, persons[0]):
        with ape.reverts("electorate: not the membership"):
            electorate.enrol(1, 1, persons[0], 0, sender=stranger)


def test_dismiss__enrolled__has_no_voice(bound, persons, outsider):
    electorate = bound[ONE]
    electorate.enrol(3, 1, persons[2], 0, sender=outsider)
    receipt = electorate.dismiss(3, sender=outsider)
    assert receipt.events == [
        electorate.DelegateChanged(delegator=persons[2], fromDelegate=persons[2], toDelegate=NOBODY)
    ]
    assert electorate.delegates(persons[2]) == NOBODY
    assert electorate.member_no_of(3) == 1


def test_dismiss__had_delegated__takes_the_votes_from_who_held_them(bound, persons, outsider):
    electorate = bound[ONE]
    for passport_id in (2, 3):
        electorate.enrol(passport_id, passport_id, persons[passport_id - 1], 0, sender=outsider)
    electorate.invoke_transaction("delegate", persons[1], sender=persons[2])
    receipt = electorate.dismiss(3, sender=outsider)
    assert receipt.events == [
        electorate.DelegateChanged(delegator=persons[2], fromDelegate=persons[1], toDelegate=NOBODY)
    ]
    assert electorate.delegates(persons[1]) == persons[1]


def test_dismiss__by_anybody_else__reverts(electorate, fresh, admin, steward):
    for stranger in (admin, steward, fresh[0]):
        with ape.reverts("electorate: not the membership"):
            electorate.dismiss(1, sender=stranger)
