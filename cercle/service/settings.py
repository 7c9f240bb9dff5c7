"""What the environment says about a service, checked once at the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from ..errors import CercleError
from ..values import Frozen
from .problem import first_of


class SettingsError(CercleError):
    """One sentence for whoever starts the service."""

    code = "service_settings"


def comma_list(value: Any) -> Any:
    """`a, b`."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


Names = Annotated[tuple[str, ...], BeforeValidator(comma_list)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]


class ServiceSettings(Frozen):
    """The settings that every service has, and how they are read."""

    PREFIX: ClassVar[str]
    SERVICE: ClassVar[str]  # what it is called in a sentence
    SHARED: ClassVar[dict[str, str]] = {
        "rpc_urls": "CERCLE_RPC_URLS",
        "deployment": "CERCLE_DEPLOYMENT",
    }
    OTHERS: ClassVar[set[str]] = set()  # of this prefix, but somebody else's

    rpc_urls: Names = Field(min_length=1)
    deployment: Path

    @classmethod
    def read(cls, env: Mapping[str, str] | None = None) -> Self:
        """Read the environment.

        Raises:
            SettingsError: Something is missing, unknown or contradicts itself.
        """
        env = os.environ if env is None else env
        found: dict[str, Any] = {
            field: env[name].strip()
            for field, name in cls.SHARED.items()
            if env.get(name, "").strip()
        }
        for name, text in env.items():
            field = name.removeprefix(cls.PREFIX)
            if field == name or field in cls.OTHERS or not text.strip():
                continue
            if field.lower() not in cls.model_fields or field.lower() in cls.SHARED:
                raise SettingsError(f"{name} is no setting of a {cls.SERVICE}.")
            found[field.lower()] = text.strip()
        try:
            return cls.model_validate(found)
        except ValidationError as error:
            field = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
            name = cls.SHARED.get(field, cls.PREFIX + field.upper())
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


__all__ = ["Names", "Seconds", "ServiceSettings", "SettingsError", "comma_list"]
