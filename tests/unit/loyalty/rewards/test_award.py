"""`Rewards.award`: who gets what, who is skipped, and how a batch is refused."""

import ape
import pytest

from tests.conftest import entry_name

from .conftest import BUDGET, DAY, NOBODY, awards_hash, word

NO_PASSPORT, NOT_A_MEMBER = 1, 2


def credit(passport_id, standing):
    return passport_id << 96 | standing


def test_award__members__get_points_and_standing(rewards, points, membership, community, issuer):
    words = [word(community[0], 120, 12), word(community[4], 30, 3)]
    receipt = rewards.award(7, words, sender=issuer)

    stored = awards_hash(words, [1, 5])
    assert receipt.events == [
        membership.StandingCredited(credits=[credit(1, 12), credit(5, 3)]),
        rewards.BatchAwarded(
            batch_id=7, issuer=issuer, awards_hash=stored, points=150, standing=15
        ),
        points.Transfer(sender=NOBODY, receiver=community[0], value=120),
        points.Transfer(sender=NOBODY, receiver=community[4], value=30),
    ]
    assert [points.balanceOf(who) for who in community] == [120, 0, 0, 0, 30]
    assert [membership.standing_of(number) for number in range(1, 6)] == [12, 0, 0, 0, 3]
    batch = rewards.batch(7)
    assert (bytes(batch.awards_hash), batch.awarded_at) == (stored, receipt.timestamp)
    assert rewards.budget_left() == BUDGET - 150


def test_award__standing_alone__leaves_points_alone(rewards, points, membership, community, issuer):
    receipt = rewards.award(7, [word(community[0], 0, 12)], sender=issuer)

    assert receipt.events == [
        membership.StandingCredited(credits=[credit(1, 12)]),
        rewards.BatchAwarded(batch_id=7, issuer=issuer, points=0, standing=12),
    ]
    assert points.holder(community[0]).last_active == 0


def test_award__points_alone__leave_standing_as_it_was(
    rewards, points, membership, community, issuer
):
    rewards.award(7, [word(community[0], 9, 0), word(community[1], 0, 0)], sender=issuer)
    assert points.balanceOf(community[0]) == 9
    assert membership.standing_of(1) == 0
    assert points.holder(community[1]).last_active == 0


def test_award__same_member_twice__adds_up(rewards, points, membership, community, issuer):
    rewards.award(7, [word(community[0], 5, 1), word(community[0], 7, 2)], sender=issuer)
    assert (points.balanceOf(community[0]), membership.standing_of(1)) == (12, 3)


def test_award__linked_wallet__gets_its_points_and_the_person_the_standing(
    rewards, points, membership, community, spare_wallets, link, issuer
):
    link(community[0], spare_wallets[0])
    rewards.award(7, [word(spare_wallets[0], 5, 1)], sender=issuer)
    assert (points.balanceOf(spare_wallets[0]), points.balanceOf(community[0])) == (5, 0)
    assert membership.standing_of(1) == 1


def test_award__hundred__is_taken(rewards, points, community, issuer):
    rewards.award(7, [word(community[n % 5], n, 1) for n in range(100)], sender=issuer)
    assert points.totalSupply() == sum(range(100))


def test_award__strangers_among_members__are_skipped_and_named(
    rewards, points, membership, community, stranger, outsider, issuer
):
    membership.leave(sender=community[1])
    words = [
        word(outsider, 50, 5),
        word(community[0], 10, 1),
        word(stranger, 50, 5),
        word(community[1], 50, 5),
        word(NOBODY, 50, 5),
        word(community[2], 20, 2),
    ]
    receipt = rewards.award(7, words, sender=issuer)

    def skipped(index, account, reason):
        return rewards.AwardSkipped(batch_id=7, index=index, account=account, reason=reason)

    assert receipt.events == [
        membership.StandingCredited(credits=[credit(1, 1), credit(3, 2)]),
        skipped(0, outsider, NO_PASSPORT),
        skipped(2, stranger, NOT_A_MEMBER),
        skipped(3, community[1], NOT_A_MEMBER),
        skipped(4, NOBODY, NO_PASSPORT),
        rewards.BatchAwarded(
            batch_id=7,
            issuer=issuer,
            awards_hash=awards_hash(words, [0, 1, 6, 2, 0, 3]),
            points=30,
            standing=3,
        ),
        points.Transfer(sender=NOBODY, receiver=community[0], value=10),
        points.Transfer(sender=NOBODY, receiver=community[2], value=20),
    ]
    assert [rewards.has_skipped(7, index) for index in range(7)] == [
        True, False, True, True, True, False, False,
    ]  # fmt: skip
    assert points.totalSupply() == 30
    assert rewards.budget_left() == BUDGET - 30, "who got nothing costs nothing"


