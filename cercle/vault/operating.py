"""What an operator does with a vault, and what only an operator's machine has: its database."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from ..errors import CercleError
from ..service.serving import serve
from ..service.settings import SettingsError
from . import keys
from .app import build
from .backup import BackupRefused, backup, drill, restore
from .blobs import Blobs
from .book import Book
from .logs import begin
from .service import Vault
from .settings import Settings


def run_serve(args: argparse.Namespace) -> int:
    """`serve`."""
    try:
        vault = Vault.open(Settings.read())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    begin()
    serve(build(vault), args.address, args.port)
    return 0


def run_keys(args: argparse.Namespace) -> int:
    """`keys`: for a file that only the vault reads."""
    sys.stdout.write(
        f"{Settings.PREFIX}KEY={keys.text_of(keys.new_private())}\n"
        f"{Settings.PREFIX}CUSTODIAN_KEY=0x{secrets.token_hex(32)}\n"
    )
    return 0


# ---- backups ---------------------------------------------------------------------------------


def run_backup(args: argparse.Namespace) -> int:
    """`backup FILE --to KEY`."""

    def work(book: Book, blobs: Blobs) -> str:
        return f"{backup(book, blobs, Path(args.file), _public(args.to))}  {args.file}"

    return _on_disk(work)


def run_restore(args: argparse.Namespace) -> int:
    """`restore FILE`, with the private key in CERCLE_VAULT_BACKUP_KEY."""

    def work(book: Book, blobs: Blobs) -> str:
        try:
            private = keys.bytes_of(os.environ.get(f"{Settings.PREFIX}BACKUP_KEY", ""))
        except ValueError as error:
            raise BackupRefused(f"{Settings.PREFIX}BACKUP_KEY is no key.") from error
        restore(Path(args.file), private, book, blobs)
        return "Restored."

    return _on_disk(work)


def run_drill(args: argparse.Namespace) -> int:
    """`drill`: with a key of its own, which is forgotten."""

    def work(book: Book, blobs: Blobs) -> str:
        private, own = keys.new_private(), Settings.read().private_keys()
        return json.dumps(drill(book, blobs, keys.public_of(private), private, own))

    return _on_disk(work)


def _public(text: str) -> bytes:
    try:
        return keys.require_public(keys.bytes_of(text))
    except ValueError as error:
        raise BackupRefused("This is no public key: 32 bytes as base64url.") from error


def _on_disk(work: Callable[[Book, Blobs], str]) -> int:
    """Do something with the vault that the environment names."""
    try:
        settings = Settings.read()
        book, blobs = Book.open(settings.database), Blobs(settings.storage)
        try:
            sys.stdout.write(work(book, blobs) + "\n")
        finally:
            book.close()
    except CercleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


__all__ = ["run_backup", "run_drill", "run_keys", "run_restore", "run_serve"]
