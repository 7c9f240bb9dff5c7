"""Delegation at a membership: for a while, by signature, by any wallet of a person."""

import ape
import pytest
from eth_account.messages import encode_typed_data

DAY = 86_400


def delegate(membership, delegatee, sender):
    """Ape's own `contract.delegate` means EIP-7702's, hence by name."""
    return membership.invoke_transaction("delegate", delegatee, sender=sender)


# ---- delegate ---------------------------------------------------------------------


def test_delegate__not_counted_yet__moves_nothing(membership, fresh):
    receipt = delegate(membership, fresh[1], fresh[0])
    assert receipt.events == [
        membership.DelegateChanged(delegator=fresh[0], fromDelegate=fresh[0], toDelegate=fresh[1])
    ]
    assert membership.delegates(fresh[0]) == fresh[1]


def test_delegate__by_and_to_linked_wallets__is_between_persons(
    membership, voters, link, spare_wallets
):
    link(voters[0], spare_wallets[0])
    link(voters[1], spare_wallets[1])
    receipt = delegate(membership, spare_wallets[1], spare_wallets[0])
    assert receipt.events == [
        membership.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[1]
        ),
        membership.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        membership.DelegateVotesChanged(delegate=voters[1], previousVotes=1, newVotes=2),
    ]
    assert membership.getVotes(spare_wallets[1]) == 2
    assert membership.delegates(spare_wallets[0]) == voters[1]


def test_delegate__polls_still_ask_the_member(membership, voters, chain):
    delegate(membership, voters[1], voters[0])
    past = chain.blocks.head.timestamp
    chain.mine(timestamp=past + 1)
    assert tuple(membership.own(voters[0], past)) == (1, 1)
    assert tuple(membership.ballot(voters[0], past)) == (1, 0)
    assert tuple(membership.own(voters[1], past)) == (2, 1)
    assert tuple(membership.ballot(voters[1], past)) == (2, 2)


def test_delegate__wallet_with_no_passport__reverts(membership, voters, outsider):
    with ape.reverts("votes: not enrolled"):
        delegate(membership, voters[0], outsider)
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(membership, outsider, voters[0])
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(membership, "0x" + "00" * 20, voters[0])


def test_delegate__person_who_never_joined__reverts(membership, voters, passport, newcomer):
    passport.register(sender=newcomer)
    with ape.reverts("votes: not enrolled"):
        delegate(membership, voters[0], newcomer)
    with ape.reverts("votes: delegatee not enrolled"):
        delegate(membership, newcomer, voters[0])


# ---- delegate_until and expire_delegation -------------------------------------------


def test_delegate_until__a_date__is_told(membership, voters, chain):
    end = chain.blocks.head.timestamp + DAY
    receipt = membership.delegate_until(voters[1], end, sender=voters[0])
    assert receipt.events == [
        membership.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[1]
        ),
        membership.DelegateVotesChanged(delegate=voters[0], previousVotes=1, newVotes=0),
        membership.DelegateVotesChanged(delegate=voters[1], previousVotes=1, newVotes=2),
        membership.DelegationExpirySet(delegator=voters[0], expires_at=end),
    ]
    assert tuple(membership.delegation_of(1)) == (2, end, 1)


def test_delegate_until__to_oneself__has_no_date(membership, voters, chain):
    receipt = membership.delegate_until(
        voters[0], chain.blocks.head.timestamp + DAY, sender=voters[0]
    )
    assert receipt.events == [
        membership.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[0], toDelegate=voters[0]
        )
    ]
    assert membership.delegation_of(1).expires_at == 0


@pytest.mark.parametrize("early", [0, 1])
def test_delegate_until__past_or_now__reverts(membership, voters, chain, early):
    now = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = now
    with ape.reverts("membership: expiry passed"):
        membership.delegate_until(voters[1], now - early, sender=voters[0])


def test_delegate_until__next_second__is_taken(membership, voters, chain):
    now = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = now
    membership.delegate_until(voters[1], now + 1, sender=voters[0])


def test_delegate_until__too_far__reverts(membership, voters):
    with ape.reverts("votes: expiry too far"):
        membership.delegate_until(voters[1], 2**40, sender=voters[0])


