"""`Membership.__init__`: every argument is read back, every bad one refused."""

import ape
import pytest

from tests.house import CAPS, DAY, MATURITY, ONE
from tests.unit.loyalty.small_brand import THRESHOLDS

NOBODY = "0x" + "00" * 20


@pytest.fixture
def new_electorate(project, admin, passport):
    """One that no membership has bound yet."""
    return admin.deploy(project.Electorate, passport, ONE, 0, MATURITY)


@pytest.fixture
def deploy(project, admin, unsealed_charter, new_electorate):
    """Deploy with one argument or more replaced."""
    plain = {
        "charter": unsealed_charter,
        "electorate": new_electorate,
        "caps": CAPS,
        "thresholds": THRESHOLDS,
    }

    def _deploy(**changed):
        return admin.deploy(project.Membership, *(plain | changed).values())

    return _deploy


def test_constructor__arguments__read_back(deploy, unsealed_charter, passport, new_electorate):
    membership = deploy(caps=(1, 2, 3, DAY), thresholds=[9])
    assert membership.charter() == unsealed_charter
    assert membership.electorate() == new_electorate
    assert membership.passport() == passport
    assert tuple(membership.caps()) == (1, 2, 3, DAY)
    assert membership.tiers() == [9]
    assert membership.VERSION() == "1.0.0"
    assert membership.eip712Domain()[1:3] == ("Cercle Membership", "1")
    assert (membership.member_count(), membership.active_count()) == (0, 0)


def test_constructor__thresholds_and_the_bond__are_told(deploy, new_electorate):
    membership = deploy(thresholds=[1, 2])
    assert membership.creation_metadata.receipt.events == [
        membership.TiersChanged(old_thresholds=[], new_thresholds=[1, 2]),
        new_electorate.MembershipBound(membership=membership),
    ]
    assert new_electorate.membership() == membership


def test_constructor__electorate_of_another__reverts(deploy):
    deploy()
    with ape.reverts("electorate: bound already"):
        deploy()


def test_constructor__no_tiers__has_none(deploy):
    assert deploy(thresholds=[]).tiers() == []


def test_constructor__widest__is_taken(deploy):
    most = (2**24 - 1, 2**24 - 1, 2**40 - 1, 10 * DAY)
    steps = [*range(1, 8), 2**31 - 2]
    membership = deploy(caps=most, thresholds=steps)
    assert tuple(membership.caps()) == most
    assert membership.tiers() == steps


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"charter": NOBODY}, "wing: zero charter"),
        ({"electorate": NOBODY}, "membership: zero electorate"),
        ({"caps": (2**24, 1, 1, DAY)}, "intake: cap too high"),
        ({"caps": (1, 2**24, 1, DAY)}, "intake: cap too high"),
        ({"caps": (1, 1, 2**40, DAY)}, "intake: cap too high"),
        ({"caps": (1, 1, 1, DAY - 1)}, "intake: period under a day"),
        ({"thresholds": [0]}, "ladder: not ascending"),
        ({"thresholds": [5, 5]}, "ladder: not ascending"),
        ({"thresholds": [5, 4]}, "ladder: not ascending"),
        ({"thresholds": [2**31 - 1]}, "ladder: threshold too high"),
    ],
)
def test_constructor__bad_argument__reverts(deploy, changed, reason):
    with ape.reverts(reason):
        deploy(**changed)
