"""`ape run plan`, `meter`, `agreement`: from a price list to an explained bill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cercle import identity
from cercle.agreements import AtCapacity, calls
from cercle.agreements.client import Agreements, PriceLists
from cercle.agreements.ladder import build
from cercle.artifacts import Artifacts
from cercle.consent import company
from cercle.content import ContentStore, PlanDocument
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.plan import Plan, SharedPlan
from cercle.rollout import Rollout
from tests.scripts.stage import FIRST_PERSON, PLAN, ApeServer, Brand, LocalNode

PROVIDER, OPERATOR, STRANGER = FIRST_PERSON + 2, FIRST_PERSON + 3, 5
HPKE, DAY = "0x" + "33" * 32, 86_400
NAMES = {"fr": "Petit", "en": "Small"}, {"fr": "Grand", "en": "Large"}
SMALL = {"base_price": 500, "included": 10, "unit_price": 20, "capacity": 50}
LARGE = {"base_price": 900, "included": 40, "unit_price": 10, "capacity": 200}


@pytest.fixture(scope="module")
def brand(node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """The demo's brand, and a token in which services are paid."""
    folder = tmp_path_factory.mktemp("brand")
    plan, content = Plan.load(PLAN), (folder / "content").as_uri()
    executor = UnlockedExecutor(node.chain, plan.roles.admin)
    nonce = node.nonce(plan.roles.admin)
    executor.deploy("DemoEuro", (), nonce)
    shared = SharedPlan(token=create_address(plan.roles.admin, nonce))
    path = folder / "deployment.json"
    for _ in Rollout(plan, path, executor, network="demo", content=content, shared=shared).run():
        pass
    made = Brand(node, Deployment.load(path), path, content)
    for seat in (PROVIDER, OPERATOR):
        call = company.register(made.deployment, HPKE, "https://eau.example/")
        node.send(node.accounts[seat], call)
    return made


@pytest.fixture(scope="module")
def token(brand: Brand) -> Contract:
    address = brand.deployment.contracts["Vault"].args[1]
    return Contract("DemoEuro", address, Artifacts()["DemoEuro"].abi)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, token: Contract) -> Path:
    """What staff wrote down; YAML takes JSON."""
    folder = tmp_path_factory.mktemp("files")
    listed = {
        "provider": "Eaux du Rhône",
        "name": {"fr": "Eau", "en": "Water"},
        "description": {"fr": "", "en": ""},
        "unit": {"fr": "litres", "en": "litres"},
        "shown_as": {"fr": "m³", "en": "m³"},
        "per_shown": 1_000,
    }
    terms = {"operator": 2, "token": token.address, "period_days": 30, "grace_days": 2}
    write(folder / "list.yaml", content=listed, terms=terms | {"outage_percent": 100})
    for name, prices in zip(NAMES, (SMALL, LARGE), strict=True):
        text = {"name": name, "description": {"fr": "", "en": ""}}
        write(folder / f"{name['en']}.yaml", content=text, prices=prices)
    write(folder / "meter.yaml", name={"fr": "Compteur", "en": "Meter"}, description={})
    return folder


def write(path: Path, **parts: object) -> None:
    path.write_text(json.dumps(parts), encoding="utf-8")


def by(brand: Brand, seat: int, *more: str) -> list[str]:
    return [*brand.words(), "--account", f"TEST::{seat}", *more]


@pytest.fixture(scope="module")
def opened(ape: ApeServer, brand: Brand, files: Path, token: Contract) -> str:
    """A list of two plans, a meter, and a customer who signed; tells the meter's address."""
    made = ape.run("plan", "list-open", "1", str(files / "list.yaml"), *by(brand, PROVIDER))
    assert "price list 1" in made.text, made.text
    for place, name in enumerate(NAMES, 1):
        text = str(files / f"{name['en']}.yaml")
        told = ape.run("plan", "publish", "1", text, *by(brand, PROVIDER))
        assert f"plan {place}" in told.text, told.text
    meter = ape.run("meter", "key", str(files / "meter.key")).text.split()[-1]
    assert (files / "meter.key").stat().st_mode & 0o777 == 0o600
    words = (str(files / "meter.yaml"), "--key", str(files / "meter.key"))
    told = ape.run("meter", "register", "2", *words, *by(brand, OPERATOR))
    assert f"register the meter {meter} of company 2" in told.text, told.text
    customer = brand.people(1)[0]
    node, book = brand.node, brand.deployment
    node.send(customer, identity.register(book))
    node.send(brand.node.accounts[0], token.call("mint", customer, 10_000))
    node.send(customer, calls.allow(book, token.address, 10_000))
    ladder = build(
        PriceLists(node.chain, book).shelf(1, meters=[meter], passport_id=1),
        [(1, AtCapacity.SWITCH), (2, AtCapacity.STOP)],
        meter=meter,
        passport_id=1,
        wallet=customer,
        periods=12,
        period_cap=3_000,
        total_cap=30_000,
        deposit=5_000,
    )
    node.send(customer, calls.open(book, ladder))
    return meter


