"""What the environment says about a relayer, checked once at the start."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, SecretStr, field_validator

from ..limits import MAX_BATCH
from ..service.settings import Names, Seconds, ServiceSettings, SettingsError, comma_list
from ..typed_data import STRUCTS, TOKEN_STRUCTS, can_carry
from ..values import checksum, hash_text
from .wire import ACCOUNT, Budgets

ETHER, GWEI = 10**18, 10**9
GAS_CAP = 600_000  # of an act, unless GAS_CAPS says otherwise
ACCOUNT_GAS, BATCH_GAS = 400_000, 6_000_000
PER_KIND = 2_000


def _table(value: Any) -> Any:
    """`Ballot=5000, Claim=200`."""
    if not _is(value):
        return value
    pairs = [part.partition("=") for part in comma_list(value)]
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


_Table = Annotated[dict[str, Annotated[int, Field(ge=0)]], BeforeValidator(_table)]
_Ether = Annotated[int, _units(ETHER), Field(ge=0, lt=2**63)]
_Gwei = Annotated[int, _units(GWEI), Field(gt=0, lt=2**63)]


class Settings(ServiceSettings):
    """How a relayer was told to run; docs/relayer.md has the table of the variables."""

    PREFIX = "CERCLE_RELAYER_"
    SERVICE = "relayer"
    OTHERS: ClassVar[set[str]] = {"URL"}  # the app's way to here
    ROOM: ClassVar[int] = 16_384  # bytes of a request: four signatures of 1,024 bytes and to spare

    journal: Path = Path("relayer") / "journal.sqlite"
    key: SecretStr | None = None
    keystore: Path | None = None
    password_file: Path | None = None
    rp_id: str | None = Field(default=None, description="the only site whose passkeys get accounts")

    structs: Names = tuple(name for name in STRUCTS if can_carry(name))
    tokens: _Table = Field(default_factory=dict, description="the most that a permit may allow")
    batch_seconds: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = 2.0
    batch_size: int = Field(default=MAX_BATCH, ge=1, le=MAX_BATCH)

    per_member: int = Field(default=50, ge=0)
    per_kind: _Table = Field(default_factory=dict)
    gas_per_day: int = Field(default=200_000_000, ge=0)
    ether_per_day: _Ether = ETHER // 2
    protective_per_member: int = Field(default=100, ge=1)
    reserve_gas_per_day: int = Field(default=50_000_000, ge=0)
    reserve_ether_per_day: _Ether = ETHER // 8
    balance_floor: _Ether = ETHER // 100
    gas_caps: _Table = Field(default_factory=dict)
    batch_gas_cap: int = Field(default=BATCH_GAS, ge=100_000)
    max_fee: _Gwei = 100 * GWEI
    max_tip: _Gwei = 3 * GWEI

    confirmations: int = Field(default=2, ge=0, le=1_000)
    stuck_seconds: Seconds = 60.0
    rebroadcast_seconds: Seconds = 15.0
    poll_seconds: Seconds = 0.5
    max_in_flight: int = Field(default=8, ge=1, le=64)
    max_head_age: int | None = Field(default=None, gt=0)
    node_timeout: Seconds = 5.0
    keep_days: int = Field(default=30, ge=2)

    @field_validator("structs")
    @classmethod
    def _are_carried(cls, structs: tuple[str, ...]) -> tuple[str, ...]:
        for name in structs:
            if name not in STRUCTS or not can_carry(name):
                raise ValueError(f"nothing carries a {name}")
        return tuple(dict.fromkeys(structs))

    @field_validator("tokens")
    @classmethod
    def _are_tokens(cls, table: dict[str, int]) -> dict[str, int]:
        try:
            return {checksum(token): most for token, most in table.items()}
        except ValueError:
            raise ValueError("write it as in 0x…=100000, a token's address and a sum") from None

    @field_validator("per_kind", "gas_caps")
    @classmethod
    def _are_kinds(cls, table: dict[str, int]) -> dict[str, int]:
        for name in table:
            if not can_carry(name) and name != ACCOUNT:
                raise ValueError(f"nothing carries a {name}")
        return table

    # ---- what follows from them ----

    @property
    def offered(self) -> tuple[str, ...]:
        """The messages that are carried: permits only where a token is named."""
        return (*self.structs, *(TOKEN_STRUCTS if self.tokens else ()))

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
        kinds = (*self.offered, ACCOUNT) if passkeys else self.offered
        return Budgets(
            per_member=self.per_member,
            per_kind={name: self.of_kind(name) for name in kinds},
            gas_per_day=self.gas_per_day,
            wei_per_day=self.ether_per_day,
        )


__all__ = ["Settings", "SettingsError"]
