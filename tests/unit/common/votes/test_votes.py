"""`votes`: what a host can do with it, beyond what the standard shows."""

import ape
import pytest

DAY = 86_400
NOBODY = "0x" + "00" * 20
HIGHEST_ID = 2**64 - 1


@pytest.fixture(scope="session")
def harness(project, chain, admin):
    chain.mine(deltatime=10 * DAY)  # ahead of the wall's clock, which some nodes obey
    return admin.deploy(project.VotesHarness)


@pytest.fixture
def enrolled(harness, members, admin):
    """Three holders with the ids 1 to 3, with nothing counted."""
    for number, holder in enumerate(members[:3], 1):
        harness.enrol(holder, number, sender=admin)
    return members[:3]


def test_enrol__holder__delegates_to_itself(harness, members, admin):
    receipt = harness.enrol(members[0], 7, sender=admin)
    assert receipt.events == [
        harness.DelegateChanged(delegator=members[0], fromDelegate=NOBODY, toDelegate=members[0])
    ]
    assert tuple(harness.delegation_of(members[0])) == (7, 0, 0)
    assert harness.votes_at(members[0], 1) == (7, 0)
    assert harness.own_at(members[0], 1) == (7, 0)


def test_enrol__widest_id__is_kept(harness, members, admin):
    harness.enrol(members[0], HIGHEST_ID, sender=admin)
    assert tuple(harness.delegation_of(members[0])) == (HIGHEST_ID, 0, 0)
    assert harness.votes_at(members[0], 1) == (2**32 - 1, 0)
    assert harness.own_at(members[0], 1) == (2**32 - 1, 0)


@pytest.mark.parametrize("number", [0, 1, HIGHEST_ID + 1], ids=["zero", "again", "too wide"])
def test_enrol__no_new_id__reverts(harness, enrolled, admin, number):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.enrol(enrolled[0], number, sender=admin)


def test_set_counted__units__move_votes_and_total(harness, enrolled, admin):
    receipt = harness.set_counted(enrolled[0], 40, sender=admin)
    assert receipt.events == [
        harness.DelegateVotesChanged(delegate=enrolled[0], previousVotes=0, newVotes=40)
    ]
    receipt = harness.set_counted(enrolled[0], 15, sender=admin)
    assert receipt.return_value == 40
    assert (harness.votes_of(enrolled[0]), harness.total()) == (15, 15)
    assert harness.set_counted(enrolled[0], 15, sender=admin).events == []


def test_set_counted__delegated__moves_the_delegates_votes(harness, enrolled, admin):
    first, second, _ = enrolled
    harness.delegate_to(first, second, 0, sender=admin)
    harness.set_counted(first, 40, sender=admin)
    assert [harness.votes_of(h) for h in (first, second)] == [0, 40]
    assert harness.total() == 40


def test_set_counted__widest__is_kept(harness, enrolled, admin):
    harness.set_counted(enrolled[0], 2**54 - 1, sender=admin)
    assert harness.delegation_of(enrolled[0]).units == 2**54 - 1
    assert harness.delegation_of(enrolled[0]).to_id == 1
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.set_counted(enrolled[0], 2**54, sender=admin)


def test_set_counted__not_enrolled__reverts(harness, outsider, admin):
    with pytest.raises(ape.exceptions.ContractLogicError):
        harness.set_counted(outsider, 1, sender=admin)


def test_delegate__nothing_counted__moves_nothing(harness, enrolled, admin):
    first, second, _ = enrolled
    receipt = harness.delegate_to(first, second, 0, sender=admin)
    assert receipt.events == [
        harness.DelegateChanged(delegator=first, fromDelegate=first, toDelegate=second)
    ]
    assert harness.delegation_of(first).to_id == 2


def test_delegate__a_single_unit__moves(harness, enrolled, admin):
    first, second, _ = enrolled
    harness.set_counted(first, 1, sender=admin)
    harness.delegate_to(first, second, 0, sender=admin)
    assert [harness.votes_of(holder) for holder in (first, second)] == [0, 1]


def test_delegate__many_changes_in_a_second__are_one_checkpoint(harness, enrolled, admin, chain):
    """A second is the smallest moment that a look-up can tell."""
    first, second, third = enrolled
    harness.set_counted(first, 10, sender=admin)
    chain.mine(deltatime=10)
    for to in (second, third, first, second):
        harness.delegate_to(first, to, 0, sender=admin)
    chain.mine(deltatime=10)
    now = chain.blocks.head.timestamp - 1
    assert [harness.votes_at(h, now)[1] for h in enrolled] == [0, 10, 0]
    assert harness.getPastTotalSupply(now) == 10


def test_delegate__expiry__is_kept_until_the_next(harness, enrolled, admin):
    first, second, _ = enrolled
    harness.delegate_to(first, second, 2**40 - 1, sender=admin)
    assert harness.delegation_of(first).expires_at == 2**40 - 1
    harness.delegate_to(first, second, 0, sender=admin)
    assert harness.delegation_of(first).expires_at == 0


def test_delegate__expiry_too_far__reverts(harness, enrolled, admin):
    with ape.reverts("votes: expiry too far"):
        harness.delegate_to(enrolled[0], enrolled[1], 2**40, sender=admin)


def test_dismiss__holder__takes_units_out_and_ends_the_delegation(harness, enrolled, admin, chain):
    first, second, _ = enrolled
    now = chain.blocks.head.timestamp
    harness.set_own(first, now + 1_000, 10, sender=admin)
    harness.set_counted(first, 10, sender=admin)
    harness.delegate_to(first, second, 0, sender=admin)
    receipt = harness.dismiss(first, sender=admin)
    assert receipt.events == [
        harness.DelegateVotesChanged(delegate=second, previousVotes=10, newVotes=0),
        harness.DelegateChanged(delegator=first, fromDelegate=second, toDelegate=NOBODY),
    ]
    assert tuple(harness.delegation_of(first)) == (0, 0, 0)
    chain.mine(timestamp=now + 2_000)
    assert harness.own_at(first, now + 1_500) == (1, 0)
    assert harness.total() == 0


def test_own__planned__begins_by_the_clock(harness, enrolled, admin, chain):
    start = chain.blocks.head.timestamp + 100
    harness.set_own(enrolled[1], start, 5, sender=admin)
    assert harness.own_of(enrolled[1]) == 0
    chain.mine(timestamp=start + 1)
    assert harness.own_at(enrolled[1], start - 1) == (2, 0)
    assert harness.own_at(enrolled[1], start) == (2, 5)
    assert harness.own_of(enrolled[1]) == 5
    assert harness.total() == 0


def test_own__beside_votes_of_any_id__is_apart(harness, members, outsider, admin, chain):
    """Ids that differ in their highest bit share nothing, with each other or with the total."""
    holders = members[:3]
    for holder, number in zip(holders, (1, 2**63 + 1, HIGHEST_ID), strict=True):
        harness.enrol(holder, number, sender=admin)
    now = chain.blocks.head.timestamp + 100
    for units, holder in enumerate(holders, 1):
        harness.set_counted(holder, units, sender=admin)
        harness.set_own(holder, now, 10 * units, sender=admin)
    chain.mine(timestamp=now)
    assert [harness.votes_of(holder) for holder in holders] == [1, 2, 3]
    assert [harness.own_of(holder) for holder in holders] == [10, 20, 30]
    assert (harness.own_of(outsider), harness.votes_of(outsider), harness.total()) == (0, 0, 6)


def test_own_at__not_past__reverts(harness, enrolled, chain):
    with ape.reverts("votes: future lookup"):
        harness.own_at(enrolled[0], harness.clock())
