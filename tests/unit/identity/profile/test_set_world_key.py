"""`Profile.set_world_key`: a rotated key ends what the former one attested, at once."""

import ape
from eth_utils import keccak

ZERO = "0x" + "00" * 20
REFERENCE = keccak(text="a salted name of the world's own")


def test_set_world_key__by_its_controller__changes(profile, world, controller, key, outsider, now):
    receipt = profile.set_world_key(world, outsider, sender=controller)

    assert receipt.events == [profile.WorldKeyChanged(world=world, old_key=key, new_key=outsider)]
    assert profile.world(world) == (controller, ZERO, outsider, now())


def test_set_world_key__afterwards__what_was_attested_is_unverified(
    profile, world, controller, person, attest, outsider
):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    assert profile.avatar_of(1, world).is_verified
    profile.set_world_key(world, outsider, sender=controller)
    assert not profile.avatar_of(1, world).is_verified
    assert profile.member_of_avatar(world, REFERENCE) == 0


def test_set_world_key__back_to_a_former_key__revives_nothing(
    profile, world, controller, person, attest, key, outsider
):
    set_before, kept_back = attest(REFERENCE), attest(keccak(text="another"))
    profile.set_attested_avatar(world, set_before, sender=person)
    profile.set_world_key(world, outsider, sender=controller)
    profile.set_world_key(world, key, sender=controller)

    assert not profile.avatar_of(1, world).is_verified
    for attestation in (set_before, kept_back):
        with ape.reverts("avatars: older than the key"):
            profile.set_attested_avatar(world, attestation, sender=person)


def test_set_world_key__second_of_the_change__counts_for_the_former_key(
    profile, world, controller, person, attest, key, now, chain
):
    at = now() + 10
    chain.pending_timestamp = at
    profile.set_world_key(world, key, sender=controller)
    with ape.reverts("avatars: older than the key"):
        profile.set_attested_avatar(world, attest(REFERENCE, issued_at=at), sender=person)
    chain.pending_timestamp = at + 5
    profile.set_attested_avatar(world, attest(REFERENCE, issued_at=at + 1), sender=person)
    assert profile.avatar_of(1, world).is_verified


def test_set_world_key__tokens__stay_verified(
    profile, world, controller, person, collection, outsider
):
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    profile.set_world_key(world, outsider, sender=controller)
    assert profile.avatar_of(1, world).is_verified


def test_set_world_key__zero__reverts(profile, world, controller):
    with ape.reverts("worlds: zero key"):
        profile.set_world_key(world, ZERO, sender=controller)


def test_set_world_key__by_the_key_itself__reverts(profile, world, key):
    with ape.reverts("worlds: not the controller"):
        profile.set_world_key(world, key, sender=key)


def test_set_world_key__unknown_world__reverts(profile, controller, key):
    with ape.reverts("worlds: not the controller"):
        profile.set_world_key(REFERENCE, key, sender=controller)
