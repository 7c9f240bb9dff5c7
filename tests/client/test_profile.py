"""How people appear, by the package alone: acts, messages that others carry, and what is shown."""

import pytest
from eth_account import Account
from eth_utils import keccak

from cercle import appearance, identity, lens, typed_data
from cercle.content import ContentStore, ProfileDocument, document_hash
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.errors import ContentMissing, NotTheHolder, UnknownWorld
from cercle.flags import AvatarKind
from cercle.slips import Attestation, BadSlip
from cercle.typed_data import STRUCTS, CannotCarry, SignedMessage, carry

from .nodes import rpc, wait_mined

REFERENCE = "0x" + "ab" * 32
NOWHERE = "0x" + "cd" * 32
HOUR = 3_600


@pytest.fixture
def person(town):
    """The first of three people with a passport."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    return town.members[0]


@pytest.fixture
def world(town):
    """A world of the steward's, who signs for it as well."""
    town.send(identity.register_world(town.deployment, "Plaza", town.steward), town.steward)
    return identity.world_id(town.steward, "Plaza")


@pytest.fixture
def collection(town, project, world, person):
    """A collection of the world's, whose token 7 is the person's."""
    container = project.FakeCollection.contract_type
    code = container.get_deployment_bytecode().hex().removeprefix("0x")
    fields = {"from": town.steward, "data": "0x" + code, "gas": hex(3_000_000)}
    sent = rpc(town.url, "eth_sendTransaction", fields)
    wait_mined(town.url, sent)
    address = rpc(town.url, "eth_getTransactionReceipt", sent)["contractAddress"]
    contract = Contract("FakeCollection", address, [e.model_dump() for e in container.abi])
    town.send(contract.call("give", 7, person), town.steward)
    recognise = identity.set_collection(
        town.deployment, world, contract.address, is_recognised=True
    )
    town.send(recognise, town.steward)
    return contract


@pytest.fixture
def key_of(people, keys):
    """The key of an account of the node's."""
    return lambda account: keys[people.index(account)]


@pytest.fixture
def attestation(town, world, key_of, person):
    """What the world attested of the person."""
    now = town.now()
    message = typed_data.avatar_attestation(
        *(town.deployment, town.steward, world, REFERENCE, 1), issued_at=now, deadline=now + HOUR
    )
    signed = Account.sign_typed_data(key_of(town.steward), full_message=message.full)
    return typed_data.attested(message, signed.signature)


def shown(town, worlds, passport_id=1):
    return lens.profile(town.chain, town.deployment, passport_id, worlds)


# ---- what a person sends --------------------------------------------------------------


def test_profile__nobody__is_empty(town, world):
    view = shown(town, [world], 99)
    assert (view.content_hash, view.avatars) == (None, ())


def test_profile__deployment_without_one__is_empty(town):
    others = {n: c for n, c in town.deployment.contracts.items() if n != "Profile"}
    before = Deployment(**(dict(town.deployment) | {"contracts": others}))
    view = lens.profile(town.chain, before, 1, [NOWHERE])
    assert (view.content_hash, view.avatars) == (None, ())


def test_set_profile__text_by_its_hash__is_shown_and_forgotten(town, person):
    text = ProfileDocument(display_name="Nadia", bio="Records.\nJazz.")
    name = town.store.put(text)
    town.send(identity.set_profile(town.deployment, name), person)
    assert shown(town, ()).content_hash == name == document_hash(text)
    assert town.store.get_as(name, ProfileDocument) == text

    town.send(identity.clear_profile(town.deployment), person)
    town.store.forget(name)
    assert shown(town, ()).content_hash is None
    with pytest.raises(ContentMissing):
        town.store.get(name)
    town.store.forget(name)


def test_profile_document__same_words__never_have_the_same_hash():
    first, second = (ProfileDocument(display_name="Nadia") for _ in range(2))
    assert document_hash(first) != document_hash(second)


def test_set_token_avatar__held__is_verified_until_it_is_sold(town, world, collection, person):
    call = identity.set_token_avatar(town.deployment, world, collection.address, 7)
    town.send(call, person)
    reference = identity.token_reference(collection.address, 7)
    (avatar,) = shown(town, [world, NOWHERE]).avatars
    assert (avatar.world, avatar.kind, avatar.is_verified) == (world, AvatarKind.TOKEN, True)
    assert (avatar.reference, avatar.token) == (reference, collection.address)
    assert avatar.token_id == 7
    assert lens.member_of_avatar(town.chain, town.deployment, world, reference) == 1

    town.send(collection.call("give", 7, town.outsider), town.steward)
    assert not shown(town, [world]).avatars[0].is_verified
    assert lens.member_of_avatar(town.chain, town.deployment, world, reference) == 0
    with pytest.raises(NotTheHolder):
        town.chain.simulate(call, person)


def test_set_attested_avatar__revoked__is_unverified(town, world, person, attestation):
    town.send(identity.set_attested_avatar(town.deployment, attestation), person)
    (avatar,) = shown(town, [world]).avatars
    assert (avatar.kind, avatar.is_verified) == (AvatarKind.ATTESTED, True)
    assert (avatar.token, avatar.token_id) == (None, None)
    town.send(identity.revoke_attestation(town.deployment, world, REFERENCE), town.steward)
    assert not shown(town, [world]).avatars[0].is_verified


