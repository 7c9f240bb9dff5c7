"""`open FILE`: what was taken out of a vault is read without it, by a passphrase alone."""

import argparse
import json
import os
import pty
import subprocess
import sys

import pytest

from cercle.vault import SealBroken, make_ring, wire
from cercle.vault.opening import ExportRefused, add_open, open_export, read_export
from tools.places import ROOT

from .sealing import LEDGER, MEMBER, MEMBER_KEY, PASSPHRASE, sealed, written

RECORD = written("12, rue des Lilas\n75020 Paris")
PROMPT = b"Passphrase: "
SERVICES = {"fastapi", "starlette", "uvicorn", "sqlalchemy", "alembic", "prometheus_client"}
RUNNER = """
from cercle.vault.__main__ import main
raise SystemExit(main())
"""


@pytest.fixture(scope="module")
def export() -> wire.Export:
    return wire.Export(
        chain_id=LEDGER.chain_id,
        consent=LEDGER.consent,
        passport_id=MEMBER,
        made_at=1_800_000_000,
        ring=make_ring(PASSPHRASE, LEDGER, MEMBER, MEMBER_KEY),
        records=(wire.KeptRecord(state="kept", envelope=sealed(RECORD)),),
    )


@pytest.fixture
def file(tmp_path, export):
    path = tmp_path / "export.json"
    path.write_text(export.model_dump_json())
    return path


# Whoever takes their data elsewhere has Cercle, and none of what a service stands on.
WITHOUT = f"""
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {SERVICES}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
{RUNNER}"""


def run(*words, passphrase=PASSPHRASE, runner=RUNNER):
    """The command as a person runs it: at a terminal, which alone is asked for the passphrase."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", runner, "open", *map(str, words)],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # what is read of the question takes nothing of what follows
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(slave)
    try:
        # It is asked first: what is typed before the question, a terminal throws away.
        asked = child.stderr.read(len(PROMPT))
        if asked == PROMPT:
            os.write(master, passphrase.encode() + b"\n")
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
        os.close(master)
    return child.returncode, out.decode(), (asked + err).decode()


# ---- the file -----------------------------------------------------------------------------


def test_open_export__its_passphrase__gives_every_record(file):
    told = open_export(read_export(file), PASSPHRASE)
    assert told == [
        {
            "category": RECORD.category,
            "content": RECORD.content,
            "made_at": "2027-01-02T03:04:05+00:00",
            "version": 2,
            "state": "kept",
            "commitment": RECORD.commitment,
            "secret": RECORD.secret,
        }
    ]


def test_open_export__more_than_one__stands_in_order(export):
    waiting = sealed(written("elsewhere")).model_copy(update={"record_version": 1})
    # A version that its ciphertext is not bound to does not open, wherever it stands.
    both = (*export.records, wire.KeptRecord(state="waiting", envelope=waiting))
    with pytest.raises(SealBroken):
        open_export(export.model_copy(update={"records": both}), PASSPHRASE)
    again = (*export.records, wire.KeptRecord(state="waiting", envelope=sealed()))
    told = open_export(export.model_copy(update={"records": again}), PASSPHRASE)
    assert [one["state"] for one in told] == ["kept", "waiting"]


@pytest.mark.parametrize(
    "other", [{"passport_id": MEMBER + 1}, {"chain_id": 1}, {"consent": "0x" + "11" * 20}]
)
def test_open_export__said_to_be_of_another__is_refused(export, other):
    with pytest.raises(SealBroken):
        open_export(export.model_copy(update=other), PASSPHRASE)


def test_open_export__somebody_elses_record_put_in__is_refused(export):
    theirs = sealed().model_copy(update={"passport_id": MEMBER + 1})
    changed = {"records": (wire.KeptRecord(state="kept", envelope=theirs),)}
    with pytest.raises(SealBroken, match="somebody else's"):
        open_export(export.model_copy(update=changed), PASSPHRASE)


def test_open_export__without_a_key__is_refused(export):
    with pytest.raises(ExportRefused, match="holds no key"):
        open_export(export.model_copy(update={"ring": None}), PASSPHRASE)


@pytest.mark.parametrize("text", ["", "{}", "[" * 50_000, '{"version":2}', "\0"])
def test_read_export__something_else__is_refused(tmp_path, text):
    path = tmp_path / "export.json"
    path.write_text(text)
    with pytest.raises(ExportRefused, match=r"export\.json is no export of a vault"):
        read_export(path)


def test_read_export__not_there_or_too_large__is_refused(tmp_path):
    with pytest.raises(ExportRefused, match="cannot be read"):
        read_export(tmp_path / "none.json")
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    with pytest.raises(ExportRefused, match="too large"):
        read_export(path)


# ---- the command ----------------------------------------------------------------------------


def test_open__at_a_terminal__prints_the_records_and_no_passphrase(file):
    code, out, err = run(file)
    assert (code, json.loads(out)[0]["content"]) == (0, RECORD.content), err
    assert PASSPHRASE not in out + err


def test_open__into_a_file__writes_it_for_one_pair_of_eyes_and_never_over_another(file, tmp_path):
    place = tmp_path / "opened.json"
    assert run(file, "--out", place)[:2] == (0, "")
    assert json.loads(place.read_text())[0]["category"] == RECORD.category
    assert place.stat().st_mode & 0o777 == 0o600
    before = place.read_bytes()
    code, _, err = run(file, "--out", place)
    assert (code, place.read_bytes()) == (1, before)
    assert "opened.json exists already" in err


def test_open__another_passphrase__says_so_in_one_line(file):
    code, out, err = run(file, passphrase="une autre phrase")
    assert (code, out) == (1, "")
    assert err.endswith("This does not open: another key, or it was changed.\n")
    assert "Traceback" not in err


def test_open__passphrase_among_the_words__is_not_taken(file):
    code, _, err = run(file, PASSPHRASE)
    assert code == 2
    assert "unrecognized arguments" in err


def test_add_open__out_of_words__names_file_and_out():
    parser = argparse.ArgumentParser()
    add_open(parser.add_subparsers())
    args = parser.parse_args(["open", "a.json"])
    assert (args.file, args.out) == ("a.json", None)


def test_open__without_the_services_libraries__opens(file):
    code, out, err = run(file, runner=WITHOUT)
    assert (code, json.loads(out)[0]["content"]) == (0, RECORD.content), err
