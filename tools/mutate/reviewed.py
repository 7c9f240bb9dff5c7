"""Survivors that were argued away: tests/mutants/<source>.json.

An entry names a mutant by what stays when lines are moved about (function, line before, line
after, and which of those alike), and says why no test can or need tell it from the contract.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from tools.mutate.operators import Change
from tools.places import ROOT

FOLDER = ROOT / "tests" / "mutants"
FIELDS = ("function", "line", "becomes", "why")


@dataclass(frozen=True)
class Argument:
    """Why a mutant may live."""

    function: str
    line: str
    becomes: str
    why: str
    nth: int = 1

    @property
    def key(self) -> tuple[str, str, str, int]:
        """As a change has it."""
        return self.function, self.line, self.becomes, self.nth


class Reviewed:
    """The arguments about one source."""

    def __init__(self, source: Path):
        self.path = FOLDER / f"{source.stem}.json"
        said = json.loads(self.path.read_text()) if self.path.is_file() else []
        self.arguments = [self._read(entry) for entry in said]
        keys = [argument.key for argument in self.arguments]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"{self.path}: said twice: {sorted(twice)[0]}")

    def _read(self, entry: dict[str, object]) -> Argument:
        if missing := [name for name in FIELDS if not str(entry.get(name, "")).strip()]:
            raise ValueError(f"{self.path}: an entry without its {missing[0]}: {entry}")
        return Argument(**entry)  # type: ignore[arg-type]

    def about(self, change: Change) -> Argument | None:
        """The argument about a change, if there is one."""
        return next((found for found in self.arguments if found.key == change.key), None)

    def stale(self, changes: list[Change]) -> list[Argument]:
        """Those that are about nothing any more."""
        keys = {change.key for change in changes}
        return [argument for argument in self.arguments if argument.key not in keys]
