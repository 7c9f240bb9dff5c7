"""What anybody may read of an electorate: look-ups by account, batches, its rules."""

import ape
import pytest

from tests.house import CAPPED, MATURITY, ONE, SQRT

# ---- ballots ------------------------------------------------------------------------


def test_ballot_and_own__any_wallet__speak_for_the_person(
    electorate, voters, link, spare_wallets, chain
):
    link(voters[2], spare_wallets[0])
    electorate.invoke_transaction("delegate", voters[2], sender=voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    for wallet in (voters[2], spare_wallets[0]):
        assert tuple(electorate.ballot(wallet, past)) == (3, 2)
        assert tuple(electorate.own(wallet, past)) == (3, 1)
        assert electorate.getPastVotes(wallet, past) == 2


def test_ballot_and_own__stranger__is_nobody(electorate, voters, outsider, chain):
    past = chain.blocks.head.timestamp - 1
    assert tuple(electorate.ballot(outsider, past)) == (0, 0)
    assert tuple(electorate.own(outsider, past)) == (0, 0)


def word(account, beside=0):
    """A wallet above 96 bits that say anything."""
    return int(account.address, 16) << 96 | beside


def test_ballots_and_owns__many__equal_one_by_one(electorate, voters, outsider, chain):
    electorate.invoke_transaction("delegate", voters[2], sender=voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    accounts = [*voters, outsider, voters[0]]
    for many, one in ((electorate.ballots, electorate.ballot), (electorate.owns, electorate.own)):
        single = [tuple(one(account, past)) for account in accounts]
        told = many([word(account, beside) for beside, account in enumerate(accounts)], past)
        assert told[: len(single)] == [number << 128 | units for number, units in single]
        assert told[len(single) :] == [0] * (100 - len(single))
    assert electorate.ballots([], past) == [0] * 100


def test_ballots_and_owns__hundred__are_taken(electorate, voters, chain):
    past = chain.blocks.head.timestamp - 1
    one = electorate.own(voters[0], past)
    told = electorate.owns([word(voters[0])] * 100, past)
    assert told == [one[0] << 128 | one[1]] * 100
    assert len(electorate.ballots([word(voters[0])] * 100, past)) == 100


@pytest.mark.parametrize("view", ["ballot", "own", "ballots", "owns"])
def test_ballot_and_own__not_past__reverts(electorate, voters, view):
    who = [word(voters[0])] if view.endswith("s") else voters[0]
    with ape.reverts("votes: future lookup"):
        getattr(electorate, view)(who, electorate.clock())


def test_member_no_of__person__keeps_their_number(electorate, membership, fresh):
    assert [electorate.member_no_of(person) for person in (0, 1, 5, 6)] == [0, 1, 5, 0]
    membership.leave(sender=fresh[0])
    assert electorate.member_no_of(1) == 1


# ---- rules --------------------------------------------------------------------------


def test_rules__are_public(electorate, membership, passport, by_rule):
    assert (electorate.unit_rule(), electorate.unit_cap()) == (ONE, 0)
    assert electorate.maturity() == MATURITY
    assert electorate.passport() == passport
    assert electorate.membership() == membership
    rules = {rule: (house.unit_rule(), house.unit_cap()) for rule, (_, house) in by_rule.items()}
    assert rules == {SQRT: (SQRT, 0), CAPPED: (CAPPED, 1_000)}
