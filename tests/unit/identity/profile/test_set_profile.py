"""`Profile.set_profile` and `clear_profile`: a person's own text, by its hash."""

import ape
from eth_utils import keccak

TEXT, OTHER_TEXT, NONE = keccak(text="a text"), keccak(text="another"), bytes(32)


def test_set_profile__first__is_shown(profile, person):
    receipt = profile.set_profile(TEXT, sender=person)

    assert receipt.events == [profile.ProfileSet(passport_id=1, old_content=NONE, new_content=TEXT)]
    assert profile.profile_of(1) == TEXT


def test_set_profile__another__replaces_the_first(profile, person):
    profile.set_profile(TEXT, sender=person)
    receipt = profile.set_profile(OTHER_TEXT, sender=person)

    assert receipt.events == [
        profile.ProfileSet(passport_id=1, old_content=TEXT, new_content=OTHER_TEXT)
    ]
    assert profile.profile_of(1) == OTHER_TEXT


def test_set_profile__of_two_people__are_two(profile, person, other):
    profile.set_profile(TEXT, sender=person)
    profile.set_profile(OTHER_TEXT, sender=other)
    assert (profile.profile_of(1), profile.profile_of(2)) == (TEXT, OTHER_TEXT)


def test_set_profile__main_wallet_changed__goes_along(profile, passport, person, link_to, outsider):
    profile.set_profile(TEXT, sender=person)
    link_to(person, outsider)
    passport.set_main(outsider, sender=person)
    assert profile.profile_of(1) == TEXT
    profile.set_profile(OTHER_TEXT, sender=outsider)
    assert profile.profile_of(1) == OTHER_TEXT


def test_set_profile__no_content__reverts(profile, person):
    with ape.reverts("profile: no content"):
        profile.set_profile(NONE, sender=person)


def test_clear_profile__shown__is_gone(profile, person):
    profile.set_profile(TEXT, sender=person)
    receipt = profile.clear_profile(sender=person)

    assert receipt.events == [profile.ProfileSet(passport_id=1, old_content=TEXT, new_content=NONE)]
    assert profile.profile_of(1) == NONE


def test_clear_profile__nothing_shown__changes_nothing(profile, person):
    assert profile.clear_profile(sender=person).events == []


def test_every_act__from_a_linked_wallet__reverts(profile, person, link_to, outsider):
    link_to(person, outsider)
    for act in acts(profile):
        with ape.reverts("profile: not the main wallet"):
            act(sender=outsider)


def test_every_act__without_a_passport__reverts(profile, outsider):
    for act in acts(profile):
        with ape.reverts("profile: no passport"):
            act(sender=outsider)


def acts(profile):
    """Each act of a person's."""
    nothing = (NONE, 0, 0, b"")
    return (
        lambda **who: profile.set_profile(TEXT, **who),
        lambda **who: profile.clear_profile(**who),
        lambda **who: profile.set_token_avatar(NONE, profile, 1, **who),
        lambda **who: profile.set_attested_avatar(NONE, nothing, **who),
        lambda **who: profile.set_stated_avatar(NONE, TEXT, **who),
        lambda **who: profile.remove_avatar(NONE, **who),
    )
