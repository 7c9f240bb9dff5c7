"""The demo's gateway, till, world, vault and packing table: real processes, on its own chain."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cercle.events import Event, read_events
from cercle.flags import PerkKind
from cercle.relayer.client import RelayerClient
from demo.node import stop_pid
from demo.run import Demo
from demo.settings import Settings
from tools.ports import free_port

from .staged import deployment_of


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A small demo without its app, its doors open."""
    ports = [free_port() for _ in range(8)]
    port, rpc_port, *others = ports
    made = Demo(Settings(tmp_path_factory.mktemp("demo"), port, rpc_port, 12, *others))
    made._open_doors(made._set_up())
    made._keep()
    made.doors.wait()
    made.keeper.wait()
    yield made
    made.down()


def ask(url: str, question: str, shown: str = "") -> Any:
    """As the page asks its own server."""
    body = json.dumps({"shown": shown}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/api/{question}", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def is_sent(opened: Event) -> bool:
    return bool(opened.args["terms"]["kind"] == PerkKind.SHIP)


def test_till__opened__knows_the_shop_its_members_and_its_perks(demo):
    till = demo.doors.till.url
    shop = ask(till, "shop")
    assert (shop["name"], shop["signs"]) == ("Sillon", True)
    told = ask(till, "read", "1")
    assert (told["member"]["is_member"], told["member"]["member_no"]) == (True, 1)
    assert {perk["name"]["en"] for perk in told["perks"]} >= {"A coffee at the counter"}


def test_world__opened__greets_who_appears_there(demo):
    world = demo.doors.world.url
    assert ask(world, "shop")["by_token"] is True
    assert ask(world, "arrive", "1")["member"]["is_member"] is True
    assert ask(world, "arrive", "4000")["member"]["is_member"] is False


def test_vault__started__keeps_for_this_site_and_this_ledger(demo):
    vault = demo.keeper.vault.url
    with urllib.request.urlopen(f"{vault}/v1/terms", timeout=30) as answer:
        told = json.load(answer)
    deployment = deployment_of(demo)
    assert told["site"] == urlsplit(demo.site).netloc
    assert told["records"] == deployment.address("Records").lower()
    with urllib.request.urlopen(f"{vault}/healthz", timeout=30) as answer:
        assert set(json.load(answer).values()) == {"well"}


def test_packing_table__opened__has_the_orders_that_the_ledger_has(demo):
    table = demo.keeper.packer.url
    assert ask(table, "shop")["name"] == "Sillon"
    asked = demo._chain(), deployment_of(demo), "Perks"
    sent = {one.args["perk_id"] for one in read_events(*asked, "PerkOpened") if is_sent(one)}
    assert sent
    claimed = [one for one in read_events(*asked, "PerkClaimed") if one.args["perk_id"] in sent]
    assert len(ask(table, "orders")["orders"]) == len(claimed)  # none of them is settled yet
    for name in ("vault.key", "custodian.key", "table.json"):
        assert (demo.keeper.folder / name).stat().st_mode & 0o777 == 0o600


def test_keys__of_the_callers__are_the_owners_alone(demo):
    folder: Path = demo.doors.folder
    for name in ("till", "world"):
        assert (folder / f"{name}.key").stat().st_mode & 0o777 == 0o600
        assert (folder / f"{name}.key").read_text() not in (folder / "callers.json").read_text()


def test_ports__one_is_taken__is_named(demo):
    assert demo.settings.taken == "GATEWAY_PORT"


def test_server__started_where_interrupts_are_ignored__ends_all_the_same(tmp_path):
    """As from a shell's background, or beside a demo that was started there."""
    code = (
        "import pathlib, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "from examples.serving import PageServer;"
        "made = PageServer(0, pathlib.Path(sys.argv[1]), {});"
        "print(made.server_address[1], flush=True); made.serve()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as server:
        port = int(server.stdout.readline())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/page.js", timeout=30) as answer:
            assert answer.status == 200
        stop_pid(server.pid, patience=20)
        assert server.wait(20) == 0


def test_relayer__of_the_demo__carries_permits_of_its_euro_alone(demo: Demo) -> None:
    demo.carrier.start(demo._deployment)
    try:
        told = RelayerClient(demo.carrier.url).terms()
    finally:
        demo.carrier.stop()
    assert told.tokens == {deployment_of(demo).contracts["Vault"].args[1]: 1_000_00}
    assert "TokenPermit" in told.structs
