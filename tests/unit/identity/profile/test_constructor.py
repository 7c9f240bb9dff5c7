"""What a Profile is made of."""

import ape

ZERO = "0x" + "00" * 20


def test_constructor__arguments__are_read_back(profile, passport):
    assert profile.passport() == passport
    assert profile.VERSION() == "1.0.0"


def test_constructor__no_passport__reverts(project, admin):
    with ape.reverts("avatars: zero passport"):
        admin.deploy(project.Profile, ZERO)


def test_domain__name_and_version__are_the_profiles(profile):
    _, name, version, *_ = profile.eip712Domain()
    assert (name, version) == ("Cercle Profile", "1")
