"""What the environment says about a keeper, checked once at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from cercle.service.settings import Seconds, ServiceSettings, SettingsError, comma_list

from .follow import STEP
from .notes import DEPTH

Numbers = Annotated[frozenset[int], BeforeValidator(comma_list)]


class Settings(ServiceSettings):
    """How a keeper was told to run; docs/keeper.md has the table of the variables."""

    PREFIX = "CERCLE_KEEPER_"
    SERVICE = "keeper"

    folder: Path
    inbox: Path | None = None
    lists: Numbers = frozenset()
    most: int = Field(default=50, ge=1, le=1_000)
    depth: int = Field(default=DEPTH, ge=0, le=100_000)
    step: int = Field(default=STEP, ge=1, le=1_000_000)
    node_timeout: Seconds = 5.0

    @property
    def notes(self) -> Path:
        """The file of notes."""
        return self.folder / "notes.sqlite"

    @property
    def warnings(self) -> Path:
        """The file of warnings."""
        return self.folder / "warnings.jsonl"


__all__ = ["Settings", "SettingsError"]
