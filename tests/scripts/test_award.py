"""`ape run award`: a file is paid once, in batches, whatever happens on the way."""

from __future__ import annotations

import pytest

from cercle import identity
from cercle.flags import Role
from cercle.loyalty import membership
from cercle.values import checksum
from tests.scripts.stage import KILLED, Brand, running_node

HEADER = "account,points,standing\n"


@pytest.fixture(scope="module")
def people(brand: Brand) -> list[str]:
    """Three members of the brand."""
    people = brand.people(3)
    for person in people:
        brand.node.send(person, identity.register(brand.deployment))
    ids = [brand.ask("Passport", "id_of", person) for person in people]
    brand.node.send(brand.seat(Role.STEWARD), membership.admit(brand.deployment, ids))
    return people


@pytest.fixture
def awards(people, tmp_path):
    """250 awards in three batches: 2 points and 1 standing each, in turn."""
    path = tmp_path / "awards.csv"
    lines = [f"{people[i % 3]},2,1" for i in range(250)]
    path.write_text(HEADER + "\n".join(lines) + "\n")
    return path


def balances(brand: Brand, people: list[str]) -> list[int]:
    return [brand.ask("Points", "balanceOf", person) for person in people]


def standing(brand: Brand, people: list[str]) -> list[int]:
    ids = [brand.ask("Passport", "id_of", person) for person in people]
    return [brand.ask("Membership", "standing_of", i) for i in ids]


def test_csv__again__pays_once(ape, brand, people, awards):
    before = balances(brand, people), standing(brand, people)
    argv = ["award", "csv", str(awards), "--label", "once", *brand.words(Role.ISSUER)]
    first = ape.run(*argv)
    assert first.code == 0, first.text
    assert "batch 3 of 3: 50 awards, 100 points, 50 standing: done in block" in first.text
    second = ape.run(*argv)
    assert second.text.count("paid before, left alone") == 3
    gained = [168, 166, 166]
    assert balances(brand, people) == [b + g for b, g in zip(before[0], gained, strict=True)]
    assert standing(brand, people) == [b + g // 2 for b, g in zip(before[1], gained, strict=True)]


def test_csv__dry_run__sends_nothing(ape, brand, people, awards):
    before = balances(brand, people)
    outcome = ape.run("award", "csv", str(awards), "--dry-run", *brand.words(Role.ISSUER))
    assert outcome.code == 0, outcome.text
    assert outcome.text.count("would send: batch") == 3
    assert balances(brand, people) == before


def test_csv__killed_after_each_batch__pays_once(ape, brand, people, awards):
    before = balances(brand, people)
    issuer = brand.seat(Role.ISSUER)
    start = brand.node.nonce(issuer)
    argv = ["award", "csv", str(awards), "--label", "torn", *brand.words(Role.ISSUER)]
    kills = 0
    for sent in range(1, 4):
        outcome = ape.run(
            *argv, kill_when=lambda goal=start + sent: brand.node.nonce(issuer) >= goal
        )
        kills += outcome.code == KILLED
    assert kills >= 2
    assert ape.run(*argv).code == 0
    assert brand.node.nonce(issuer) == start + 3
    gained = [168, 166, 166]
    assert balances(brand, people) == [b + g for b, g in zip(before, gained, strict=True)]


def test_csv__somebody_without_a_passport__is_skipped_by_name(ape, brand, people, tmp_path):
    stranger = brand.node.accounts[19]
    path = tmp_path / "mixed.csv"
    path.write_text(f"{HEADER}{stranger},5,5\n{people[0]},5,5\n")
    before = balances(brand, people)[0]
    outcome = ape.run("award", "csv", str(path), *brand.words(Role.ISSUER))
    assert outcome.code == 0, outcome.text
    assert f"skipped {checksum(stranger)}: This wallet has no passport." in outcome.text
    assert balances(brand, people)[0] == before + 5


def test_reverse__one_line__takes_back_what_it_gave(ape, brand, people, tmp_path):
    path = tmp_path / "mistake.csv"
    path.write_text(f"{HEADER}{people[1]},40,30\n{people[2]},7,7\n")
    assert ape.run("award", "csv", str(path), *brand.words(Role.ISSUER)).code == 0
    before = balances(brand, people), standing(brand, people)
    outcome = ape.run("award", "reverse", str(path), "1", *brand.words(Role.ISSUER))
    assert outcome.code == 0, outcome.text
    assert balances(brand, people) == [before[0][0], before[0][1] - 40, before[0][2]]
    assert standing(brand, people) == [before[1][0], before[1][1] - 30, before[1][2]]
    beyond = ape.run("award", "reverse", str(path), "3", *brand.words(Role.ISSUER))
    assert beyond.refusal == "mistake.csv holds 2 awards; there is no 3."


def test_csv__malformed__names_line_and_column(ape, brand, people, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}{people[0]},1,1\n{people[1]},many,1\n")
    issuer = brand.seat(Role.ISSUER)
    before = brand.node.nonce(issuer)
    outcome = ape.run("award", "csv", str(path), *brand.words(Role.ISSUER))
    assert outcome.code == 1
    assert outcome.refusal == "bad.csv, line 3, column points: 'many' is not a whole number."
    assert brand.node.nonce(issuer) == before


def test_csv__account_without_the_role__changes_nothing(ape, brand, people, awards):
    before = balances(brand, people)
    outcome = ape.run("award", "csv", str(awards), "--label", "no", *brand.words(Role.TILL))
    assert outcome.code == 1
    assert "role" in outcome.refusal
    assert balances(brand, people) == before


def test_csv__node_down__is_one_sentence(ape, brand, awards):
    argv = ["award", "csv", str(awards), "--deployment", str(brand.path), "--account", "TEST::2"]
    outcome = ape.run(*argv, "--network", "ethereum:demo:http://127.0.0.1:9")
    assert outcome.code != 0
    assert "Traceback" not in outcome.text
    assert "http://127.0.0.1:9" in outcome.text


def test_csv__unknown_network__is_one_sentence(ape, brand, awards):
    argv = ["award", "csv", str(awards), "--deployment", str(brand.path), "--account", "TEST::2"]
    outcome = ape.run(*argv, "--network", "ethereum:atlantis")
    assert outcome.code != 0
    assert "Traceback" not in outcome.text
    assert "atlantis" in outcome.text


def test_csv__another_chain__is_one_sentence(ape, brand, awards):
    with running_node(424_242, "rehearsal") as other:
        argv = ["award", "csv", str(awards), "--deployment", str(brand.path)]
        outcome = ape.run(*argv, "--account", "TEST::2", "--network", other.network)
    assert outcome.refusal == (
        "deployment.json is of chain 31337, but the connected network is chain 424242."
    )


def test_budget__by_the_treasurer__counts_from_the_next_period(ape, brand):
    outcome = ape.run("award", "budget", "600000", *brand.words(Role.TREASURER))
    assert outcome.code == 0, outcome.text
    assert brand.ask("Rewards", "budget") == 500_000