def test_expire_delegation__on_its_date__comes_home(membership, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    membership.delegate_until(voters[1], end, sender=voters[0])
    chain.pending_timestamp = end
    receipt = membership.expire_delegation(1, sender=outsider)
    assert receipt.events == [
        membership.DelegateChanged(
            delegator=voters[0], fromDelegate=voters[1], toDelegate=voters[0]
        ),
        membership.DelegateVotesChanged(delegate=voters[1], previousVotes=2, newVotes=1),
        membership.DelegateVotesChanged(delegate=voters[0], previousVotes=0, newVotes=1),
    ]
    assert tuple(membership.delegation_of(1)) == (1, 0, 1)


def test_expire_delegation__a_second_early__reverts(membership, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    membership.delegate_until(voters[1], end, sender=voters[0])
    chain.pending_timestamp = end - 1
    with ape.reverts("membership: not expired"):
        membership.expire_delegation(1, sender=outsider)


def test_expire_delegation__without_a_date__reverts(membership, voters, outsider):
    delegate(membership, voters[1], voters[0])
    with ape.reverts("membership: not expired"):
        membership.expire_delegation(1, sender=outsider)


def test_expire_delegation__renewed__waits_again(membership, voters, chain, outsider):
    end = chain.blocks.head.timestamp + DAY
    membership.delegate_until(voters[1], end, sender=voters[0])
    membership.delegate_until(voters[1], end + DAY, sender=voters[0])
    chain.pending_timestamp = end
    with ape.reverts("membership: not expired"):
        membership.expire_delegation(1, sender=outsider)


@pytest.mark.parametrize("member_no", [0, 1, 99], ids=["zero", "own", "unknown"])
def test_expire_delegation__nothing_delegated__reverts(membership, voters, outsider, member_no):
    with ape.reverts("membership: nothing delegated"):
        membership.expire_delegation(member_no, sender=outsider)


# ---- delegate_by_signature ------------------------------------------------------------


@pytest.fixture
def sign(membership, chain):
    """Sign `DelegateUntil`: the arguments of `delegate_by_signature`."""

    def _sign(delegator, delegatee, expires_at=0, nonce=5, deadline=None, by=None):
        deadline = deadline or chain.blocks.head.timestamp + 1_000
        domain = {
            "name": "Cercle Membership",
            "version": "1",
            "chainId": chain.chain_id,
            "verifyingContract": membership.address,
        }
        types = {
            "DelegateUntil": [
                {"name": "delegator", "type": "address"},
                {"name": "delegatee", "type": "address"},
                {"name": "expires_at", "type": "uint256"},
                {"name": "nonce", "type": "uint256"},
                {"name": "deadline", "type": "uint256"},
            ]
        }
        values = {
            "delegator": str(delegator),
            "delegatee": str(delegatee),
            "expires_at": expires_at,
            "nonce": nonce,
            "deadline": deadline,
        }
        signature = (by or delegator).sign_message(encode_typed_data(domain, types, values))
        return delegator, delegatee, expires_at, nonce, deadline, signature.encode_rsv()

    return _sign


def test_delegate_by_signature__signed__delegates_once(membership, voters, sign, outsider, chain):
    end = chain.blocks.head.timestamp + DAY
    arguments = sign(voters[0], voters[1], end)
    membership.delegate_by_signature(*arguments, sender=outsider)
    assert tuple(membership.delegation_of(1)) == (2, end, 1)
    with ape.reverts("signatures: nonce used"):
        membership.delegate_by_signature(*arguments, sender=outsider)


def test_delegate_by_signature__without_a_date__lasts(membership, voters, sign, outsider):
    membership.delegate_by_signature(*sign(voters[0], voters[1]), sender=outsider)
    assert tuple(membership.delegation_of(1)) == (2, 0, 1)


def test_delegate_by_signature__signed_by_another__reverts(membership, voters, sign, outsider):
    with ape.reverts("signatures: not by signer"):
        membership.delegate_by_signature(*sign(voters[0], voters[1], by=voters[1]), sender=outsider)


def test_delegate_by_signature__a_second_late__reverts(membership, voters, sign, outsider, chain):
    deadline = chain.blocks.head.timestamp + 10
    chain.pending_timestamp = deadline + 1
    with ape.reverts("signatures: expired"):
        membership.delegate_by_signature(
            *sign(voters[0], voters[1], deadline=deadline), sender=outsider
        )


def test_delegate_by_signature__date_passed__reverts(membership, voters, sign, outsider, chain):
    end = chain.blocks.head.timestamp + 10
    arguments = sign(voters[0], voters[1], end)
    chain.pending_timestamp = end
    with ape.reverts("membership: expiry passed"):
        membership.delegate_by_signature(*arguments, sender=outsider)
