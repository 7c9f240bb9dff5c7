"""What was compiled, as it is found: whole, missing, or just being written."""

import json
import time

import pytest

from cercle import artifacts
from cercle.artifacts import Artifacts
from cercle.errors import DeploymentError

CODE = {"bytecode": "0x6001"}
TYPE = {"abi": [], "deploymentBytecode": CODE, "runtimeBytecode": {"bytecode": "0x02"}}
WHOLE = json.dumps({"contractTypes": {"Charter": TYPE}})


def test_artifacts__whole__tells_the_code(tmp_path):
    (tmp_path / "book.json").write_text(WHOLE)
    found = Artifacts(tmp_path / "book.json")["Charter"]
    assert (found.initcode, found.runtime) == (b"\x60\x01", b"\x02")
    with pytest.raises(DeploymentError, match="No compiled contract is named 'Perks'"):
        Artifacts(tmp_path / "book.json")["Perks"]


def test_artifacts__never_compiled__says_so_at_once(tmp_path):
    with pytest.raises(DeploymentError, match="run `ape compile`"):
        Artifacts(tmp_path / "nowhere" / "book.json")


@pytest.mark.parametrize("text", [None, "{", "{}"])
def test_artifacts__just_being_written__are_waited_for(tmp_path, monkeypatch, text):
    book = tmp_path / "book.json"
    if text is not None:
        book.write_text(text)
    monkeypatch.setattr(time, "sleep", lambda _: book.write_text(WHOLE))
    assert Artifacts(book)["Charter"].runtime == b"\x02"


def test_artifacts__that_do_not_come__are_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(artifacts, "PATIENCE", 0)
    with pytest.raises(DeploymentError, match="run `ape compile`"):
        Artifacts(tmp_path / "book.json")