def test_award__strangers_alone__pays_nobody(rewards, points, community, outsider, issuer):
    receipt = rewards.award(7, [word(outsider, 50, 5)], sender=issuer)
    assert receipt.events == [
        rewards.AwardSkipped(batch_id=7, index=0, account=outsider, reason=NO_PASSPORT),
        rewards.BatchAwarded(batch_id=7, issuer=issuer, points=0, standing=0),
    ]
    assert points.totalSupply() == 0
    assert rewards.batch(7).awarded_at == receipt.timestamp


def test_award__same_id_again__reverts(rewards, community, batch, outsider, issuer):
    for words in (batch, [word(community[0], 1, 1)], [word(outsider, 1, 1)]):
        with ape.reverts("rewards: batch id used"):
            rewards.award(7, words, sender=issuer)


def test_award__highest_id__is_an_id(rewards, community, issuer):
    rewards.award(2**256 - 1, [word(community[0], 1, 1)], sender=issuer)
    assert rewards.batch(2**256 - 1).awarded_at != 0


def test_award__no_words__reverts(rewards, community, issuer):
    with ape.reverts("rewards: no awards"):
        rewards.award(7, [], sender=issuer)


def test_award__to_the_last_point_of_the_budget__is_taken(rewards, community, issuer):
    rewards.award(7, [word(community[0], BUDGET - 1, 0)], sender=issuer)
    rewards.award(8, [word(community[0], 1, 0)], sender=issuer)
    assert rewards.budget_left() == 0


def test_award__beyond_the_budget__changes_nothing(rewards, membership, community, issuer):
    with ape.reverts("rewards: over budget"):
        rewards.award(7, [word(community[0], BUDGET, 5), word(community[1], 1, 5)], sender=issuer)
    assert rewards.batch(7).awarded_at == 0
    assert membership.standing_of(1) == 0


def test_award__beyond_the_cap_on_standing__reverts(rewards, membership, community, issuer):
    cap = membership.caps().standing_per_period
    with ape.reverts("intake: standing cap"):
        rewards.award(7, [word(community[0], 1, cap + 1)], sender=issuer)


def test_award__by_anybody_else__reverts(rewards, community, admin, treasurer, steward, outsider):
    for sender in (admin, treasurer, steward, outsider, community[0]):
        with ape.reverts("wing: lacks the role"):
            rewards.award(7, [word(community[0], 1, 1)], sender=sender)


@pytest.mark.parametrize("name", ["rewards", "points"])
def test_award__halted__reverts(rewards, charter, community, warden, issuer, name):
    charter.pause(entry_name(name), DAY, sender=warden)
    with ape.reverts("wing: halted"):
        rewards.award(7, [word(community[0], 1, 1)], sender=issuer)


def test_award__replaced__reverts(project, rewards, charter, passport, membership, points,
                                  community, admin, issuer, chain):  # fmt: skip
    new = admin.deploy(project.Rewards, charter, passport, membership, points, DAY, 5)
    charter.announce_replacement(entry_name("rewards"), new, sender=admin)
    chain.mine(deltatime=14 * DAY)
    charter.replace(entry_name("rewards"), sender=admin)
    with ape.reverts("wing: halted"):
        rewards.award(7, [word(community[0], 1, 1)], sender=issuer)
