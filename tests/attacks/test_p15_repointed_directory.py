"""P15: ADMIN repoints the directory at a minting press.

Points accept a minter only from the Charter's directory. Whoever can change an entry at once can
therefore print points; here a million of them, worth 10,000 EUR at the face value of a cent. Four
ways are tried, each against the Charter and against a twin without the defence.
"""

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests.conftest import DAY, entry_name

REWARDS = entry_name("rewards")
LOOT = 1_000_000
DELAY = 14 * DAY


@pytest.fixture
def press(project, admin):
    return admin.deploy(project.MintingPress)


@pytest.fixture
def harmless(project, admin):
    """A contract that anybody would let pass, announced in the press's stead."""
    return admin.deploy(project.AgreeableFake)


@pytest.fixture
def new_points(project, admin, passport):
    def deploy(charter):
        return admin.deploy(
            project.Points, charter, passport, "Points", "PTS", 0, "EUR", 10_000, 365 * DAY
        )

    return deploy


@pytest.fixture
def ours(project, admin, new_points):
    """A sealed Charter and its points."""
    charter = admin.deploy(project.Charter, admin, admin, 0)
    charter.seal(sender=admin)
    return charter, new_points(charter)


@pytest.fixture
def twin(project, admin, new_points):
    """The same brand with the defences removed."""
    charter = admin.deploy(project.HastyCharter, admin)
    charter.seal(sender=admin)
    return charter, new_points(charter)


def attempt(call, *arguments, sender):
    """One step of an attack: the thief goes on whether or not it is refused."""
    try:
        call(*arguments, sender=sender)
    except ContractLogicError as refusal:
        return refusal.message
    return None


def turn_the_handle(points, press, thief):
    """Have the press recognised, and mint; gives what the thief then holds."""
    attempt(points.recognise, REWARDS, sender=thief)
    attempt(press.press, points, thief, LOOT, sender=thief)
    return points.balanceOf(thief)


# ---- first way: at once ---------------------------------------------------------------


def repoint_at_once(brand, press, admin, thief):
    charter, points = brand
    attempt(charter.set_entry, REWARDS, press, sender=admin)
    attempt(charter.announce_replacement, REWARDS, press, sender=admin)
    attempt(charter.replace, REWARDS, sender=admin)
    return turn_the_handle(points, press, thief)


def test_repoint__at_once__mints_nothing(ours, press, admin, outsider):
    assert repoint_at_once(ours, press, admin, outsider) == 0


def test_repoint__at_once__succeeds_without_the_delay(twin, press, admin, outsider):
    assert repoint_at_once(twin, press, admin, outsider) == LOOT


def test_repoint__last_second_of_the_delay__mints_nothing(
    ours, press, admin, outsider, chain, limits
):
    charter, _ = ours
    charter.announce_replacement(REWARDS, press, sender=admin)
    chain.pending_timestamp = charter.replacement(REWARDS).effective_at - 1
    with ape.reverts("directory: too early"):
        charter.replace(REWARDS, sender=admin)
    assert limits.REPLACEMENT_DELAY() == DELAY
    assert not charter.is_current(press)


# ---- second way: announce something harmless, then change its code ----------------------


def swap_the_code(brand, harmless, press, admin, thief, chain, project):
    charter, points = brand
    charter.announce_replacement(REWARDS, harmless, sender=admin)
    chain.mine(deltatime=DELAY)
    chain.provider.set_code(harmless.address, chain.provider.get_code(press.address))
    refusal = attempt(charter.replace, REWARDS, sender=admin)
    return refusal, turn_the_handle(points, project.MintingPress.at(harmless.address), thief)


def test_repoint__code_swapped_after_the_announcement__mints_nothing(
    ours, harmless, press, admin, outsider, chain, project
):
    refusal, loot = swap_the_code(ours, harmless, press, admin, outsider, chain, project)
    assert refusal == "directory: code changed"
    assert loot == 0


def test_repoint__code_swapped__succeeds_without_the_codehash(
    twin, harmless, press, admin, outsider, chain, project
):
    refusal, loot = swap_the_code(twin, harmless, press, admin, outsider, chain, project)
    assert refusal is None
    assert loot == LOOT


# ---- third way: announce, hand over to the community, and wait ---------------------------


def leave_a_time_bomb(brand, press, admin, successor, thief, chain):
    charter, points = brand
    charter.announce_replacement(REWARDS, press, sender=admin)
    charter.offer_admin(successor, sender=admin)
    charter.accept_admin(sender=successor)
    chain.mine(deltatime=DELAY)
    refusal = attempt(charter.replace, REWARDS, sender=thief)
    return refusal, turn_the_handle(points, press, thief)


def test_repoint__announced_before_the_hand_over__mints_nothing(
    ours, press, admin, newcomer, outsider, chain
):
    refusal, loot = leave_a_time_bomb(ours, press, admin, newcomer, outsider, chain)
    assert refusal == "directory: nothing announced"
    assert loot == 0


def test_repoint__announced_before_the_hand_over__succeeds_if_it_stays_in_force(
    twin, press, admin, newcomer, outsider, chain
):
    refusal, loot = leave_a_time_bomb(twin, press, admin, newcomer, outsider, chain)
    assert refusal is None
    assert loot == LOOT


# ---- fourth way: announce what is gone by the evening, and come back as something else -----


def found_as(charter, shapeshifter, admin):
    """Make the shapeshifter ADMIN of a sealed charter."""
    charter.offer_admin(shapeshifter, sender=admin)
    shapeshifter.execute(charter, charter.accept_admin.encode_input(), sender=admin)


def come_back_as_a_press(brand, shapeshifter, press, admin, thief, chain, project):
    """The code that was announced is there whenever the Charter looks, and never after."""
    charter, points = brand
    found_as(charter, shapeshifter, admin)
    shapeshifter.flash(sender=thief)
    phantom = shapeshifter.phantom()
    announce = charter.announce_replacement.encode_input(REWARDS, phantom)
    shapeshifter.flash_around(charter, announce, sender=thief)
    chain.mine(deltatime=DELAY)
    replace = charter.replace.encode_input(REWARDS)
    refusal = attempt(shapeshifter.flash_around, charter, replace, sender=thief)
    shapeshifter.settle(chain.provider.get_code(press.address), sender=thief)
    return refusal, turn_the_handle(points, project.MintingPress.at(phantom), thief)


def test_repoint__code_that_comes_and_goes__mints_nothing(
    ours, project, press, admin, outsider, chain
):
    shapeshifter = admin.deploy(project.Shapeshifter)
    refusal, loot = come_back_as_a_press(ours, shapeshifter, press, admin, outsider, chain, project)
    assert refusal == "directory: no plain wallet"
    assert loot == 0


def test_repoint__code_that_comes_and_goes__succeeds_if_a_contract_may_replace(
    twin, project, press, admin, outsider, chain
):
    shapeshifter = admin.deploy(project.Shapeshifter)
    refusal, loot = come_back_as_a_press(twin, shapeshifter, press, admin, outsider, chain, project)
    assert refusal is None
    assert loot == LOOT
