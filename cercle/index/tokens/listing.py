"""The list of outside tokens that staff keep: a YAML or JSON file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from ...errors import PlanError
from ...values import Address, Frozen

MOST = 50  # tokens: each takes requests of its own


class Standard(StrEnum):
    """What a token's transfers look like."""

    ERC20 = "erc20"
    ERC721 = "erc721"
    ERC1155 = "erc1155"


class Token(Frozen):
    """A contract of strangers."""

    name: str = Field(min_length=1, max_length=64)
    standard: Standard
    address: Address
    block: int = Field(ge=0, lt=2**63, description="the first one with transfers of it")


class _List(Frozen):
    tokens: tuple[Token, ...] = Field(max_length=MOST)


def read_tokens(path: Path) -> tuple[Token, ...]:
    """
    Raises:
        PlanError: The file is missing, or not of this form; the text says where.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        found = _List.model_validate(raw).tokens
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PlanError(f"{path} is no YAML.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise PlanError(f"{path}: {field}: {first['msg']}.") from error
    for kind in ("name", "address"):
        values = [getattr(token, kind) for token in found]
        if len(set(values)) != len(values):
            raise PlanError(f"{path}: two tokens have one {kind}.")
    return found


__all__ = ["Standard", "Token", "read_tokens"]
