"""Accounts and deployments shared by every suite. One role, one account."""

import pytest
from hypothesis import settings

from tests.fresh_chain import leave_behind, tell_fixtures_apart
from tests.house import CAPS, MATURITY, ONE
from tests.quick_ape import quicken

DAY = 86_400
OPEN_ENDED = 2**40  # an instant no test reaches


def entry_name(text: str) -> bytes:
    """A directory name as the Charter keeps it: ASCII, padded on the right."""
    return text.encode().ljust(32, b"\x00")


def pytest_configure():
    tell_fixtures_apart()
    # How long an example takes says more of what else the machine does than of us.
    settings.register_profile("cercle", deadline=None)
    settings.load_profile("cercle")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    leave_behind(item, nextitem)


@pytest.fixture(scope="session", autouse=True)
def quiet_ape(request):
    """Spare the suites what Ape does anew at every call, most of all at each expected refusal."""
    if not request.config.pluginmanager.hasplugin("ape_test"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        yield


# ---- who ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def admin(accounts):
    return accounts[0]


@pytest.fixture(scope="session")
def warden(accounts):
    return accounts[1]


@pytest.fixture(scope="session")
def issuer(accounts):
    return accounts[2]


@pytest.fixture(scope="session")
def till(accounts):
    return accounts[3]


@pytest.fixture(scope="session")
def steward(accounts):
    return accounts[4]


@pytest.fixture(scope="session")
def curator(accounts):
    return accounts[5]


@pytest.fixture(scope="session")
def treasurer(accounts):
    return accounts[6]


@pytest.fixture(scope="session")
def members(accounts):
    """Five people with a passport each, admitted, and old enough to count."""
    return accounts[7:12]


@pytest.fixture(scope="session")
def newcomer(accounts):
    """A wallet with no passport yet."""
    return accounts[12]


@pytest.fixture(scope="session")
def spare_wallets(accounts):
    """More wallets for those who link several."""
    return accounts[13:17]


@pytest.fixture(scope="session")
def outsider(accounts):
    """Somebody with neither role nor passport, who tries everything."""
    return accounts[17]


# ---- the bounds, read back ----------------------------------------------------------


@pytest.fixture(scope="session")
def limits(project, admin):
    """Every constant of `limits.vy`, as a call."""
    return admin.deploy(project.LimitsProbe)


# ---- one brand, empty -------------------------------------------------------------


@pytest.fixture(scope="session")
def charter(project, chain, admin, warden, issuer, till, steward, curator, treasurer):
    """A charter not yet sealed, with every role held by its own account."""
    end = chain.blocks.head.timestamp + 365 * DAY
    charter = admin.deploy(project.Charter, admin, warden, end)
    for account, bit in ((issuer, 2), (till, 4), (steward, 8), (curator, 16), (treasurer, 32)):
        charter.give_roles(account, bit, sender=admin)
    return charter


@pytest.fixture(scope="session")
def passport(project, admin):
    return admin.deploy(project.Passport)


@pytest.fixture(scope="session")
def profile(project, admin, passport):
    return admin.deploy(project.Profile, passport)


@pytest.fixture(scope="session")
def consent(project, admin, passport):
    return admin.deploy(project.Consent, passport)


@pytest.fixture(scope="session")
def electorate(project, admin, passport):
    """One member one unit, counted after 30 days."""
    return admin.deploy(project.Electorate, passport, ONE, 0, MATURITY)


@pytest.fixture(scope="session")
def membership(project, admin, charter, electorate):
    """Three tiers above the first."""
    return admin.deploy(project.Membership, charter, electorate, CAPS, [100, 500, 2_000])


@pytest.fixture(scope="session")
def points(project, admin, charter, passport):
    """Points worth a cent each that live for a year of inactivity."""
    return admin.deploy(
        project.Points, charter, passport, "Cercle Points", "CPT", 0, "EUR", 10_000, 365 * DAY
    )


@pytest.fixture(scope="session")
def rewards(project, admin, charter, passport, membership, points):
    return admin.deploy(project.Rewards, charter, passport, membership, points, 30 * DAY, 1_000_000)


@pytest.fixture(scope="session")
def perks(project, admin, charter, passport, membership, points):
    return admin.deploy(project.Perks, charter, passport, membership, points)


@pytest.fixture(scope="session")
def polls(project, admin, charter, electorate):
    return admin.deploy(project.Polls, charter, electorate)


# ---- the same brand, at work --------------------------------------------------------


@pytest.fixture(scope="session")
def brand(charter, passport, profile, electorate, membership, points, rewards, perks, polls, admin):
    """Every contract in the directory, the rights recognised, the charter sealed."""
    entries = {
        "passport": passport,
        "profile": profile,
        "electorate": electorate,
        "membership": membership,
        "points": points,
        "rewards": rewards,
        "perks": perks,
        "polls": polls,
    }
    for name, contract in entries.items():
        charter.set_entry(entry_name(name), contract, sender=admin)
    charter.seal(sender=admin)
    for name in ("rewards", "perks"):
        points.recognise(entry_name(name), sender=admin)
    return entries


@pytest.fixture(scope="session")
def community(brand, chain, passport, membership, electorate, members, steward):
    """Five members, past the age from which their units count."""
    for member in members:
        passport.register(sender=member)
    ids = [passport.id_of(member) for member in members]
    membership.admit(ids, sender=steward)
    chain.mine(deltatime=31 * DAY)
    electorate.refresh([1, 2, 3, 4, 5], sender=steward)
    chain.mine(deltatime=1)  # blocks may share a second, and votes count from the next one on
    return members
