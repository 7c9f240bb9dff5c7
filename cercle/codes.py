"""
The codes of CODE perks: kept encrypted, one file a perk, each for one serial of one variant.

Who may read the folder learns nothing without the key, and cannot move a code to another
perk, variant, serial or brand. Every release is written to a journal before the code is
shown. The chain says whose a code is; this module only keeps them.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, ValidationError

from .errors import CercleError
from .models import ClaimView
from .values import Address, Frozen, checksum

KEY = "CERCLE_CODES_KEY"  # 32 bytes, as base64
FOLDER = "CERCLE_CODES"  # where the files lie
MAX_CODE = 512  # characters
_NONCE = 12  # bytes
_Variant = int


class CodesError(CercleError):
    """The codes of a perk cannot be used."""

    code = "codes"


class CodesKeyMissing(CodesError):
    """The key of the codes is missing or is none."""

    code = "codes_key_missing"


class CodesDamaged(CodesError):
    """The codes were changed, moved, or written under another key."""

    code = "codes_damaged"


class Released(Frozen):
    """One line of the journal: a code that was shown."""

    at: datetime
    claim_id: int
    perk_id: int
    variant: int
    serial: int
    account: Address


class _Sheet(Frozen):
    """One perk's file: variant -> the sealed codes, the first for serial 1."""

    perk_id: int
    codes: dict[_Variant, tuple[str, ...]] = Field(default_factory=dict)


class CodeStore:
    """A folder of encrypted codes.

    Usage example::

        store = CodeStore(folder, key_from(os.environ[KEY]), chain_id, perks_address)
        store.add(perk_id=2, variant=0, codes=["SPRING-1", "SPRING-2"])
        store.reveal(claim, account)  # "SPRING-1" for serial 1
    """

    def __init__(
        self, folder: str | os.PathLike[str], key: bytes, chain_id: int, perks: str
    ) -> None:
        self.folder = Path(folder)
        self._cipher = AESGCM(key)
        self._where = f"cercle codes 1|{chain_id}|{checksum(perks)}"

    def __repr__(self) -> str:
        return f"<CodeStore {self.folder}>"

    def add(self, perk_id: int, variant: int, codes: Sequence[str]) -> range:
        """Keep more codes of a variant, for the serials that follow; returns those serials.

        Raises:
            CodesError: A code is empty, too long, or there already.
            CodesDamaged: The file that is there cannot be read.
        """
        fresh = [code.strip() for code in codes]
        if any(not code or len(code) > MAX_CODE or not code.isprintable() for code in fresh):
            raise CodesError(f"A code is one line of 1 to {MAX_CODE} characters.")
        with self._locked():
            sheet = self._read(perk_id)
            sealed = list(sheet.codes.get(variant, ()))
            known = {self._open(perk_id, variant, n, one) for n, one in enumerate(sealed, start=1)}
            if len({*fresh} | known) != len(fresh) + len(known):
                raise CodesError("One of these codes is in the file twice, or was there already.")
            first = len(sealed) + 1
            sealed += [
                self._seal(perk_id, variant, first + place, code)
                for place, code in enumerate(fresh)
            ]
            codes_now = {**sheet.codes, variant: tuple(sealed)}
            self._write(sheet.model_copy(update={"codes": codes_now}))
        return range(first, len(sealed) + 1)

    def count(self, perk_id: int, variant: int) -> int:
        """How many serials of a variant have a code."""
        return len(self._read(perk_id).codes.get(variant, ()))

    def reveal(self, claim: ClaimView, account: str, now: datetime | None = None) -> str | None:
        """The code of a claim, journalled before it is given; None where none is kept yet.

        The caller has made sure that the claim is live and that `account` is its member's.
        """
        sealed = self._read(claim.perk_id).codes.get(claim.variant, ())
        if not 1 <= claim.serial <= len(sealed):
            return None
        found = self._open(claim.perk_id, claim.variant, claim.serial, sealed[claim.serial - 1])
        line = Released(
            at=now or datetime.now(UTC),
            claim_id=claim.id,
            perk_id=claim.perk_id,
            variant=claim.variant,
            serial=claim.serial,
            account=account,
        )
        with self._locked():
            if not any(
                (told.claim_id, told.account) == (line.claim_id, line.account)
                for told in self.journal()
            ):
                self._append(line)
        return found

    def journal(self) -> list[Released]:
        """Every release, the first first: each claim and account once."""
        path = self.folder / "released.jsonl"
        if not path.exists():
            return []
        lines = path.read_text("utf-8").splitlines()
        try:
            return [Released.model_validate_json(line) for line in lines if line]
        except ValidationError as error:
            raise CodesDamaged(f"{path} cannot be read.") from error

    # ---- sealing -----------------------------------------------------------------

    def _seal(self, perk_id: int, variant: int, serial: int, code: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        place = self._place(perk_id, variant, serial)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, code.encode(), place)).decode()

    def _open(self, perk_id: int, variant: int, serial: int, sealed: str) -> str:
        try:
            raw = base64.b64decode(sealed, validate=True)
            place = self._place(perk_id, variant, serial)
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place).decode()
        except (binascii.Error, InvalidTag, UnicodeError, ValueError) as error:
            raise CodesDamaged(
                f"A code of perk {perk_id} does not open: it was changed or moved, or the key is "
                "another."
            ) from error

    def _place(self, perk_id: int, variant: int, serial: int) -> bytes:
        return f"{self._where}|{perk_id}|{variant}|{serial}".encode()

    # ---- files -------------------------------------------------------------------

    def _path(self, perk_id: int) -> Path:
        return self.folder / f"perk_{int(perk_id)}.json"

    def _read(self, perk_id: int) -> _Sheet:
        path = self._path(perk_id)
        try:
            sheet = _Sheet.model_validate_json(path.read_text("utf-8"))
        except FileNotFoundError:
            return _Sheet(perk_id=perk_id)
        except (OSError, UnicodeError, ValidationError) as error:
            raise CodesDamaged(f"{path} cannot be read.") from error
        if sheet.perk_id != perk_id:
            raise CodesDamaged(f"{path} is of another perk.")
        return sheet

    def _write(self, sheet: _Sheet) -> None:
        target = self._path(sheet.perk_id)
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(sheet.model_dump(mode="json"), file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def _append(self, line: Released) -> None:
        path = self.folder / "released.jsonl"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line.model_dump_json() + "\n")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, over all processes of this machine."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def key_from(text: str) -> bytes:
    """The key out of its text.

    Raises:
        CodesKeyMissing: It is none.
    """
    try:
        raw = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    except (binascii.Error, ValueError) as error:
        raise CodesKeyMissing(f"{KEY} is not base64.") from error
    if len(raw) != 32:
        raise CodesKeyMissing(f"{KEY} must hold 32 bytes, as base64.")
    return raw


def new_key() -> str:
    """A fresh key, as the environment takes it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def from_environment(chain_id: int, perks: str) -> CodeStore | None:
    """The store that the environment names; None if it names none.

    Raises:
        CodesKeyMissing: It names a folder and no key.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    return CodeStore(folder, key_from(os.environ.get(KEY, "")), chain_id, perks)


__all__ = [
    "FOLDER",
    "KEY",
    "MAX_CODE",
    "CodeStore",
    "CodesDamaged",
    "CodesError",
    "CodesKeyMissing",
    "Released",
    "from_environment",
    "key_from",
    "new_key",
]
