"""Who may ask: a file of callers, read again whenever it changes."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from ..service.problem import first_of
from ..service.settings import SettingsError
from ..values import Frozen, Hash
from .logs import tell, warn
from .signatures import CALLER

MOST = 1_000  # callers of a file
_ROOM = 1_048_576  # bytes of it
_PAUSE = 1.0  # seconds between two looks at it
# The points of small order, by their y; the top bit is x's sign. Anybody can sign for such a key,
# and 32 zero bytes, as somebody may write to fill the form, are one.
_SIGN = 1 << 255
_PRIME = _SIGN - 19
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_WEAK = {y % _PRIME for y in (0, 1, -1, _EIGHTH, -_EIGHTH)}


class Scope(StrEnum):
    """What a caller may ask about."""

    BRAND = "brand"
    WALLETS = "wallets"
    AVATARS = "avatars"
    HISTORY = "history"
    REDEEM = "redeem"


def _key(text: str) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise ValueError("a key is 32 bytes of Ed25519, as base64") from error
    if int.from_bytes(raw, "little") % _SIGN % _PRIME in _WEAK:
        raise ValueError("anybody can sign for this key: make one of your own")
    return text


class Caller(Frozen):
    """One shop, game or world."""

    id: Annotated[str, StringConstraints(pattern=rf"^{CALLER}$")]
    key: Annotated[str, AfterValidator(_key)]
    scopes: frozenset[Scope] = Field(min_length=1)
    worlds: tuple[Hash, ...] = Field(
        default=(), max_length=16, description="the only worlds it may ask about; none: any"
    )
    per_minute: int = Field(default=600, ge=1, le=60_000)
    calls_per_minute: int | None = Field(
        default=None, ge=1, description="questions to nodes; the gateway's own setting if not given"
    )

    @property
    def public_key(self) -> Ed25519PublicKey:
        """What it signs with."""
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(self.key))


class _File(Frozen):
    callers: tuple[Caller, ...] = Field(max_length=MOST)


class Callers:
    """The callers of a file, as they are now.

    A file that cannot be read any more changes nothing but the health: who was let in stays in.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """
        Raises:
            SettingsError: The file cannot be read; the text says where.
        """
        self._path = path
        self._clock = clock
        self._seen = clock()
        self._stamp = self._look()
        self._known = _read(path)
        self.is_well = True

    def get(self, id: str) -> Caller | None:
        """The caller of this name."""
        self._refresh()
        return self._known.get(id)

    def _refresh(self) -> None:
        if self._clock() - self._seen < _PAUSE:
            return
        self._seen = self._clock()
        stamp = self._look()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._known = _read(self._path)
        except SettingsError as error:
            self.is_well = False
            warn("callers unreadable", why=str(error))
        else:
            self.is_well = True
            tell("callers read", count=len(self._known))

    def _look(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _read(path: Path) -> dict[str, Caller]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read.") from error
    if len(raw) > _ROOM:
        raise SettingsError(f"{path} is larger than {_ROOM} bytes.")
    try:
        told: Any = json.loads(raw)
        found = _File.model_validate(told).callers
    except ValidationError as error:
        raise SettingsError(f"{path}: {first_of(error)}.") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not JSON.") from error
    known = {caller.id: caller for caller in found}
    if len(known) != len(found):
        raise SettingsError(f"{path} names a caller twice.")
    return known


__all__ = ["MOST", "Caller", "Callers", "Scope"]
