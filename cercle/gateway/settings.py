"""What the environment says about a gateway, checked once at the start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from ..service.settings import Names, Seconds, ServiceSettings, SettingsError

HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")  # a name or an address, and a port


class Settings(ServiceSettings):
    """How a gateway was told to run; docs/gateway.md has the table of the variables."""

    PREFIX = "CERCLE_GATEWAY_"
    SERVICE = "gateway"
    SHARED: ClassVar[dict[str, str]] = {
        **ServiceSettings.SHARED,
        "index_url": "CERCLE_INDEX_URL",
        "content": "CERCLE_CONTENT",
    }
    OTHERS: ClassVar[set[str]] = {
        "URL",
        "CALLER",
        "KEY",
    }  # the examples' way to here
    ROOM: ClassVar[int] = 8_192  # bytes of a request: a till's code of 1,024 bytes and to spare

    callers: Path
    authorities: Names = ()
    index_url: str | None = None
    content: str | None = None

    window: Seconds = 60.0
    skew: float = Field(default=5.0, ge=0, le=300, allow_inf_nan=False)
    calls_per_minute: int = Field(default=6_000, ge=1)
    head_age: Seconds = 1.0
    max_head_age: int | None = Field(default=None, gt=0)
    max_behind: int = Field(default=20, ge=0)
    node_timeout: Seconds = 5.0
    cache_size: int = Field(default=4_096, ge=1, le=1_000_000)

    @field_validator("authorities")
    @classmethod
    def _are_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if not HOST.fullmatch(name):
                raise ValueError("write a name and, if need be, a port: gateway.example:8503")
        return tuple(name.lower() for name in names)


__all__ = ["HOST", "Settings", "SettingsError"]
