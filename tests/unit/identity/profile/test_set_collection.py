"""`Profile.set_collection`: which collections are a world's own."""

import ape


def test_set_collection__by_its_controller__recognises(profile, world, controller, outsider):
    assert not profile.is_recognised(world, outsider)
    receipt = profile.set_collection(world, outsider, True, sender=controller)

    assert receipt.events == [
        profile.CollectionChanged(world=world, token=outsider, is_recognised=True)
    ]
    assert profile.is_recognised(world, outsider)


def test_set_collection__no_longer__unverifies_and_again__verifies(
    profile, world, controller, collection, person
):
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    reference = profile.token_reference(collection, 7)
    receipt = profile.set_collection(world, collection, False, sender=controller)

    assert receipt.events == [
        profile.CollectionChanged(world=world, token=collection, is_recognised=False)
    ]
    assert not profile.avatar_of(1, world).is_verified
    assert profile.member_of_avatar(world, reference) == 0
    profile.set_collection(world, collection, True, sender=controller)
    assert profile.member_of_avatar(world, reference) == 1


def test_set_collection__of_one_world__is_not_anothers(
    profile, world, collection, controller, key, person
):
    profile.register_world("Arcade", key, sender=controller)
    arcade = profile.world_of(controller, "Arcade")
    collection.give(7, person, sender=person)
    assert not profile.is_recognised(arcade, collection)
    with ape.reverts("avatars: unknown collection"):
        profile.set_token_avatar(arcade, collection, 7, sender=person)


def test_set_collection__by_another__reverts(profile, world, collection, key, outsider):
    for sender in (key, outsider):
        with ape.reverts("worlds: not the controller"):
            profile.set_collection(world, collection, False, sender=sender)
