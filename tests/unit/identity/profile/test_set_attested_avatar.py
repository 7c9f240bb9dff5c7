"""`Profile.set_attested_avatar`: a person appears as what the world's key signed to be theirs."""

import ape
import pytest
from eth_utils import keccak

from tests.conftest import DAY
from tests.signing import sign, twin

from .conftest import ATTESTATION

ZERO = "0x" + "00" * 20
REFERENCE, ANOTHER = keccak(text="a salted name of the world's own"), keccak(text="another")
TOKEN, ATTESTED, STATED = 1, 2, 4


def test_set_attested_avatar__signed_by_the_key__is_verified(profile, world, person, attest):
    receipt = profile.set_attested_avatar(world, attest(REFERENCE), sender=person)

    assert receipt.events == [
        profile.AvatarSet(
            passport_id=1,
            world=world,
            reference=REFERENCE,
            kind=ATTESTED,
            token=ZERO,
            token_id=0,
        )
    ]
    assert profile.avatar_of(1, world) == (ATTESTED, REFERENCE, ZERO, 0, True)
    assert profile.member_of_avatar(world, REFERENCE) == 1


def test_set_attested_avatar__again__changes_nothing(profile, world, person, attest):
    attestation = attest(REFERENCE)
    profile.set_attested_avatar(world, attestation, sender=person)
    profile.remove_avatar(world, sender=person)
    profile.set_attested_avatar(world, attestation, sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 1


def test_set_attested_avatar__contract_wallet_as_key__is_asked(
    profile, world, controller, person, attest, project, admin, outsider, chain
):
    wallet = admin.deploy(project.FakeWallet, [outsider, admin])
    profile.set_world_key(world, wallet, sender=controller)
    chain.mine(deltatime=10)
    words = attest(REFERENCE, signature=b"")[:3]
    signed = {"key": wallet, "world": world, "reference": REFERENCE, "passport_id": 1}
    signed |= {"issued_at": words[1], "deadline": words[2]}
    signature = b"".join(sign(owner, profile, ATTESTATION, **signed) for owner in (outsider, admin))
    profile.set_attested_avatar(world, (*words, signature), sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 1
    wallet.break_down(sender=admin)  # asked once, when it was set
    assert profile.member_of_avatar(world, REFERENCE) == 1


def test_set_attested_avatar__attested_to_another_since__is_theirs(
    profile, world, person, other, attest, chain
):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    chain.mine(deltatime=10)
    profile.set_attested_avatar(world, attest(REFERENCE, 2), sender=other)

    assert profile.member_of_avatar(world, REFERENCE) == 2
    assert profile.avatar_of(2, world).is_verified
    assert profile.avatar_of(1, world) == (ATTESTED, REFERENCE, ZERO, 0, False)


def test_set_attested_avatar__older_one_after_a_newer__reverts(
    profile, world, person, other, attest, chain
):
    old = attest(REFERENCE)
    profile.set_attested_avatar(world, old, sender=person)
    chain.mine(deltatime=10)
    profile.set_attested_avatar(world, attest(REFERENCE, 2), sender=other)
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, old, sender=person)
    profile.remove_avatar(world, sender=other)  # nor when nobody wears it
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, old, sender=person)


