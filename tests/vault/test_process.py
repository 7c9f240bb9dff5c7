"""The real process: the whole walk, killed at its worst moments, and what its disk tells."""

from __future__ import annotations

import contextlib
import sqlite3
import time

import pytest
import requests
from eth_account.messages import SignableMessage

from cercle.vault import keys, make_ring, open_ring
from cercle.vault.fetching import VaultCompany
from tests.relayer.proxy import methods

from .process import PATIENCE, Process
from .stage import COMPANY_KEY, MEMBER_KEY, PLAIN, SIZE, VAULT_KEY

PASSPHRASE = "une phrase qui se retient"


@pytest.fixture
def start(stage, tmp_path):
    """Start a vault on some node."""
    made: list[Process] = []

    def begin(url: str = "", **more: str) -> Process:
        made.append(Process(stage, tmp_path, url, **more))
        made[-1].start()
        return made[-1]

    yield begin
    for process in made:
        process.end()


def shop_of(process: Process) -> VaultCompany:
    stage = process.stage

    def sign(message: SignableMessage) -> str:
        return "0x" + bytes(stage.shop.sign_message(message).signature).hex()

    return VaultCompany(process.url, stage.town.chain, stage.town.deployment, COMPANY_KEY, sign)


def kept(process: Process, *, unattended: bool = True) -> None:
    """The person keeps a record, and lets the shop see it."""
    envelope = process.stage.envelope(unattended=unattended)
    process.member().put_record(envelope)
    process.stage.move(envelope)
    process.stage.grant()


def rows(folder, table: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(folder / "vault.sqlite")) as book:
        return book.execute(f"SELECT * FROM {table}").fetchall()


def test_walk__from_the_ring_to_the_certificate__by_the_clients_alone(stage, start, tmp_path):
    process = start()
    member, shop = process.member(), shop_of(process)
    ring = make_ring(PASSPHRASE, stage.ledger, stage.passport_id, MEMBER_KEY)
    member.put_ring(ring)
    kept(process, unattended=False)
    private = open_ring(member.ring().ring, PASSPHRASE, stage.ledger, stage.passport_id)

    first = stage.look()
    requests.post(
        f"{process.url}/v1/releases", json=stage.fetch(first, int(time.time())), timeout=PATIENCE
    )
    (asked,) = member.asks()
    member.answer(asked, private)
    assert shop.fetch(first).content == PLAIN
    member.leave_to_vault(SIZE, private)
    assert shop.fetch(stage.look()).content == PLAIN
    assert [one.is_attended for one in member.releases()] == [False, True]

    stage.erase()
    stage.mine()
    process.until(lambda: bool(member.certificates()))
    certificate = member.certificates()[0]
    records = stage.town.deployment.contract("Records")
    words = (certificate.custodian, stage.passport_id, SIZE, certificate.version)
    told = (certificate.certificate_hash, certificate.signature)
    call = records.call("certify_shred", *words, *(bytes.fromhex(one[2:]) for one in told))
    assert [one.name for one in stage.send(call, stage.stranger)] == ["ShredCertified"]
    assert not list((tmp_path / "blobs").rglob("records/*/*/*/*"))


def test_disk_database_and_log__after_a_walk__hold_nothing_that_is_open(stage, start, tmp_path):
    process = start()
    ring = make_ring(PASSPHRASE, stage.ledger, stage.passport_id, MEMBER_KEY)
    process.member().put_ring(ring)
    kept(process)
    assert shop_of(process).fetch(stage.look()).content == PLAIN
    process.end()
    (tmp_path / "deployment.json").unlink()
    found = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert ring.sealed.encode() in found  # so the scan does see what is there
    shut = [PLAIN, PASSPHRASE, "127.0.0.1"]
    for key in (MEMBER_KEY, VAULT_KEY, COMPANY_KEY, bytes(stage.custodian.key)):
        shut += [key.hex(), keys.text_of(key)]
        assert key not in found
    assert not [text for text in shut if text.encode() in found]
    log = process.log.read_text().lower()
    assert stage.person.address.lower()[2:] not in log
    assert stage.shop.address.lower()[2:] not in log


@pytest.mark.parametrize("method", ["eth_getTransactionReceipt", "eth_call"])
def test_killed_between_event_and_release__comes_back__nothing_lost(
    stage, start, proxy, tmp_path, method
):
    process = start(proxy.url, CERCLE_VAULT_POLL_SECONDS="3600")
    kept(process)
    look = stage.look()

    def before(asked):
        if method in methods(asked):
            process.kill()
            return b""
        return None

    proxy.before = before
    body = stage.fetch(look, int(time.time()))
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{process.url}/v1/releases", json=body, timeout=PATIENCE)
    assert not rows(tmp_path, "release")
    proxy.before = lambda asked: None
    process.start()
    assert shop_of(process).fetch(look).content == PLAIN
    assert len(rows(tmp_path, "release")) == 1


def test_killed_once_it_is_written__comes_back__the_same_bytes(stage, start, tmp_path):
    process = start()
    kept(process)
    look = stage.look()
    first = shop_of(process).release(look)
    process.kill()
    process.start()
    again = shop_of(process).release(look)
    assert again == first
    assert len(rows(tmp_path, "release")) == 1


def test_killed_while_it_erases__comes_back__gone_and_one_certificate(
    stage, start, proxy, tmp_path
):
    process = start(proxy.url)
    kept(process)
    shop_of(process).fetch(stage.look())
    stage.erase()

    def before(asked):
        # The look at what moved and was erased: nothing of it is done yet.
        if "eth_getLogs" in methods(asked):
            process.kill()
            return b""
        return None

    proxy.before = before
    stage.mine()
    process.until(lambda: process.popen.poll() is not None)
    proxy.before = lambda asked: None
    process.start()
    process.until(lambda: len(rows(tmp_path, "certificate")) == 1)
    assert not rows(tmp_path, "record")
    assert not rows(tmp_path, "release")
    assert len(rows(tmp_path, "spent")) == 1


@pytest.mark.parametrize("point", ["_remove_files", "_is_certified", "flush"])
def test_erase__broken_off_anywhere__the_next_start_ends_it(
    stage, keep, ask, vault, new_vault, monkeypatch, point
):
    class Killed(BaseException):
        """Nothing after it is done."""

    keep()
    stage.grant()
    ask(stage.look())
    stage.erase()
    stage.mine()
    owner = vault.book if point == "flush" else vault.erasures
    done = getattr(owner, point)

    def cut(*words):
        if point == "_remove_files":
            done(*words)
        raise Killed

    monkeypatch.setattr(owner, point, cut)
    with pytest.raises(Killed):
        vault.step()
    monkeypatch.undo()
    later = new_vault()
    later.step()
    assert len(later.erasures.certificates(stage.passport_id)) == 1
    assert not later.blobs.versions(stage.passport_id, SIZE)
    assert not later.releases.lines(stage.passport_id)
