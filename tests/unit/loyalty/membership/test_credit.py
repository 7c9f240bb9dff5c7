"""`Membership.credit`: standing from the rewards, capped a period, whom it misses skipped."""

import ape
import pytest

from tests.house import CAPS, open_house
from tests.unit.loyalty.small_brand import name, word

PERIOD = CAPS[3]


def test_credit__members__gain_standing(membership, fresh, rewards, outsider):
    credits = [word(1, 30), word(4, 500), word(1, 1)]
    receipt = rewards.credit(membership, credits, sender=outsider)
    assert receipt.events == [membership.StandingCredited(credits=credits)]
    assert rewards.last_bitmap() == 0b111
    assert [membership.standing_of(p) for p in range(6)] == [0, 31, 0, 0, 500, 0]
    assert [membership.member(p).standing for p in (1, 4)] == [31, 500]


def test_credit__who_is_no_member__is_skipped_and_told(
    membership, fresh, rewards, passport, newcomer, outsider
):
    passport.register(sender=newcomer)
    membership.leave(sender=fresh[1])
    credits = [word(6, 5), word(1, 10), word(2, 20), word(99, 5), word(3, 30), word(0, 1)]
    receipt = rewards.credit(membership, credits, sender=outsider)
    assert rewards.last_bitmap() == 0b010010
    assert receipt.events == [membership.StandingCredited(credits=[word(1, 10), word(3, 30)])]
    assert [membership.standing_of(p) for p in (0, 1, 2, 3, 6, 99)] == [0, 10, 0, 30, 0, 0]
    assert tuple(membership.recent(0))[1:] == (2, 40)


@pytest.mark.parametrize("credits", [[], [word(99, 5)]], ids=["empty", "nobody"])
def test_credit__reaching_nobody__changes_nothing(membership, fresh, rewards, outsider, credits):
    receipt = rewards.credit(membership, credits, sender=outsider)
    assert receipt.events == []
    assert rewards.last_bitmap() == 0


def test_credit__nothing__counts_as_credited(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(1, 0)], sender=outsider)
    assert rewards.last_bitmap() == 1
    assert membership.standing_of(1) == 0


def test_credit__hundred__is_taken(membership, fresh, rewards, outsider):
    rewards.credit(membership, [word(n % 5 + 1, n) for n in range(100)], sender=outsider)
    assert rewards.last_bitmap() == 2**100 - 1
    assert sum(membership.standing_of(p) for p in range(1, 6)) == sum(range(100))


def test_credit__by_anybody_else__reverts(membership, fresh, project, admin, steward):
    former = admin.deploy(project.FakeRewards)
    with ape.reverts("membership: not the rewards"):
        former.credit(membership, [word(1, 5)], sender=admin)
    for stranger in (admin, steward, fresh[0]):
        with ape.reverts("membership: not the rewards"):
            membership.credit([word(1, 5)], sender=stranger)


def test_credit__standing_moves__units_do_not(by_rule, persons, rewards, outsider):
    for membership, electorate in by_rule.values():
        receipt = rewards.credit(membership, [word(1, 100)], sender=outsider)
        assert [event.event_name for event in receipt.events] == ["StandingCredited"]
        assert electorate.getVotes(persons[0]) == 0


def test_credit__past_the_periods_cap__reverts(
    project, admin, charter, passport, persons, steward, rewards, chain, outsider
):
    caps = (0, 5, 1_000, PERIOD)
    membership, _ = open_house(project, admin, charter, passport, maturity=0, caps=caps)
    membership.admit([1, 2], sender=steward)
    turn = (chain.blocks.head.timestamp // PERIOD + 1) * PERIOD
    chain.pending_timestamp = turn
    rewards.credit(membership, [word(1, 600), word(99, 10_000)], sender=outsider)
    with ape.reverts("intake: standing cap"):
        rewards.credit(membership, [word(1, 400), word(2, 1)], sender=outsider)
    rewards.credit(membership, [word(2, 400)], sender=outsider)
    chain.pending_timestamp = turn + PERIOD - 1
    with ape.reverts("intake: standing cap"):
        rewards.credit(membership, [word(1, 1)], sender=outsider)
    chain.pending_timestamp = turn + PERIOD
    with ape.reverts("intake: standing cap"):
        rewards.credit(membership, [word(1, 1_001)], sender=outsider)
    rewards.credit(membership, [word(1, 1_000)], sender=outsider)
    assert membership.standing_of(1) == 1_600


def test_credit__while_joins_are_halted__goes_on(
    membership, fresh, rewards, charter, warden, outsider
):
    charter.pause(name("membership"), 100, sender=warden)
    rewards.credit(membership, [word(1, 5)], sender=outsider)
    assert membership.standing_of(1) == 5
