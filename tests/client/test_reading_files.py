"""Readings out of files, CSV or records: each fault is named by its line."""

import re

import pytest

from cercle.agreements import Reading, ocmf
from cercle.agreements.reading_file import BadReadings, Row, read_readings, read_records
from tests.client.metered import HERE, METER, NOW, OTHER, deployment, signed

HEADER = "agreement,sequence,read_at,register,outage\n"


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
