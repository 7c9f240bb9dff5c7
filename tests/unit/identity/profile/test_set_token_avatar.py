"""`Profile.set_token_avatar`: a person appears as a token that a wallet of theirs holds."""

import ape
import pytest
from eth_abi import encode
from eth_utils import keccak

ZERO = "0x" + "00" * 20
TOKEN, ATTESTED, STATED = 1, 2, 4


@pytest.fixture
def reference(collection):
    """What token 7 is called."""
    return keccak(encode(["address", "uint256"], [collection.address, 7]))


@pytest.fixture
def worn(profile, world, collection, person):
    """The person appears as token 7."""
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)


def test_set_token_avatar__held_by_the_main_wallet__is_verified(
    profile, world, collection, person, reference
):
    collection.give(7, person, sender=person)
    receipt = profile.set_token_avatar(world, collection, 7, sender=person)

    assert receipt.events == [
        profile.AvatarSet(
            passport_id=1,
            world=world,
            reference=reference,
            kind=TOKEN,
            token=collection,
            token_id=7,
        )
    ]
    assert profile.avatar_of(1, world) == (TOKEN, reference, collection, 7, True)
    assert profile.member_of_avatar(world, reference) == 1
    assert profile.token_reference(collection, 7) == reference


def test_set_token_avatar__held_by_a_linked_wallet__is_verified(
    profile, world, collection, person, link_to, outsider, reference
):
    link_to(person, outsider)
    collection.give(7, outsider, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    assert profile.member_of_avatar(world, reference) == 1


def test_set_token_avatar__linked_wallet_let_go__is_unverified(
    profile, passport, world, collection, person, link_to, outsider, reference
):
    link_to(person, outsider)
    collection.give(7, outsider, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    passport.unlink(outsider, sender=person)
    assert not profile.avatar_of(1, world).is_verified
    assert profile.member_of_avatar(world, reference) == 0


def test_set_token_avatar__sold_on__finds_neither_and_then_the_new_holder(
    profile, world, collection, person, other, reference, worn
):
    collection.give(7, other, sender=person)
    assert profile.avatar_of(1, world) == (TOKEN, reference, collection, 7, False)
    assert profile.member_of_avatar(world, reference) == 0

    profile.set_token_avatar(world, collection, 7, sender=other)
    assert profile.member_of_avatar(world, reference) == 2
    assert profile.avatar_of(2, world).is_verified
    assert not profile.avatar_of(1, world).is_verified


def test_set_token_avatar__lent_out_and_back__is_verified_again_by_itself(
    profile, world, collection, person, other, reference, worn
):
    collection.give(7, other, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=other)
    collection.give(7, person, sender=other)
    assert profile.member_of_avatar(world, reference) == 1
    assert profile.avatar_of(1, world).is_verified
    assert not profile.avatar_of(2, world).is_verified


def test_set_token_avatar__destroyed__is_unverified(profile, world, collection, person, worn):
    collection.give(7, ZERO, sender=person)
    assert not profile.avatar_of(1, world).is_verified


def test_set_token_avatar__another_token__replaces_the_first(
    profile, world, collection, person, reference, worn
):
    collection.give(8, person, sender=person)
    profile.set_token_avatar(world, collection, 8, sender=person)
    assert profile.avatar_of(1, world).token_id == 8
    assert profile.member_of_avatar(world, reference) == 0


def test_set_token_avatar__in_two_worlds__is_verified_in_both(
    profile, world, collection, person, controller, key, reference, worn
):
    profile.register_world("Arcade", key, sender=controller)
    arcade = profile.world_of(controller, "Arcade")
    profile.set_collection(arcade, collection, True, sender=controller)
    assert profile.member_of_avatar(arcade, reference) == 0
    profile.set_token_avatar(arcade, collection, 7, sender=person)
    assert profile.member_of_avatar(arcade, reference) == 1
    assert profile.member_of_avatar(world, reference) == 1


def test_set_token_avatar__after_it_was_attested__is_the_holders(
    profile, world, collection, person, other, attest, reference
):
    profile.set_attested_avatar(world, attest(reference, 2), sender=other)
    assert profile.member_of_avatar(world, reference) == 2
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    assert profile.member_of_avatar(world, reference) == 1
    assert not profile.avatar_of(2, world).is_verified


def test_set_token_avatar__of_another_person__reverts(
    profile, world, collection, person, other, worn
):
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, collection, 7, sender=other)


def test_set_token_avatar__of_a_wallet_without_passport__reverts(
    profile, world, collection, person, outsider
):
    collection.give(7, outsider, sender=person)
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, collection, 7, sender=person)


def test_set_token_avatar__that_does_not_exist__reverts(profile, world, collection, person):
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, collection, 7, sender=person)


def test_set_token_avatar__copy_of_the_collection__reverts(
    profile, world, collection, person, project
):
    copy = person.deploy(project.FakeCollection)
    copy.give(7, person, sender=person)
    with ape.reverts("avatars: unknown collection"):
        profile.set_token_avatar(world, copy, 7, sender=person)


def test_set_token_avatar__unknown_world__reverts(profile, collection, person):
    collection.give(7, person, sender=person)
    with ape.reverts("avatars: unknown collection"):
        profile.set_token_avatar(keccak(text="nothing"), collection, 7, sender=person)
