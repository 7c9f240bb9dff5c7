"""`Profile.set_stated_avatar` and `remove_avatar`: what nobody vouches for, and the way out."""

import ape
from eth_utils import keccak

ZERO, NONE = "0x" + "00" * 20, bytes(32)
REFERENCE, NOWHERE = keccak(text="a salted name of the world's own"), keccak(text="nowhere")
TOKEN, ATTESTED, STATED = 1, 2, 4


def test_set_stated_avatar__any_reference__is_shown_and_never_verified(profile, world, person):
    receipt = profile.set_stated_avatar(world, REFERENCE, sender=person)

    assert receipt.events == [
        profile.AvatarSet(
            passport_id=1, world=world, reference=REFERENCE, kind=STATED, token=ZERO, token_id=0
        )
    ]
    assert profile.avatar_of(1, world) == (STATED, REFERENCE, ZERO, 0, False)
    assert profile.member_of_avatar(world, REFERENCE) == 0


def test_set_stated_avatar__anothers_attested_one__moves_nothing(
    profile, world, person, other, attest
):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    profile.set_stated_avatar(world, REFERENCE, sender=other)
    assert profile.member_of_avatar(world, REFERENCE) == 1
    assert profile.avatar_of(1, world).is_verified
    assert not profile.avatar_of(2, world).is_verified


def test_set_stated_avatar__ones_own_attested_one__is_no_longer_verified(
    profile, world, person, attest
):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    profile.set_stated_avatar(world, REFERENCE, sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 0
    assert profile.avatar_of(1, world) == (STATED, REFERENCE, ZERO, 0, False)


def test_set_stated_avatar__token_of_ones_own__is_not_verified(profile, world, collection, person):
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    reference = profile.token_reference(collection, 7)
    profile.set_stated_avatar(world, reference, sender=person)
    assert profile.avatar_of(1, world) == (STATED, reference, ZERO, 0, False)
    assert profile.member_of_avatar(world, reference) == 0


def test_set_stated_avatar__zero_reference__reverts(profile, world, person):
    with ape.reverts("avatars: zero reference"):
        profile.set_stated_avatar(world, NONE, sender=person)


def test_set_stated_avatar__unknown_world__reverts(profile, person):
    with ape.reverts("worlds: unknown world"):
        profile.set_stated_avatar(NOWHERE, REFERENCE, sender=person)


# ---- the way out --------------------------------------------------------------------


def test_remove_avatar__set__is_gone(profile, world, person, attest):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    receipt = profile.remove_avatar(world, sender=person)

    assert receipt.events == [
        profile.AvatarRemoved(passport_id=1, world=world, reference=REFERENCE)
    ]
    assert profile.avatar_of(1, world) == (0, NONE, ZERO, 0, False)
    assert profile.member_of_avatar(world, REFERENCE) == 0


def test_remove_avatar__none__changes_nothing(profile, world, person):
    assert profile.remove_avatar(world, sender=person).events == []
    assert profile.remove_avatar(NOWHERE, sender=person).events == []


def test_remove_avatar__of_one_world_and_person__leaves_the_others(
    profile, world, person, other, controller, key
):
    profile.register_world("Arcade", key, sender=controller)
    arcade = profile.world_of(controller, "Arcade")
    for place, sender in ((world, person), (arcade, person), (world, other)):
        profile.set_stated_avatar(place, REFERENCE, sender=sender)
    profile.remove_avatar(world, sender=person)
    assert profile.avatar_of(1, arcade).kind == STATED
    assert profile.avatar_of(2, world).kind == STATED


def test_remove_avatar__world_gone_dark__still_goes(profile, world, person, attest, controller):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    profile.set_world_key(world, controller, sender=controller)
    profile.remove_avatar(world, sender=person)
    assert profile.avatar_of(1, world).kind == 0


# ---- nobody -------------------------------------------------------------------------


def test_avatar_of__nobody__is_empty(profile, world, person):
    for passport_id in (0, 1, 99, 2**256 - 1):
        assert profile.avatar_of(passport_id, world) == (0, NONE, ZERO, 0, False)
    assert profile.avatar_of(1, NOWHERE) == (0, NONE, ZERO, 0, False)


def test_member_of_avatar__nothing__is_nobody(profile, world):
    assert profile.member_of_avatar(world, NONE) == 0
    assert profile.member_of_avatar(NOWHERE, REFERENCE) == 0
