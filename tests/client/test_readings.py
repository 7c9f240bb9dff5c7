"""Readings in the manner of OCMF: strict, signed, and of one book alone."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.agreements import Reading, ocmf
from cercle.agreements.ocmf import BadRecord
from cercle.errors import ForgedReading
from tests.client.metered import BOOK, HERE, METER, OTHER, WRONG, deployment, signed


def record(**changes):
    """A record as parts, some of them changed; None takes a field away."""
    _, payload, signature = ocmf.write(HERE, METER.address, 7, signed()).split("|")
    told = {**json.loads(payload), **json.loads(signature)} | changes
    kept = {name: value for name, value in told.items() if value is not None}
    parts = [
        {n: v for n, v in kept.items() if (n in ("SA", "SE", "SD")) == last} for last in (0, 1)
    ]
    return "OCMF|" + "|".join(json.dumps(part) for part in parts)


@given(
    number=st.integers(1, 2**64 - 1),
    sequence=st.integers(1, 2**32 - 1),
    read_at=st.integers(1, 2**37),
    shown=st.integers(0, 2**40 - 1),
    outage=st.integers(0, 2**22 - 1),
)
def test_record__any_reading__comes_back_as_it_was(number, sequence, read_at, shown, outage):
    told = Reading(sequence=sequence, read_at=read_at, shown=shown, outage=outage)
    reading = signed(number, told)
    found = ocmf.read(ocmf.write(HERE, METER.address, number, reading))
    assert (found.agreement_id, found.reading, found.meter) == (number, reading, METER.address)
    assert (found.chain_id, found.book) == (31_337, BOOK)
    ocmf.require_valid(HERE, found, METER.address)


def test_record__fields__are_those_of_the_standard():
    head, payload, signature = ocmf.write(HERE, METER.address, 7, signed()).split("|")
    told = json.loads(payload)
    assert head == "OCMF"
    assert (told["FV"], told["PG"], told["MS"]) == ("1.2", "F3", METER.address)
    assert told["ID"] == f"eip155:31337:{BOOK}/7"
    assert told["RD"][0] == {
        **{"TM": "2027-01-15T07:59:00,000+0000 S", "RV": 1_250},
        **{"RI": "register", "RU": "units", "ST": "G"},
    }
    assert json.loads(signature)["SA"] == "ECDSA-secp256k1-EIP712"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "It is not OCMF|payload|signature."),
        ("OCMF|{}", "It is not OCMF|payload|signature."),
        ("OCMF|{}|{}|{}", "It is not OCMF|payload|signature."),
        ("OCMF|{|{}", "It is not JSON."),
        ("OCMF|" + "[" * 90 + "|{}", "It is not JSON."),
        ("OCMF|[]|{}", "It is not an object of JSON."),
        ("OCMF|" + " " * 5_000, "It is too long."),
        (record(ID="eip155:1:0x12/7"), "Its ID names no agreement of a chain."),
        (record(ID=f"eip155:1:{WRONG}/7"), "Its ID names no agreement of a chain."),
        (record(MS="meter 5"), "Its MS is no meter's address."),
        (record(MS=None), "Its MS is no meter's address."),
        (record(MS=WRONG), "Its MS is no meter's address."),
        (record(MS=BOOK[2:]), "Its MS is no meter's address."),
        (record(SA="ECDSA-secp256r1-SHA256"), "Its signature is not ECDSA-secp256k1-EIP712"),
        (record(SD="zz"), "Its SD is not hexadecimal."),
        (record(SD=None), "Its SD is not hexadecimal."),
        (record(PG="T3"), "Its PG is no F and a sequence."),
        (record(PG="F0"), "Its PG is no F and a sequence."),
        (record(RD=[]), "Its RD is not a register and an outage."),
        (record(RD=None), "Its RD is not a register and an outage."),
    ],
)
def test_record__of_another_form__is_refused(text, said):
    with pytest.raises(BadRecord, match=re.escape(said)):
        ocmf.read(text)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"RU": "kWh"}, "Its RD is not a register and an outage."),
        ({"RV": -1}, "Its register is no whole number"),
        ({"RV": 1.5}, "Its register is no whole number"),
        ({"RV": True}, "Its register is no whole number"),
        ({"ST": "E"}, "Its meter says that it was not well."),
        ({"TM": "2027-01-15T07:59:00,000+0100 S"}, "of different seconds"),
    ],
)
def test_record__register_of_another_form__is_refused(changes, said):
    payload = json.loads(record().split("|")[1])
    rows = [payload["RD"][0] | changes, payload["RD"][1]]
    with pytest.raises(BadRecord, match=said):
        ocmf.read(record(RD=rows))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2027-01-15T07:59:00,000+0000 U", "no second of a synchronised clock"),
        ("2027-01-15T07:59:00,000+0100 S", "no second of a synchronised clock"),
        ("1969-12-31T23:59:59,000+0000 S", r"Its TM is before 1970\."),
    ],
)
def test_record__clock_of_another_kind__is_refused(at, said):
    payload = json.loads(record().split("|")[1])
    with pytest.raises(BadRecord, match=said):
        ocmf.read(record(RD=[one | {"TM": at} for one in payload["RD"]]))


@given(
    name=st.sampled_from(["FV", "PG", "MS", "ID", "RD", "TM", "RV", "RI", "RU", "ST", "SA", "SD"]),
    value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([{}]),
)
def test_record__any_field_of_any_kind__is_read_or_refused_and_nothing_else(name, value):
    rows = json.loads(record().split("|")[1])["RD"]
    inner = name in rows[0]
    text = record(RD=[one | {name: value} for one in rows]) if inner else record(**{name: value})
    try:
        found = ocmf.read(text)
    except (BadRecord, ForgedReading):
        return
    assert (found.agreement_id, found.meter) == (7, METER.address)


def test_record__signature_of_another_length__is_refused():
    with pytest.raises(ForgedReading):
        ocmf.read(record(SD="00" * 64))


def test_record__one_number_changed__is_forged():
    payload = json.loads(record().split("|")[1])
    rows = [payload["RD"][0] | {"RV": 1_251}, payload["RD"][1]]
    for text in (record(RD=rows), record(PG="F4"), record(ID=f"eip155:31337:{BOOK}/8")):
        with pytest.raises(ForgedReading):
            ocmf.require_valid(HERE, ocmf.read(text), METER.address)


def test_record__of_another_meter_chain_or_book__is_refused():
    found = ocmf.read(record())
    with pytest.raises(BadRecord, match=r"It is of another meter\."):
        ocmf.require_valid(HERE, found, OTHER.address)
    for there in (deployment(chain_id=1), deployment(book=METER.address)):
        with pytest.raises(BadRecord, match=r"It is of another book of agreements\."):
            ocmf.require_valid(there, found, METER.address)
    forged = ocmf.read(ocmf.write(HERE, METER.address, 7, signed(by=OTHER)))
    with pytest.raises(ForgedReading):
        ocmf.require_valid(HERE, forged, METER.address)
