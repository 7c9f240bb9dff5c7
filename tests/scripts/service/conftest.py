"""A brand whose services are paid in a token, with a price list, a meter and a customer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cercle import identity
from cercle.agreements import AtCapacity, calls
from cercle.agreements.client import PriceLists
from cercle.agreements.ladder import build
from cercle.artifacts import Artifacts
from cercle.consent import company
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.plan import Plan, SharedPlan
from cercle.rollout import Rollout
from tests.client.nodes import put_back
from tests.scripts.service.market import HPKE, LARGE, NAMES, OPERATOR, PROVIDER, SMALL, by, write
from tests.scripts.stage import PLAN, ApeServer, Brand, LocalNode


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


@pytest.fixture(autouse=True)
def put_back_afterwards(node: LocalNode, opened: str) -> Iterator[None]:
    """Each test finds the market as it was opened, whatever ran before it."""
    snapshot = node.rpc("evm_snapshot")
    yield
    put_back(node.url, snapshot)
    node.chain.forget_head()
