"""Descriptors that let a wallet say in words what is signed (ERC-7730, version 1).

Generated from the same definitions as the messages themselves. A brand publishes its own, one a
contract, in the registry that wallets read: each names the chain and the address it holds for.

Source: https://eips.ethereum.org/EIPS/eip-7730
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..deployments import Deployment
from ..flags import Support
from .message import DOMAIN
from .structs import STRUCTS, Field, Show, Struct

SCHEMA = "https://eips.ethereum.org/assets/eip-7730/erc7730-v1.schema.json"

_SUPPORT = {Support.AGAINST: "Against", Support.IN_FAVOUR: "In favour", Support.ABSTAIN: "Abstain"}


def descriptor(deployment: Deployment, contract: str, url: str | None = None) -> dict[str, Any]:
    """What a wallet needs to show the messages of one contract.

    Args:
        deployment: Whose contract.
        contract: Its name: "Polls", "Perks"...
        url: Where people read about the brand.

    Raises:
        ValueError: Nobody signs anything for this contract.
    """
    structs = [one for one in STRUCTS.values() if one.contract == contract]
    if not structs:
        raise ValueError(f"{contract} takes no messages")
    metadata: dict[str, Any] = {"owner": deployment.brand}
    if any(one.show is Show.SUPPORT for struct in structs for one in struct.fields):
        metadata["enums"] = {"support": {str(int(one)): text for one, text in _SUPPORT.items()}}
    if url is not None:
        metadata["info"] = {"legalName": deployment.brand, "url": url}
    place = {"chainId": deployment.chain_id, "address": deployment.address(contract)}
    return {
        "$schema": SCHEMA,
        "context": {
            "$id": structs[0].domain,
            "eip712": {
                "domain": _domain(deployment, structs[0]),
                "deployments": [place],
                "schemas": [_schema(struct) for struct in structs],
            },
        },
        "metadata": metadata,
        "display": {"formats": {one.type_name: _format(deployment, one) for one in structs}},
    }


def write(
    deployment: Deployment, folder: str | os.PathLike[str], url: str | None = None
) -> list[Path]:
    """Write the descriptors of every contract that takes messages, as the registry names files."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for contract in sorted({struct.contract for struct in STRUCTS.values()}):
        if not deployment.has(contract):
            continue
        path = target / f"eip712-{contract.lower()}.json"
        made = descriptor(deployment, contract, url)
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
        written.append(path)
    return written


def _domain(deployment: Deployment, struct: Struct) -> dict[str, Any]:
    # Points carry their own name, which the token says itself.
    named = {} if struct.contract == "Points" else {"name": struct.domain}
    return {
        **named,
        "version": "1",
        "chainId": deployment.chain_id,
        "verifyingContract": deployment.address(struct.contract),
    }


def _schema(struct: Struct) -> dict[str, Any]:
    return {
        "primaryType": struct.type_name,
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in DOMAIN],
            **{
                name: [{"name": one.name, "type": one.type} for one in fields]
                for name, fields in struct.types.items()
            },
        },
    }


def _format(deployment: Deployment, struct: Struct) -> dict[str, Any]:
    shown = [part for one in struct.fields for part in _shown(one)]
    return {
        "intent": struct.intent,
        "fields": [_field(deployment, one) for one in shown],
        "required": [_path(one) for one in shown],
        "excluded": [_path(one) for one in struct.fields if one.show is Show.HIDDEN],
    }


def _field(deployment: Deployment, field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"path": _path(field), "label": field.label, "format": field.show.value}
    if field.show is Show.DATE:
        made["params"] = {"encoding": "timestamp"}
    elif field.show is Show.ADDRESS:
        made["params"] = {"types": ["eoa", "contract"], "sources": ["local", "ens"]}
    elif field.show is Show.SUPPORT:
        made["params"] = {"$ref": "$.metadata.enums.support"}
    elif field.show is Show.POINTS:
        made["params"] = {"token": deployment.address("Points")}
    return made


def _shown(field: Field) -> list[Field]:
    """A field that a wallet shows; of a struct inside, its parts."""
    if field.parts:
        start = _path(field)
        return [replace(one, name=f"{start}.{one.name}") for one in field.parts]
    return [] if field.show is Show.HIDDEN else [field]


def _path(field: Field) -> str:
    return f"{field.name}.[]" if field.type.endswith("[]") else field.name


__all__ = ["SCHEMA", "descriptor", "write"]