def test_set_attested_avatar__to_two_in_one_second__is_the_firsts(
    profile, world, person, other, attest, now
):
    at = now()
    profile.set_attested_avatar(world, attest(REFERENCE, 2, issued_at=at), sender=other)
    with ape.reverts("avatars: a newer one exists"):
        profile.set_attested_avatar(world, attest(REFERENCE, issued_at=at), sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 2


def test_set_attested_avatar__another_reference__replaces_the_first(profile, world, person, attest):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    profile.set_attested_avatar(world, attest(ANOTHER), sender=person)
    assert profile.member_of_avatar(world, REFERENCE) == 0
    assert profile.member_of_avatar(world, ANOTHER) == 1


# ---- time ---------------------------------------------------------------------------


def test_set_attested_avatar__last_second__counts(profile, world, person, attest, now, chain):
    attestation = attest(REFERENCE, deadline=now() + 100)
    chain.pending_timestamp = now() + 100
    profile.set_attested_avatar(world, attestation, sender=person)


def test_set_attested_avatar__expired__reverts(profile, world, person, attest, now, chain):
    attestation = attest(REFERENCE, deadline=now() + 100)
    chain.pending_timestamp = now() + 101
    with ape.reverts("signatures: expired"):
        profile.set_attested_avatar(world, attestation, sender=person)


def test_set_attested_avatar__deadline_past__stays_verified(profile, world, person, attest, chain):
    profile.set_attested_avatar(world, attest(REFERENCE), sender=person)
    chain.mine(deltatime=400 * DAY)
    assert profile.member_of_avatar(world, REFERENCE) == 1


def test_set_attested_avatar__issued_this_second__counts(
    profile, world, person, attest, now, chain
):
    at = now() + 10
    attestation = attest(REFERENCE, issued_at=at)
    chain.pending_timestamp = at
    profile.set_attested_avatar(world, attestation, sender=person)


@pytest.mark.parametrize("issued_at", ["the next second", 2**64, 2**255])
def test_set_attested_avatar__issued_in_the_future__reverts(
    profile, world, person, attest, now, chain, issued_at
):
    at = now() + 10
    attestation = attest(REFERENCE, issued_at=issued_at if isinstance(issued_at, int) else at + 1)
    chain.pending_timestamp = at
    with ape.reverts("avatars: issued in the future"):
        profile.set_attested_avatar(world, attestation, sender=person)


def test_set_attested_avatar__issued_never__reverts(profile, world, person, attest):
    with ape.reverts("avatars: older than the key"):
        profile.set_attested_avatar(world, attest(REFERENCE, issued_at=0), sender=person)


# ---- another's, or meant for elsewhere ------------------------------------------------


def test_set_attested_avatar__of_another_person__reverts(profile, world, person, other, attest):
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(world, attest(REFERENCE, 1), sender=other)


def test_set_attested_avatar__of_another_world__reverts(
    profile, world, person, attest, controller, key
):
    profile.register_world("Arcade", key, sender=controller)
    arcade = profile.world_of(controller, "Arcade")
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(arcade, attest(REFERENCE), sender=person)


@pytest.mark.parametrize(
    "differing",
    [
        *({"key": ZERO}, {"world": ANOTHER}, {"reference": ANOTHER}),
        *({"passport_id": 2}, {"issued_at": 1}, {"deadline": 2**40}),
    ],
    ids=lambda differing: next(iter(differing)),
)
def test_set_attested_avatar__signed_otherwise__reverts(
    profile, world, person, attest, key, differing
):
    words = attest(REFERENCE, signature=b"")[:3]
    signed = {"key": key, "world": world, "reference": REFERENCE, "passport_id": 1}
    signed |= {"issued_at": words[1], "deadline": words[2]} | differing
    signature = sign(key, profile, ATTESTATION, **signed)
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(world, (*words, signature), sender=person)


def test_set_attested_avatar__signed_by_another__reverts(
    profile, world, person, attest, controller, outsider
):
    for signer in (person, controller, outsider):
        with ape.reverts("signatures: not by signer"):
            attestation = attest(REFERENCE, signer=signer)
            profile.set_attested_avatar(world, attestation, sender=person)


def test_set_attested_avatar__for_another_chain__reverts(profile, world, person, attest, chain):
    attestation = attest(REFERENCE, chain_id=chain.chain_id + 1)
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(world, attestation, sender=person)


def test_set_attested_avatar__for_another_contract__reverts(
    profile, world, person, attest, project, admin, passport
):
    elsewhere = admin.deploy(project.Profile, passport)
    attestation = attest(REFERENCE, verifying_contract=elsewhere)
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(world, attestation, sender=person)


@pytest.mark.parametrize("spoil", [twin, lambda s: bytes(65), lambda s: b"", lambda s: s + b"\0"])
def test_set_attested_avatar__spoilt_signature__reverts(profile, world, person, attest, spoil):
    *words, signature = attest(REFERENCE)
    with ape.reverts("signatures: not by signer"):
        profile.set_attested_avatar(world, (*words, spoil(signature)), sender=person)


def test_set_attested_avatar__unknown_world__reverts(profile, person, attest):
    with ape.reverts("worlds: unknown world"):
        profile.set_attested_avatar(ANOTHER, attest(REFERENCE), sender=person)


def test_set_attested_avatar__zero_reference__reverts(profile, world, person, attest):
    with ape.reverts("avatars: zero reference"):
        profile.set_attested_avatar(world, attest(bytes(32)), sender=person)


def test_set_attested_avatar__reference_of_a_worn_token__reverts(
    profile, world, collection, person, other, attest
):
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    reference = bytes(profile.token_reference(collection, 7))
    with ape.reverts("avatars: a token's reference"):
        profile.set_attested_avatar(world, attest(reference, 2), sender=other)
