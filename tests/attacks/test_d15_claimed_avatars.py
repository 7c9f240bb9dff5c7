"""
D15: somebody claims another's avatar, or a world's name, where a register believes what it is told.

A shop serves whoever stands behind an avatar: it asks the register whose avatar this is, and
hands that person what the member had put aside. The thief tries eight ways to be that person, or
to be shown as verified. The Profile serves the rightful one or nobody; the twin, which writes
down what people claim, serves the thief each time: the goods of everybody whose avatar is known.
"""

import pytest
from ape.exceptions import ContractLogicError

from tests.conftest import DAY
from tests.signing import sign

ATTESTATION = (
    "AvatarAttestation(address key,bytes32 world,bytes32 reference,uint256 passport_id,"
    "uint256 issued_at,uint256 deadline)"
)
ACCOUNT = b"\x15" * 32  # the victim's account in the game, as the game calls it
VICTIM, THIEF = 1, 2
NOBODY = 0


@pytest.fixture
def victim(passport, members):
    passport.register(sender=members[0])
    return members[0]


@pytest.fixture
def thief(passport, victim, members):
    passport.register(sender=members[1])
    return members[1]


@pytest.fixture
def game(steward):
    """Who runs the world, and signs for it."""
    return steward


@pytest.fixture
def ours(profile, game):
    return found_world(profile, game)


@pytest.fixture
def twin(project, admin, passport, game):
    return found_world(admin.deploy(project.TrustingProfile, passport), game)


def found_world(register, game):
    """The game's world in a register, by the id that the shop was told."""
    world = bytes(register.register_world.call("Plaza", game, sender=game))
    register.register_world("Plaza", game, sender=game)
    return register, world


@pytest.fixture
def collection(project, game, victim):
    """The game's collection; token 7 is the victim's."""
    collection = game.deploy(project.FakeCollection)
    collection.give(7, victim, sender=game)
    return collection


@pytest.fixture
def attest(profile, chain):
    """What a key signs for a passport, by the Profile's domain."""

    def _attest(key, world, passport_id, age=0):
        now = chain.blocks.head.timestamp
        words = {"issued_at": now - age, "deadline": now + DAY}
        given = {"key": key, "world": world, "reference": ACCOUNT, "passport_id": passport_id}
        return ACCOUNT, *words.values(), sign(key, profile, ATTESTATION, **given, **words)

    return _attest


def attempt(call, *arguments, sender):
    """One step of an attack: the thief goes on whether or not it is refused."""
    try:
        call(*arguments, sender=sender)
    except ContractLogicError:
        return False
    return True


def served(register, world, reference):
    """Whom the shop serves when somebody with this avatar comes in."""
    return register.member_of_avatar(world, reference)


def reference_of(profile, collection):
    return profile.token_reference(collection, 7)


# ---- tokens -------------------------------------------------------------------------


def claim_anothers_token(place, profile, collection, game, victim, thief):
    register, world = place
    register.set_collection(world, collection, True, sender=game)
    register.set_token_avatar(world, collection, 7, sender=victim)
    attempt(register.set_token_avatar, world, collection, 7, sender=thief)
    return served(register, world, reference_of(profile, collection))


def test_anothers_token__profile__serves_its_holder(ours, profile, collection, game, victim, thief):
    assert claim_anothers_token(ours, profile, collection, game, victim, thief) == VICTIM


def test_anothers_token__trusting__serves_the_thief(twin, profile, collection, game, victim, thief):
    assert claim_anothers_token(twin, profile, collection, game, victim, thief) == THIEF


def keep_what_was_sold(place, profile, collection, game, victim, thief):
    """The thief appears as a token, sells it to the victim, and goes shopping first."""
    register, world = place
    register.set_collection(world, collection, True, sender=game)
    collection.give(7, thief, sender=game)
    register.set_token_avatar(world, collection, 7, sender=thief)
    collection.give(7, victim, sender=thief)
    return served(register, world, reference_of(profile, collection))


def test_token_sold_on__profile__serves_nobody(ours, profile, collection, game, victim, thief):
    assert keep_what_was_sold(ours, profile, collection, game, victim, thief) == NOBODY


def test_token_sold_on__trusting__serves_the_seller(twin, profile, collection, game, victim, thief):
    assert keep_what_was_sold(twin, profile, collection, game, victim, thief) == THIEF


def wear_a_copy(place, project, thief):
    """The thief deploys a copy of the collection and mints the same number."""
    register, world = place
    copy = thief.deploy(project.FakeCollection)
    copy.give(7, thief, sender=thief)
    attempt(register.set_token_avatar, world, copy, 7, sender=thief)
    return register.avatar_of(THIEF, world).is_verified


