"""`Electorate.bind`: the first contract that calls it is its membership, for ever."""

import ape
import pytest

from tests.house import CAPS, MATURITY, ONE


@pytest.fixture
def unbound(project, admin, passport):
    return admin.deploy(project.Electorate, passport, ONE, 0, MATURITY)


def test_bind__first__is_the_membership(unbound, outsider):
    receipt = unbound.bind(sender=outsider)
    assert receipt.events == [unbound.MembershipBound(membership=outsider)]
    assert unbound.membership() == outsider


def test_bind__again__reverts(electorate, membership, unbound, outsider, admin):
    unbound.bind(sender=outsider)
    for again in (outsider, admin):
        with ape.reverts("electorate: bound already"):
            unbound.bind(sender=again)
    with ape.reverts("electorate: bound already"):
        electorate.bind(sender=outsider)


def test_bind__before_the_membership__makes_its_deployment_fail(
    project, unbound, unsealed_charter, admin, outsider
):
    """Whoever runs ahead gains an electorate without a brand, and is seen."""
    unbound.bind(sender=outsider)
    with ape.reverts("electorate: bound already"):
        admin.deploy(project.Membership, unsealed_charter, unbound, CAPS, [])
