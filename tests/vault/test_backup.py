"""A vault in one file: brought back elsewhere it answers, and what was erased meanwhile is gone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cercle.vault import keys
from cercle.vault.backup import BackupRefused, backup, drill, restore
from cercle.vault.blobs import Blobs
from cercle.vault.book import Book
from tools.places import ROOT

from .process import Process
from .stage import ADDRESS, PLAIN, SIZE, VAULT_KEY
from .test_releases import opened

PRIVATE = bytes(range(3, 35))
PUBLIC = keys.public_of(PRIVATE)


def test_restore__elsewhere__opens_the_same_release_again(
    stage, keep, ask, vault, new_vault, open_http, tmp_path, clock
):
    keep()
    stage.grant()
    look = stage.look()
    first = ask(look).json()
    path = tmp_path / "backup"
    backup(vault.book, vault.blobs, path, PUBLIC)
    database, storage = str(tmp_path / "new" / "book.sqlite"), str(tmp_path / "new" / "blobs")
    book, blobs = Book.open(database), Blobs(storage)
    restore(path, PRIVATE, book, blobs)
    with pytest.raises(BackupRefused, match="There is a vault here already"):
        restore(path, PRIVATE, book, blobs)
    book.close()
    again = open_http(new_vault(database=database, storage=storage))
    answer = again.http.post("/v1/releases", json=stage.fetch(look, int(clock())))
    assert answer.json() == first
    assert opened(answer) == PLAIN


def test_restore__erased_since__goes_again_at_the_first_step(
    stage, keep, vault, new_vault, tmp_path
):
    keep()
    keep(category=ADDRESS)
    path = tmp_path / "backup"
    backup(vault.book, vault.blobs, path, PUBLIC)
    stage.erase()
    stage.mine()
    database, storage = str(tmp_path / "new" / "book.sqlite"), str(tmp_path / "new" / "blobs")
    book, blobs = Book.open(database), Blobs(storage)
    restore(path, PRIVATE, book, blobs)
    book.close()
    later = new_vault(database=database, storage=storage)
    later.step()
    assert not later.blobs.versions(stage.passport_id, SIZE)
    assert later.blobs.versions(stage.passport_id, ADDRESS) == [1]
    assert len(later.erasures.certificates(stage.passport_id)) == 1


def test_backup__holds_nothing_that_another_key_opens(stage, keep, vault, tmp_path):
    envelope = keep()
    path = tmp_path / "backup"
    backup(vault.book, vault.blobs, path, PUBLIC)
    raw = path.read_bytes()
    assert envelope.member.encode() not in raw
    assert path.stat().st_mode & 0o077 == 0
    book, blobs = Book.open(str(tmp_path / "n.sqlite")), Blobs(str(tmp_path / "n"))
    with pytest.raises(BackupRefused, match="another key, or was changed"):
        restore(path, keys.new_private(), book, blobs)
    changed = tmp_path / "changed"
    changed.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(BackupRefused, match="another key, or was changed"):
        restore(changed, PRIVATE, book, blobs)
    with pytest.raises(BackupRefused, match="is there already"):
        backup(vault.book, vault.blobs, path, PUBLIC)
    (tmp_path / "other").write_bytes(b"something")
    with pytest.raises(BackupRefused, match="is no backup of a vault"):
        restore(tmp_path / "other", PRIVATE, book, blobs)


def test_drill__file_lost_on_the_way__is_noticed(keep, vault, monkeypatch):
    keep()
    told = drill(vault.book, vault.blobs, PUBLIC, PRIVATE, [VAULT_KEY])
    assert (told["ciphertexts"], told["opened"]) == (1, 1)
    put = Blobs.put

    def losing(self, *words):
        if self is vault.blobs:
            put(self, *words)

    monkeypatch.setattr(Blobs, "put", losing)
    with pytest.raises(BackupRefused, match="What came back is not what was there"):
        drill(vault.book, vault.blobs, PUBLIC, PRIVATE, [VAULT_KEY])


def test_drill__another_vaults_keys__is_noticed(keep, vault):
    keep()
    with pytest.raises(BackupRefused, match="do not open all that was left to it"):
        drill(vault.book, vault.blobs, PUBLIC, PRIVATE, [PRIVATE])


def test_commands__keys_backup_restore_drill__as_an_operator_runs_them(stage, tmp_path):
    process = Process(stage, tmp_path)

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cercle.vault", *words]
        env = {**process.env, **more}
        return subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
        )

    (tmp_path / "blobs" / "records").mkdir(parents=True)
    made = dict(line.split("=", 1) for line in run("keys").stdout.splitlines())
    assert set(made) == {"CERCLE_VAULT_KEY", "CERCLE_VAULT_CUSTODIAN_KEY"}
    assert len(keys.bytes_of(made["CERCLE_VAULT_KEY"])) == 32
    path = str(tmp_path / "backup")
    assert run("backup", path, "--to", keys.text_of(PUBLIC)).returncode == 0
    assert run("drill").returncode == 0
    there = {
        "CERCLE_VAULT_BACKUP_KEY": keys.text_of(PRIVATE),
        "CERCLE_VAULT_DATABASE": str(tmp_path / "new.sqlite"),
        "CERCLE_VAULT_STORAGE": str(tmp_path / "new"),
    }
    assert run("restore", path, **there).stdout == "Restored.\n"
    wrong = run("restore", path, **{**there, "CERCLE_VAULT_BACKUP_KEY": "x"})
    assert (wrong.returncode, wrong.stderr) == (1, "CERCLE_VAULT_BACKUP_KEY is no key.\n")
    no_key = run("serve", CERCLE_VAULT_KEY="x")
    assert no_key.stderr == "CERCLE_VAULT_KEY is no key: 32 bytes as base64url.\n"
    unknown = run("serve", CERCLE_VAULT_COLOUR="red")
    assert unknown.stderr == "CERCLE_VAULT_COLOUR is no setting of a vault.\n"
