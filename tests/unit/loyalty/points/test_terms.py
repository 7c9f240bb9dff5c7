"""`raise_face_value` and `raise_expiry_period`: terms that only rise."""

import ape
import pytest

from .conftest import DAY, FACE_VALUE, HIGHEST, PERIOD

NEVER = 2**32 - 1
HIGHEST_VALUE = 2**96 - 1


@pytest.mark.parametrize("value", [FACE_VALUE + 1, HIGHEST_VALUE])
def test_raise_face_value__higher__holds_at_once(points, holders, treasurer, value):
    receipt = points.raise_face_value(value, sender=treasurer)
    assert receipt.events == [points.FaceValueRaised(old_value=FACE_VALUE, new_value=value)]
    assert points.face_value() == value
    assert (points.totalSupply(), points.expiry_period()) == (2_001, PERIOD)


@pytest.mark.parametrize("value", [FACE_VALUE, FACE_VALUE - 1, 0])
def test_raise_face_value__not_higher__reverts(points, treasurer, value):
    with ape.reverts("points: only upwards"):
        points.raise_face_value(value, sender=treasurer)


@pytest.mark.parametrize("value", [HIGHEST_VALUE + 1, HIGHEST])
def test_raise_face_value__beyond_its_field__reverts(points, treasurer, value):
    with ape.reverts("points: value too high"):
        points.raise_face_value(value, sender=treasurer)


@pytest.mark.parametrize("period", [PERIOD + 1, NEVER - 1, 0], ids=["longer", "longest", "ever"])
def test_raise_expiry_period__longer__holds_for_new_points(points, holders, treasurer, period):
    receipt = points.raise_expiry_period(period, sender=treasurer)
    assert receipt.events == [points.ExpiryPeriodRaised(old_period=PERIOD, new_period=period)]
    assert points.expiry_period() == period
    assert points.holder(holders[0]).period == PERIOD
    assert (points.totalSupply(), points.face_value()) == (2_001, FACE_VALUE)


@pytest.mark.parametrize("period", [PERIOD, PERIOD - 1, 1])
def test_raise_expiry_period__not_longer__reverts(points, treasurer, period):
    with ape.reverts("points: only upwards"):
        points.raise_expiry_period(period, sender=treasurer)


@pytest.mark.parametrize("period", [NEVER, HIGHEST])
def test_raise_expiry_period__beyond_its_field__reverts(points, treasurer, period):
    with ape.reverts("points: period too long"):
        points.raise_expiry_period(period, sender=treasurer)


@pytest.mark.parametrize("period", [0, NEVER - 1])
def test_raise_expiry_period__already_for_ever__reverts(points, treasurer, period):
    points.raise_expiry_period(0, sender=treasurer)
    with ape.reverts("points: only upwards"):
        points.raise_expiry_period(period, sender=treasurer)


def test_terms__by_anybody_else__reverts(points, admin, warden, outsider, members):
    for sender in (admin, warden, outsider, members[0]):
        with ape.reverts("wing: lacks the role"):
            points.raise_face_value(FACE_VALUE + 1, sender=sender)
        with ape.reverts("wing: lacks the role"):
            points.raise_expiry_period(PERIOD + DAY, sender=sender)
