"""`Membership.open_for`: tier and standing as gates of a perk."""

import ape
import pytest

from tests.unit.loyalty.small_brand import word

TIER = 1 << 88
STANDING = 2 << 88


@pytest.fixture
def earner(membership, fresh, rewards, outsider):
    """Member 1 with 500 standing: tier 2."""
    rewards.credit(membership, [word(1, 500)], sender=outsider)


@pytest.mark.usefixtures("earner")
@pytest.mark.parametrize(
    ("argument", "is_open"),
    [
        (TIER | 1, True),
        (TIER | 2, True),
        (TIER | 3, False),
        (STANDING | 1, True),
        (STANDING | 500, True),
        (STANDING | 501, False),
    ],
)
def test_open_for__what_is_reached__is_open(membership, argument, is_open):
    assert membership.open_for(1, argument) is is_open
    for stranger in (0, 2, 99, 2**256 - 1):
        assert membership.open_for(stranger, argument) is False


@pytest.mark.usefixtures("earner")
@pytest.mark.parametrize("question", [TIER, STANDING], ids=["tier", "standing"])
def test_open_for__least_is_zero__asks_for_membership_alone(membership, fresh, question):
    assert membership.open_for(5, question)
    assert not membership.open_for(99, question)
    membership.leave(sender=fresh[4])
    assert not membership.open_for(5, question)


@pytest.mark.usefixtures("earner")
def test_open_for__widest__is_shut(membership):
    assert not membership.open_for(1, TIER | 2**88 - 1)
    assert not membership.open_for(1, STANDING | 2**88 - 1)


@pytest.mark.parametrize("argument", [0, 5, 3 << 88, 255 << 88, 2**96 - 1])
def test_open_for__unknown_question__reverts(membership, fresh, argument):
    for passport_id in (1, 99):
        with ape.reverts("membership: unknown question"):
            membership.open_for(passport_id, argument)
