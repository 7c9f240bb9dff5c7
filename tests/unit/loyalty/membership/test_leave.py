"""`Membership.leave`: units go at once, the past and the number stay; nothing stops it."""

import ape

from tests.house import MATURITY, SQRT
from tests.unit.loyalty.small_brand import word

NOBODY = "0x" + "00" * 20
DAY = 86_400


def delegate(electorate, delegatee, sender):
    """Ape's own `contract.delegate` means EIP-7702's, hence by name."""
    return electorate.invoke_transaction("delegate", delegatee, sender=sender)


def test_leave__member__goes_with_their_unit(membership, electorate, voters, chain):
    chain.mine(deltatime=100)
    before = chain.blocks.head.timestamp
    chain.pending_timestamp = before + 10
    receipt = membership.leave(sender=voters[0])
    chain.mine(timestamp=before + 20)
    assert receipt.events == [
        electorate.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        electorate.DelegateChanged(delegator=voters[0], fromDelegate=voters[0], toDelegate=NOBODY),
        membership.MemberLeft(member_no=1, passport_id=1),
    ]
    assert membership.active_count() == 4
    assert membership.member_count() == 5
    assert tuple(membership.member_of(voters[0])) == (1, 0)
    assert tuple(membership.member(1))[:2] == (1, 1)
    assert not membership.member(1).is_active
    assert electorate.delegates(voters[0]) == NOBODY
    assert electorate.getVotes(voters[0]) == 0
    # The past stays: who had a voice at a snapshot may still use it.
    assert tuple(electorate.own(voters[0], before)) == (1, 1)
    assert tuple(electorate.ballot(voters[0], before)) == (1, 1)
    assert tuple(electorate.own(voters[0], before + 10)) == (1, 0)
    assert electorate.getPastTotalSupply(before) == 5
    assert electorate.getPastTotalSupply(before + 10) == 4


def test_leave__before_counting__never_counts(membership, electorate, fresh, chain):
    counts_from = membership.member(1).counts_from
    membership.leave(sender=fresh[0])
    chain.mine(timestamp=counts_from + 1)
    assert tuple(electorate.own(fresh[0], counts_from)) == (1, 0)
    assert tuple(electorate.own(fresh[1], counts_from)) == (2, 1)
    electorate.refresh([1], sender=fresh[1])
    assert electorate.getVotes(fresh[0]) == 0


def test_leave__in_the_second_units_begin__never_counts(membership, electorate, fresh, chain):
    counts_from = membership.member(1).counts_from
    chain.pending_timestamp = counts_from
    membership.leave(sender=fresh[0])
    chain.mine(timestamp=counts_from + 1)
    assert tuple(electorate.own(fresh[0], counts_from)) == (1, 0)


def test_leave__who_delegated__takes_the_unit_back(membership, electorate, voters):
    delegate(electorate, voters[1], voters[0])
    receipt = membership.leave(sender=voters[0])
    assert receipt.events == [
        electorate.DelegateVotesChanged(delegate=voters[1], previousVotes=2, newVotes=1),
        electorate.DelegateChanged(delegator=voters[0], fromDelegate=voters[1], toDelegate=NOBODY),
        membership.MemberLeft(member_no=1, passport_id=1),
    ]


def test_leave__a_delegate__keeps_what_others_gave(membership, electorate, voters, outsider):
    delegate(electorate, voters[1], voters[0])
    membership.leave(sender=voters[1])
    assert electorate.getVotes(voters[1]) == 1
    assert electorate.delegates(voters[0]) == voters[1]
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(electorate, voters[1], voters[2])
    electorate.expire_delegation(1, sender=outsider)
    assert electorate.getVotes(voters[1]) == 0
    assert electorate.getVotes(voters[0]) == 1


def test_leave__by_a_linked_wallet__leaves_the_person(membership, fresh, link, spare_wallets):
    link(fresh[0], spare_wallets[0])
    membership.leave(sender=spare_wallets[0])
    assert not membership.member(1).is_active


def test_leave__halted_and_retired__is_never_stopped(membership, fresh, charter, warden, admin):
    charter.pause(b"membership".ljust(32, b"\x00"), DAY, sender=warden)
    membership.leave(sender=fresh[0])
    assert membership.active_count() == 4


def test_leave__twice__reverts(membership, fresh):
    membership.leave(sender=fresh[0])
    with ape.reverts("membership: not a member"):
        membership.leave(sender=fresh[0])


def test_leave__stranger__reverts(membership, persons, outsider):
    for stranger in (outsider, persons[0]):
        with ape.reverts("membership: not a member"):
            membership.leave(sender=stranger)


def test_leave__and_back__waits_again(membership, electorate, voters, chain):
    membership.leave(sender=voters[0])
    membership.join_open(sender=voters[0])
    counts_from = membership.member(1).counts_from
    assert counts_from == chain.blocks.head.timestamp + MATURITY
    chain.mine(timestamp=counts_from - 1)
    electorate.refresh([1], sender=voters[1])
    chain.mine(timestamp=counts_from + 1)
    assert tuple(electorate.own(voters[0], counts_from - 1)) == (1, 0)
    assert tuple(electorate.own(voters[0], counts_from)) == (1, 1)
    electorate.refresh([1], sender=voters[1])
    assert electorate.getVotes(voters[0]) == 1
    assert electorate.delegates(voters[0]) == voters[0]


def test_leave__and_back__keeps_standing(by_rule, persons, rewards, chain, outsider):
    membership, electorate = by_rule[SQRT]
    rewards.credit(membership, [word(1, 900)], sender=outsider)
    membership.leave(sender=persons[0])
    assert membership.standing_of(1) == 900
    assert membership.tier_of(1) == 0
    assert not membership.open_for(1, 2 << 88 | 1)
    membership.join_open(sender=persons[0])
    assert membership.tier_of(1) == 2
    counts_from = membership.member(1).counts_from
    chain.mine(timestamp=counts_from + 1)
    assert tuple(electorate.own(persons[0], counts_from)) == (1, 30)
