"""The house's commands: the Makefile's are all there, CI runs two, signals reach the child."""

import re
import signal
import subprocess
import sys
import time

from tools import house
from tools.places import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()


def test_commands__of_the_makefile__all_known():
    run = set(re.findall(r"\$\(RUN\) ([a-z-]+)", MAKEFILE))
    assert run == {"setup", *house.COMMANDS}


def test_makefile__every_target__has_its_line_of_help():
    phony = re.search(r"\.PHONY: (.+)", MAKEFILE)[1].split()
    assert sorted(re.findall(r"(?m)^([a-z-]+):.*## .+", MAKEFILE)) == sorted(phony)


def test_ci__lint_and_test__nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make lint", "make test"]


def test_unknown_command__one_sentence(capsys):
    assert house.main(["dance"]) == 2
    assert capsys.readouterr().out.startswith("Unknown command 'dance': one of setup")


def test_run_module__asked_to_end__the_child_ends(tmp_path):
    (tmp_path / "sleeper.py").write_text(
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    code = (
        "import sys; from tools import house, places; from pathlib import Path\n"
        f"house.ROOT = Path({str(tmp_path)!r}); house.python = lambda: Path(sys.executable)\n"
        "sys.exit(house.run_module('sleeper'))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout.readline() == "ready\n"
    start = time.monotonic()
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(timeout=30) == 7
    assert time.monotonic() - start < 30
