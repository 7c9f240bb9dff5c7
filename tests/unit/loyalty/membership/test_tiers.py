"""Tiers: what standing reaches, what is kept when the ladder is raised, and how often it is."""

import ape
import pytest

from tests.unit.loyalty.small_brand import THRESHOLDS, word

DAY = 86_400
YEAR = 365 * DAY
HIGH = [1_000, 5_000, 20_000]


@pytest.fixture
def credit(membership, fresh, rewards, outsider):
    """Credit member 1; returns the second."""

    def _credit(amount):
        return rewards.credit(membership, [word(1, amount)], sender=outsider).timestamp

    return _credit


# ---- standing and tiers ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "tier"),
    [(0, 0), (99, 0), (100, 1), (499, 1), (500, 2), (1_999, 2), (2_000, 3), (9_999_999, 3)],
)
def test_tier_of__standing__reaches_its_tier(membership, credit, standing, tier):
    credit(standing)
    assert membership.tier_of(1) == tier
    assert membership.member(1).tier == tier


def test_tier_of__step_by_step__climbs(membership, credit):
    climbed = []
    for amount in (99, 1, 399, 1, 1_499, 1):
        credit(amount)
        climbed.append(membership.tier_of(1))
    assert climbed == [0, 1, 1, 2, 2, 3]


def test_tier_of__eight_steps__all_count(membership, credit, admin):
    membership.set_tiers([1, 2, 3, 4, 5, 6, 7, 8], sender=admin)
    for tier in range(1, 9):
        credit(1)
        assert membership.tier_of(1) == tier
    credit(1_000_000)
    assert membership.tier_of(1) == 8


def test_open_for__eighth_tier_of_eight__is_open_once_reached(membership, credit, admin):
    membership.set_tiers(list(range(10, 90, 10)), sender=admin)
    credit(79)
    assert not membership.open_for(1, 1 << 88 | 8)
    credit(1)
    assert membership.open_for(1, 1 << 88 | 8)


def test_tier_of__highest_threshold__is_not_reached_early(membership, credit, admin):
    membership.set_tiers([2**31 - 2], sender=admin)
    credit(10_000_000)
    assert membership.tier_of(1) == 0


def test_tier_of__no_member__has_none(membership, fresh, persons):
    assert [membership.tier_of(p) for p in (0, 99)] == [0, 0]


# ---- set_tiers -----------------------------------------------------------------------


def test_set_tiers__by_admin__is_told(membership, admin):
    receipt = membership.set_tiers(HIGH, sender=admin)
    assert receipt.events == [
        membership.TiersChanged(old_thresholds=THRESHOLDS, new_thresholds=HIGH)
    ]
    assert membership.tiers() == HIGH


def test_set_tiers__by_anybody_else__reverts(membership, fresh, steward, outsider):
    for stranger in (steward, outsider, fresh[0]):
        with ape.reverts("wing: lacks the role"):
            membership.set_tiers(HIGH, sender=stranger)


@pytest.mark.parametrize(
    ("thresholds", "reason"),
    [
        ([0, 1], "ladder: not ascending"),
        ([1, 1], "ladder: not ascending"),
        ([1, 2**31 - 1], "ladder: threshold too high"),
        ([1, 2**256 - 1], "ladder: threshold too high"),
    ],
)
def test_set_tiers__bad_ladder__reverts(membership, admin, thresholds, reason):
    with ape.reverts(reason):
        membership.set_tiers(thresholds, sender=admin)


@pytest.mark.parametrize(
    "second",
    [[1_001, 5_000, 20_000], [1_000, 5_001, 20_000], [1_000, 5_000], []],
    ids=["first step", "middle step", "top tier gone", "all gone"],
)
def test_set_tiers__raised_within_a_year__reverts(membership, admin, chain, second):
    changed_at = membership.set_tiers(HIGH, sender=admin).timestamp
    chain.pending_timestamp = changed_at + YEAR - 1
    with ape.reverts("ladder: raised too soon"):
        membership.set_tiers(second, sender=admin)
    chain.pending_timestamp = changed_at + YEAR
    membership.set_tiers(second, sender=admin)
    assert membership.tiers() == second


def test_set_tiers__raised_within_a_year_of_lowering__reverts(membership, admin, chain):
    """Whoever a lowering let up has reached the tier, too."""
    lowered_at = membership.set_tiers([50, 500, 2_000], sender=admin).timestamp
    chain.pending_timestamp = lowered_at + YEAR - 1
    with ape.reverts("ladder: raised too soon"):
        membership.set_tiers(THRESHOLDS, sender=admin)


@pytest.mark.parametrize(
    "second", [HIGH, [10, 20, 30], [1_000, 5_000, 20_000, 90_000], [900, 1_000, 5_000, 20_000]]
)
def test_set_tiers__nothing_raised__is_taken_at_once(membership, admin, second):
    membership.set_tiers(HIGH, sender=admin)
    membership.set_tiers(second, sender=admin)
    assert membership.tiers() == second


