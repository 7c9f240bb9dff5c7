"""`Rewards.reverse` and `reverse_from`: an award undone once, in time, by what it gave at most."""

import ape
import pytest

from tests.conftest import entry_name

from .conftest import DAY, NOBODY, WEEK, word


def test_reverse__in_time__takes_back_what_it_gave(
    rewards, points, membership, community, batch, issuer
):
    assert rewards.reverse.call(7, batch, 1, sender=issuer) == 100
    receipt = rewards.reverse(7, batch, 1, sender=issuer)

    assert receipt.events == [
        points.Transfer(sender=community[1], receiver=NOBODY, value=100),
        membership.StandingDebited(passport_id=2, amount=10),
        rewards.AwardReversed(batch_id=7, index=1, account=community[1], points=100, standing=10),
    ]
    assert [points.balanceOf(who) for who in community[:3]] == [100, 0, 100]
    assert [membership.standing_of(number) for number in (1, 2, 3)] == [10, 0, 10]
    assert [rewards.has_reversed(7, index) for index in (0, 1, 2, 100, 2**255)] == [
        False, True, False, False, False,
    ]  # fmt: skip


def test_reverse__spent_in_part__takes_what_is_left(rewards, points, community, batch, issuer):
    points.transfer(community[4], 70, sender=community[0])
    assert rewards.reverse.call(7, batch, 0, sender=issuer) == 30
    rewards.reverse(7, batch, 0, sender=issuer)
    assert [points.balanceOf(who) for who in (community[0], community[4])] == [0, 70]


def test_reverse__spent_altogether__takes_the_standing_alone(
    rewards, points, membership, community, batch, issuer
):
    points.transfer(community[4], 100, sender=community[0])
    receipt = rewards.reverse(7, batch, 0, sender=issuer)
    assert receipt.events == [
        membership.StandingDebited(passport_id=1, amount=10),
        rewards.AwardReversed(batch_id=7, index=0, account=community[0], points=0, standing=10),
    ]


def test_reverse__earned_more_since__takes_no_more_than_it_gave(
    rewards, points, membership, community, batch, issuer
):
    rewards.award(8, [word(community[0], 900, 90)], sender=issuer)
    rewards.reverse(7, batch, 0, sender=issuer)
    assert (points.balanceOf(community[0]), membership.standing_of(1)) == (900, 90)


@pytest.mark.parametrize(("points_", "standing"), [(5, 0), (0, 5)], ids=["points", "standing"])
def test_reverse__one_of_the_two__asks_for_that_alone(
    rewards, community, issuer, points_, standing
):
    words = [word(community[0], points_, standing)]
    rewards.award(8, words, sender=issuer)
    receipt = rewards.reverse(8, words, 0, sender=issuer)
    assert len(receipt.events) == 2
    assert receipt.events[1] == rewards.AwardReversed(
        batch_id=8, index=0, account=community[0], points=points_, standing=standing
    )


def test_reverse__twice__reverts(rewards, batch, issuer):
    rewards.reverse(7, batch, 0, sender=issuer)
    with ape.reverts("rewards: already reversed"):
        rewards.reverse(7, batch, 0, sender=issuer)


def test_reverse__last_second_of_the_week__is_taken(rewards, batch, issuer, chain):
    chain.pending_timestamp = rewards.batch(7).awarded_at + WEEK - 1
    rewards.reverse(7, batch, 0, sender=issuer)
    assert rewards.has_reversed(7, 0)


def test_reverse__a_week_on__reverts(rewards, batch, issuer, chain):
    chain.pending_timestamp = rewards.batch(7).awarded_at + WEEK
    with ape.reverts("rewards: too late"):
        rewards.reverse(7, batch, 0, sender=issuer)


def test_reverse__unknown_batch__reverts(rewards, batch, issuer):
    with ape.reverts("rewards: unknown batch"):
        rewards.reverse(8, batch, 0, sender=issuer)


def test_reverse__other_words__reverts(rewards, community, batch, issuer):
    """Else an issuer could take back what was never given."""
    for words in ([word(community[0], 1_000, 10), *batch[1:]], batch[:2], [*batch, batch[0]], []):
        with ape.reverts("rewards: not that batch"):
            rewards.reverse(7, words, 0, sender=issuer)


