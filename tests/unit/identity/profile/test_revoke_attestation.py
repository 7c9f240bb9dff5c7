"""`Profile.revoke_attestation`: a world takes back what it attested of one reference."""

import ape
from eth_utils import keccak

REFERENCE = keccak(text="a salted name of the world's own")


def test_revoke_attestation__in_force__unverifies(profile, world, controller, person, attest):
    attestation = attest(REFERENCE)
    profile.set_attested_avatar(world, attestation, sender=person)
    receipt = profile.revoke_attestation(world, REFERENCE, sender=controller)

    assert receipt.events == [
        profile.AttestationRevoked(world=world, reference=REFERENCE, passport_id=1)
    ]
    assert profile.member_of_avatar(world, REFERENCE) == 0
    assert not profile.avatar_of(1, world).is_verified
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, attestation, sender=person)


def test_revoke_attestation__before_it_was_set__stops_it(
    profile, world, controller, person, attest
):
    attestation = attest(REFERENCE)
    receipt = profile.revoke_attestation(world, REFERENCE, sender=controller)

    assert receipt.events == [
        profile.AttestationRevoked(world=world, reference=REFERENCE, passport_id=0)
    ]
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, attestation, sender=person)


def test_revoke_attestation__issued_in_that_second__reverts_and_later__counts(
    profile, world, controller, person, attest, now, chain
):
    at = now() + 10
    chain.pending_timestamp = at
    profile.revoke_attestation(world, REFERENCE, sender=controller)
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, attest(REFERENCE, issued_at=at), sender=person)
    chain.pending_timestamp = at + 5
    profile.set_attested_avatar(world, attest(REFERENCE, issued_at=at + 1), sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 1


def test_revoke_attestation__of_one_reference__leaves_the_others(
    profile, world, controller, person, other, attest
):
    another = keccak(text="another")
    profile.set_attested_avatar(world, attest(another, 2), sender=other)
    profile.revoke_attestation(world, REFERENCE, sender=controller)
    assert profile.member_of_avatar(world, another) == 2


def test_revoke_attestation__of_a_token__touches_no_holder(
    profile, world, controller, collection, person
):
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    reference = profile.token_reference(collection, 7)
    profile.revoke_attestation(world, reference, sender=controller)
    assert profile.member_of_avatar(world, reference) == 1


def test_revoke_attestation__by_another__reverts(profile, world, person, key, outsider):
    for sender in (key, outsider, person):
        with ape.reverts("worlds: not the controller"):
            profile.revoke_attestation(world, REFERENCE, sender=sender)