def test_set_tiers__lowered__lifts_at_once(membership, credit, admin):
    credit(60)
    membership.set_tiers([50, 55], sender=admin)
    assert membership.tier_of(1) == 2


# ---- what is kept ------------------------------------------------------------------------


def test_tier_of__ladder_raised__is_kept_for_exactly_a_year(membership, credit, admin, chain):
    reached_at = credit(500)
    chain.mine(deltatime=100 * DAY)
    membership.set_tiers(HIGH, sender=admin)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (2, reached_at + YEAR)
    chain.mine(timestamp=reached_at + YEAR - 1)
    assert membership.tier_of(1) == 2
    assert membership.open_for(1, 1 << 88 | 2)
    chain.mine(timestamp=reached_at + YEAR)
    assert membership.tier_of(1) == 0
    assert membership.member(1).tier_kept_until == 0


def test_tier_of__more_standing_on_the_way__keeps_the_old_date(membership, credit, admin, chain):
    reached_at = credit(500)
    chain.mine(deltatime=100 * DAY)
    credit(50)  # reaches nothing new
    membership.set_tiers(HIGH, sender=admin)
    assert membership.member(1).tier_kept_until == reached_at + YEAR


def test_tier_of__lower_tier_reached_while_a_higher_is_kept__keeps_both(
    membership, credit, admin, chain
):
    """The second climb must not cut the first short, nor be lost when that one ends."""
    first = credit(2_000)
    chain.mine(deltatime=100 * DAY)
    membership.set_tiers([2_500, 5_000, 20_000], sender=admin)
    chain.mine(deltatime=100 * DAY)
    second = credit(500)
    assert membership.tier_of(1) == 3
    chain.mine(timestamp=first + YEAR)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (1, second + YEAR)
    chain.mine(timestamp=first + 100 * DAY + YEAR + DAY)
    membership.set_tiers([90_000], sender=admin)
    assert membership.tier_of(1) == 1
    chain.mine(timestamp=second + YEAR)
    assert membership.tier_of(1) == 0


def test_tier_of__climb_within_one_ladder__keeps_the_highest(membership, credit, admin, chain):
    credit(100)
    chain.mine(deltatime=DAY)
    reached_at = credit(400)
    membership.set_tiers([90_000], sender=admin)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (2, reached_at + YEAR)


# ---- a mistaken award -----------------------------------------------------------------------


def test_debit__award_that_lifted__takes_the_tier_back(
    membership, credit, rewards, admin, outsider
):
    credit(100)
    since = credit(400)
    rewards.debit(membership, 1, 400, since, sender=outsider)
    assert membership.tier_of(1) == 1
    membership.set_tiers(HIGH, sender=admin)
    assert membership.tier_of(1) == 1  # reached without the mistake


def test_debit__tier_reached_before_it__is_kept(
    membership, credit, rewards, admin, outsider, chain
):
    reached_at = credit(500)
    chain.mine(deltatime=DAY)
    membership.set_tiers(HIGH, sender=admin)
    since = credit(300)
    rewards.debit(membership, 1, 300, since, sender=outsider)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (2, reached_at + YEAR)


def test_debit__award_and_reversal__cannot_strip_a_kept_tier(
    membership, credit, rewards, admin, outsider, chain
):
    """A raised ladder, a large award by mistake, its reversal: the kept tier stands."""
    reached_at = credit(500)
    chain.mine(deltatime=DAY)
    membership.set_tiers(HIGH, sender=admin)
    chain.mine(deltatime=DAY)
    since = credit(19_500)
    assert membership.tier_of(1) == 3
    rewards.debit(membership, 1, 19_500, since, sender=outsider)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (2, reached_at + YEAR)


def test_debit__award_below_two_climbs__takes_both_back(
    membership, credit, rewards, admin, outsider, chain
):
    """Neither the climb before the ladder was raised nor the one after it was earned."""
    since = credit(2_000)
    membership.set_tiers(HIGH, sender=admin)
    chain.mine(deltatime=DAY)
    credit(3_000)
    assert membership.tier_of(1) == 3
    rewards.debit(membership, 1, 5_000, since, sender=outsider)
    assert membership.tier_of(1) == 0


def test_debit__then_a_lower_climb__keeps_the_higher_tier(
    membership, credit, rewards, outsider, chain
):
    reached_at = credit(2_000)
    chain.mine(deltatime=DAY)
    rewards.debit(membership, 1, 2_000, reached_at + 1, sender=outsider)
    assert membership.tier_of(1) == 3
    credit(100)
    member = membership.member(1)
    assert (member.tier, member.tier_kept_until) == (3, reached_at + YEAR)


def test_debit__partly__keeps_what_is_still_reached(membership, credit, rewards, outsider, admin):
    since = credit(2_000)
    rewards.debit(membership, 1, 1_400, since, sender=outsider)
    assert membership.tier_of(1) == 2
    membership.set_tiers(HIGH, sender=admin)
    assert membership.tier_of(1) == 2
