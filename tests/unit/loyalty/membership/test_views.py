"""What anybody may read of a membership: a member, the rules, what changed lately."""

from tests.house import CAPS, MATURITY
from tests.unit.loyalty.small_brand import THRESHOLDS, word

DAY = 86_400


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


def test_rules__are_public(membership, electorate, passport, charter):
    assert tuple(membership.caps()) == CAPS
    assert membership.tiers() == THRESHOLDS
    assert membership.passport() == passport
    assert membership.electorate() == electorate
    assert membership.charter() == charter


# ---- words -------------------------------------------------------------------------------


def test_words_of__many__say_what_counts(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(4, 2**23)], sender=outsider)
    membership.leave(sender=fresh[1])
    for number, found in zip((4, 2), membership.words_of([4, 2]), strict=True):
        member = membership.member(number)
        assert found >> 144 == member.passport_id == number
        assert (found >> 136) & 255 == int(member.is_active)
        assert (found >> 96) & (2**40 - 1) == member.joined_at
        assert (found >> 64) & (2**32 - 1) == member.member_no == number
        assert found & (2**64 - 1) == member.standing


def test_words_of__unknown__are_zero(membership, fresh):
    assert membership.words_of([0, 6, 2**256 - 1]) == [0, 0, 0]
    assert membership.words_of([]) == []


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
