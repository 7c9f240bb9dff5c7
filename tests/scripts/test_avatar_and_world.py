"""`ape run world` and `ape run member avatar`: who is who in a world, and who came in."""

from __future__ import annotations

import pytest
from eth_utils.crypto import keccak

from cercle import core, identity
from cercle.artifacts import Artifacts
from cercle.content import ContentStore, ProfileDocument
from cercle.flags import Role
from cercle.values import checksum
from demo.script import BRAND
from tests.client.nodes import wait_mined
from tests.scripts.stage import FIRST_PERSON, Brand

REFERENCE = "0x" + "ab" * 32
STEWARD = "TEST::4"


@pytest.fixture(scope="module")
def person(brand: Brand) -> str:
    """A person with a passport, who shows a text."""
    person = brand.people(1)[0]
    brand.node.send(person, identity.register(brand.deployment))
    seal = ContentStore(brand.content).put(ProfileDocument(display_name="Nadia"))
    brand.node.send(person, identity.set_profile(brand.deployment, seal))
    return person


@pytest.fixture(scope="module")
def world(ape, brand: Brand) -> str:
    """A world of the steward's, which the brand's document names."""
    outcome = ape.run("world", "register", "Plaza", *brand.words(Role.STEWARD))
    assert outcome.code == 0, outcome.text
    world = outcome.text.split("world ")[-1].strip()
    named = [{"id": world, "name": {"fr": "La Place", "en": "The Plaza"}}]
    seal = ContentStore(brand.content).put({**BRAND, "worlds": named})
    brand.node.send(brand.seat(Role.ADMIN), core.set_profile(brand.deployment, seal))
    return world


@pytest.fixture(scope="module")
def collection(brand: Brand, world: str) -> str:
    """A collection, whose token 7 is nobody's yet."""
    code = "0x" + Artifacts()["FakeCollection"].initcode.hex()
    sent = brand.node.rpc(
        "eth_sendTransaction",
        {"from": brand.seat(Role.STEWARD), "data": code, "gas": hex(4 * 10**6)},
    )
    wait_mined(brand.node.url, sent)
    return checksum(brand.node.rpc("eth_getTransactionReceipt", sent)["contractAddress"])


def signs(brand: Brand, account: str) -> list[str]:
    return [*brand.words(), "--account", account]


def me(brand: Brand) -> list[str]:
    return signs(brand, f"TEST::{FIRST_PERSON}")


def test_world__by_its_name_or_id__is_shown(ape, brand, world):
    steward = checksum(brand.seat(Role.STEWARD))
    for text in (world, "The Plaza", "La Place"):
        outcome = ape.run("world", "show", text, *brand.words())
        assert f"world {world}\ncontroller {steward}, key {steward}" in outcome.text


def test_world__name_that_the_brand_does_not_use__is_refused(ape, brand, world):
    outcome = ape.run("world", "show", "Plaza", *brand.words())
    assert outcome.refusal == "The brand's document names no world 'Plaza': give its id."
    unknown = ape.run("world", "show", REFERENCE, *brand.words())
    assert unknown.refusal == f"There is no world {REFERENCE}."


def test_attest__set_by_the_member__is_found_until_it_is_revoked(ape, brand, world, person):
    signed = ape.run("world", "attest", "The Plaza", person, *signs(brand, STEWARD))
    assert signed.code == 0, signed.text
    first, slip = signed.text.strip().splitlines()[-2:]
    reference = first.removeprefix("reference ")
    assert ape.run("member", "avatar", "set", "--attested", slip, *me(brand)).code == 0

    found = ape.run("member", "avatar", "resolve", "The Plaza", reference, *brand.words())
    assert f"passport 1, main wallet {checksum(person)}: no member here" in found.text
    shown = ape.run("member", "avatar", "show", person, *brand.words())
    assert "passport 1: calls themselves 'Nadia'" in shown.text
    assert f"verified, attested {reference}" in shown.text

    ape.run("world", "revoke", "The Plaza", reference, *signs(brand, STEWARD))
    gone = ape.run("member", "avatar", "resolve", "The Plaza", reference, *brand.words())
    assert gone.refusal == "Nobody is verified as this avatar now."
    shown = ape.run("member", "avatar", "show", person, world, *brand.words())
    assert f"UNVERIFIED, attested {reference}" in shown.text


