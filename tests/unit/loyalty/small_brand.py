"""
A brand of its own for the tests of Membership and of Electorate: each folder deploys its own
contracts from these fixtures, and its rewards are a stand-in that credits on demand.
"""

import pytest

from tests.house import CAPPED, CAPS, DAY, MATURITY, ONE, SQRT, open_house
from tests.signing import sign

__all__ = [  # the fixtures; a conftest takes them all
    "by_rule",
    "charter",
    "electorate",
    "empty_by_rule",
    "fresh",
    "link",
    "membership",
    "passport",
    "persons",
    "rewards",
    "unsealed_charter",
    "unsealed_twin",
    "voters",
]

THRESHOLDS = [100, 500, 2_000]
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"


def name(text):
    """A directory name as the Charter keeps it."""
    return text.encode().ljust(32, b"\x00")


def word(passport_id, amount):
    """A credit as the rewards send it."""
    return passport_id << 96 | amount


@pytest.fixture(scope="session")
def unsealed_charter(project, chain, admin, warden, steward):
    chain.mine(deltatime=10 * DAY)  # ahead of the wall's clock, which some nodes obey
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
def electorate(project, admin, passport):
    return admin.deploy(project.Electorate, passport, ONE, 0, MATURITY)


@pytest.fixture(scope="session")
def membership(project, admin, unsealed_charter, electorate):
    return admin.deploy(project.Membership, unsealed_charter, electorate, CAPS, THRESHOLDS)


@pytest.fixture(scope="session")
def charter(unsealed_charter, membership, rewards, admin):
    """Sealed, with this membership and these rewards in its directory."""
    unsealed_charter.set_entry(name("membership"), membership, sender=admin)
    unsealed_charter.set_entry(name("rewards"), rewards, sender=admin)
    unsealed_charter.seal(sender=admin)
    return unsealed_charter


@pytest.fixture(scope="session")
def persons(charter, passport, members):
    """Five people with passports 1 to 5, no members yet, before a sealed charter."""
    for member in members:
        passport.register(sender=member)
    return members


@pytest.fixture
def fresh(membership, persons, steward):
    """The five, just admitted: members 1 to 5."""
    membership.admit([1, 2, 3, 4, 5], sender=steward)
    return persons


@pytest.fixture
def voters(electorate, fresh, chain, steward):
    """The five, old enough, and counted."""
    chain.mine(deltatime=MATURITY)
    electorate.refresh([1, 2, 3, 4, 5], sender=steward)
    return fresh


@pytest.fixture(scope="session")
def empty_by_rule(project, admin, charter, passport):
    """A membership and its electorate for SQRT and for CAPPED."""
    return {
        rule: open_house(project, admin, charter, passport, rule=rule, cap=cap, tiers=THRESHOLDS)
        for rule, cap in ((SQRT, 0), (CAPPED, 1_000))
    }


@pytest.fixture
def by_rule(empty_by_rule, persons, steward, chain):
    """The same with the five in each, old enough, with no standing yet."""
    for membership, _ in empty_by_rule.values():
        membership.admit([1, 2, 3, 4, 5], sender=steward)
    chain.mine(deltatime=MATURITY)
    return empty_by_rule


@pytest.fixture(scope="session")
def unsealed_twin(project, chain, admin, warden, steward, passport):
    """A membership whose charter is still being founded."""
    end = chain.blocks.head.timestamp + 365 * DAY
    founding = admin.deploy(project.Charter, admin, warden, end)
    founding.give_roles(steward, 8, sender=admin)
    return open_house(project, admin, founding, passport)[0]


@pytest.fixture
def link(passport, chain):
    """Link a second wallet to a person's passport."""

    def _link(main, wallet, nonce=1):
        words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": nonce}
        deadline = chain.blocks.head.timestamp + 1_000
        signature = sign(wallet, passport, LINK, **words, deadline=deadline)
        passport.link(wallet, nonce, deadline, signature, sender=main)

    return _link
