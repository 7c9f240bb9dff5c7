"""A new points token: what it says of itself, and what it refuses to be."""

import ape
import pytest

from .conftest import DAY, FACE_VALUE, NOBODY, PERIOD

NEVER = 2**32 - 1


@pytest.fixture
def deploy(project, admin, charter, passport):
    def _deploy(**changed):
        words = {
            "charter": charter,
            "passport": passport,
            "name": "Cercle Points",
            "symbol": "CPT",
            "decimals": 2,
            "currency": "CHF",
            "face_value": 7,
            "period": 30 * DAY,
        }
        return admin.deploy(project.Points, *(words | changed).values())

    return _deploy


def test_constructor__every_argument__reads_back(deploy, charter, passport):
    points = deploy()
    assert points.charter() == charter
    assert points.PASSPORT() == passport
    assert (points.name(), points.symbol(), points.decimals()) == ("Cercle Points", "CPT", 2)
    assert (points.currency(), points.face_value()) == ("CHF", 7)
    assert points.expiry_period() == 30 * DAY
    assert points.totalSupply() == 0
    assert points.eip712Domain()[1:3] == ("Cercle Points", "1")


def test_constructor__the_shared_one__is_worth_a_cent(points):
    assert (points.face_value(), points.expiry_period()) == (FACE_VALUE, PERIOD)


def test_constructor__period_zero__never_expires(deploy):
    assert deploy(period=0).expiry_period() == 0


def test_constructor__longest_period__is_taken(deploy):
    assert deploy(period=NEVER - 1).expiry_period() == NEVER - 1


def test_constructor__longer_period__reverts(deploy):
    with ape.reverts("points: period too long"):
        deploy(period=NEVER)


def test_constructor__eighteen_decimals__are_the_most(deploy):
    assert deploy(decimals=18).decimals() == 18
    with ape.reverts("points: too many decimals"):
        deploy(decimals=19)


def test_constructor__without_passport__reverts(deploy):
    with ape.reverts("point_recovery: zero passport"):
        deploy(passport=NOBODY)


def test_constructor__without_charter__reverts(deploy):
    with ape.reverts("wing: zero charter"):
        deploy(charter=NOBODY)
