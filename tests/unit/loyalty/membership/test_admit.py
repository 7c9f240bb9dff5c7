"""`Membership.admit`: staff let people in, all of a list or nobody, within the day's cap."""

import ape
import pytest

from tests.house import MATURITY, open_house

DAY = 86_400
NOBODY = "0x" + "00" * 20
ADMITTED = 4


def test_admit__persons__become_members(membership, electorate, persons, steward, chain):
    receipt = membership.admit([2, 1], sender=steward)
    counts_from = receipt.timestamp + MATURITY
    assert receipt.events == [
        membership.MemberJoined(member_no=1, passport_id=2, way=ADMITTED, counts_from=counts_from),
        electorate.DelegateChanged(
            delegator=persons[1], fromDelegate=NOBODY, toDelegate=persons[1]
        ),
        membership.MemberJoined(member_no=2, passport_id=1, way=ADMITTED, counts_from=counts_from),
        electorate.DelegateChanged(
            delegator=persons[0], fromDelegate=NOBODY, toDelegate=persons[0]
        ),
    ]
    assert (membership.member_count(), membership.active_count()) == (2, 2)
    assert tuple(membership.member(2)) == (1, 2, receipt.timestamp, True, 0, 0, 0, counts_from)
    assert [membership.passport_of(n) for n in (0, 1, 2, 3)] == [0, 2, 1, 0]
    assert [membership.member_no_of(p) for p in (1, 2, 3)] == [2, 1, 0]
    assert tuple(membership.member_of(persons[0])) == (1, 2)
    assert tuple(membership.member_of(persons[4])) == (5, 0)
    assert electorate.delegates(persons[0]) == persons[0]
    assert electorate.getVotes(persons[0]) == 0


def test_admit__nobody__changes_nothing(membership, persons, steward):
    assert membership.admit([], sender=steward).events == []
    assert membership.member_count() == 0


def test_admit__without_the_role__reverts(membership, persons, outsider, admin):
    for stranger in (outsider, admin, persons[0]):
        with ape.reverts("wing: lacks the role"):
            membership.admit([1], sender=stranger)


def test_admit__charter_unsealed__reverts(unsealed_twin, persons, steward):
    with ape.reverts("membership: charter unsealed"):
        unsealed_twin.admit([1], sender=steward)


def test_admit__halted__reverts(membership, persons, steward, charter, warden, chain):
    charter.pause(b"membership".ljust(32, b"\x00"), DAY, sender=warden)
    with ape.reverts("wing: halted"):
        membership.admit([1], sender=steward)
    chain.pending_timestamp = membership.halted_until()
    membership.admit([1], sender=steward)


def test_admit__no_such_passport__refuses_all(membership, persons, steward):
    for stranger in (0, 99):
        with ape.reverts("membership: no passport"):
            membership.admit([1, stranger], sender=steward)
    assert membership.member_count() == 0


def test_admit__a_member__refuses_all(membership, persons, steward):
    membership.admit([1], sender=steward)
    with ape.reverts("membership: already a member"):
        membership.admit([2, 1], sender=steward)
    with ape.reverts("membership: already a member"):
        membership.admit([3, 3], sender=steward)
    assert membership.member_count() == 1


@pytest.fixture
def narrow(project, admin, charter, passport, persons):
    """Two admissions a day."""
    caps = (0, 2, 1, DAY)
    return open_house(project, admin, charter, passport, maturity=0, caps=caps)[0]


def test_admit__past_the_days_cap__reverts(narrow, steward, chain):
    morning = (chain.blocks.head.timestamp // DAY + 1) * DAY
    chain.pending_timestamp = morning
    narrow.admit([1], sender=steward)
    with ape.reverts("intake: admissions cap"):
        narrow.admit([2, 3], sender=steward)
    narrow.admit([2], sender=steward)
    chain.pending_timestamp = morning + DAY - 1
    with ape.reverts("intake: admissions cap"):
        narrow.admit([3], sender=steward)
    chain.pending_timestamp = morning + DAY
    narrow.admit([3, 4], sender=steward)
    with ape.reverts("intake: admissions cap"):
        narrow.admit([5], sender=steward)


def test_admit__who_left__gets_the_number_back(membership, fresh, steward, chain):
    membership.leave(sender=fresh[1])
    chain.mine(deltatime=DAY)
    receipt = membership.admit([2], sender=steward)
    member = membership.member(2)
    assert member.member_no == 2
    assert member.joined_at == receipt.timestamp
    assert (membership.member_count(), membership.active_count()) == (5, 5)
