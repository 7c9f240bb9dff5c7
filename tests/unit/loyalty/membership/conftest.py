"""A brand of its own for these tests: its rewards are a stand-in that credits on demand."""

import pytest

DAY = 86_400
MATURITY = 30 * DAY
CAPS = (50, 500, 10_000_000, 30 * DAY)
THRESHOLDS = [100, 500, 2_000]
ONE, SQRT, CAPPED = 1, 2, 4


def name(text):
    """A directory name as the Charter keeps it."""
    return text.encode().ljust(32, b"\x00")


def word(passport_id, amount):
    """A credit as the rewards send it."""
    return passport_id << 96 | amount


@pytest.fixture(scope="session")
def unsealed_charter(project, chain, admin, warden, steward):
    end = chain.blocks.head.timestamp + 365 * DAY
    charter = admin.deploy(project.Charter, admin, warden, end)
    charter.give_roles(steward, 8, sender=admin)
    return charter


@pytest.fixture(scope="session")
def passport(project, admin):
    return admin.deploy(project.Passport)


@pytest.fixture(scope="session")
def rewards(project, admin):
    return admin.deploy(project.FakeRewards)


@pytest.fixture(scope="session")
def unsealed_membership(project, admin, unsealed_charter, passport):
    return admin.deploy(
        project.Membership, unsealed_charter, passport, ONE, 0, MATURITY, CAPS, THRESHOLDS
    )


@pytest.fixture(scope="session")
def charter(unsealed_charter, unsealed_membership, rewards, admin):
    """Sealed, with this membership and these rewards in its directory."""
    unsealed_charter.set_entry(name("membership"), unsealed_membership, sender=admin)
    unsealed_charter.set_entry(name("rewards"), rewards, sender=admin)
    unsealed_charter.seal(sender=admin)
    return unsealed_charter


@pytest.fixture(scope="session")
def membership(unsealed_membership, charter):
    return unsealed_membership


@pytest.fixture(scope="session")
def persons(passport, members):
    """Five people with passports 1 to 5, no members yet."""
    for member in members:
        passport.register(sender=member)
    return members


@pytest.fixture(scope="session")
def fresh(membership, persons, steward):
    """The five, just admitted: members 1 to 5."""
    membership.admit([1, 2, 3, 4, 5], sender=steward)
    return persons


@pytest.fixture(scope="session")
def community(membership, fresh, chain, steward):
    """The five, old enough, and counted."""
    chain.mine(deltatime=MATURITY)
    membership.refresh([1, 2, 3, 4, 5], sender=steward)
    return fresh


@pytest.fixture(scope="session")
def by_rule(project, admin, charter, passport, persons, steward, chain):
    """A membership of its own for SQRT and for CAPPED, the five in each, old enough."""
    memberships = {
        rule: admin.deploy(
            project.Membership, charter, passport, rule, cap, MATURITY, CAPS, THRESHOLDS
        )
        for rule, cap in ((SQRT, 0), (CAPPED, 1_000))
    }
    for membership in memberships.values():
        membership.admit([1, 2, 3, 4, 5], sender=steward)
    chain.mine(deltatime=MATURITY)
    return memberships
