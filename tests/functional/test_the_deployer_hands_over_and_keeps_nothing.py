"""A founder with every role hands a working brand over to a governor, and is a stranger after."""

import pytest
from ape.exceptions import ContractLogicError

from tests.conftest import DAY, entry_name

EVERY_ROLE_BUT_ADMIN = 126
ADMIN = 1
PERKS = entry_name("perks")

# One argument of each kind that a charter's functions take.
SAMPLES = {"bytes32": PERKS, "uint256": 1, "string": "ipfs://dao.json"}


@pytest.fixture
def governor(project, outsider):
    return outsider.deploy(project.FakeGovernor)


@pytest.fixture
def founder(brand, charter, admin):
    """The deployer, who gave himself every role there is."""
    charter.give_roles(admin, EVERY_ROLE_BUT_ADMIN, sender=admin)
    return admin


@pytest.fixture
def handed_over(charter, founder, governor, outsider, project):
    """Something is announced, ADMIN is offered to the governor, and accepted."""
    successor = founder.deploy(project.WingHarness, charter)
    charter.announce_replacement(PERKS, successor, sender=founder)
    charter.offer_admin(governor, sender=founder)
    governor.accept_admin(charter, sender=outsider)
    return charter


def test_the_governor_is_admin_and_the_founder_nobody(handed_over, governor, founder):
    assert handed_over.admin() == governor
    assert handed_over.roles(governor) == ADMIN
    assert handed_over.roles(founder) == 0


def test_no_act_of_the_charter_is_left_to_the_founder(handed_over, founder, outsider, chain):
    chain.mine(deltatime=15 * DAY)
    samples = SAMPLES | {"address": outsider.address}
    # roles, an index or an amount: all are uint256 to the caller
    for method in handed_over.contract_type.mutable_methods:
        arguments = [samples[argument.canonical_type] for argument in method.inputs]
        with pytest.raises(ContractLogicError):
            getattr(handed_over, method.name)(*arguments, sender=founder)


def test_no_act_of_the_brand_is_left_to_the_founder(
    handed_over, founder, membership, points, rewards, perks, polls
):
    terms = (1, 0, 0, 2**40, 0, 1, DAY, [])
    acts = [
        (membership.admit, [1]),
        (membership.set_tiers, [1, 2]),
        (points.raise_face_value, 20_000),
        (points.raise_expiry_period, 0),
        (rewards.award, 1, [1]),
        (rewards.set_budget, 1),
        (perks.open_perk, bytes(32), terms, [1]),
        (polls.open_poll, bytes(32), 1, 2, 2**40),
    ]
    for act, *arguments in acts:
        with pytest.raises(ContractLogicError) as refusal:
            act(*arguments, sender=founder)
        assert refusal.value.message == "wing: lacks the role"


def test_the_brand_goes_on_under_the_governor(
    handed_over, governor, issuer, warden, outsider, chain, project
):
    successor = outsider.deploy(project.WingHarness, handed_over)
    announce = handed_over.announce_replacement.encode_input(PERKS, successor)
    governor.execute(handed_over, announce, sender=outsider)
    chain.mine(deltatime=14 * DAY)
    handed_over.replace(PERKS, sender=outsider)

    assert handed_over.entry(PERKS) == successor
    assert handed_over.roles(issuer) == 2
    assert handed_over.roles(warden) == 64
