"""`Profile.register_world`: a world is its controller's, and its name proves nothing."""

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

ZERO = "0x" + "00" * 20


def world_id(controller, name):
    return keccak(encode(["address", "bytes32"], [str(controller), keccak(text=name)]))


def test_register_world__fresh_name__is_the_senders(profile, controller, key):
    world = world_id(controller, "Plaza")
    assert profile.register_world.call("Plaza", key, sender=controller) == world
    receipt = profile.register_world("Plaza", key, sender=controller)

    assert receipt.events == [
        profile.WorldRegistered(world=world, controller=controller, key=key, name="Plaza")
    ]
    assert profile.world(world) == (controller, ZERO, key, 0)
    assert profile.world_of(controller, "Plaza") == world


def test_register_world__name_of_another__is_another_world(profile, world, outsider):
    profile.register_world("Plaza", outsider, sender=outsider)
    theirs = profile.world_of(outsider, "Plaza")
    assert theirs != world
    assert profile.world(theirs).controller == outsider
    assert profile.world(world).controller != outsider


def test_register_world__several_names__are_several_worlds(profile, world, controller, key):
    profile.register_world("Arcade", key, sender=controller)
    assert profile.world_of(controller, "Arcade") != world


def test_register_world__longest_name__is_taken(profile, controller, key, limits):
    name = "w" * limits.MAX_WORLD_NAME()
    profile.register_world(name, key, sender=controller)
    assert profile.world(world_id(controller, name)).key == key


def test_register_world__again__reverts(profile, world, controller, outsider):
    with ape.reverts("worlds: registered already"):
        profile.register_world("Plaza", outsider, sender=controller)


def test_register_world__again_after_a_hand_over__reverts(profile, world, controller, outsider):
    profile.offer_world(world, outsider, sender=controller)
    profile.accept_world(world, sender=outsider)
    with ape.reverts("worlds: registered already"):
        profile.register_world("Plaza", controller, sender=controller)


@pytest.mark.parametrize(
    ("name", "zero_key", "reason"),
    [("", False, "worlds: empty name"), ("Plaza", True, "worlds: zero key")],
)
def test_register_world__without_a_name_or_a_key__reverts(
    profile, controller, key, name, zero_key, reason
):
    with ape.reverts(reason):
        profile.register_world(name, ZERO if zero_key else key, sender=controller)


def test_world__unknown__is_empty(profile):
    assert profile.world(keccak(text="nothing")) == (ZERO, ZERO, ZERO, 0)
