"""`Guard.open_season`: what the treasury of a season is counted from is the Governor's alone."""

import pytest

from tests.drafts import FIRST, PAYING

NOBODY = "0x" + "00" * 20
BURNT = 10**18  # of the chain's coin, at the address that nobody has


@pytest.fixture
def unbound(project, admin, charter, token):
    """A guard before its Governor is deployed."""
    return admin.deploy(project.Guard, charter, [FIRST, PAYING], [], [token])


def test_open_season__before_there_is_a_governor__writes_nothing(
    unbound, project, admin, electorate, token, outsider, chain
):
    """Else the coins that were burnt would be the treasury, and bound no payment for a year."""
    chain.set_balance(NOBODY, BURNT)
    token.mint(NOBODY, BURNT, sender=outsider)
    assert unbound.open_season(sender=outsider).events == []

    governor = admin.deploy(project.Governor, "Late", electorate, unbound)
    admin.transfer(governor, 1_000)
    token.mint(governor, 500, sender=admin)
    assert unbound.open_season(sender=outsider).events == [
        unbound.SeasonOpened(season=0, asset=NOBODY, treasury=1_000),
        unbound.SeasonOpened(season=0, asset=token, treasury=500),
    ]
