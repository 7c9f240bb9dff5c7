"""A brand of its own for these tests: its rewards are a stand-in that credits on demand."""

import pytest
from eth_account.messages import encode_typed_data

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


@pytest.fixture
def fresh(membership, persons, steward):
    """The five, just admitted: members 1 to 5."""
    membership.admit([1, 2, 3, 4, 5], sender=steward)
    return persons


@pytest.fixture
def voters(membership, fresh, chain, steward):
    """The five, old enough, and counted."""
    chain.mine(deltatime=MATURITY)
    membership.refresh([1, 2, 3, 4, 5], sender=steward)
    return fresh


@pytest.fixture(scope="session")
def empty_by_rule(project, admin, charter, passport):
    """A membership of its own for SQRT and for CAPPED."""
    return {
        rule: admin.deploy(
            project.Membership, charter, passport, rule, cap, MATURITY, CAPS, THRESHOLDS
        )
        for rule, cap in ((SQRT, 0), (CAPPED, 1_000))
    }


@pytest.fixture
def by_rule(empty_by_rule, persons, steward, chain):
    """The same with the five in each, old enough, with no standing yet."""
    for membership in empty_by_rule.values():
        membership.admit([1, 2, 3, 4, 5], sender=steward)
    chain.mine(deltatime=MATURITY)
    return empty_by_rule


@pytest.fixture(scope="session")
def unsealed_twin(project, chain, admin, warden, steward, passport):
    """A membership whose charter is still being founded."""
    end = chain.blocks.head.timestamp + 365 * DAY
    founding = admin.deploy(project.Charter, admin, warden, end)
    founding.give_roles(steward, 8, sender=admin)
    return admin.deploy(project.Membership, founding, passport, ONE, 0, MATURITY, CAPS, THRESHOLDS)


@pytest.fixture
def link(passport, chain):
    """Link a second wallet to a person's passport."""

    def _link(main, wallet, nonce=1):
        passport_id = passport.id_of(main)
        deadline = chain.blocks.head.timestamp + 1_000
        domain = {
            "name": "Cercle Passport",
            "version": "1",
            "chainId": chain.chain_id,
            "verifyingContract": passport.address,
        }
        types = {
            "Link": [
                {"name": "passport_id", "type": "uint256"},
                {"name": "wallet", "type": "address"},
                {"name": "nonce", "type": "uint256"},
                {"name": "deadline", "type": "uint256"},
            ]
        }
        values = {
            "passport_id": passport_id,
            "wallet": wallet.address,
            "nonce": nonce,
            "deadline": deadline,
        }
        signature = wallet.sign_message(encode_typed_data(domain, types, values))
        passport.link(wallet, nonce, deadline, signature.encode_rsv(), sender=main)

    return _link
