"""What the environment says about a vault, checked once at the start."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from eth_account import Account
from eth_account.signers.local import LocalAccount
from pydantic import Field, SecretStr, field_validator

from ..errors import CercleError
from ..service.settings import Names, Seconds, ServiceSettings, SettingsError
from . import keys


class Settings(ServiceSettings):
    """How a vault was told to run; docs/vault.md has the table of the variables."""

    PREFIX = "CERCLE_VAULT_"
    SERVICE = "vault"
    OTHERS: ClassVar[set[str]] = {"URL", "COMPANY_KEY", "BACKUP_KEY"}  # its clients' way to here
    ROOM: ClassVar[int] = 24_576  # bytes of a request: the longest envelope, and to spare

    database: str = Field(min_length=1, description="a file's path, or postgresql://…")
    storage: str = Field(min_length=1, description="where ciphertexts lie: a folder, or s3://…")
    site: str
    key: SecretStr
    earlier_keys: tuple[SecretStr, ...] = ()
    custodian_key: SecretStr
    origins: Names = ()

    window: Seconds = 60.0
    max_head_age: Seconds = 60.0
    poll_seconds: Seconds = 5.0
    node_timeout: Seconds = 5.0
    per_minute: int = Field(default=600, ge=4, le=60_000)
    sign_ins_per_minute: int = Field(default=600, ge=4, le=60_000)
    waiting_for: Seconds = 86_400.0

    @field_validator("earlier_keys", mode="before")
    @classmethod
    def _apart(cls, told: object) -> object:
        return tuple(told.replace(",", " ").split()) if isinstance(told, str) else told

    @field_validator("site")
    @classmethod
    def _is_site(cls, site: str) -> str:
        return origin_of(site)

    @field_validator("origins")
    @classmethod
    def _are_sites(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(origin_of(one) for one in origins)

    @property
    def domain(self) -> str:
        """Who asks for a sign-in, as the person knows them."""
        return urlsplit(self.site).netloc

    def private_keys(self) -> tuple[bytes, ...]:
        """The vault's keys; the first seals, all open.

        Raises:
            SettingsError: One is none.
        """
        named = [("KEY", self.key), *(("EARLIER_KEYS", one) for one in self.earlier_keys)]
        return tuple(self._private(name, one.get_secret_value()) for name, one in named)

    def _private(self, name: str, text: str) -> bytes:
        try:
            found = keys.bytes_of(text)
            keys.load(found)
        except (CercleError, ValueError):  # whose sentence might quote it
            raise SettingsError(f"{self.PREFIX}{name} is no key: 32 bytes as base64url.") from None
        return found

    def custodian(self) -> LocalAccount:
        """Who signs certificates.

        Raises:
            SettingsError: It is no key.
        """
        try:
            account: LocalAccount = Account.from_key(self.custodian_key.get_secret_value())
        except Exception:  # the library raises several kinds, some of which quote the key
            raise SettingsError(f"{self.PREFIX}CUSTODIAN_KEY is no private key.") from None
        return account


def origin_of(site: str) -> str:
    """A site as browsers name it, without a path.

    Raises:
        ValueError: It is more than that, or less.
    """
    parts = urlsplit(site)
    name = parts.netloc
    is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in name)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise ValueError("a site is https:// and a name, as people see it")
    return f"{parts.scheme}://{name}"


__all__ = ["Settings", "SettingsError"]
