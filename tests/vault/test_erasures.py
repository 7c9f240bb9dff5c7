"""What the ledger says is over is gone here: on the disk, in the database, in its log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cercle.consent import calls
from cercle.vault import book, keys
from cercle.vault.blobs import Blobs, StorageDown
from cercle.vault.tables import CERTIFICATE, RECORD, RELEASE

from .asking import no
from .stage import SIZE


def everything(folder) -> bytes:
    """All that lies on the vault's disk."""
    return b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())


def test_erase__confirmed__nothing_is_left_and_the_ledger_takes_the_certificate(
    stage, keep, ask, member, vault, tmp_path
):
    envelope = keep()
    stage.grant()
    look = stage.look()
    wrap = ask(look).json()["wrap"]
    vault.step()
    found = everything(tmp_path)
    secrets = [envelope.member, envelope.vault, envelope.commitment, wrap]
    raw = keys.bytes_of(envelope.ciphertext)
    assert raw in found
    assert all(one.encode() in found for one in secrets)
    stage.erase()
    stage.mine()
    vault.step()

    left = everything(tmp_path)
    assert not [one for one in secrets if one.encode() in left]
    assert raw not in left
    assert not [one for one in (tmp_path / "blobs").rglob("*") if one.is_file()]
    assert no(ask(look)) == (410, "erased")
    told = member.get("/v1/certificates").json()["certificates"]
    assert [(one["category"], one["version"]) for one in told] == [(SIZE, 2)]
    assert told[0]["certificate"]["destroyed"] == {"ciphertexts": 1, "wraps": 2, "releases": 1}
    _brought(stage, told[0])


def _brought(stage, certificate) -> None:
    """Anybody brings it to Records, which believes it."""
    names = ("custodian", "passport_id", "category", "version", "certificate_hash", "signature")
    call = calls.certify_shred(stage.town.deployment, *(certificate[name] for name in names))
    events = stage.send(call, stage.stranger)
    assert [(one.name, one.args["custodian"]) for one in events] == [
        ("ShredCertified", stage.custodian.address)
    ]


def test_erase__not_deep_enough__is_refused_but_kept(stage, keep, vault):
    keep()
    stage.mine()
    vault.step()
    stage.erase()
    vault.step()
    with vault.book.reading() as connection:
        assert len(connection.execute(select(RECORD)).all()) == 1
        assert not connection.execute(select(CERTIFICATE)).all()
    stage.mine(1)
    vault.step()
    with vault.book.reading() as connection:
        assert not connection.execute(select(RECORD)).all()
        assert len(connection.execute(select(CERTIFICATE)).all()) == 1


def test_erase__step_again__one_certificate(stage, keep, vault, new_vault):
    keep()
    stage.erase()
    stage.mine()
    for one in (vault, vault, new_vault()):
        one.step()
    with vault.book.reading() as connection:
        assert len(connection.execute(select(CERTIFICATE)).all()) == 1


def test_erase__kept_anew__an_old_event_does_not_open_the_new_record(stage, keep, ask, vault):
    keep()
    stage.grant()
    look = stage.look()
    assert ask(look).status_code == 200
    stage.erase()
    stage.mine()
    vault.step()
    keep(content="another", version=3)
    stage.mine()
    assert no(ask(look)) == (410, "erased")
    assert ask(stage.look()).status_code == 200


def test_move__deep__older_ciphertext_and_wraps_are_gone(stage, keep, ask, vault, tmp_path):
    old = keep()
    stage.grant()
    wrap = ask(stage.look()).json()["wrap"]
    keep(content="another", version=2)
    stage.mine()
    vault.step()
    left = everything(tmp_path)
    assert not [one for one in (old.member, old.vault, wrap) if one.encode() in left]
    assert not vault.blobs.versions(stage.passport_id, SIZE)[:-1]
    with vault.book.reading() as connection:  # that it went out stays told
        assert connection.execute(select(RELEASE.c.wrap)).scalars().all() == [None]


def test_envelope__no_move_for_a_day__is_gone(stage, member, vault, clock):
    member.put("/v1/records", stage.envelope().model_dump(mode="json"))
    vault.step()
    assert len(member.get("/v1/records").json()["records"]) == 1
    clock.wait(86_400)
    vault.ledger._max_head_age = 10**9
    vault.step()
    with vault.book.reading() as connection:
        assert not connection.execute(select(RECORD)).all()
    assert not vault.blobs.versions(stage.passport_id, SIZE)


def test_erase__storage_down__is_done_once_it_is_back(stage, keep, vault, tmp_path, nobody, ask):
    keep()
    stage.grant()
    look = stage.look()
    (tmp_path / "blobs").rename(tmp_path / "away")
    assert no(ask(look)) == (503, "storage_down")
    assert nobody.get("/healthz").json()["storage"] == "storage_down"
    stage.erase()
    stage.mine()
    with pytest.raises(StorageDown):
        vault.step()
    with vault.book.reading() as connection:
        assert not connection.execute(select(CERTIFICATE)).all()
    (tmp_path / "away").rename(tmp_path / "blobs")
    vault.step()
    assert not vault.blobs.versions(stage.passport_id, SIZE)
    with vault.book.reading() as connection:
        assert len(connection.execute(select(CERTIFICATE)).all()) == 1


@pytest.mark.parametrize("name", ["../1", "1/../../2", "", "1\0", -1, True, 1.5])
def test_blobs__any_name_but_a_number__is_no_path(tmp_path, name):
    blobs = Blobs(str(tmp_path / "blobs"))
    blobs.prepare()
    with pytest.raises(ValueError, match="numbers alone"):
        blobs.put(name, 1, 1, 1, b"x")
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_erase__while_somebody_reads__the_log_is_emptied_by_a_later_step(
    stage, keep, vault, tmp_path, monkeypatch
):
    envelope = keep()
    vault.step()
    stage.erase()
    stage.mine()
    monkeypatch.setattr(book, "_BRIEFLY", 0)
    with vault.book.reading() as connection:
        connection.execute(select(RECORD)).all()
        vault.step()
        assert envelope.member.encode() in everything(tmp_path)
    vault.step()
    assert envelope.member.encode() not in everything(tmp_path)
