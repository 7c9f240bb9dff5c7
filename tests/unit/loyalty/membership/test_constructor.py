"""`Membership.__init__`: every argument is read back, every bad one refused."""

import ape
import pytest

from .conftest import CAPPED, CAPS, MATURITY, ONE, SQRT, THRESHOLDS

NOBODY = "0x" + "00" * 20
DAY = 86_400


@pytest.fixture
def deploy(project, admin, unsealed_charter, passport):
    """Deploy with one argument or more replaced."""
    plain = {
        "charter": unsealed_charter,
        "passport": passport,
        "rule": ONE,
        "cap": 0,
        "maturity": MATURITY,
        "caps": CAPS,
        "thresholds": THRESHOLDS,
    }

    def _deploy(**changed):
        return admin.deploy(project.Membership, *(plain | changed).values())

    return _deploy


def test_constructor__arguments__read_back(deploy, unsealed_charter, passport):
    membership = deploy(rule=CAPPED, cap=77, maturity=12_345, caps=(1, 2, 3, DAY), thresholds=[9])
    assert membership.charter() == unsealed_charter
    assert membership.passport() == passport
    assert membership.unit_rule() == CAPPED
    assert membership.unit_cap() == 77
    assert membership.maturity() == 12_345
    assert tuple(membership.caps()) == (1, 2, 3, DAY)
    assert membership.tiers() == [9]
    assert membership.VERSION() == "1.0.0"
    assert membership.eip712Domain()[1:3] == ("Cercle Membership", "1")
    assert (membership.member_count(), membership.active_count()) == (0, 0)


def test_constructor__thresholds__are_told(deploy, project):
    membership = deploy(thresholds=[1, 2])
    assert membership.creation_metadata.receipt.events == [
        membership.TiersChanged(old_thresholds=[], new_thresholds=[1, 2])
    ]


def test_constructor__no_tiers__has_none(deploy):
    assert deploy(thresholds=[]).tiers() == []


def test_constructor__widest__is_taken(deploy):
    most = (2**24 - 1, 2**24 - 1, 2**40 - 1, 10 * DAY)
    steps = [*range(1, 8), 2**31 - 2]
    membership = deploy(rule=CAPPED, cap=2**26, maturity=180 * DAY, caps=most, thresholds=steps)
    assert tuple(membership.caps()) == most
    assert membership.tiers() == steps


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"charter": NOBODY}, "wing: zero charter"),
        ({"passport": NOBODY}, "membership: zero passport"),
        ({"rule": 0}, "membership: one unit rule"),
        ({"rule": ONE | SQRT}, "membership: one unit rule"),
        ({"cap": 1}, "membership: bad unit cap"),
        ({"rule": SQRT, "cap": 1}, "membership: bad unit cap"),
        ({"rule": CAPPED}, "membership: bad unit cap"),
        ({"rule": CAPPED, "cap": 2**26 + 1}, "membership: bad unit cap"),
        ({"maturity": 180 * DAY + 1}, "membership: maturity too long"),
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
