"""Points of a brand whose rewards and perks do what a test tells them to."""

import pytest

from tests.conftest import entry_name

DAY = 86_400
PERIOD = 365 * DAY
FACE_VALUE = 10_000
HIGHEST = 2**256 - 1
NOBODY = "0x" + "00" * 20
MINTER, SPENDER, REVERSER = 1, 2, 4


def award(account, amount, own=0):
    """A word of mint_batch: whom, how many, and 48 bits that are the minter's own."""
    return int(str(getattr(account, "address", account)), 16) << 96 | amount << 48 | own


@pytest.fixture(scope="session")
def charter(project, chain, admin, warden, treasurer):
    """A charter of our own, not yet sealed."""
    end = chain.blocks.head.timestamp + 2 * 365 * DAY - 1_000
    charter = admin.deploy(project.Charter, admin, warden, end)
    charter.give_roles(treasurer, 32, sender=admin)
    return charter


@pytest.fixture(scope="session")
def passport(project, admin):
    """A passport whose recoveries the test drives."""
    return admin.deploy(project.FakePassport)


@pytest.fixture(scope="session")
def unsealed_points(project, admin, charter, passport):
    """Points of a brand that is still being founded."""
    return admin.deploy(
        project.Points,
        charter,
        passport,
        "Cercle Points",
        "CPT",
        0,
        "EUR",
        FACE_VALUE,
        PERIOD,
    )


@pytest.fixture(scope="session")
def rewards(project, admin):
    return admin.deploy(project.FakePartner)


@pytest.fixture(scope="session")
def perks(project, admin):
    return admin.deploy(project.FakePartner)


@pytest.fixture(scope="session")
def unrecognised(unsealed_points, charter, rewards, perks, admin):
    """The charter is sealed with its contracts, and nobody told the points yet."""
    charter.set_entry(entry_name("points"), unsealed_points, sender=admin)
    charter.set_entry(entry_name("rewards"), rewards, sender=admin)
    charter.set_entry(entry_name("perks"), perks, sender=admin)
    charter.seal(sender=admin)
    return unsealed_points


@pytest.fixture(scope="session")
def points(unrecognised, admin):
    for name in ("rewards", "perks"):
        unrecognised.recognise(entry_name(name), sender=admin)
    return unrecognised


@pytest.fixture
def holders(points, rewards, members, outsider):
    """Two people with a thousand points each, one with one, and two with none."""
    amounts = zip(members, (1_000, 1_000, 1), strict=False)
    rewards.mint(points, [award(who, amount) for who, amount in amounts], sender=outsider)
    return members


@pytest.fixture
def expiry(points, holders):
    """The first second at which the holders' points are dead."""
    return points.holder(holders[0]).expires_at


@pytest.fixture
def replace(charter, chain, admin):
    """Put another contract under a name, as the charter has it done: in the open, two weeks on."""

    def _replace(name, contract):
        charter.announce_replacement(entry_name(name), contract, sender=admin)
        chain.mine(deltatime=14 * DAY)
        return charter.replace(entry_name(name), sender=admin)

    return _replace
