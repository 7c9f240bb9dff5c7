"""Reads what somebody took out of a vault, without the vault and without a chain.

The passphrase is read from the terminal, never from the command line, where others would see it.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import CercleError
from . import wire
from .bindings import Ledger
from .envelopes import open_record
from .keys import SealBroken
from .rings import open_ring

MAX_FILE = 16 * 1024 * 1024  # bytes


class ExportRefused(CercleError):
    """This file is no export."""

    code = "bad_export"


def read_export(path: Path) -> wire.Export:
    """Read an export.

    Raises:
        ExportRefused: It is not there, or is none.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise ExportRefused(f"{path.name} is too large for an export.")
        return wire.Export.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ExportRefused(f"{path.name} cannot be read.") from error
    except ValidationError as error:
        raise ExportRefused(f"{path.name} is no export of a vault.") from error


def open_export(export: wire.Export, passphrase: str) -> list[dict[str, Any]]:
    """Every record of an export, opened, in the order of the categories.

    Raises:
        ExportRefused: It holds no key: its owner never had one there.
        SealBroken: The passphrase is another, or something was changed.
    """
    if export.ring is None:
        raise ExportRefused("This export holds no key, so nothing in it can be opened.")
    ledger = Ledger(chain_id=export.chain_id, consent=export.consent)
    private = open_ring(export.ring, passphrase, ledger, export.passport_id)
    found = []
    for kept in sorted(export.records, key=_order):
        envelope = kept.envelope
        if envelope.passport_id != export.passport_id:
            raise SealBroken("A record of this export is somebody else's.")
        record = open_record(envelope, ledger, private)
        found.append(
            {
                "category": record.category,
                "content": record.content,
                "made_at": datetime.fromtimestamp(record.made_at, UTC).isoformat(),
                "version": envelope.record_version,
                "state": kept.state,
                "commitment": record.commitment,
                "secret": record.secret,
            }
        )
    return found


def run_open(args: argparse.Namespace, ask: Callable[[str], str] = getpass.getpass) -> int:
    """`open FILE`: print the records as JSON, or write them where `--out` says.

    Args:
        args: `file` and `out`; `add_open` declares both.
        ask: Reads the passphrase, unseen.

    Returns:
        The exit code: 0, or 1 after one sentence on stderr.
    """
    try:
        export = read_export(Path(args.file))
        told = open_export(export, ask("Passphrase: "))
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        if args.out is None:
            sys.stdout.write(text)
        else:
            write_private(Path(args.out), text)
    except CercleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("No passphrase was given.\n")
        return 1
    return 0


def add_open(commands: Any) -> None:
    """Declare `open` among a parser's subcommands."""
    parser = commands.add_parser("open", help="open what you took out of a vault, without it")
    parser.add_argument("file", help="the export")
    parser.add_argument("--out", help="a new file for the records, for your eyes only")
    parser.set_defaults(run=run_open)


def write_private(path: Path, text: str) -> None:
    """Write a new file that nobody else reads (mode 600).

    Raises:
        ExportRefused: There is a file already, or none can be made there.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ExportRefused(f"{path.name} exists already; nothing was written over it.") from error
    except OSError as error:
        raise ExportRefused(f"{path.name} cannot be written.") from error


def _order(kept: wire.KeptRecord) -> tuple[int, int]:
    return kept.envelope.category, kept.envelope.record_version


__all__ = ["ExportRefused", "add_open", "open_export", "read_export", "run_open", "write_private"]
