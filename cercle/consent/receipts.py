"""Consent receipts (ISO/IEC TS 27560): a record, its proof, and what came of it since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..errors import RecordRefused
from .context import RECEIPT_CONTEXT, RECEIPT_PROFILE
from .happenings import Event, Happening, Proof, Standing, in_order
from .records import record_hash
from .status import ConsentStatus
from .terms import utc


def receipt(
    record: dict[str, Any],
    proof: Proof,
    events: Iterable[Event] = (),
    *,
    as_of: int,
    renewed_from: int = 0,
) -> dict[str, Any]:
    """Everything about one consent, as of a second of the chain's clock.

    Args:
        record: As `rebuild` gave it.
        proof: Where its `ConsentGiven` lies.
        events: What was logged about it (`event_of`), in any order. Of what was logged before
            it, standing refusals and an end to everything count, and are not told.
        as_of: The chain's clock when the events were read.
        renewed_from: When the grant was issued that it renews, as its own word says; 0: none.

    Raises:
        RecordRefused: The proof or an event is of another chain or contract.
    """
    events = tuple(events)
    _require_place(record, proof, events)
    issued_at, until = (_seconds(record, name) for name in ("event_time", "valid_until"))
    standing = Standing(until, issued_at=issued_at, renewed_from=renewed_from)
    for event in sorted(events, key=lambda one: one.proof.place):
        if event.proof.place < proof.place and event.happening.outlasts_consents:
            standing.note(event.happening, event.proof.block_time)
    since = in_order(event for event in events if event.proof.place > proof.place)
    entries, status = _told(record, proof, since, standing, as_of)
    return {
        **_head(record, proof),
        "as_of": utc(as_of),
        "event_state": _state(status),
        "events": entries,
    }


def _head(record: dict[str, Any], proof: Proof) -> dict[str, Any]:
    return {
        "@context": RECEIPT_CONTEXT,
        "@id": record["receipt_id"],
        "@type": "dpv:ConsentReceipt",
        "schema_version": RECEIPT_PROFILE,
        "receipt_id": record["receipt_id"],
        "record": record,
        "record_hash": record_hash(record),
        "proof": _proof(proof),
    }


def _require_place(record: dict[str, Any], proof: Proof, events: tuple[Event, ...]) -> None:
    place = f"urn:cercle:{proof.chain_id}:{proof.contract.lower()}:"
    if not record["record_id"].startswith(place):
        raise RecordRefused("The proof is of another chain or contract than the record.")
    if any(event.proof.chain_id != proof.chain_id for event in events):
        raise RecordRefused("An event is of another chain than the record.")


def _seconds(record: dict[str, Any], name: str) -> int:
    return int(datetime.fromisoformat(record["events"][0][name]).timestamp())


def _told(
    record: dict[str, Any],
    proof: Proof,
    events: tuple[Event, ...],
    standing: Standing,
    as_of: int,
) -> tuple[list[dict[str, Any]], ConsentStatus]:
    entries: list[dict[str, Any]] = []
    is_end_told = False
    for event in events:
        at = event.proof.block_time
        if at >= standing.until and not is_end_told:
            is_end_told = True
            entries += _end(record, standing)
        if event.happening == Happening.GIVEN_ANEW:
            is_renewal = event.is_renewal and not standing.is_withdrawn
            status = ConsentStatus.RENEWED if is_renewal else ConsentStatus.GIVEN
            entries.append(_entry(record, event, status))
            return entries, status
        standing.note(event.happening, at)
        entries.append(_entry(record, event, standing.status(at)))
    if as_of >= standing.until and not is_end_told:
        entries += _end(record, standing)
    last = max([as_of, proof.block_time, *(event.proof.block_time for event in events)])
    return entries, standing.status(last)


def _end(record: dict[str, Any], standing: Standing) -> list[dict[str, Any]]:
    """The end by the clock, unless it found the consent ended before."""
    if standing.status(standing.until) != ConsentStatus.EXPIRED:
        return []
    return [
        {
            "event_time": utc(standing.until),
            "event_type": f"cercle:{Happening.EXPIRED}",
            "event_state": _state(ConsentStatus.EXPIRED),
            "entity_id": record["record_id"].partition(":record:")[0],
        }
    ]


def _entry(record: dict[str, Any], event: Event, status: ConsentStatus) -> dict[str, Any]:
    company = record["processing"]["pii_controllers"][0]
    entry = {
        "event_time": utc(event.proof.block_time),
        "event_type": f"cercle:{event.happening}",
        "event_state": _state(status),
        "entity_id": company if event.happening.is_by_company else record["pii_principal_id"],
        "proof": _proof(event.proof),
    }
    return entry if event.bit is None else entry | {"pii_bit": event.bit}


def _state(status: ConsentStatus) -> str:
    return f"dpv:{status.dpv_name}"


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "chain_id": proof.chain_id,
        "contract": proof.contract,
        "transaction_hash": proof.transaction_hash,
        "log_index": proof.log_index,
        "block_number": proof.block_number,
        "block_time": utc(proof.block_time),
    }


__all__ = ["receipt"]