def test_copy_of_a_collection__profile__is_not_verified(ours, project, thief):
    assert not wear_a_copy(ours, project, thief)


def test_copy_of_a_collection__trusting__is_verified(twin, project, thief):
    assert wear_a_copy(twin, project, thief)


# ---- attestations ---------------------------------------------------------------------


def take_back_what_was_sold(place, attest, game, victim, thief, chain):
    """A game account changed hands; the thief shows the attestation of before."""
    register, world = place
    old = attest(game, world, THIEF)
    register.set_attested_avatar(world, old, sender=thief)
    chain.mine(deltatime=3_600)
    register.set_attested_avatar(world, attest(game, world, VICTIM), sender=victim)
    attempt(register.set_attested_avatar, world, old, sender=thief)
    return served(register, world, ACCOUNT)


def test_old_attestation__profile__serves_the_newer_ones(ours, attest, game, victim, thief, chain):
    assert take_back_what_was_sold(ours, attest, game, victim, thief, chain) == VICTIM


def test_old_attestation__trusting__serves_the_seller(twin, attest, game, victim, thief, chain):
    assert take_back_what_was_sold(twin, attest, game, victim, thief, chain) == THIEF


def copy_an_attestation(place, attest, game, victim, thief):
    """The thief reads the victim's attestation on its way and sends it first, and last."""
    register, world = place
    attestation = attest(game, world, VICTIM)
    attempt(register.set_attested_avatar, world, attestation, sender=thief)
    register.set_attested_avatar(world, attestation, sender=victim)
    attempt(register.set_attested_avatar, world, attestation, sender=thief)
    return served(register, world, ACCOUNT)


def test_copied_attestation__profile__serves_whom_it_names(ours, attest, game, victim, thief):
    assert copy_an_attestation(ours, attest, game, victim, thief) == VICTIM


def test_copied_attestation__trusting__serves_the_thief(twin, attest, game, victim, thief):
    assert copy_an_attestation(twin, attest, game, victim, thief) == THIEF


def use_a_leaked_key(place, attest, game, curator, thief, chain):
    """The game's key leaks and is changed; the thief has something of before, and signs more."""
    register, world = place
    before = attest(game, world, THIEF)
    register.set_attested_avatar(world, before, sender=thief)
    chain.mine(deltatime=3_600)
    register.set_world_key(world, curator, sender=game)
    chain.mine(deltatime=3_600)
    for attestation in (before, attest(game, world, THIEF, age=5_400), attest(game, world, THIEF)):
        attempt(register.set_attested_avatar, world, attestation, sender=thief)
    return served(register, world, ACCOUNT)


def test_leaked_key__profile__serves_nobody(ours, attest, game, curator, thief, chain):
    assert use_a_leaked_key(ours, attest, game, curator, thief, chain) == NOBODY


def test_leaked_key__trusting__serves_the_thief(twin, attest, game, curator, thief, chain):
    assert use_a_leaked_key(twin, attest, game, curator, thief, chain) == THIEF


# ---- names and words --------------------------------------------------------------------


def take_the_worlds_name(place, attest, victim, thief, game):
    """The thief registers a world of the same name and attests there to himself."""
    register, world = place
    register.set_attested_avatar(world, attest(game, world, VICTIM), sender=victim)
    theirs = bytes(register.register_world.call("Plaza", thief, sender=thief))
    attempt(register.register_world, "Plaza", thief, sender=thief)
    for place_named in (world, theirs):
        attestation = attest(thief, place_named, THIEF)
        attempt(register.set_attested_avatar, place_named, attestation, sender=thief)
    return served(register, world, ACCOUNT)


def test_worlds_name__profile__is_another_world(ours, attest, victim, thief, game):
    assert take_the_worlds_name(ours, attest, victim, thief, game) == VICTIM


def test_worlds_name__trusting__is_the_thiefs(twin, attest, victim, thief, game):
    assert take_the_worlds_name(twin, attest, victim, thief, game) == THIEF


def say_so(place, thief):
    """The thief just says that he is the victim's avatar."""
    register, world = place
    register.set_stated_avatar(world, ACCOUNT, sender=thief)
    return served(register, world, ACCOUNT), register.avatar_of(THIEF, world).is_verified


def test_stated__profile__is_shown_as_unverified_and_finds_nobody(ours, thief):
    assert say_so(ours, thief) == (NOBODY, False)


def test_stated__trusting__is_as_good_as_proven(twin, thief):
    assert say_so(twin, thief) == (THIEF, True)
