"""`ape run company`: from a notice to a deletion, as a company's staff would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cercle import identity
from cercle.artifacts import Artifacts
from cercle.consent import ConsentStatus, ConsentTerms, calls
from cercle.content import ContentStore, NoticeDocument
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.plan import Plan, SharedPlan
from cercle.rollout import Rollout
from tests.client.consents import NOTICE
from tests.scripts.stage import FIRST_PERSON, PLAN, Brand, LocalNode

KEY, SEAL, ORDER = "0x" + "33" * 32, "0x" + "66" * 32, "0x" + "77" * 32
STAFF = FIRST_PERSON + 2


@pytest.fixture(scope="module")
def brand(node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """The demo's brand, with a Vault that takes a token."""
    folder = tmp_path_factory.mktemp("brand")
    plan, content = Plan.load(PLAN), (folder / "content").as_uri()
    executor = UnlockedExecutor(node.chain, plan.roles.admin)
    nonce = node.nonce(plan.roles.admin)
    executor.deploy("OddToken", (0, 2), nonce)
    shared = SharedPlan(token=create_address(plan.roles.admin, nonce))
    path = folder / "deployment.json"
    for _ in Rollout(plan, path, executor, network="demo", content=content, shared=shared).run():
        pass
    return Brand(node, Deployment.load(path), path, content)


@pytest.fixture(scope="module")
def person(brand: Brand) -> str:
    person = brand.people(1)[0]
    brand.node.send(person, identity.register(brand.deployment))
    return person


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notice, as a file; YAML takes JSON."""
    path = tmp_path_factory.mktemp("notice") / "notice.yaml"
    told = {name: value for name, value in NOTICE.items() if name != "kind"}
    path.write_text(json.dumps(told))
    return path


def staff(brand: Brand, *more: str) -> list[str]:
    return [*brand.words(), "--account", f"TEST::{STAFF}", *more]


def status(brand: Brand) -> ConsentStatus:
    read = brand.deployment.contract("Consent").read("status", 1, 1, 0)
    return ConsentStatus(brand.node.chain.read([read], brand.node.chain.head(fresh=True))[0])


def test_company__from_notice_to_deletion__is_one_story(ape, brand, person, text):
    d, node = brand.deployment, brand.node
    tried = ape.run(
        "company", "register", "https://radio.example", "--key", KEY, *staff(brand, "--dry-run")
    )
    assert "would send: register https://radio.example" in tried.text
    made = ape.run("company", "register", "https://radio.example", "--key", KEY, *staff(brand))
    assert "company 1" in made.text
    told = ape.run("company", "notice", "1", str(text), *staff(brand))
    assert "for DeliveryOfGoods" in told.text, told.text
    seal = told.text.split("notice ")[1].split(" ")[0]
    assert ContentStore(brand.content).get_as(seal, NoticeDocument).controller.name == "Sillon SAS"

    asked = ape.run("company", "request", "1", person, "DeliveryOfGoods", "0", "1", *staff(brand))
    assert "ask passport 1 for DeliveryOfGoods" in asked.text, asked.text
    assert status(brand) == ConsentStatus.REQUESTED
    again = ape.run("company", "request", "1", person, "DeliveryOfGoods", "0", *staff(brand))
    assert again.refusal.startswith("This person was asked less than a week ago")

    now = node.chain.head(fresh=True).timestamp
    terms = ConsentTerms(
        chain_id=31_337,
        contract=d.address("Consent"),
        passport_id=1,
        company_id=1,
        purpose=0,
        categories=0b11,
        issued_at=now,
        until=now + 1_000_000,
        keep_until=now + 2_000_000,
        reads=1,
        notice_version=1,
        notice_hash=seal,
    )
    node.send(person, calls.grant(d, terms, SEAL))
    node.rpc("evm_increaseTime", hex(10))
    node.send(person, calls.move(d, 1, SEAL))
    due = ape.run("company", "due", "1", *brand.words())
    assert "note: passport 1" in due.text, due.text
    noted = ape.run("company", "acknowledge", "1", *staff(brand))
    assert "note version 1 of " in noted.text, noted.text
    assert "Nothing to take note of." in ape.run("company", "acknowledge", "1", *staff(brand)).text

    looker = brand.node.accounts[STAFF] if brand.node.accounts else node.rpc("eth_accounts")[STAFF]
    vault = d.contract("Vault")
    node.send(looker, vault.call("request_access", 1, 1, 0, 0, bytes.fromhex(ORDER[2:]), 0))
    node.send(person, calls.withdraw(d, 1, 0))
    assert "delete, and attest it until" in ape.run("company", "due", "1", *brand.words()).text
    gone = ape.run(
        "company", "attest-deletion", "1", "1", "0", "--certificate", SEAL, *staff(brand)
    )
    assert "attest the deletion for passport 1" in gone.text
    left = ape.run("company", "due", "1", *brand.words()).text
    assert "passport" not in left


def test_company__funds__are_paid_in_staked_and_taken_out(ape, brand, person, text):
    d, node = brand.deployment, brand.node
    staff_account = node.rpc("eth_accounts")[STAFF]
    token = Contract("OddToken", d.contracts["Vault"].args[1], Artifacts()["OddToken"].abi)
    node.send(staff_account, token.call("mint", staff_account, 900))
    for words in (["900"], ["50", "--bond"], ["300", "--out", staff_account]):
        done = ape.run("company", "fund", "1", *words, *staff(brand))
        assert done.code == 0, done.text
    shown = ape.run("company", "show", "1", *brand.words())
    assert "paid in and free 600, staked on each person 50" in shown.text
    assert "DeliveryOfGoods, version 1" in shown.text


def test_company__agent_and_end__are_the_controllers(ape, brand, text):
    other = brand.node.rpc("eth_accounts")[STAFF + 1]
    assert ape.run("company", "agent", "1", other, *staff(brand)).code == 0
    assert "agent 0x" in ape.run("company", "show", "1", *brand.words()).text
    stranger = [*brand.words(), "--account", "TEST::5"]
    refused = ape.run("company", "notice", "1", str(text), "--end", *stranger)
    assert refused.refusal == "Only the company's controller may do this."
    assert ape.run("company", "notice", "1", str(text), "--end", *staff(brand)).code == 0
    assert "ended" in ape.run("company", "show", "1", *brand.words()).text


def test_company__wrong_words__are_refused(ape, brand, person):
    unknown = ape.run("company", "request", "1", person, "Spying", "0", *staff(brand))
    assert "is no purpose of the vocabulary" in unknown.text
    assert ape.run("company", "show", "9", *brand.words()).refusal == "There is no company 9."
