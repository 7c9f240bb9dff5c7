"""Tokens that answer badly when asked whose they are: nobody's, and nothing else happens."""

import ape
import pytest

REVERTS, SILENT, MUTTERS, BABBLES, FLOODS, REVERTS_AT_LENGTH = 1, 2, 4, 8, 16, 32
DEVOURS, REENTERS, ASKS_BACK, LABOURS, STAMMERS = 64, 128, 256, 512, 1_024
BAD = (REVERTS, SILENT, MUTTERS, BABBLES, REVERTS_AT_LENGTH, DEVOURS, REENTERS, ASKS_BACK)


@pytest.fixture
def worn(profile, world, collection, person):
    """The person appears as token 7, which told the truth so far."""
    collection.give(7, person, sender=person)
    profile.set_token_avatar(world, collection, 7, sender=person)
    return profile.token_reference(collection, 7)


@pytest.mark.parametrize("manner", BAD)
def test_member_of_avatar__bad_answer__is_nobody(profile, world, collection, person, worn, manner):
    collection.set_manner(manner, world, sender=person)
    assert profile.member_of_avatar(world, worn) == 0
    assert not profile.avatar_of(1, world).is_verified
    collection.set_manner(0, sender=person)
    assert profile.member_of_avatar(world, worn) == 1


@pytest.mark.parametrize("manner", BAD)
def test_set_token_avatar__bad_answer__reverts(profile, world, collection, person, manner):
    collection.give(7, person, sender=person)
    collection.set_manner(manner, world, sender=person)
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, collection, 7, sender=person)


@pytest.mark.parametrize("manner", BAD)
def test_remove_avatar__bad_answer__is_not_asked_for(
    profile, world, collection, person, worn, manner
):
    collection.set_manner(manner, world, sender=person)
    profile.remove_avatar(world, sender=person)
    assert profile.avatar_of(1, world).kind == 0


@pytest.mark.parametrize("manner", [FLOODS, STAMMERS, LABOURS])
def test_member_of_avatar__long_or_dear_answer__counts_by_its_first_word(
    profile, world, collection, person, worn, manner
):
    collection.set_manner(manner, sender=person)
    assert profile.member_of_avatar(world, worn) == 1


def test_set_token_avatar__no_contract__reverts(profile, world, controller, person, outsider):
    profile.set_collection(world, outsider, True, sender=controller)
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, outsider, 7, sender=person)


@pytest.mark.parametrize("number", range(1, 18))
def test_set_token_avatar__precompile__reverts(profile, world, controller, person, number):
    contract = f"0x{number:040x}"
    profile.set_collection(world, contract, True, sender=controller)
    with ape.reverts("avatars: not the holder"):
        profile.set_token_avatar(world, contract, 7, sender=person)


def test_member_of_avatar__devouring_token__costs_no_more_than_its_share(
    profile, world, collection, person, worn, limits, ask
):
    collection.set_manner(DEVOURS, sender=person)
    data = profile.member_of_avatar.encode_input(world, worn)
    assert int.from_bytes(ask(profile, data, gas=limits.OWNER_GAS() + 60_000)) == 0


def test_member_of_avatar__too_little_gas__is_refused_and_never_a_lie(
    profile, world, collection, person, worn, limits, ask
):
    collection.set_manner(LABOURS, sender=person)
    data = profile.member_of_avatar.encode_input(world, worn)
    least, most = 40_000, limits.OWNER_GAS() + 60_000
    answers = [ask(profile, data, gas=gas) for gas in range(least, most, 2_500)]
    refused = [answer for answer in answers if isinstance(answer, str)]
    assert all("avatars: too little gas" in answer for answer in refused)
    assert 0 < len(refused) < len(answers)
    assert {int.from_bytes(answer) for answer in answers[len(refused) :]} == {1}
