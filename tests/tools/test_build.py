"""Ape is asked to compile where something changed, and left alone where nothing did."""

import json
import subprocess
import time
from types import SimpleNamespace

import pytest

from tools import build


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A project of one contract and one module, and an Ape that writes its book."""
    for name in ("contracts/core/Charter.vy", "contracts/core/authority.vy"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# one\n")
    for name in ("ape-config.yaml", "uv.lock"):
        (tmp_path / name).write_text("")
    stamps, book = tmp_path / "stamps", tmp_path / ".build" / "__local__.json"
    places = {
        "ROOT": tmp_path, "CONTRACTS": tmp_path / "contracts", "BOOK": book,
        "STAMPS": stamps, "STAMP": stamps / "contracts",
    }  # fmt: skip
    for name, place in places.items():
        monkeypatch.setattr(build, name, place)
    asked = []

    def run(command, **_):
        asked.append(command)
        if "broken" in (tmp_path / "contracts/core/Charter.vy").read_text():
            return SimpleNamespace(returncode=1, stdout="line 1: broken")
        book.parent.mkdir(exist_ok=True)
        book.write_text(json.dumps({"contractTypes": {"Charter": {}}}))
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr(subprocess, "run", run)
    return SimpleNamespace(path=tmp_path, book=book, asked=asked)


def test_compile__nothing_changed__asks_ape_once(house):
    assert [build.compile_contracts() for _ in range(3)] == [""] * 3
    assert house.asked == [["ape", "compile", "--force"]]


@pytest.mark.parametrize(
    "changed", ["contracts/core/authority.vy", "contracts/new.vyi", "ape-config.yaml", "uv.lock"]
)
def test_compile__something_changed__asks_again(house, changed):
    build.compile_contracts()
    (house.path / changed).write_text("# two\n")
    build.compile_contracts()
    assert len(house.asked) == 2


@pytest.mark.parametrize("book", [None, "{", "{}", '{"contractTypes": {"Passport": {}}}'])
def test_compile__book_gone_or_in_pieces__asks_again(house, book, monkeypatch):
    monkeypatch.setattr(build, "PATIENCE", 0)
    build.compile_contracts()
    house.book.unlink() if book is None else house.book.write_text(book)
    build.compile_contracts()
    assert len(house.asked) == 2


@pytest.mark.parametrize("book", [None, "{"])
def test_compile__book_just_written_anew__waits_for_it(house, book, monkeypatch):
    """As another suite finds it when one opens the project beside it."""
    build.compile_contracts()
    whole = house.book.read_text()
    house.book.unlink() if book is None else house.book.write_text(book)
    monkeypatch.setattr(time, "sleep", lambda _: house.book.write_text(whole))
    assert build.compile_contracts() == ""
    assert len(house.asked) == 1


def test_compile__broken__says_why_every_time(house):
    (house.path / "contracts/core/Charter.vy").write_text("# broken\n")
    assert [build.compile_contracts() for _ in range(2)] == ["line 1: broken"] * 2
