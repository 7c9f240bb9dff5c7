"""That something is gone, in words that are hashed and signed for `Records.certify_shred`."""

from __future__ import annotations

import json
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from sqlalchemy import Row

from ..content import canonical_bytes, content_hash
from ..deployments import Deployment
from . import wire

_SHRED = (
    ("custodian", "address"),
    ("passport_id", "uint256"),
    ("category", "uint256"),
    ("version", "uint256"),
    ("certificate_hash", "bytes32"),
)
_DOMAIN = (
    ("name", "string"),
    ("version", "string"),
    ("chainId", "uint256"),
    ("verifyingContract", "address"),
)


def shred(
    deployment: Deployment,
    custodian: str,
    passport_id: int,
    category: int,
    version: int,
    certificate_hash: str,
) -> dict[str, Any]:
    """What a custodian signs: EIP-712, as contracts/consent/Records.vy checks it."""
    values = (custodian, passport_id, category, version, bytes.fromhex(certificate_hash[2:]))
    return {
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in _DOMAIN],
            "Shred": [{"name": name, "type": kind} for name, kind in _SHRED],
        },
        "primaryType": "Shred",
        "domain": {
            "name": "Cercle Records",
            "version": "1",
            "chainId": deployment.chain_id,
            "verifyingContract": deployment.address("Records"),
        },
        "message": {name: value for (name, _), value in zip(_SHRED, values, strict=True)},
    }


def certificate(
    deployment: Deployment,
    custodian: LocalAccount,
    passport_id: int,
    category: int,
    version: int,
    destroyed: dict[str, int],
    made_at: int,
) -> dict[str, Any]:
    """A certificate, as a row of the book.

    Args:
        deployment: Where Records stands.
        custodian: Who signs.
        passport_id: Whose data it was.
        category: Of which kind.
        version: The one that erased it.
        destroyed: How many files, wraps and releases there were.
        made_at: Now.
    """
    document = {
        "what": "cercle shred certificate 1",
        "chain_id": deployment.chain_id,
        "records": deployment.address("Records").lower(),
        "custodian": custodian.address.lower(),
        "passport_id": passport_id,
        "category": category,
        "version": version,
        "destroyed": destroyed,
        "made_at": made_at,
    }
    told = content_hash(document)
    message = shred(deployment, custodian.address, passport_id, category, version, told)
    signed = Account.sign_message(encode_typed_data(full_message=message), custodian.key)
    return {
        "passport_id": passport_id,
        "category": category,
        "version": version,
        "document": canonical_bytes(document).decode(),
        "hash": told,
        "custodian": custodian.address,
        "signature": "0x" + bytes(signed.signature).hex(),
        "made_at": made_at,
    }


def line_of(row: Row[Any]) -> wire.CertificateLine:
    """A row of the book, as it travels."""
    return wire.CertificateLine(
        passport_id=row.passport_id,
        category=row.category,
        version=row.version,
        certificate=json.loads(row.document),
        certificate_hash=row.hash,
        custodian=row.custodian,
        signature=row.signature,
        made_at=row.made_at,
    )


__all__ = ["certificate", "line_of", "shred"]
