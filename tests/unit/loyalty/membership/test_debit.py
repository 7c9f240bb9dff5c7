"""`Membership.debit`: what a mistaken award gave goes back, and no more."""

import ape
import pytest

from tests.unit.loyalty.small_brand import name, word


def test_debit__some__takes_it(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(1, 50)], sender=outsider)
    receipt = rewards.debit(membership, 1, 20, 0, sender=outsider)
    assert receipt.events == [membership.StandingDebited(passport_id=1, amount=20)]
    assert rewards.last_taken() == 20
    assert membership.standing_of(1) == 30


def test_debit__more_than_is_left__takes_what_is_left(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(1, 50)], sender=outsider)
    receipt = rewards.debit(membership, 1, 51, 0, sender=outsider)
    assert receipt.events == [membership.StandingDebited(passport_id=1, amount=50)]
    assert rewards.last_taken() == 50
    assert membership.standing_of(1) == 0


@pytest.mark.parametrize(("passport_id", "amount"), [(1, 5), (1, 0), (99, 5)])
def test_debit__nothing_to_take__changes_nothing(
    membership, fresh, rewards, outsider, passport_id, amount
):
    receipt = rewards.debit(membership, passport_id, amount, 0, sender=outsider)
    assert receipt.events == []
    assert rewards.last_taken() == 0


def test_debit__who_left__still_gives_it_back(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(1, 50)], sender=outsider)
    membership.leave(sender=fresh[0])
    rewards.debit(membership, 1, 50, 0, sender=outsider)
    member = membership.member(1)
    assert (member.member_no, member.standing, member.is_active) == (1, 0, False)


def test_debit__by_anybody_else__reverts(membership, fresh, project, admin, steward, charter):
    other = admin.deploy(project.FakeRewards)
    with ape.reverts("membership: not the rewards"):
        other.debit(membership, 1, 5, 0, sender=admin)
    for stranger in (admin, steward, fresh[0]):
        with ape.reverts("membership: not the rewards"):
            membership.debit(1, 5, 0, sender=stranger)


def test_debit__by_replaced_rewards__is_still_taken(
    membership, fresh, rewards, project, admin, charter, chain, outsider
):
    rewards.credit(membership, [word(1, 50)], sender=outsider)
    successor = admin.deploy(project.FakeRewards)
    charter.announce_replacement(name("rewards"), successor, sender=admin)
    chain.mine(deltatime=14 * 86_400)
    charter.replace(name("rewards"), sender=outsider)
    rewards.debit(membership, 1, 20, 0, sender=outsider)
    assert membership.standing_of(1) == 30
    with ape.reverts("membership: not the rewards"):
        rewards.credit(membership, [word(1, 5)], sender=outsider)
    successor.credit(membership, [word(1, 5)], sender=outsider)
    successor.debit(membership, 1, 5, 0, sender=outsider)
