"""`Profile.offer_world` and `accept_world`: a world changes hands in two steps."""

import ape
from eth_utils import keccak

ZERO = "0x" + "00" * 20


def test_offer_world__by_its_controller__changes_nothing_yet(
    profile, world, controller, key, outsider
):
    receipt = profile.offer_world(world, outsider, sender=controller)

    assert receipt.events == [
        profile.WorldOffered(world=world, controller=controller, candidate=outsider)
    ]
    assert profile.world(world) == (controller, outsider, key, 0)


def test_accept_world__by_the_candidate__hands_over(profile, world, controller, key, outsider):
    profile.offer_world(world, outsider, sender=controller)
    receipt = profile.accept_world(world, sender=outsider)

    assert receipt.events == [
        profile.WorldHandedOver(world=world, old_controller=controller, new_controller=outsider)
    ]
    assert profile.world(world) == (outsider, ZERO, key, 0)
    with ape.reverts("worlds: not the controller"):
        profile.set_world_key(world, key, sender=controller)


def test_accept_world__offered_to_another_since__reverts(profile, world, controller, outsider):
    profile.offer_world(world, outsider, sender=controller)
    profile.offer_world(world, ZERO, sender=controller)
    with ape.reverts("worlds: not the candidate"):
        profile.accept_world(world, sender=outsider)


def test_accept_world__twice__reverts(profile, world, controller, outsider):
    profile.offer_world(world, outsider, sender=controller)
    profile.accept_world(world, sender=outsider)
    with ape.reverts("worlds: not the candidate"):
        profile.accept_world(world, sender=outsider)


def test_accept_world__not_offered__reverts(profile, world, controller):
    with ape.reverts("worlds: not the candidate"):
        profile.accept_world(world, sender=controller)


def test_offer_world__by_another__reverts(profile, world, key, outsider):
    for sender in (key, outsider):
        with ape.reverts("worlds: not the controller"):
            profile.offer_world(world, outsider, sender=sender)


def test_offer_world__unknown_world__reverts(profile, controller):
    with ape.reverts("worlds: not the controller"):
        profile.offer_world(keccak(text="nothing"), controller, sender=controller)
