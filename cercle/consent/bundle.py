"""All of a person's records and receipts in one file, made again from events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..content import NoticeDocument
from ..errors import CercleError
from .context import RECEIPT_CONTEXT
from .happenings import Proof, event_of
from .receipts import receipt
from .records import rebuild
from .terms import ConsentTerms, Grant, utc

Told = tuple[str, Mapping[str, Any], Proof]  # an event's name, its arguments, where it lies
Texts = Callable[[str], NoticeDocument]


def bundle(
    told: Sequence[Told], notices: Sequence[Told], texts: Texts, *, as_of: int
) -> dict[str, Any]:
    """Make one JSON-LD document of every consent that a person ever gave.

    Args:
        told: The person's events of Consent and Vault, the oldest first.
        notices: What companies published and ended, the oldest first.
        texts: Where a notice is found by its hash; raises where it is not.
        as_of: The chain's clock when the events were read.
    """
    versions = {
        (args["company_id"], args["purpose"], args["version"]): _hex(args["content_hash"])
        for name, args, _ in notices
        if name == "NoticePublished"
    }
    found: list[dict[str, Any]] = []
    missing: list[dict[str, Any]] = []
    for name, args, proof in told:
        if name != "ConsentGiven":
            continue
        grant = Grant.of_word(args["grant"])
        place = (args["company_id"], args["purpose"], grant.notice_version)
        try:
            terms = ConsentTerms.of_grant(
                args,
                chain_id=proof.chain_id,
                contract=proof.contract,
                notice_hash=versions[place],
            )
            record = rebuild(terms, texts(terms.notice_hash), _hex(args["record_hash"]))
            events = [event_of(terms, *one) for one in (*told, *notices)]
            found.append(
                receipt(
                    record,
                    proof,
                    [one for one in events if one is not None],
                    as_of=as_of,
                    renewed_from=grant.renewed_from,
                )
            )
        except (CercleError, KeyError, ValueError) as error:
            missing.append(
                {
                    "company": args["company_id"],
                    "purpose": args["purpose"],
                    "issued_at": utc(grant.issued_at),
                    "record_hash": _hex(args["record_hash"]),
                    "transaction_hash": proof.transaction_hash,
                    "why": type(error).__name__,
                }
            )
    return {
        "@context": RECEIPT_CONTEXT,
        "as_of": utc(as_of),
        "@graph": found,
        "not_rebuilt": missing,
    }


def _hex(value: Any) -> str:
    return value.lower() if isinstance(value, str) else "0x" + bytes(value).hex()


__all__ = ["Texts", "Told", "bundle"]
