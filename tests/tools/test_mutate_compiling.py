"""Mutants as bytecode: what compiles, what is alike, what is kept."""

from contextlib import nullcontext

import pytest

from tests.tools.mutated import BOX
from tools.mutate import compiling
from tools.mutate.operators import Change, changes
from tools.places import ROOT

MODULE = (
    "# pragma version ~=0.4.3\n\n@internal\ndef _double(x: uint256) -> uint256:\n    return x * 2\n"
)
HOST = (
    "# pragma version ~=0.4.3\nfrom . import maths\n\n"
    "@external\ndef double(x: uint256) -> uint256:\n    return maths._double(x)\n"
)


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """Nothing is known yet."""
    monkeypatch.setattr(compiling, "KEPT", tmp_path / "compiled")
    return tmp_path / "compiled"


@pytest.fixture
def box(tmp_path):
    path = tmp_path / "Box.vy"
    path.write_text(BOX)
    return path


def put(old, new, nth=0):
    """A change of the box by its text."""
    at = -1
    for _ in range(nth + 1):
        at = BOX.index(old, at + 1)
    return Change(at, at + len(old), new, "some", "some", 1)


def test_mutants_of__same_bytecode__skipped(box):
    harmless = put("age >= LOWEST", "LOWEST <= age")
    telling = put("age >= LOWEST", "age > LOWEST")
    assert compiling.code_of((box,), box, BOX)["Box"]
    found = list(compiling.mutants_of((box,), box, [harmless, telling, telling]))
    assert all(mutant.change == telling for mutant in found)
    assert len(found) == 1


def test_mutants_of__does_not_compile__skipped(box):
    assert not list(compiling.mutants_of((box,), box, [put("bool", "address", 1)]))


def test_mutants_of__the_original_is_broken__refused(box):
    box.write_text("nonsense")
    with pytest.raises(ValueError, match="no contract reads it and compiles"):
        list(compiling.mutants_of((box,), box, []))


def test_mutants_of__a_module__the_contracts_that_read_it(tmp_path):
    host, other, module = (tmp_path / f"{name}.vy" for name in ("Host", "Other", "maths"))
    host.write_text(HOST)
    other.write_text(BOX)
    module.write_text(MODULE)
    wanted = [change for change in changes(MODULE) if change.new == "return x * 3"]
    (mutant,) = compiling.mutants_of((host, other), module, wanted)
    assert list(mutant.code) == ["Host"]
    assert mutant.code["Host"] != compiling.compiled(host, {})


def test_compiled__again__taken_from_what_is_kept(box, kept, monkeypatch):
    code = compiling.compiled(box, {})
    monkeypatch.setattr(compiling, "_compile", None)
    assert compiling.compiled(box, {}) == code
    assert len(list(kept.iterdir())) == 1


def test_compiled__box__for_prague_without_a_hash_of_sources(box):
    """As Ape is asked to in ape-config.yaml, but for what the end of it says of the sources."""
    assert compiling.EVM == "prague"
    assert "a165767970657283000403" not in compiling.compiled(box, {})  # CBOR: vyper, 0.4.3


@pytest.mark.parametrize("name", ["core/Charter", "testing/WingHarness"])
def test_quickly__our_contracts__the_same_code(name, monkeypatch):
    contract = ROOT / "contracts" / f"{name}.vy"
    quick = compiling._compile(contract, {})
    monkeypatch.setattr(compiling, "quickly", nullcontext)
    assert compiling._compile(contract, {}) == quick != b""