@pytest.mark.parametrize("index", [3, 100, 2**256 - 1])
def test_reverse__index_past_the_last__reverts(rewards, batch, issuer, index):
    with ape.reverts("rewards: no such award"):
        rewards.reverse(7, batch, index, sender=issuer)


def test_reverse__skipped_award__reverts(rewards, points, community, stranger, membership, issuer,
                                         steward):  # fmt: skip
    """They got nothing then; what they earn later is not this award's."""
    words = [word(stranger, 100, 10), word(community[0], 1, 1)]
    rewards.award(8, words, sender=issuer)
    membership.admit([6], sender=steward)
    rewards.award(9, [word(stranger, 100, 10)], sender=issuer)
    with ape.reverts("rewards: was skipped"):
        rewards.reverse(8, words, 0, sender=issuer)
    assert points.balanceOf(stranger) == 100
    rewards.reverse(8, words, 1, sender=issuer)
    assert rewards.has_reversed(8, 1)


def test_reverse__by_anybody_else__reverts(rewards, batch, community, admin, treasurer, outsider):
    for sender in (admin, treasurer, outsider, community[0]):
        with ape.reverts("wing: lacks the role"):
            rewards.reverse(7, batch, 0, sender=sender)
        with ape.reverts("wing: lacks the role"):
            rewards.reverse_from(7, batch, [1, 2, 3], 0, sender=sender)


def test_reverse__halted__goes_on(rewards, charter, batch, warden, issuer):
    charter.pause(entry_name("rewards"), DAY, sender=warden)
    rewards.reverse(7, batch, 0, sender=issuer)
    assert rewards.has_reversed(7, 0)


def test_reverse__replaced__goes_on(
    project, rewards, charter, passport, membership, points, community, admin, issuer, chain
):
    new = admin.deploy(project.Rewards, charter, passport, membership, points, DAY, 5)
    charter.announce_replacement(entry_name("rewards"), new, sender=admin)
    chain.mine(deltatime=13 * DAY)
    words = [word(community[0], 100, 10)]
    rewards.award(8, words, sender=issuer)
    chain.mine(deltatime=DAY)
    charter.replace(entry_name("rewards"), sender=admin)
    points.recognise(entry_name("rewards"), sender=admin)

    rewards.reverse(8, words, 0, sender=issuer)
    assert points.balanceOf(community[0]) == 0
    assert membership.standing_of(1) == 0


# ---- a wallet that changed hands since --------------------------------------------


@pytest.fixture
def moved_on(rewards, passport, community, spare_wallets, link, issuer):
    """An award to a second wallet of the first member, who then hands it to the second member."""
    wallet = spare_wallets[0]
    link(community[0], wallet)
    words = [word(wallet, 100, 10), word(community[1], 5, 1)]
    rewards.award(8, words, sender=issuer)
    passport.unlink(wallet, sender=community[0])
    link(community[1], wallet, nonce=2)
    return words


def test_reverse__wallet_of_another_by_now__reverts(rewards, moved_on, issuer):
    with ape.reverts("rewards: not that batch"):
        rewards.reverse(8, moved_on, 0, sender=issuer)


def test_reverse_from__passports_of_that_time__takes_from_who_got_it(
    rewards, points, membership, spare_wallets, moved_on, issuer
):
    receipt = rewards.reverse_from(8, moved_on, [1, 2], 0, sender=issuer)

    assert receipt.events == [
        points.Transfer(sender=spare_wallets[0], receiver=NOBODY, value=100),
        membership.StandingDebited(passport_id=1, amount=10),
        rewards.AwardReversed(
            batch_id=8, index=0, account=spare_wallets[0], points=100, standing=10
        ),
    ]
    assert [membership.standing_of(number) for number in (1, 2)] == [0, 1]


def test_reverse_from__other_passports__reverts(rewards, moved_on, issuer):
    for passport_ids in ([2, 2], [1, 3], [1], [1, 2, 3], []):
        with ape.reverts("rewards: not that batch"):
            rewards.reverse_from(8, moved_on, passport_ids, 0, sender=issuer)


def test_reverse_from__after_reverse__reverts(rewards, batch, issuer):
    rewards.reverse(7, batch, 0, sender=issuer)
    with ape.reverts("rewards: already reversed"):
        rewards.reverse_from(7, batch, [1, 2, 3], 0, sender=issuer)