def test_attest__not_the_key__signs_nothing(ape, brand, world, person):
    outcome = ape.run("world", "attest", world, person, *brand.words(Role.TILL))
    assert outcome.refusal == f"{checksum(brand.seat(Role.TILL))} is not this world's key."


def test_token__recognised_and_held__is_found(ape, brand, world, collection, person):
    chosen = ["--token", collection, "--id", "7"]
    wear = ["member", "avatar", "set", "The Plaza", *chosen, *me(brand)]
    assert ape.run(*wear).refusal == "This world does not call that collection its own."
    done = ape.run("world", "collection", "The Plaza", collection, *signs(brand, STEWARD))
    assert done.code == 0, done.text
    assert ape.run(*wear).refusal == "No wallet of this passport holds that token now."
    give = (
        "0x"
        + keccak(text="give(uint256,address)")[:4].hex()
        + f"{7:064x}"
        + person[2:].rjust(64, "0")
    )
    fields = {"from": person, "to": collection, "data": give}
    brand.node.rpc("eth_sendTransaction", fields)
    assert ape.run(*wear).code == 0
    found = ape.run("member", "avatar", "resolve", "La Place", *chosen, *brand.words())
    assert "passport 1" in found.text
    shown = ape.run("member", "avatar", "show", person, *brand.words())
    assert f"verified, token 7 of {collection}" in shown.text


def test_stated__set_and_removed__is_never_found(ape, brand, world, person):
    done = ape.run("member", "avatar", "set", world, "--stated", REFERENCE, *me(brand))
    assert done.code == 0, done.text
    shown = ape.run("member", "avatar", "show", person, *brand.words())
    assert f"UNVERIFIED, stated {REFERENCE}" in shown.text
    found = ape.run("member", "avatar", "resolve", world, REFERENCE, *brand.words())
    assert found.refusal == "Nobody is verified as this avatar now."
    assert ape.run("member", "avatar", "remove", world, *me(brand)).code == 0
    shown = ape.run("member", "avatar", "show", person, *brand.words())
    assert "no avatar there" in shown.text


def test_world__changes_key_and_hands__by_its_controller(ape, brand, world):
    till, admin = (checksum(brand.seat(role)) for role in (Role.TILL, Role.ADMIN))
    assert ape.run("world", "key", world, till, *signs(brand, STEWARD)).code == 0
    assert ape.run("world", "offer", world, admin, *signs(brand, STEWARD)).code == 0
    assert f"offered to {admin}" in ape.run("world", "show", world, *brand.words()).text
    refused = ape.run("world", "accept", world, *brand.words(Role.TILL))
    assert refused.refusal == "This world was not offered to this account."
    assert ape.run("world", "accept", world, *brand.words(Role.ADMIN)).code == 0
    shown = ape.run("world", "show", world, *brand.words()).text
    assert f"controller {admin}, key {till}" in shown
    outcome = ape.run("world", "key", world, till, *signs(brand, STEWARD))
    assert outcome.refusal == "Only the world's controller may do this."


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["set", "The Plaza"], "Give one of --token, --attested and --stated."),
        (["set", "--stated", REFERENCE], "Name the WORLD, but with --attested, which names"),
        (["set", "The Plaza", "--attested", "x"], "Name the WORLD, but with --attested, which"),
        (["set", "--attested", "nonsense"], "This is not what a world attested of somebody."),
        (["set", "0x12", "--stated", REFERENCE], "'0x12' is not a hash"),
        (["set", "The Plaza", "--stated", "Nadia"], "'Nadia' is no reference"),
    ],
)
def test_avatar__said_wrongly__is_a_sentence(ape, brand, world, words, refusal):
    outcome = ape.run("member", "avatar", *words, *me(brand))
    assert outcome.code != 0
    assert refusal in outcome.refusal
