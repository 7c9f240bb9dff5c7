"""The address book of one brand on one network: deployments/<network>.json."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from .contracts import Contract
from .errors import DeploymentError
from .values import Address, Frozen, Hash

SCHEMA_VERSION = 1


class Deployed(Frozen):
    """One contract, where it stands and what it was built from."""

    address: Address
    block: int = Field(ge=0, description="where it was deployed: the first block with its events")
    codehash: Hash = Field(description="keccak256 of its runtime code, immutables included")
    args: tuple[Any, ...] = Field(default=(), description="its constructor's arguments")


class Deployment(Frozen):
    """What the SDK, the scripts and the app know of a brand's contracts.

    Usage example::

        deployment = Deployment.load("deployments/local.json")
        points = deployment.contract("Points")
    """

    schema_version: Literal[1] = 1
    chain_id: int = Field(gt=0)
    network: str = Field(min_length=1, description="as Ape writes it, or any name")
    brand: str = Field(min_length=1)
    content: str | None = Field(default=None, description="where the texts lie: a folder's URL")
    contracts: dict[str, Deployed] = Field(default_factory=dict)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Deployment:
        """Read a deployment file strictly.

        Raises:
            DeploymentError: It is missing, no JSON, or not of this form; the text says where.
        """
        try:
            text = Path(path).read_text("utf-8")
        except FileNotFoundError as error:
            raise DeploymentError(f"{path} does not exist: deploy first.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise DeploymentError(f"{path} cannot be read.") from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, where: str = "the deployment") -> Deployment:
        """Read a deployment from its text; `where` names it in an error."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DeploymentError(f"{where} is not JSON.") from error
        if isinstance(raw, dict) and raw.get("schema_version") != SCHEMA_VERSION:
            version = raw.get("schema_version")
            raise DeploymentError(
                f"{where} is of schema version {version!r}; this version reads {SCHEMA_VERSION}."
            )
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the file"
            raise DeploymentError(f"{where}: {field}: {first['msg']}.") from error

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file in one move: a reader sees the old one or the new one, never half."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(draft, 0o644)
            os.replace(draft, target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def with_contract(self, name: str, deployed: Deployed) -> Deployment:
        """The same deployment with one more contract, or with another in its place."""
        return self.model_copy(update={"contracts": {**self.contracts, name: deployed}})

    def has(self, name: str) -> bool:
        """Whether this contract is deployed."""
        return name in self.contracts

    def address(self, name: str) -> str:
        """Where a contract stands, by its name: "Charter", "Points"...

        Raises:
            DeploymentError: This deployment has none of that name.
        """
        if name not in self.contracts:
            raise DeploymentError(f"This brand has no {name} on {self.network}.")
        return self.contracts[name].address

    def contract(self, name: str) -> Contract:
        """A contract with its packaged ABI, by its name."""
        return Contract(name, self.address(name))


__all__ = ["SCHEMA_VERSION", "Deployed", "Deployment"]
