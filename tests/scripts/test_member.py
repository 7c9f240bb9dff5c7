"""`ape run member`: who comes in, by whose word, and what the chain says of them."""

from __future__ import annotations

import pytest

from cercle import identity
from cercle.errors import Refused
from cercle.flags import Role
from cercle.loyalty import membership
from cercle.slips import Invitation
from cercle.values import checksum
from tests.scripts.stage import Brand


@pytest.fixture(scope="module")
def people(brand: Brand) -> list[str]:
    """Six people with a passport; nobody is a member yet."""
    people = brand.people(6)
    for person in people:
        brand.node.send(person, identity.register(brand.deployment))
    return people


def is_member(brand: Brand, person: str) -> bool:
    return brand.ask("Membership", "member_of", person)[1] != 0


def test_admit__some_twice__admits_each_once(ape, brand, people, tmp_path):
    listed = tmp_path / "people.txt"
    listed.write_text(f"# from the counter\n{people[1]}\n\n{people[0]}  # twice\n")
    argv = ["member", "admit", people[0], "--file", str(listed), *brand.words(Role.STEWARD)]
    first = ape.run(*argv)
    assert first.code == 0, first.text
    assert "admit 2 people: done in block" in first.text
    assert is_member(brand, people[0])
    assert is_member(brand, people[1])
    assert "Everybody named is a member already." in ape.run(*argv).text


def test_admit__nobody_named__is_a_usage_error(ape, brand):
    outcome = ape.run("member", "admit", *brand.words(Role.STEWARD))
    assert outcome.code == 2
    assert outcome.refusal == "Name at least one account."


def test_admit__no_passport__is_refused(ape, brand, people):
    stranger = checksum(brand.node.accounts[18])
    outcome = ape.run("member", "admit", people[2], stranger, *brand.words(Role.STEWARD))
    assert outcome.refusal == f"{stranger} has no passport: they register it themselves."
    assert not is_member(brand, people[2])


def test_admit__without_the_role__changes_nothing(ape, brand, people):
    outcome = ape.run("member", "admit", people[2], *brand.words(Role.ISSUER))
    assert outcome.code == 1
    assert "role" in outcome.refusal
    assert not is_member(brand, people[2])


@pytest.mark.parametrize(
    "text", ["0x12", "someone.eth", "0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266"]
)
def test_admit__bad_address__is_named(ape, brand, text):
    outcome = ape.run("member", "admit", text, *brand.words(Role.STEWARD))
    assert outcome.code == 2
    assert text in outcome.refusal
    assert "checksum" in outcome.refusal


def test_admit__bad_line_in_the_file__is_named(ape, brand, people, tmp_path):
    listed = tmp_path / "people.txt"
    listed.write_text(f"{people[2]}\nnobody\n")
    outcome = ape.run("member", "admit", "--file", str(listed), *brand.words(Role.STEWARD))
    assert "people.txt, line 2:" in outcome.refusal
    assert not is_member(brand, people[2])


def test_invite__bearer__opens_the_door_once(ape, brand, people):
    outcome = ape.run("member", "invite", "--link", "/card", *brand.words(Role.STEWARD))
    assert outcome.code == 0, outcome.text
    link = next(line for line in outcome.text.splitlines() if "invitation=" in line)
    slip = Invitation.from_text(link.partition("invitation=")[2])
    brand.node.send(people[3], membership.join_invited(brand.deployment, slip))
    assert is_member(brand, people[3])
    with pytest.raises(Refused) as refusal:
        brand.node.chain.simulate(membership.join_invited(brand.deployment, slip), people[4])
    assert refusal.value.reason == "signatures: nonce used"


def test_invite__without_the_role__signs_nothing(ape, brand):
    outcome = ape.run("member", "invite", *brand.words(Role.TILL))
    assert outcome.refusal == f"{checksum(brand.seat(Role.TILL))} does not hold the role steward."
    assert "invitation=" not in outcome.text


def test_show__member_and_stranger(ape, brand, people):
    stranger = checksum(brand.node.accounts[18])
    assert ape.run("member", "show", stranger, *brand.words()).refusal == (
        f"{stranger} has no passport."
    )
    never = ape.run("member", "show", people[5], *brand.words())
    assert "never a member here" in never.text
    ape.run("member", "admit", people[2], *brand.words(Role.STEWARD))
    shown = ape.run("member", "show", people[2], *brand.words())
    assert f"main wallet {checksum(people[2])}" in shown.text
    assert "standing 0, tier 0, 0 points, votes 0" in shown.text


def test_roles__given_and_taken__by_the_admin(ape, brand):
    helper = checksum(brand.node.accounts[17])
    given = ape.run("member", "roles", helper, "till", "issuer", *brand.words(Role.ADMIN))
    assert given.code == 0, given.text
    assert brand.ask("Charter", "roles", helper) == Role.TILL | Role.ISSUER
    taken = ape.run("member", "roles", helper, "issuer", "--take", *brand.words(Role.ADMIN))
    assert taken.code == 0, taken.text
    assert brand.ask("Charter", "roles", helper) == Role.TILL
    unknown = ape.run("member", "roles", helper, "king", *brand.words(Role.ADMIN))
    assert unknown.refusal == "There is no role 'king'."


def test_tiers__by_the_admin__change(ape, brand):
    outcome = ape.run("member", "tiers", "50", "150", *brand.words(Role.ADMIN))
    assert outcome.code == 0, outcome.text
    assert brand.ask("Membership", "tiers") == [50, 150]
