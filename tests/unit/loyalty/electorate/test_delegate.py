"""Delegation at a electorate: for a while, by signature, by any wallet of a person."""

import ape
import pytest

DAY = 86_400


def delegate(electorate, delegatee, sender):
    """Ape's own `contract.delegate` means EIP-7702's, hence by name."""
    return electorate.invoke_transaction("delegate", delegatee, sender=sender)


# ---- delegate ---------------------------------------------------------------------


def test_delegate__not_counted_yet__moves_nothing(electorate, fresh):
    receipt = delegate(electorate, fresh[1], fresh[0])
    assert receipt.events == [
        electorate.DelegateChanged(delegator=fresh[0], fromDelegate=fresh[0], toDelegate=fresh[1])
    ]
    assert electorate.delegates(fresh[0]) == fresh[1]


def test_delegate__by_and_to_linked_wallets__is_between_persons(
    electorate, voters, link, spare_wallets
):
    link(voters[0], spare_wallets[0])
    link(voters[1], spare_wallets[1])
    receipt = delegate(electorate, spare_wallets[1], spare_wallets[0])
    assert receipt.events == [
        electorate.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[1]
        ),
        electorate.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        electorate.DelegateVotesChanged(delegate=voters[1], previousVotes=1, newVotes=2),
    ]
    assert electorate.getVotes(spare_wallets[1]) == 2
    assert electorate.delegates(spare_wallets[0]) == voters[1]


def test_delegate__polls_still_ask_the_member(electorate, voters, chain):
    delegate(electorate, voters[1], voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    assert tuple(electorate.own(voters[0], past)) == (1, 1)
    assert tuple(electorate.ballot(voters[0], past)) == (1, 0)
    assert tuple(electorate.own(voters[1], past)) == (2, 1)
    assert tuple(electorate.ballot(voters[1], past)) == (2, 2)


def test_delegate__wallet_with_no_passport__reverts(electorate, voters, outsider):
    with ape.reverts("votes: not enrolled"):
        delegate(electorate, voters[0], outsider)
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(electorate, outsider, voters[0])
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(electorate, "0x" + "00" * 20, voters[0])


def test_delegate__person_who_never_joined__reverts(electorate, voters, passport, newcomer):
    passport.register(sender=newcomer)
    with ape.reverts("votes: not enrolled"):
        delegate(electorate, voters[0], newcomer)
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(electorate, newcomer, voters[0])


# ---- delegate_until and expire_delegation -------------------------------------------


def test_delegate_until__a_date__is_told(electorate, voters, chain):
    end = chain.blocks.head.timestamp + DAY
    receipt = electorate.delegate_until(voters[1], end, sender=voters[0])
    assert receipt.events == [
        electorate.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[1]
        ),
        electorate.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        electorate.DelegateVotesChanged(delegate=voters[1], previousVotes=1, newVotes=2),
        electorate.DelegationExpirySet(delegator=voters[0], expires_at=end),
    ]
    assert tuple(electorate.delegation_of(1)) == (2, end, 1)


def test_delegate_until__by_a_linked_wallet__is_told_of_the_person(
    electorate, voters, link, spare_wallets, chain
):
    link(voters[0], spare_wallets[0])
    end = chain.blocks.head.timestamp + DAY
    receipt = electorate.delegate_until(voters[1], end, sender=spare_wallets[0])
    assert receipt.events[0].delegator == voters[0]
    assert receipt.events[-1] == electorate.DelegationExpirySet(delegator=voters[0], expires_at=end)


def test_delegate_until__to_oneself__has_no_date(electorate, voters, chain):
    receipt = electorate.delegate_until(
        voters[0], chain.blocks.head.timestamp + DAY, sender=voters[0]
    )
    assert receipt.events == [
        electorate.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[0]
        )
    ]
    assert electorate.delegation_of(1).expires_at == 0


@pytest.mark.parametrize("early", [0, 1])
def test_delegate_until__past_or_now__reverts(electorate, voters, chain, early):
    now = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = now
    with ape.reverts("electorate: expiry passed"):
        electorate.delegate_until(voters[1], now - early, sender=voters[0])


def test_delegate_until__next_second__is_taken(electorate, voters, chain):
    now = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = now
    electorate.delegate_until(voters[1], now + 1, sender=voters[0])


def test_delegate_until__too_far__reverts(electorate, voters):
    with ape.reverts("votes: expiry too far"):
        electorate.delegate_until(voters[1], 2**40, sender=voters[0])


def test_expire_delegation__on_its_date__comes_home(electorate, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    electorate.delegate_until(voters[1], end, sender=voters[0])
    chain.pending_timestamp = end
    receipt = electorate.expire_delegation(1, sender=outsider)
    assert receipt.events == [
        electorate.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[1], toDelegate=voters[0]
        ),
        electorate.DelegateVotesChanged(delegate=voters[1], previousVotes=2, newVotes=1),
        electorate.DelegateVotesChanged(delegate=voters[0], previousVotes=0, newVotes=1),
    ]
    assert tuple(electorate.delegation_of(1)) == (1, 0, 1)


def test_expire_delegation__a_second_early__reverts(electorate, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    electorate.delegate_until(voters[1], end, sender=voters[0])
    chain.pending_timestamp = end - 1
    with ape.reverts("electorate: not expired"):
        electorate.expire_delegation(1, sender=outsider)


def test_expire_delegation__without_a_date__reverts(electorate, voters, outsider):
    delegate(electorate, voters[1], voters[0])
    with ape.reverts("electorate: not expired"):
        electorate.expire_delegation(1, sender=outsider)


def test_expire_delegation__renewed__waits_again(electorate, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    electorate.delegate_until(voters[1], end, sender=voters[0])
    electorate.delegate_until(voters[1], end + DAY, sender=voters[0])
    chain.pending_timestamp = end
    with ape.reverts("electorate: not expired"):
        electorate.expire_delegation(1, sender=outsider)


@pytest.mark.parametrize("member_no", [0, 1, 99], ids=["zero", "own", "unknown"])
def test_expire_delegation__nothing_delegated__reverts(electorate, voters, outsider, member_no):
    with ape.reverts("electorate: nothing delegated"):
        electorate.expire_delegation(member_no, sender=outsider)
