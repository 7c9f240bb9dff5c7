"""`Membership.join_open`: the open door, within its daily cap."""

import ape
import pytest

from tests.house import MATURITY, open_house

DAY = 86_400
WALKED_IN = 2


def test_join_open__person__walks_in(membership, persons):
    receipt = membership.join_open(sender=persons[3])
    assert receipt.events[0] == membership.MemberJoined(
        member_no=1, passport_id=4, way=WALKED_IN, counts_from=receipt.timestamp + MATURITY
    )
    assert membership.member(4).is_active


def test_join_open__linked_wallet__joins_its_person(
    membership, electorate, persons, passport, link, spare_wallets
):
    link(persons[0], spare_wallets[0])
    membership.join_open(sender=spare_wallets[0])
    assert tuple(membership.member_of(persons[0])) == (1, 1)
    assert electorate.delegates(spare_wallets[0]) == persons[0]
    with ape.reverts("membership: already a member"):
        membership.join_open(sender=persons[0])


def test_join_open__no_passport__reverts(membership, newcomer):
    with ape.reverts("membership: no passport"):
        membership.join_open(sender=newcomer)


def test_join_open__halted__reverts(membership, persons, charter, warden):
    charter.pause(b"membership".ljust(32, b"\x00"), DAY, sender=warden)
    with ape.reverts("wing: halted"):
        membership.join_open(sender=persons[0])


def test_join_open__charter_unsealed__reverts(unsealed_twin, persons):
    with ape.reverts("membership: charter unsealed"):
        unsealed_twin.join_open(sender=persons[0])


def test_join_open__no_door__reverts(project, admin, charter, passport, persons):
    caps = (0, 2, 1, DAY)
    closed, _ = open_house(project, admin, charter, passport, maturity=0, caps=caps)
    with ape.reverts("membership: no open door"):
        closed.join_open(sender=persons[0])


@pytest.fixture
def narrow(project, admin, charter, passport, persons):
    """Two through the door a day, one admitted."""
    caps = (2, 1, 1, DAY)
    return open_house(project, admin, charter, passport, maturity=0, caps=caps)[0]


def test_join_open__past_the_days_cap__reverts(narrow, persons, steward, chain):
    morning = (chain.blocks.head.timestamp // DAY + 1) * DAY
    chain.pending_timestamp = morning
    narrow.join_open(sender=persons[0])
    narrow.admit([2], sender=steward)  # has a cap of its own
    narrow.join_open(sender=persons[2])
    chain.pending_timestamp = morning + DAY - 1
    with ape.reverts("intake: open door cap"):
        narrow.join_open(sender=persons[3])
    chain.pending_timestamp = morning + DAY
    narrow.join_open(sender=persons[3])


def test_join_open__out_and_in_again__uses_the_cap_too(narrow, persons, chain):
    chain.pending_timestamp = (chain.blocks.head.timestamp // DAY + 1) * DAY
    narrow.join_open(sender=persons[0])
    narrow.leave(sender=persons[0])
    narrow.join_open(sender=persons[0])
    narrow.leave(sender=persons[0])
    with ape.reverts("intake: open door cap"):
        narrow.join_open(sender=persons[0])
