"""`ape run index`: read the chain once, say how it stands, add it up and compare."""

from __future__ import annotations

import sqlite3

import pytest

from cercle import identity
from cercle.flags import Role
from cercle.loyalty import membership
from cercle.values import checksum


@pytest.fixture(scope="module")
def members(brand):
    """Two people who joined."""
    people = brand.people(2)
    for person in people:
        brand.node.send(person, identity.register(brand.deployment))
    brand.node.send(brand.seat(Role.STEWARD), membership.admit(brand.deployment, [1, 2]))
    return people


@pytest.fixture
def where(tmp_path):
    return ["--url", str(tmp_path / "index.sqlite")]


def test_run__once__then_status_and_verify_agree(ape, brand, members, where):
    words = [*where, *brand.words()]
    run = ape.run("index", "run", "--once", *words)
    assert run.code == 0, run.text
    head = brand.node.chain.head(fresh=True).number
    assert f"Read up to block {head}: " in run.text

    told = ape.run("index", "status", *words).text
    assert f"block {head} of {head} (up to date), final up to {max(0, head - 64)}" in told
    assert f" events of {len(brand.deployment.contracts)} contracts" in told

    verdict = ape.run("index", "verify", *words)
    assert verdict.code == 0, verdict.text
    assert f"figures are those of the chain at block {head}." in verdict.text


def test_verify__row_is_gone__says_so_and_ends_with_one(ape, brand, members, where):
    words = [*where, *brand.words()]
    assert ape.run("index", "run", "--once", *words).code == 0
    with sqlite3.connect(where[1]) as database:
        database.execute("DELETE FROM membership_member_joined WHERE member_no = 2")
    verdict = ape.run("index", "verify", *words)
    assert verdict.code == 1
    assert "members ever: 1 by the events, 2 on the chain" in verdict.text


@pytest.mark.parametrize("verb", ["status", "verify"])
def test_reading__no_index__is_refused_in_one_sentence(ape, brand, where, verb):
    outcome = ape.run("index", verb, *where, *brand.words())
    assert outcome.code == 1
    assert outcome.refusal == f"There is no index at {where[1]}: run `ape run index run` first."


def test_run__older_tables__names_the_command(ape, brand, members, where):
    words = [*where, *brand.words()]
    assert ape.run("index", "run", "--once", *words).code == 0
    with sqlite3.connect(where[1]) as database:
        database.execute("UPDATE index_version SET version_num = '0000'")
    outcome = ape.run("index", "run", "--once", *words)
    assert outcome.code == 1
    assert outcome.refusal.endswith("run `ape run index run --upgrade`.")


def test_run__tokens_file_of_another_form__is_refused(ape, brand, where, tmp_path):
    path = tmp_path / "tokens.yaml"
    path.write_text("tokens: 3")
    outcome = ape.run("index", "run", "--once", "--tokens", str(path), *where, *brand.words())
    assert outcome.code == 1
    assert outcome.refusal.startswith(f"{path}: tokens: ")


def test_run__second_node_is_dead__the_first_serves(ape, brand, members, where):
    words = ["--rpc", "http://127.0.0.1:9", *where, *brand.words()]
    outcome = ape.run("index", "run", "--once", *words)
    assert outcome.code == 0, outcome.text
    assert "Read up to block" in outcome.text


# ---- what a history is read from ---------------------------------------------------------


def test_history__with_an_index__says_so_and_tells_the_same_as_the_chain(
    ape, brand, members, where
):
    words = brand.words()
    assert ape.run("index", "run", "--once", *where, *words).code == 0
    head = brand.node.chain.head(fresh=True).number
    asked = ["member", "history", members[0]]
    indexed = ape.run(*asked, "--index", where[1], *words)
    assert indexed.code == 0, indexed.text
    assert f"read from the index, block {head} of {head} (up to date)" in indexed.text
    assert "passport 1, member 1" in indexed.text
    assert "Membership.MemberJoined(member_no=1, passport_id=1, way=4, counts_from=" in indexed.text
    chain = ape.run(*asked, *words)
    assert f"read from the chain, blocks 1 to {head}" in chain.text
    events = [one for one in indexed.text.splitlines() if " block " in one and "0x" in one]
    assert len(events) == 5
    assert events == [one for one in chain.text.splitlines() if " block " in one and "0x" in one]


def test_history__index_that_does_not_serve__the_chain_does_and_it_is_said(
    ape, brand, members, where
):
    told = ape.run("member", "history", members[1], "--index", where[1], *brand.words())
    assert told.code == 0, told.text
    why = f"There is no index at {where[1]}: run `ape run index run` first."
    assert f"the index does not serve ({why}); read from the chain, blocks 1 to " in told.text


def test_history__name_that_a_stranger_gave__moves_no_cursor(ape, brand, members):
    name = "Rêves \x1b[2J\n2026-01-01 block 1 \u202efree"
    act = identity.register_world(brand.deployment, name, members[1])
    brand.node.send(members[1], act)
    told = ape.run("member", "history", members[1], *brand.words()).text
    assert r"name=Rêves \x1b[2J\n2026-01-01 block 1 \u202efree)" in told
    assert "\x1b[2J" not in told


def test_history__in_parts__goes_on_where_it_ended(ape, brand, members):
    first = ape.run("member", "history", members[0], "--limit", "2", *brand.words()).text
    mark = first.rpartition("older: --before ")[2].strip()
    second = ape.run(
        "member", "history", members[0], "--limit", "200", "--before", mark, *brand.words()
    ).text
    assert "older:" not in second
    wrong = ape.run("member", "history", members[0], "--before", "nonsense", *brand.words())
    assert wrong.refusal == "There is no such page of history."


def test_history__wallet_that_is_nobodys__says_so(ape, brand, members):
    steward = brand.seat(Role.STEWARD)
    told = ape.run("member", "history", steward, *brand.words()).text
    assert "is nobody's: what names this wallet" in told
    assert f"Charter.RolesGiven(account={checksum(steward)}, roles={int(Role.STEWARD)})" in told