def test_set_stated_avatar__and_removed__comes_and_goes(town, world, person):
    town.send(identity.set_stated_avatar(town.deployment, world, REFERENCE), person)
    (avatar,) = shown(town, [world]).avatars
    assert (avatar.kind, avatar.is_verified) == (AvatarKind.STATED, False)
    assert lens.member_of_avatar(town.chain, town.deployment, world, REFERENCE) == 0
    town.send(identity.remove_avatar(town.deployment, world), person)
    assert shown(town, [world]).avatars == ()


# ---- worlds ---------------------------------------------------------------------------


def test_world__registered_and_handed_over__is_described(town, world):
    view = lens.world(town.chain, town.deployment, world)
    assert (view.controller, view.key, view.candidate) == (town.steward, town.steward, None)
    contract = town.deployment.contract("Profile")
    told = town.chain.read([contract.read("world_of", town.steward, "Plaza")], town.chain.head())
    assert "0x" + told[0].hex() == world

    town.send(identity.offer_world(town.deployment, world, town.outsider), town.steward)
    assert lens.world(town.chain, town.deployment, world).candidate == town.outsider
    town.send(identity.accept_world(town.deployment, world), town.outsider)
    town.send(identity.set_world_key(town.deployment, world, town.till), town.outsider)
    view = lens.world(town.chain, town.deployment, world)
    assert (view.controller, view.key) == (town.outsider, town.till)
    assert view.key_since == town.now()


def test_world__unknown__is_none(town, person):
    assert lens.world(town.chain, town.deployment, NOWHERE) is None
    with pytest.raises(UnknownWorld):
        town.chain.simulate(identity.set_stated_avatar(town.deployment, NOWHERE, REFERENCE), person)


# ---- what others carry ------------------------------------------------------------------


def test_structs__each__is_the_type_that_the_contract_hashes(town):
    contract, head = town.deployment.contract("Profile"), town.chain.head()
    hashes = {
        "AvatarAttestation": "ATTESTATION",
        "SetProfile": "SET_PROFILE",
        "ClearProfile": "CLEAR_PROFILE",
        "SetTokenAvatar": "SET_TOKEN",
        "SetAttestedAvatar": "SET_ATTESTED",
        "SetStatedAvatar": "SET_STATED",
        "RemoveAvatar": "REMOVE",
    }
    assert set(hashes) == {name for name, one in STRUCTS.items() if one.contract == "Profile"}
    for name, constant in hashes.items():
        told = town.chain.read([contract.read(f"{constant}_TYPE_HASH")], head)[0]
        assert told == keccak(text=STRUCTS[name].encoded_type)


@pytest.fixture
def carried(town, key_of):
    """What somebody signs, as the call that anybody sends."""

    def _carried(message, signer, **more):
        signed = Account.sign_typed_data(key_of(signer), full_message=message.full)
        return carry(
            town.deployment,
            SignedMessage(message=message, signature="0x" + signed.signature.hex(), **more),
        )

    return _carried


@pytest.fixture
def acts(town, world, collection, attestation):
    """Each act of a person's, and what is shown of them after it."""
    here = town.deployment
    text = "0x" + "ef" * 32
    return [
        (appearance.set_profile(here, text), (text, None)),
        (appearance.clear_profile(here), (None, None)),
        (
            appearance.set_token_avatar(here, world, collection.address, 7),
            (None, (AvatarKind.TOKEN, True)),
        ),
        (
            appearance.set_stated_avatar(here, world, REFERENCE),
            (None, (AvatarKind.STATED, False)),
        ),
        (
            appearance.set_attested_avatar(here, attestation),
            (None, (AvatarKind.ATTESTED, True)),
        ),
        (appearance.remove_avatar(here, world), (None, None)),
    ]


def seen(town, world):
    view = shown(town, [world])
    worn = [(one.kind, one.is_verified) for one in view.avatars]
    return view.content_hash, worn[0] if worn else None


def test_acts__sent_by_the_person__each_does_what_it_says(town, world, person, acts):
    for act, expected in acts:
        town.send(act.call, person)
        assert seen(town, world) == expected


def test_acts__carried_by_another__each_does_the_same(town, world, person, acts, key_of):
    for act, expected in acts:
        message = act.sign(town.chain, person)
        assert (message.struct, message.actor) == (act.struct, person)
        signed = Account.sign_typed_data(key_of(person), full_message=message.full)
        whole = act.signed(message, "0x" + signed.signature.hex())
        town.send(carry(town.deployment, whole), town.outsider)
        assert seen(town, world) == expected


def test_carry__attested_without_what_was_attested__is_refused(town, person, attestation, carried):
    message = typed_data.set_attested_avatar(
        town.deployment, person, attestation, nonce=1, deadline=town.now() + HOUR
    )
    other = attestation.model_copy(update={"reference": NOWHERE})
    for given in ({}, {"attestation": other}):
        with pytest.raises(CannotCarry, match="takes the attestation"):
            carried(message, person, **given)


def test_carry__attestation_itself__is_nobodys_to_carry(town, world, attestation, carried):
    message = typed_data.avatar_attestation(
        *(town.deployment, town.steward, world, REFERENCE, 1), issued_at=1, deadline=2
    )
    with pytest.raises(CannotCarry, match="No call carries"):
        carried(message, town.steward)


def test_attestation__as_text__comes_back(attestation):
    assert Attestation.from_text(attestation.as_text()) == attestation
    with pytest.raises(BadSlip, match="what a world attested"):
        Attestation.from_text(attestation.as_text()[:-9])


def test_store__forgets_only_by_a_hash(tmp_path):
    with pytest.raises(ContentMissing):
        ContentStore(str(tmp_path)).forget("../../etc/passwd")
