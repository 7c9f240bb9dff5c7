"""What `ape compile` leaves behind: the code that a deployment sends."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from .contracts import pack_arguments
from .errors import DeploymentError
from .values import Frozen

BUILD = Path(".build") / "__local__.json"
PATIENCE = 10.0  # seconds: Ape takes its book away and writes it anew whenever it opens a project
_PAUSE = 0.1


class Artifact(Frozen):
    """One compiled contract."""

    name: str
    abi: tuple[dict[str, Any], ...]
    initcode: bytes
    runtime: bytes

    def with_arguments(self, *arguments: Any) -> bytes:
        """The data of the transaction that deploys it."""
        inputs: list[dict[str, Any]] = next(
            (e["inputs"] for e in self.abi if e["type"] == "constructor"), []
        )
        return self.initcode + pack_arguments(inputs, arguments)


class Artifacts:
    """The compiled contracts of this project."""

    def __init__(self, path: str | os.PathLike[str] = BUILD) -> None:
        self._types = _types(Path(path))

    def __getitem__(self, name: str) -> Artifact:
        if name not in self._types:
            raise DeploymentError(f"No compiled contract is named {name!r}.")
        found = self._types[name]
        return Artifact(
            name=name,
            abi=tuple(found["abi"]),
            initcode=_code(found["deploymentBytecode"]),
            runtime=_code(found["runtimeBytecode"]),
        )


def _types(path: Path) -> dict[str, Any]:
    """What the book holds; where Ape is just writing it, once it has.

    Raises:
        DeploymentError: There is none, or none that can be read.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))["contractTypes"]
            return found
        except (OSError, ValueError, KeyError) as error:
            if time.monotonic() > end or not path.parent.is_dir():
                told = "The contracts are not compiled: run `ape compile`."
                raise DeploymentError(told) from error
        time.sleep(_PAUSE)


def _code(field: dict[str, str]) -> bytes:
    return bytes.fromhex(field["bytecode"].removeprefix("0x"))


__all__ = ["BUILD", "Artifact", "Artifacts"]
