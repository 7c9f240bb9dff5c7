"""`Electorate.refresh`: anybody counts units that are due, under each of the three rules."""

import ape
import pytest

from tests.house import CAPPED, MATURITY, SQRT
from tests.unit.loyalty.small_brand import word


def test_refresh__due__counts_the_unit(electorate, fresh, chain, outsider):
    chain.mine(deltatime=MATURITY)
    receipt = electorate.refresh([3], sender=outsider)
    assert receipt.events == [
        electorate.DelegateVotesChanged(delegate=fresh[2], previousVotes=0, newVotes=1),
        electorate.UnitsRefreshed(member_no=3, old_units=0, new_units=1),
    ]
    assert electorate.getVotes(fresh[2]) == 1
    assert tuple(electorate.delegation_of(3)) == (3, 0, 1)


def test_refresh__again__changes_nothing(electorate, voters, outsider):
    assert electorate.refresh([1, 2, 3, 4, 5], sender=outsider).events == []


def test_refresh__nobody__changes_nothing(electorate, voters, outsider):
    assert electorate.refresh([], sender=outsider).events == []


def test_refresh__last_second_of_waiting__passes_over(
    electorate, membership, fresh, chain, outsider
):
    counts_from = membership.member(1).counts_from
    chain.pending_timestamp = counts_from - 1
    assert electorate.refresh([1], sender=outsider).events == []
    assert electorate.getVotes(fresh[0]) == 0


def test_refresh__first_second_that_counts__counts(electorate, membership, fresh, chain, outsider):
    counts_from = membership.member(1).counts_from
    chain.pending_timestamp = counts_from
    electorate.refresh([1], sender=outsider)
    assert electorate.getVotes(fresh[0]) == 1


def test_refresh__never_sent__own_unit_counts_all_the_same(electorate, membership, fresh, chain):
    counts_from = membership.member(1).counts_from
    chain.mine(timestamp=counts_from + 1)
    assert tuple(electorate.own(fresh[0], counts_from - 1)) == (1, 0)
    assert tuple(electorate.own(fresh[0], counts_from)) == (1, 1)
    assert tuple(electorate.ballot(fresh[0], counts_from)) == (1, 0)
    assert electorate.getPastTotalSupply(counts_from) == 0


def test_refresh__who_left__passes_over(electorate, membership, fresh, chain, outsider):
    membership.leave(sender=fresh[0])
    chain.mine(deltatime=MATURITY)
    receipt = electorate.refresh([1, 2], sender=outsider)
    assert receipt.events.filter(electorate.UnitsRefreshed) == [
        electorate.UnitsRefreshed(member_no=2, old_units=0, new_units=1)
    ]


@pytest.mark.parametrize("member_no", [0, 6])
def test_refresh__unknown_member__reverts(electorate, voters, outsider, member_no):
    with ape.reverts("electorate: unknown member"):
        electorate.refresh([1, member_no], sender=outsider)


def test_refresh__delegated__counts_at_the_delegate(electorate, fresh, chain, outsider):
    electorate.invoke_transaction("delegate", fresh[1], sender=fresh[0])
    chain.mine(deltatime=MATURITY)
    electorate.refresh([1], sender=outsider)
    assert [electorate.getVotes(v) for v in fresh[:2]] == [0, 1]


@pytest.mark.parametrize(
    ("standing", "root", "capped"),
    [
        (0, 0, 0),
        (1, 1, 1),
        (3, 1, 3),
        (4, 2, 4),
        (99, 9, 99),
        (100, 10, 100),
        (999, 31, 999),
        (1_000, 31, 1_000),
        (1_001, 31, 1_000),
        (1_000_000, 1_000, 1_000),
    ],
)
def test_refresh__by_standing__counts_root_or_capped(
    by_rule, persons, rewards, chain, outsider, standing, root, capped
):
    for rule, units in ((SQRT, root), (CAPPED, capped)):
        membership, electorate = by_rule[rule]
        rewards.credit(membership, [word(1, standing)], sender=outsider)
        receipt = electorate.refresh([1], sender=outsider)
        assert electorate.getVotes(persons[0]) == units
        told = [electorate.UnitsRefreshed(member_no=1, old_units=0, new_units=units)]
        assert receipt.events.filter(electorate.UnitsRefreshed) == (told if units else [])
        past = chain.blocks.head.timestamp
        chain.mine(timestamp=past + 1)
        assert tuple(electorate.own(persons[0], past)) == (1, units)
        assert electorate.getPastTotalSupply(past) == units


def test_refresh__after_a_debit__counts_less(by_rule, persons, rewards, outsider):
    membership, electorate = by_rule[SQRT]
    rewards.credit(membership, [word(1, 100)], sender=outsider)
    electorate.refresh([1], sender=outsider)
    rewards.debit(membership, 1, 36, 0, sender=outsider)
    receipt = electorate.refresh([1], sender=outsider)
    assert receipt.events == [
        electorate.DelegateVotesChanged(delegate=persons[0], previousVotes=10, newVotes=8),
        electorate.UnitsRefreshed(member_no=1, old_units=10, new_units=8),
    ]


def test_refresh__plan_that_a_debit_overtook__is_corrected(
    by_rule, persons, rewards, chain, outsider
):
    """Standing at joining was planned as units; it is gone before they count."""
    membership, electorate = by_rule[CAPPED]
    rewards.credit(membership, [word(1, 100)], sender=outsider)
    membership.leave(sender=persons[0])
    membership.join_open(sender=persons[0])
    rewards.debit(membership, 1, 100, 0, sender=outsider)
    chain.mine(timestamp=membership.member(1).counts_from + 10)
    assert electorate.own(persons[0], electorate.clock() - 1)[1] == 100
    electorate.refresh([1], sender=outsider)
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    assert electorate.own(persons[0], past)[1] == 0
