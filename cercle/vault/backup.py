"""A vault in one file: sealed to a key that is not here, brought back elsewhere, and tried.

The file holds what the vault holds, which is shut already; it is sealed once more, since it tells
who keeps something and whom companies asked. What was erased since it was written comes back with
it, and goes again before the restored vault answers: its first step looks at everything.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select

from ..errors import CercleError
from . import keys
from .bindings import Ledger
from .blobs import Blobs
from .book import Book
from .tables import META, METADATA, RECORD, SESSION

_INFO = b"cercle vault backup 1"
_MAGIC = b"cercle vault backup 1\n"
_TABLES = [table for table in METADATA.sorted_tables if table is not SESSION]
_SEALED = keys.KEY + keys.OVERHEAD


class BackupRefused(CercleError):
    """This file is no backup of ours, or the place is not empty."""

    code = "bad_backup"


def backup(book: Book, blobs: Blobs, path: Path, public: bytes) -> str:
    """Write all that a vault holds to a new file; tells its SHA-256.

    Args:
        book: The database.
        blobs: The ciphertexts.
        path: A file that is not there yet.
        public: Whose key opens it: one that does not lie beside the vault.

    Raises:
        BackupRefused: There is a file already.
        StorageDown: Something cannot be read.
    """
    if path.exists():
        raise BackupRefused(f"{path.name} is there already; nothing was written over it.")
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file, book.reading() as connection:
        file.writestr("tables.json", json.dumps(_rows(connection)))
        # One look at the database, then the files: one that came later has no row, and no use.
        for place, content in blobs.all():
            file.writestr("/".join(["records", *map(str, place)]), content)
    key, nonce = os.urandom(32), os.urandom(12)
    shut = AESGCM(key).encrypt(nonce, raw.getvalue(), _INFO)
    whole = _MAGIC + keys.seal(public, key, _INFO) + nonce + shut
    _write(path, whole)
    return sha256(whole).hexdigest()


def restore(path: Path, private: bytes, book: Book, blobs: Blobs) -> None:
    """Bring a vault back, into an empty place.

    Raises:
        BackupRefused: It is no backup, was changed, is of another key, or the place is not empty.
        StorageDown: Something cannot be written.
    """
    tables, contents = _read(path, private)
    blobs.prepare()
    with book.writing() as connection:
        for table in _TABLES:
            if connection.execute(select(table)).first() is not None:
                raise BackupRefused("There is a vault here already: restore into an empty place.")
        for place, content in contents.items():
            blobs.put(*place, content)
        for table in _TABLES:
            rows = tables.get(table.name, [])
            if rows:
                connection.execute(insert(table), rows)


def drill(
    book: Book, blobs: Blobs, public: bytes, private: bytes, vault_keys: Sequence[bytes]
) -> dict[str, int]:
    """Back a vault up, bring it back elsewhere, compare, and open what was left to it.

    Args:
        book: The database.
        blobs: The ciphertexts.
        public: Whose key opens the backup.
        private: That key.
        vault_keys: The vault's own, which are in no backup.

    Returns:
        How much of each kind came back, and how many keys of records opened.

    Raises:
        BackupRefused: What came back is something else, or does not open with the vault's keys.
    """
    with tempfile.TemporaryDirectory(prefix="cercle-drill-") as folder:
        path = Path(folder) / "backup"
        backup(book, blobs, path, public)
        other, others = Book.open(str(Path(folder) / "book.sqlite")), Blobs(f"{folder}/blobs")
        try:
            restore(path, private, other, others)
            with book.reading() as ours, other.reading() as theirs:
                before, after = _rows(ours), _rows(theirs)
            there = dict(others.all())
            if before != after or there != dict(blobs.all()):
                raise BackupRefused("What came back is not what was there.")
            with other.reading() as theirs:
                opened = _opened(theirs, [keys.load(one) for one in vault_keys])
        finally:
            other.close()
    return {
        "ciphertexts": len(there),
        "opened": opened,
        **{name: len(rows) for name, rows in after.items()},
    }


def _opened(connection: Connection, vault_keys: Sequence[keys.Private]) -> int:
    """How many records that were left to the vault its keys open: all, or it is no vault."""
    told = connection.execute(select(META)).one_or_none()
    left = connection.execute(select(RECORD).where(RECORD.c.vault.is_not(None))).all()
    if told is None:
        return 0
    ledger = Ledger(chain_id=told.chain_id, consent=told.consent)
    for row in left:
        info = ledger.wrap(
            row.passport_id, category=row.category, version=row.version, to="vault"
        ).as_bytes()
        if not any(_opens(key, row.vault, info) for key in vault_keys):
            raise BackupRefused("The vault's keys do not open all that was left to it.")
    return len(left)


def _opens(key: keys.Private, wrap: str, info: bytes) -> bool:
    try:
        return bool(keys.open(key, keys.bytes_of(wrap), info))
    except (keys.SealBroken, ValueError):
        return False


def _rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [
            row._asdict()
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in _TABLES
    }


def _read(
    path: Path, private: bytes
) -> tuple[dict[str, Any], dict[tuple[int, int, int, int], bytes]]:
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise BackupRefused(f"{path.name} cannot be read.") from error
    if not whole.startswith(_MAGIC):
        raise BackupRefused(f"{path.name} is no backup of a vault.")
    sealed, rest = whole[len(_MAGIC) :][:_SEALED], whole[len(_MAGIC) + _SEALED :]
    try:
        key = keys.open(private, sealed, _INFO)
        raw = AESGCM(key).decrypt(rest[:12], rest[12:], _INFO)
    except (keys.SealBroken, keys.KeyRefused, InvalidTag, ValueError) as error:
        raise BackupRefused("This backup opens with another key, or was changed.") from error
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        tables = json.loads(file.read("tables.json"))
        contents = {}
        for name in file.namelist():
            if name.startswith("records/"):
                passport_id, category, version, serial = map(int, name.split("/")[1:])
                contents[passport_id, category, version, serial] = file.read(name)
    return tables, contents


def _write(path: Path, whole: bytes) -> None:
    """All of it, for its owner's eyes, before its name is there."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise BackupRefused(f"{path.name} cannot be written.") from error
    finally:
        draft.unlink(missing_ok=True)


__all__ = ["BackupRefused", "backup", "drill", "restore"]
