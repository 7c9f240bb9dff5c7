"""Readings out of CSV files and in the manner of OCMF: strict, signed, and of one book alone."""

import json
import re

import pytest
from eth_account import Account
from hypothesis import given
from hypothesis import strategies as st

from cercle.agreements import Reading, meters, ocmf
from cercle.agreements.ocmf import BadRecord
from cercle.agreements.reading_file import BadReadings, Row, read_readings, read_records
from cercle.deployments import Deployed, Deployment
from cercle.errors import ForgedReading

NOW = 1_800_000_000
HEADER = "agreement,sequence,read_at,register,outage\n"
METER = Account.from_key((0x5E7E5).to_bytes(32, "big"))
OTHER = Account.from_key((0x5E7E6).to_bytes(32, "big"))
BOOK = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
WRONG = BOOK.replace("Fb", "fb")  # one letter's case, so the checksum
SEAL = "0x" + "99" * 32


def deployment(chain_id=31_337, book=BOOK):
    contracts = {"Agreements": Deployed(address=book, block=0, codehash=SEAL)}
    return Deployment(chain_id=chain_id, network="test", brand="delta", contracts=contracts)


HERE = deployment()


def signed(agreement_id=7, reading=None, by=METER, there=HERE):
    found = reading or Reading(sequence=3, read_at=NOW - 60, shown=1_250, outage=15)
    message = meters.reading_message(there, agreement_id, found)
    return meters.signed(found, bytes(by.sign_message(message).signature))


def record(**changes):
    """A record as parts, some of them changed; None takes a field away."""
    _, payload, signature = ocmf.write(HERE, METER.address, 7, signed()).split("|")
    told = {**json.loads(payload), **json.loads(signature)} | changes
    kept = {name: value for name, value in told.items() if value is not None}
    parts = [
        {n: v for n, v in kept.items() if (n in ("SA", "SE", "SD")) == last} for last in (0, 1)
    ]
    return "OCMF|" + "|".join(json.dumps(part) for part in parts)


def readings(path, text, now=NOW):
    file = path / "meter.csv"
    file.write_text(HEADER + text, encoding="utf-8")
    return read_readings(file, now)


# ---- CSV --------------------------------------------------------------------------------


def test_read_readings__both_ways_to_write_a_time__are_read(tmp_path):
    found = readings(
        tmp_path, "1,1,1790000000,10,0\n2,1,2026-09-21T15:00:00+02:00,5,0\n\n1,2,1790000000,10,4\n"
    )
    assert found == (
        Row(1, Reading(sequence=1, read_at=1_790_000_000, shown=10, outage=0), 2),
        Row(2, Reading(sequence=1, read_at=1_789_995_600, shown=5, outage=0), 3),
        Row(1, Reading(sequence=2, read_at=1_790_000_000, shown=10, outage=4), 5),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no reading."),
        ("1,1,1,1", "line 2: 4 columns instead of 5."),
        ("0,1,1,1,0", "column agreement: 0 is not from 1"),
        ("1,0,1,1,0", "column sequence: 0 is not from 1"),
        ("1,1,1,-1,0", "column register: '-1' is not a whole number."),
        ("1,1,1,1.5,0", "column register: '1.5' is not a whole number."),
        (f"1,1,1,{2**40},0", "column register"),
        (f"1,{2**32},1,1,0", "column sequence"),
        (f"1,1,1,1,{2**22}", "column outage"),
        ("1,1,soon,1,0", "column read_at: 'soon' is neither unix seconds nor ISO 8601."),
        ("1,1,1969-12-31T23:59:59Z,1,0", "1969-12-31T23:59:59Z is before 1970."),
        ("1,1,2026-09-21T15:00:00,1,0", "column read_at: 2026-09-21T15:00:00 says no zone"),
        (f"1,1,{NOW + 1},1,0", f"column read_at: {NOW + 1} is not past yet."),
        ("1,2,5,1,0\n1,2,6,1,0", "line 3: the sequence does not rise."),
        ("1,1,5,1,0\n1,2,4,1,0", "line 3: it was read before the one above it."),
        ("1,1,5,2,0\n1,2,6,1,0", "line 3: the register falls."),
        ("1,1,5,1,2\n1,2,6,1,1", "line 3: the outage falls."),
        ('1,"1,5,1,0', "unexpected end of data"),
    ],
)
def test_read_readings__a_fault__is_named_by_its_line_and_column(tmp_path, text, said):
    with pytest.raises(BadReadings, match=re.escape(said)):
        readings(tmp_path, text)


def test_read_readings__no_header_file_or_text__says_so(tmp_path):
    with pytest.raises(BadReadings, match="cannot be read"):
        read_readings(tmp_path / "nowhere.csv", NOW)
    (tmp_path / "a.csv").write_text("agreement,sequence\n1,1\n")
    with pytest.raises(BadReadings, match="line 1: the header must be agreement,sequence,read_at"):
        read_readings(tmp_path / "a.csv", NOW)
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(BadReadings, match=r"is not UTF-8 text\."):
        read_readings(tmp_path / "b.csv", NOW)


# ---- files of records ---------------------------------------------------------------------


def line_of(sequence, shown=10, by=METER, there=HERE):
    told = Reading(sequence=sequence, read_at=NOW - 60, shown=shown, outage=0)
    return ocmf.write(there, METER.address, 7, signed(7, told, by, there)) + "\n"


def test_read_records__a_file__is_read_line_by_line(tmp_path):
    file = tmp_path / "meter.ocmf"
    file.write_text(line_of(1) + "\n" + line_of(3))
    assert [(row.line, row.reading.sequence) for row in read_records(file, HERE)] == [
        (1, 1),
        (3, 3),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no reading."),
        ("OCMF|{}", "line 1: It is not OCMF|payload|signature."),
        (line_of(2) + line_of(2), "line 2: the sequence does not rise."),
        (line_of(1, 10) + line_of(2, 9), "line 2: the register falls."),
        (line_of(1) + line_of(2, by=OTHER), "line 2: The meter did not sign this."),
        (line_of(1, there=deployment(1)), "line 1: It is of another book of agreements."),
    ],
)
def test_read_records__a_fault__is_named_by_its_line(tmp_path, text, said):
    file = tmp_path / "meter.ocmf"
    file.write_text(text)
    with pytest.raises(BadReadings, match=re.escape(said)):
        read_records(file, HERE)


# ---- OCMF -------------------------------------------------------------------------------


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
