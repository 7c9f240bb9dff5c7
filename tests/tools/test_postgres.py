"""The newest PostgreSQL of this machine is found, and a machine without one is told."""

import pytest

from tools import postgres


@pytest.fixture
def homes(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "_HOMES", (str(tmp_path), str(tmp_path / "none")))
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    return tmp_path


def test_find__several__is_the_newest(homes):
    for version in ("9", "15", "postgresql@16"):
        (homes / version / "bin").mkdir(parents=True)
        (homes / version / "bin" / "initdb").touch()
    assert postgres.find() == homes / "postgresql@16" / "bin"


def test_running__none__says_what_installs_it(homes):
    with (
        pytest.raises(FileNotFoundError, match="no PostgreSQL: `make setup` installs it"),
        postgres.running(),
    ):
        raise AssertionError
