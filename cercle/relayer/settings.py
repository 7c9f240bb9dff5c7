"""What the environment says about a relayer, checked once at the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator

from ..errors import CercleError
from ..limits import MAX_BATCH
from ..typed_data import STRUCTS, can_carry
from ..values import Frozen, hash_text
from .wire import ACCOUNT, Budgets, first_of

PREFIX = "CERCLE_RELAYER_"
SHARED = {"rpc_urls": "CERCLE_RPC_URLS", "deployment": "CERCLE_DEPLOYMENT"}
OTHERS = {"URL"}  # of this prefix, but somebody else's: the app's way to here

ETHER, GWEI = 10**18, 10**9
GAS_CAP = 600_000  # of an act, unless GAS_CAPS says otherwise
ACCOUNT_GAS, BATCH_GAS = 400_000, 6_000_000
PER_KIND = 2_000


class SettingsError(CercleError):
    """One sentence for whoever starts the relayer."""

    code = "relayer_settings"


def _list(value: Any) -> Any:
    """`a, b`."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if _is(value) else value


def _table(value: Any) -> Any:
    """`Ballot=5000, Claim=200`."""
    if not _is(value):
        return value
    pairs = [part.partition("=") for part in _list(value)]
    if any(not middle for _, middle, _ in pairs):
        raise ValueError("write it as in Ballot=5000, Claim=200")
    return {name.strip(): number.strip() for name, _, number in pairs}


def _units(unit: int) -> BeforeValidator:
    """A decimal number of ether or gwei, as wei."""

    def convert(value: Any) -> Any:
        if not _is(value):
            return value
        try:
            wei = Decimal(value) * unit
        except InvalidOperation:
            raise ValueError("it is not a decimal number") from None
        if not wei.is_finite() or wei != int(wei):
            raise ValueError("it is not a whole number of wei")
        return int(wei)

    return BeforeValidator(convert)


def _is(value: Any) -> bool:
    return isinstance(value, str)


_Names = Annotated[tuple[str, ...], BeforeValidator(_list)]
_Table = Annotated[dict[str, Annotated[int, Field(ge=0)]], BeforeValidator(_table)]
_Ether = Annotated[int, _units(ETHER), Field(ge=0, lt=2**63)]
_Gwei = Annotated[int, _units(GWEI), Field(gt=0, lt=2**63)]
_Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]


class Settings(Frozen):
    """How a relayer was told to run; docs/relayer.md has the table of the variables."""

    ROOM: ClassVar[int] = 16_384  # bytes of a request: four signatures of 1,024 bytes and to spare

    rpc_urls: _Names = Field(min_length=1)
    deployment: Path
    journal: Path = Path("relayer") / "journal.sqlite"
    key: SecretStr | None = None
    keystore: Path | None = None
    password_file: Path | None = None
    rp_id: str | None = Field(default=None, description="the only site whose passkeys get accounts")

    structs: _Names = tuple(name for name in STRUCTS if can_carry(name))
    batch_seconds: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = 2.0
    batch_size: int = Field(default=MAX_BATCH, ge=1, le=MAX_BATCH)

    per_member: int = Field(default=50, ge=0)
    per_kind: _Table = Field(default_factory=dict)
    gas_per_day: int = Field(default=200_000_000, ge=0)
    ether_per_day: _Ether = ETHER // 2
    balance_floor: _Ether = ETHER // 100
    gas_caps: _Table = Field(default_factory=dict)
    batch_gas_cap: int = Field(default=BATCH_GAS, ge=100_000)
    max_fee: _Gwei = 100 * GWEI
    max_tip: _Gwei = 3 * GWEI

    confirmations: int = Field(default=2, ge=0, le=1_000)
    stuck_seconds: _Seconds = 60.0
    rebroadcast_seconds: _Seconds = 15.0
    poll_seconds: _Seconds = 0.5
    max_in_flight: int = Field(default=8, ge=1, le=64)
    max_head_age: int | None = Field(default=None, gt=0)
    node_timeout: _Seconds = 5.0
    keep_days: int = Field(default=30, ge=2)

    @classmethod
    def read(cls, env: Mapping[str, str] | None = None) -> Self:
        """Read the environment.

        Raises:
            SettingsError: Something is missing, unknown or contradicts itself.
        """
        env = os.environ if env is None else env
        found: dict[str, Any] = {
            field: env[name].strip() for field, name in SHARED.items() if env.get(name, "").strip()
        }
        for name, text in env.items():
            field = name.removeprefix(PREFIX)
            if field == name or field in OTHERS or not text.strip():
                continue
            if field.lower() not in cls.model_fields or field.lower() in SHARED:
                raise SettingsError(f"{name} is no setting of a relayer.")
            found[field.lower()] = text.strip()
        try:
            return cls.model_validate(found)
        except ValidationError as error:
            field = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
            name = SHARED.get(field, PREFIX + field.upper())
            raise SettingsError(f"{name}: {first_of(error).partition(': ')[2]}.") from None

    @field_validator("rpc_urls")
    @classmethod
    def _are_urls(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("a node has an http or https address")
        if len(set(urls)) != len(urls):
            raise ValueError("a node is named twice")
        return urls

    @field_validator("structs")
    @classmethod
    def _are_carried(cls, structs: tuple[str, ...]) -> tuple[str, ...]:
        for name in structs:
            if not can_carry(name):
                raise ValueError(f"nothing carries a {name}")
        return tuple(dict.fromkeys(structs))

    @field_validator("per_kind", "gas_caps")
    @classmethod
    def _are_kinds(cls, table: dict[str, int]) -> dict[str, int]:
        for name in table:
            if not can_carry(name) and name != ACCOUNT:
                raise ValueError(f"nothing carries a {name}")
        return table

    # ---- what follows from them ----

    def of_kind(self, struct: str) -> int:
        """How many of a kind are carried a day."""
        return self.per_kind.get(struct, PER_KIND)

    def gas_cap(self, struct: str) -> int:
        """The most gas that one act of a kind may take."""
        return self.gas_caps.get(struct, ACCOUNT_GAS if struct == ACCOUNT else GAS_CAP)

    @property
    def site(self) -> str | None:
        """sha256 of the only site whose passkeys get accounts."""
        return hash_text(sha256(self.rp_id.encode()).digest()) if self.rp_id else None

    def budgets(self, passkeys: bool) -> Budgets:
        """What is carried a day, for `/v1/terms`."""
        kinds = (*self.structs, ACCOUNT) if passkeys else self.structs
        return Budgets(
            per_member=self.per_member,
            per_kind={name: self.of_kind(name) for name in kinds},
            gas_per_day=self.gas_per_day,
            wei_per_day=self.ether_per_day,
        )


__all__ = ["PREFIX", "Settings", "SettingsError"]
