"""Signed readings as lines of text, in the manner of the Open Charge Metering Format.

OCMF 1.2 (SAFE e.V., https://github.com/SAFE-eV/OCMF-Open-Charge-Metering-Format) is what charging
stations sign for their customers: `OCMF|<payload>|<signature>`, both JSON. Names and meanings of
the fields are its own. Where it differs: OCMF signs the payload's bytes, and a contract could not
check that; so the signature is the one of EIP-712 that the contract takes, over the numbers which
the payload tells, and `SA` says so. Register and outage are units of the price list and minutes,
which are none of OCMF's own units.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from ..deployments import Deployment
from ..errors import MalformedReading
from ..jsontext import parse_json
from ..values import Address, Frozen, checksum
from .meters import require_signed, signature_of, signed
from .models import OUTAGE_TOTAL, SEQUENCE, Reading
from .plans import UNITS

VERSION = "1.2"
ALGORITHM = "ECDSA-secp256k1-EIP712"
MOST = 4_096  # characters of a record
_ID = re.compile(r"eip155:([0-9]{1,18}):(0x[0-9a-fA-F]{40})/([0-9]{1,20})")
_TIME = "%Y-%m-%dT%H:%M:%S,000+0000 S"  # S: the clock is synchronised
_UNITS, _MINUTES = "units", "minutes"


class BadRecord(MalformedReading):
    """A line is no signed reading."""


class Record(Frozen):
    """A signed reading, and of which meter, contract and chain it says to be."""

    chain_id: int
    book: Address = Field(description="the contract of agreements")
    agreement_id: int
    meter: Address
    reading: Reading


def write(deployment: Deployment, meter: str, agreement_id: int, reading: Reading) -> str:
    """A signed reading as one line.

    Args:
        deployment: For whose book it was signed.
        meter: Who signed it.
        agreement_id: Whose use it tells.
        reading: With its signature.
    """
    book = deployment.address("Agreements")
    at = datetime.fromtimestamp(reading.read_at, UTC).strftime(_TIME)
    payload = {
        "FV": VERSION,
        "GI": "Cercle",
        "PG": f"F{reading.sequence}",
        "MS": checksum(meter),
        "IS": True,
        "IT": "CENTRAL",
        "ID": f"eip155:{deployment.chain_id}:{book}/{agreement_id}",
        "RD": [
            {"TM": at, "RV": reading.shown, "RI": "register", "RU": _UNITS, "ST": "G"},
            {"TM": at, "RV": reading.outage, "RI": "outage", "RU": _MINUTES, "ST": "G"},
        ],
    }
    signature = {"SA": ALGORITHM, "SE": "hex", "SD": signature_of(reading).hex()}
    return f"OCMF|{_compact(payload)}|{_compact(signature)}"


def read(text: str) -> Record:
    """What a line says; its signature is not checked yet.

    Raises:
        BadRecord: It is of another form.
    """
    if len(text) > MOST:
        raise BadRecord("It is too long.")
    parts = text.strip().split("|")
    if len(parts) != 3 or parts[0] != "OCMF":
        raise BadRecord("It is not OCMF|payload|signature.")
    payload, signature = (_mapping(part) for part in parts[1:])
    register, outage = _readings(payload)
    found = _ID.fullmatch(str(payload.get("ID")))
    if found is None:
        raise BadRecord("Its ID names no agreement of a chain.")
    if signature.get("SA") != ALGORITHM or signature.get("SE") != "hex":
        raise BadRecord(f"Its signature is not {ALGORITHM} in hex.")
    reading = Reading(
        sequence=_sequence(payload.get("PG")),
        read_at=_second(register.get("TM")),
        shown=_number("register", register.get("RV"), UNITS),
        outage=_number("outage", outage.get("RV"), OUTAGE_TOTAL),
    )
    return Record(
        chain_id=int(found[1]),
        book=_address(found[2], "Its ID names no agreement of a chain."),
        agreement_id=int(found[3]),
        meter=_address(payload.get("MS"), "Its MS is no meter's address."),
        reading=signed(reading, _bytes(signature.get("SD"))),
    )


def require_valid(deployment: Deployment, record: Record, meter: str) -> None:
    """Refuse a record of another chain, contract or meter, or that its meter did not sign.

    Raises:
        BadRecord: It says itself that it is of another one.
        ForgedReading: The meter did not sign this.
    """
    if record.chain_id != deployment.chain_id or record.book != deployment.address("Agreements"):
        raise BadRecord("It is of another book of agreements.")
    if record.meter != checksum(meter):
        raise BadRecord("It is of another meter.")
    require_signed(deployment, record.agreement_id, record.reading, meter)


def _compact(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def _mapping(text: str) -> dict[str, Any]:
    try:
        value = parse_json(text.encode(), 6)
    except ValueError as error:
        raise BadRecord("It is not JSON.") from error
    if not isinstance(value, dict):
        raise BadRecord("It is not an object of JSON.")
    return value


def _readings(payload: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The register's and the outage's, which were read in the same second."""
    told = payload.get("RD")
    if not isinstance(told, list) or len(told) != 2 or not all(isinstance(r, dict) for r in told):
        raise BadRecord("Its RD is not a register and an outage.")
    expected = [("register", _UNITS), ("outage", _MINUTES)]
    if [(one.get("RI"), one.get("RU")) for one in told] != expected:
        raise BadRecord("Its RD is not a register and an outage.")
    if told[0].get("TM") != told[1].get("TM"):
        raise BadRecord("Its register and outage are of different seconds.")
    if any(one.get("ST") != "G" for one in told):
        raise BadRecord("Its meter says that it was not well.")
    return told[0], told[1]


def _sequence(value: Any) -> int:
    found = re.fullmatch(r"F([0-9]{1,10})", value) if isinstance(value, str) else None
    if found is None or not 0 < int(found[1]) <= SEQUENCE:
        raise BadRecord("Its PG is no F and a sequence.")
    return int(found[1])


def _second(value: Any) -> int:
    try:
        found = int(datetime.strptime(str(value), _TIME).replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise BadRecord("Its TM is no second of a synchronised clock, in UTC.") from error
    if found < 0:  # no chain counts those
        raise BadRecord("Its TM is before 1970.")
    return found


def _address(value: Any, refusal: str) -> Address:
    try:
        return checksum(value)
    except ValueError as error:
        raise BadRecord(refusal) from error


def _number(name: str, value: Any, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadRecord(f"Its {name} is no whole number from 0 to {most}.")
    return value


def _bytes(value: Any) -> bytes:
    try:
        return bytes.fromhex(value)
    except (TypeError, ValueError) as error:
        raise BadRecord("Its SD is not hexadecimal.") from error


__all__ = ["ALGORITHM", "BadRecord", "Record", "read", "require_valid", "write"]