def later(brand: Brand, seconds: int) -> int:
    brand.node.rpc("evm_increaseTime", hex(seconds))
    brand.node.rpc("evm_mine")
    return brand.node.chain.head(fresh=True).timestamp


def account(brand: Brand):
    return Agreements(brand.node.chain, brand.deployment).account(1)


def test_service__from_the_list_to_the_bill__is_one_story(ape, brand, files, opened):
    shown = ape.run("plan", "list", "1", *brand.words())
    assert "list 1: Water, of company 1, revision 2" in shown.text
    assert "2: Large: 900 with 40 included, then 10 a unit, up to 200" in shown.text
    seal = PriceLists(brand.node.chain, brand.deployment).words(1)[2]
    assert ContentStore(brand.content).get_as(seal, PlanDocument).name.en == "Large"

    # ---- readings: signed apart, brought in by a stranger, once
    first, second = later(brand, DAY), later(brand, DAY)
    csv = files / "meter.csv"
    csv.write_text(
        f"agreement,sequence,read_at,register,outage\n1,1,{first},30,0\n1,2,{second},170,1440\n"
    )
    key = ("--key", str(files / "meter.key"))
    signed = files / "meter.ocmf"
    told = ape.run("meter", "sign", str(csv), *key, "--out", str(signed), *brand.words())
    assert "2 signed" in told.text, told.text
    assert signed.read_text().startswith("OCMF|")
    tried = ape.run("meter", "report", str(signed), *by(brand, STRANGER, "--dry-run"))
    assert "would send: count 2 readings of 1 agreements" in tried.text, tried.text
    assert account(brand).sequence == 0
    told = ape.run("meter", "report", str(signed), *by(brand, STRANGER))
    assert "2 counted" in told.text, told.text
    assert (account(brand).use, account(brand).rung) == (170, 1)
    again = ape.run("meter", "report", str(csv), *key, *by(brand, STRANGER))
    assert "2 counted before\n0 counted" in again.text, again.text

    # ---- how it stands
    shown = ape.run("agreement", "show", "1", *brand.words())
    assert "is served; its period ends on" in shown.text, shown.text
    assert "used 170 of 200 in period 0, on plan 2; 85 % of what was agreed" in shown.text
    assert "costs 2200 so far, 73 of it credited for outages" in shown.text
    assert "next: it stops at 200" in shown.text

    # ---- two periods later it is written down by anybody, and explained
    later(brand, 62 * DAY)
    settled = ape.run("agreement", "settle", "1", *by(brand, STRANGER))
    assert "contract 1: 2 periods closed, 2627 charged" in settled.text, settled.text
    told = ape.run("agreement", "explain", "1", *brand.words())
    assert told.code == 0, told.text
    assert "plan 1: does not cover it" in told.text
    assert "plan 2: 2200 <- counts" in told.text
    assert "with 50 instead it would have cost 1000" in told.text
    assert "price 2200, less 73 for outages, charged 2127" in told.text
    assert "nothing was read: it costs what no use costs" in told.text
    assert "2 readings and 2 periods: all right" in told.text
    alone = ape.run("agreement", "explain", "1", "--period", "1", *brand.words())
    assert "period 0" not in alone.text


