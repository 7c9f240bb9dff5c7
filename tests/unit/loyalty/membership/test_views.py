"""What anybody may read of a membership: look-ups by account, batches, what changed lately."""

import ape
import pytest

from .conftest import CAPS, MATURITY, THRESHOLDS, word

DAY = 86_400


# ---- ballots ------------------------------------------------------------------------


def test_ballot_and_own__any_wallet__speak_for_the_person(
    membership, voters, link, spare_wallets, chain
):
    link(voters[2], spare_wallets[0])
    membership.invoke_transaction("delegate", voters[2], sender=voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    for wallet in (voters[2], spare_wallets[0]):
        assert tuple(membership.ballot(wallet, past)) == (3, 2)
        assert tuple(membership.own(wallet, past)) == (3, 1)
        assert membership.getPastVotes(wallet, past) == 2


def test_ballot_and_own__stranger__is_nobody(membership, voters, outsider, chain):
    past = chain.blocks.head.timestamp - 1
    assert tuple(membership.ballot(outsider, past)) == (0, 0)
    assert tuple(membership.own(outsider, past)) == (0, 0)


def test_ballots_and_owns__many__equal_one_by_one(membership, voters, outsider, chain):
    membership.invoke_transaction("delegate", voters[2], sender=voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    accounts = [*voters, outsider, voters[0]]
    for many, one in ((membership.ballots, membership.ballot), (membership.owns, membership.own)):
        single = [tuple(one(account, past)) for account in accounts]
        assert many(accounts, past) == [number << 128 | units for number, units in single]
    assert membership.ballots([], past) == []


def test_ballots_and_owns__hundred__are_taken(membership, voters, chain):
    past = chain.blocks.head.timestamp - 1
    assert len(membership.ballots([voters[0]] * 100, past)) == 100
    assert len(membership.owns([voters[0]] * 100, past)) == 100


@pytest.mark.parametrize("view", ["ballot", "own", "ballots", "owns"])
def test_ballot_and_own__not_past__reverts(membership, voters, view):
    who = [voters[0]] if view.endswith("s") else voters[0]
    with ape.reverts("votes: future lookup"):
        getattr(membership, view)(who, membership.clock())


# ---- a member ---------------------------------------------------------------------------


def test_member__never_joined__is_empty(membership, persons):
    for passport_id in (0, 1, 99):
        assert tuple(membership.member(passport_id)) == (0, 0, 0, False, 0, 0, 0, 0)
    assert membership.member_no_of(1) == 0
    assert membership.standing_of(1) == 0


def test_member__with_standing__says_all(membership, fresh, rewards, outsider):
    joined_at = membership.member(1).joined_at
    reached_at = rewards.credit(membership, [word(1, 120)], sender=outsider).timestamp
    assert tuple(membership.member(1)) == (
        1,
        1,
        joined_at,
        True,
        120,
        1,
        reached_at + 365 * DAY,
        joined_at + MATURITY,
    )


def test_rules__are_public(membership, passport, charter):
    assert tuple(membership.caps()) == CAPS
    assert membership.tiers() == THRESHOLDS
    assert (membership.unit_rule(), membership.unit_cap()) == (1, 0)
    assert membership.maturity() == MATURITY
    assert membership.passport() == passport
    assert membership.charter() == charter


# ---- recent -------------------------------------------------------------------------------


def test_recent__before_anything__is_nothing(membership, persons, chain):
    assert tuple(membership.recent(0)) == (0, 0, 0)
    assert tuple(membership.recent(chain.blocks.head.timestamp)) == (0, 0, 0)


def test_recent__days__add_up_from_the_start_of_each(
    membership, persons, steward, rewards, chain, outsider
):
    first = (chain.blocks.head.timestamp // DAY + 1) * DAY
    chain.pending_timestamp = first + 100
    membership.admit([1, 2], sender=steward)
    chain.pending_timestamp = first + DAY - 1
    rewards.credit(membership, [word(1, 10), word(2, 20)], sender=outsider)
    chain.pending_timestamp = first + DAY
    membership.join_open(sender=persons[2])
    chain.pending_timestamp = first + 5 * DAY + 7
    rewards.credit(membership, [word(3, 5)], sender=outsider)
    chain.pending_timestamp = first + 9 * DAY
    membership.admit([4], sender=steward)
    everything = (4, 3, 35)
    expected = {
        0: everything,
        first - 1: everything,
        first: everything,
        first + DAY - 1: everything,
        first + DAY: (2, 1, 5),
        first + 2 * DAY: (1, 1, 5),
        first + 5 * DAY: (1, 1, 5),
        first + 6 * DAY - 1: (1, 1, 5),
        first + 6 * DAY: (1, 0, 0),
        first + 9 * DAY: (1, 0, 0),
        first + 10 * DAY: (0, 0, 0),
        2**256 - 1: (0, 0, 0),
    }
    assert {since: tuple(membership.recent(since)) for since in expected} == expected


def test_recent__out_and_in_again__is_counted_again(membership, fresh):
    membership.leave(sender=fresh[0])
    membership.join_open(sender=fresh[0])
    assert membership.recent(0)[0] == 6


def test_recent__debit__takes_nothing_off(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(1, 10)], sender=outsider)
    rewards.debit(membership, 1, 10, 0, sender=outsider)
    assert tuple(membership.recent(0)) == (5, 1, 10)
