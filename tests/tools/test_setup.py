"""Set-up: a part is made once, and again only when what it is made from changed."""

import subprocess

import pytest
import requests

from tests.client.nodes import rpc, running_anvil
from tools import chromium, places, setup


@pytest.fixture
def part(tmp_path, monkeypatch):
    """A part that counts how often it is made."""
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    product, made = tmp_path / "product", []

    def make():
        made.append(1)
        product.write_text("made")

    def ask(mark="as it is"):
        setup.once("part", "A part", mark, product, make)
        return len(made)

    ask.product = product
    return ask


def test_once__asked_twice__made_once(part):
    assert (part(), part()) == (1, 1)


def test_once__sources_changed__made_again(part):
    assert (part(), part("otherwise")) == (1, 2)


def test_once__product_gone__made_again(part):
    part()
    part.product.unlink()
    assert part() == 2


def test_once__making_fails__no_stamp(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "STAMPS", tmp_path)

    def fail():
        raise setup.SetupFailed("nothing works")

    with pytest.raises(setup.SetupFailed, match="nothing works"):
        setup.once("part", "A part", "mark", tmp_path, fail)
    assert list(tmp_path.iterdir()) == []


def test_run__program_missing__one_sentence():
    with pytest.raises(setup.SetupFailed, match="no-such-program is not on this machine"):
        setup.run("no-such-program")


def test_run__program_fails__shows_what_it_said(capsys):
    with pytest.raises(setup.SetupFailed, match="failed"):
        setup.run("sh", "-c", "echo the reason; exit 3")
    assert "the reason" in capsys.readouterr().out


def test_run_script__wrong_python__one_sentence(tmp_path):
    """The launcher on a machine whose only Python is too old."""
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    done = subprocess.run(
        ["/bin/sh", str(places.ROOT / "tools" / "run"), "setup"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Cercle needs Python 3.11 or 3.12")
    assert done.stdout == ""


@pytest.mark.parametrize("options", ["", "--max-persisted-states 0"])
def test_anvil__many_blocks_old__writes_where_it_was_told_alone(tmp_path, monkeypatch, options):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CERCLE_CHAINS", str(tmp_path / "our chains"))
    monkeypatch.setenv("CERCLE_CHAIN_OPTIONS", options)
    with running_anvil() as url:
        rpc(url, "anvil_mine", hex(2_000))
        assert int(rpc(url, "eth_blockNumber"), 16) == 2_000
        written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*.json")}
        assert written == (set() if options else {"our chains"})
    with pytest.raises(requests.ConnectionError):
        rpc(url, "eth_blockNumber")  # who was told to end is the chain itself


def test_chromium__named_by_the_caller__taken(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    assert chromium.find() == "/opt/browser"


def test_chromium__none_on_path__none(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() is None