def test_plan__revised_or_withdrawn__says_whom_it_touches(ape, brand, files, opened):
    text = {"name": NAMES[1], "description": {"fr": "", "en": ""}}
    write(files / "cheaper.yaml", content=text, prices=LARGE | {"base_price": 850})
    write(files / "dearer.yaml", content=text, prices=LARGE | {"base_price": 950})
    words = ("--revise", "2", *by(brand, PROVIDER))
    told = ape.run("plan", "publish", "1", str(files / "cheaper.yaml"), *words)
    assert "Whoever has it gets it too" in told.text, told.text
    told = ape.run("plan", "publish", "1", str(files / "dearer.yaml"), *words, "--dry-run")
    assert "keeps the old prices, and may leave at once" in told.text
    assert "would send: revise plan 2, 'Large'" in told.text
    third = ape.run("plan", "publish", "1", str(files / "Small.yaml"), *by(brand, PROVIDER))
    number = third.text.split()[-1]
    gone = ape.run("plan", "withdraw", "1", number, *by(brand, PROVIDER))
    assert f"withdraw plan {number} of list 1" in gone.text, gone.text
    assert f"   {number}: " not in ape.run("plan", "list", "1", *brand.words()).text


def test_offer__signed_for_one_person__needs_their_word(ape, brand, files, opened):
    customer, out = brand.people(1)[0], files / "offer.json"
    words = ("1", customer, str(files / "Large.yaml"))
    tried = ape.run("plan", "offer", *words, *by(brand, PROVIDER, "--dry-run"))
    assert "would sign: the plan 'Large' for passport 1" in tried.text, tried.text
    done = ape.run("plan", "offer", *words, "--out", str(out), *by(brand, PROVIDER))
    assert "signed the plan 'Large' for passport 1" in done.text, done.text
    refused = ape.run("plan", "publish-offer", str(out), *by(brand, STRANGER))
    told = "The person does not allow this provider to improve things for them."
    assert refused.refusal == told
    nobody = ape.run("plan", "offer", "1", brand.node.accounts[6], *words[2:], *by(brand, PROVIDER))
    assert nobody.refusal.endswith("has no passport.")
    unsigned = ape.run("plan", "publish-offer", str(files / "list.yaml"), *by(brand, STRANGER))
    assert unsigned.refusal == "list.yaml holds no signed offer."


def test_files__of_another_form__are_refused_by_name(ape, brand, files, opened, tmp_path):
    write(tmp_path / "a.yaml", content={}, prices=SMALL, more=1)
    write(tmp_path / "b.yaml", content={}, prices=SMALL | {"capacity": -1})
    write(tmp_path / "c.yaml", content={}, terms={"operator": 1})
    (tmp_path / "d.key").write_text("not a key")
    (tmp_path / "e.ocmf").write_text("\nOCMF|{}|{}\n")
    staff = by(brand, PROVIDER)
    for words, said in (
        (("plan", "publish", "1", "a.yaml"), "must hold `content` and `prices`, nothing else."),
        (("plan", "publish", "1", "b.yaml"), "b.yaml: prices.capacity: "),
        (("plan", "list-open", "1", "c.yaml"), "This document is not valid"),
        (("meter", "report", "e.ocmf"), "e.ocmf, line 2: Its RD is not a register and an outage."),
    ):
        *start, name = words
        assert said in ape.run(*start, str(tmp_path / name), *staff).refusal
    words = ("meter", "sign", str(files / "meter.csv"), "--key", str(tmp_path / "d.key"))
    assert ape.run(*words, *brand.words()).refusal == "d.key holds no meter's key."


def test_meter__of_another_key_or_a_strangers_plan__is_refused(ape, brand, files, opened):
    ape.run("meter", "key", str(files / "other.key"))
    now = later(brand, 60)
    csv = files / "forged.csv"
    csv.write_text(f"agreement,sequence,read_at,register,outage\n1,99,{now},999,0\n")
    words = ("meter", "report", str(csv), "--key", str(files / "other.key"))
    refused = ape.run(*words, *by(brand, STRANGER))
    assert refused.refusal == "The meter did not sign this."
    assert account(brand).sequence < 99
    words = ("plan", "publish", "1", str(files / "Small.yaml"))
    told = "Only who acts for the list's provider may do this."
    assert ape.run(*words, *by(brand, STRANGER)).refusal == told
    assert ape.run("agreement", "show", "9", *brand.words()).refusal == "There is no contract 9."
    taken = ape.run("meter", "key", str(files / "other.key"))
    assert taken.code != 0
