"""The audit's own logic: which functions may write, who passes, what counts as a moved layout."""

import json

import pytest

from tools import access, audit
from tools.access import Call, Cell
from tools.artifacts import Artifact, artifacts

ABI = [
    {"type": "function", "name": "look", "stateMutability": "view", "inputs": []},
    {"type": "function", "name": "count", "stateMutability": "pure", "inputs": []},
    {"type": "function", "name": "set", "stateMutability": "nonpayable", "inputs": []},
    {
        "type": "function",
        "name": "pay",
        "stateMutability": "payable",
        "inputs": [
            {
                "type": "tuple[]",
                "components": [{"type": "address"}, {"type": "uint96"}],
            }
        ],
    },
    {"type": "event", "name": "Happened", "inputs": []},
]


def artifact(layout, *, runtime="0x", bytecode="0x") -> Artifact:
    return Artifact("Box", [], bytecode, runtime, layout)


@pytest.fixture
def cells():
    def ask(sender, to, data):
        return None if sender == "0xkeeper" or data == b"open" else "box: not the keeper"

    calls = [Call("Box", "0xbox", "lock()", b"lock"), Call("Box", "0xbox", "knock()", b"open")]
    return access.matrix(calls, {"stranger": "0xsomebody", "keeper": "0xkeeper"}, ask)


def test_writers__views_and_events__left_out():
    assert access.writers(ABI) == ["set()", "pay((address,uint96)[])"]


def test_passing__some_and_all__named(cells):
    assert access.passing(cells) == {
        "Box.lock()": ["keeper"],
        "Box.knock()": ["stranger", "keeper"],
    }


def test_render__open_function__says_anybody_and_why(cells):
    page = access.render(cells, {"Box.knock()": "knocking harms nobody"}, {})
    assert "| `knock()` | anybody | " in page
    assert "knocking harms nobody" in page
    assert "| `lock()` | keeper | `box: not the keeper` |" in page


def test_render__two_reasons__each_with_who_was_told():
    told = {"admin": "box: sealed", "stranger": "box: no", "member": "box: no"}
    page = access.render([Cell("Box", "f()", who, why) for who, why in told.items()], {}, {})
    assert "| `f()` | nobody | `box: no`; admin: `box: sealed` |" in page


STORED = {"storage_layout": {"wing": {"until": {"slot": 0, "n_slots": 1, "type": "uint256"}}}}
MOVED = {"storage_layout": {"wing": {"until": {"slot": 1, "n_slots": 1, "type": "uint256"}}}}


def test_moved__same_layout__nothing():
    layout = audit.layouts({"Box": artifact(STORED)})
    assert layout == {"Box": {"wing.until": [0, 1, "uint256"]}}
    assert audit.moved(layout, layout) == []


def test_moved__slot_changed_or_new_or_gone__each_a_line():
    old = audit.layouts({"Box": artifact(STORED)})
    assert len(audit.moved(old, audit.layouts({"Box": artifact(MOVED)}))) == 1
    assert len(audit.moved(old, {})) == 1
    assert len(audit.moved({}, old)) == 1


def test_hold_layouts__moved__refused_until_accepted(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "LAYOUTS", tmp_path / "layouts.json")
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    assert audit.hold_layouts({"Box": artifact(STORED)}, accept=True)
    assert audit.hold_layouts({"Box": artifact(STORED)}, accept=False)
    assert not audit.hold_layouts({"Box": artifact(MOVED)}, accept=False)
    assert json.loads((tmp_path / "layouts.json").read_text())["Box"]["wing.until"][0] == 0


def test_fits__code_past_the_limit__refused():
    assert audit.fits({"Box": artifact({}, runtime="0x" + "00" * 24_576)})
    assert not audit.fits({"Box": artifact({}, runtime="0x" + "00" * 24_577)})
    assert not audit.fits({"Box": artifact({}, bytecode="0x" + "00" * 49_153)})


def test_deployed_size__immutables__counted():
    layout = {"code_layout": {"OWNER": {"offset": 0, "length": 32, "type": "address"}}}
    assert artifact(layout, runtime="0x" + "00" * 100).deployed_size == 132


def test_layouts__of_the_contracts__as_locked():
    locked = json.loads(audit.LAYOUTS.read_text())
    assert audit.moved(locked, audit.layouts(artifacts())) == []
