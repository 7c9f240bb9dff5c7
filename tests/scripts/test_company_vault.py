"""`ape run company key` and `fetch`: a look is logged, and what it opens comes out of a vault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cercle.consent import company
from cercle.vault import keys
from cercle.vault.keys import bytes_of
from tests.scripts.stage import FIRST_PERSON, Brand, LocalNode, running_node
from tests.vault.process import Process
from tests.vault.stage import ADDRESS, COMPANY_KEY, PLAIN, SIZE, Stage, set_up

STAFF = FIRST_PERSON + 2
ORDER = "0x" + "77" * 32


@pytest.fixture(scope="module")
def node() -> Iterator[LocalNode]:
    with running_node(31_337, "demo", "--auto-impersonate") as node:
        yield node


@pytest.fixture(scope="module")
def stage(node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A member with a record, and a company whose agent is one of the staff's accounts."""
    stage = set_up(node.url, tmp_path_factory.mktemp("brand"))
    d = stage.town.deployment
    stage.send(company.set_agent(d, stage.company_id, node.accounts[STAFF]), stage.shop)
    stage.grant()
    return stage


@pytest.fixture(scope="module")
def vault(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A vault that keeps the record, and may release it alone."""
    process = Process(stage, tmp_path_factory.mktemp("vault"))
    process.start()
    envelope = stage.envelope()
    process.member().put_record(envelope)
    stage.move(envelope)
    stage.mine()
    yield process
    process.end()


@pytest.fixture(scope="module")
def words(node: LocalNode, stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Who acts, where, and with which key."""
    folder = tmp_path_factory.mktemp("staff")
    book, key = folder / "deployment.json", folder / "key"
    stage.town.deployment.save(book)
    key.write_text(keys.text_of(COMPANY_KEY))
    key.chmod(0o600)
    brand = Brand(node, stage.town.deployment, book, "")
    return [*brand.words(), "--account", f"TEST::{STAFF}", "--key", str(key)]


def whose(stage: Stage, category: int = SIZE) -> list[str]:
    return [str(stage.company_id), stage.person.address, "DeliveryOfGoods", str(category)]


# ---- a key ------------------------------------------------------------------------------


def test_key__made__is_kept_in_a_file_of_ones_own_and_its_public_half_printed(ape, tmp_path):
    file = tmp_path / "key"
    made = ape.run("company", "key", str(file))
    private = bytes_of(file.read_text().strip())
    assert made.text.strip() == "0x" + keys.public_of(private).hex()
    assert file.stat().st_mode & 0o777 == 0o600
    again = ape.run("company", "key", str(file))
    assert again.refusal == "key exists already; nothing was written over it."
    assert bytes_of(file.read_text().strip()) == private


# ---- a look -----------------------------------------------------------------------------


def test_fetch__look_and_blocks_after_it__prints_what_was_kept(ape, stage, vault, words):
    place = [*whose(stage), "--vault", vault.url, *words]
    tried = ape.run("company", "fetch", *place, "--order", ORDER, "--dry-run")
    assert "would send: look at passport 1 for DeliveryOfGoods" in tried.text
    early = ape.run("company", "fetch", *place, "--order", ORDER, "--wait", "0")
    assert early.refusal.startswith("The vault has not released it yet"), early.text
    logged = re.findall(r"done in block \d+ \((0x[0-9a-f]{64})\)", early.text)[0]
    stage.mine()
    done = ape.run("company", "fetch", *place, "--logged", logged)
    told = json.loads(done.text.splitlines()[-1])
    assert (told["content"], told["category"]) == (PLAIN, "ClothingSize")
    assert "secret" not in told


def test_fetch__other_look_than_the_logged__is_refused(ape, stage, vault, words):
    look = stage.look()
    more = ["--vault", vault.url, "--logged", look.transaction_hash, *words]
    no = ape.run("company", "fetch", *whose(stage, ADDRESS), *more)
    assert no.refusal == "This transaction logged no such look."


def test_fetch__neither_or_both__is_refused_before_anything_is_read(ape, stage, words):
    for more in ([], ["--order", ORDER, "--logged", ORDER]):
        no = ape.run("company", "fetch", *whose(stage), "--vault", "http://nobody", *words, *more)
        assert no.refusal.startswith("Name the order of a new look, or the transaction of one")


@pytest.mark.parametrize(
    ("text", "mode", "words_of_it"),
    [("AAAA", 0o600, "holds no key"), ("A" * 43, 0o644, "is open to others")],
)
def test_fetch__no_key_or_one_open_to_others__is_refused(
    ape, stage, words, tmp_path: Path, text, mode, words_of_it
):
    file = tmp_path / "other"
    file.write_text(text)
    file.chmod(mode)
    other = [*words[:-1], str(file), "--vault", "http://nobody", "--order", ORDER]
    assert words_of_it in ape.run("company", "fetch", *whose(stage), *other).refusal
