"""`cercle.award_file`: what a list of awards may hold, and how its faults are named."""

from pathlib import Path

import pytest

from cercle.award_file import MAX_AMOUNT, BadAwardFile, read_awards
from cercle.loyalty.words import Award

ISSUED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
HEADER = "account,points,standing\n"


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str | bytes) -> Path:
        path = tmp_path / "awards.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def test_read_awards__good_file__gives_rows_in_order(write):
    path = write(f"\ufeff{HEADER}{ISSUED},120,12\n\n{ISSUED.lower()}, 0 ,1\n")
    assert read_awards(path) == [Award(ISSUED, 120, 12), Award(ISSUED, 0, 1)]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (f"{ISSUED},1\n", "awards.csv, line 2: 2 columns instead of 3."),
        (f"{ISSUED},1,1,1\n", "awards.csv, line 2: 4 columns instead of 3."),
        (f"{ISSUED},1,1\n{ISSUED},-5,1\n", "line 3, column points: '-5' is not a whole number."),
        (f"{ISSUED},1,1.5\n", "line 2, column standing: '1.5' is not a whole number."),
        (f"{ISSUED},\u0661,1\n", "line 2, column points: '\u0661' is not a whole number."),
        (f"{ISSUED},{MAX_AMOUNT + 1},1\n", f"is more than {MAX_AMOUNT}."),
        (f"{ISSUED.replace('f39F', 'F39f')},1,1\n", "line 2, column account:"),
        ("nobody,1,1\n", "line 2, column account: 'nobody' is not an address"),
        (f"0x{'00' * 20},1,1\n", "line 2, column account: the zero address belongs to nobody."),
        ("", "awards.csv holds no award."),
    ],
)
def test_read_awards__fault__names_line_and_column(write, body, sentence):
    with pytest.raises(BadAwardFile) as refusal:
        read_awards(write(HEADER + body))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("header", ["", "account,points\n", "Account,points,standing\n"])
def test_read_awards__other_header__is_refused(write, header):
    with pytest.raises(BadAwardFile, match="line 1: the header must be account,points,standing"):
        read_awards(write(header))


def test_read_awards__not_utf8__is_refused(write):
    with pytest.raises(BadAwardFile, match="is not UTF-8 text"):
        read_awards(write(HEADER.encode() + b"\xff\xfe"))


def test_read_awards__missing_file__is_refused(tmp_path):
    with pytest.raises(BadAwardFile, match=r"gone\.csv cannot be read"):
        read_awards(tmp_path / "gone.csv")
