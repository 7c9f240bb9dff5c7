"""Every command of the Makefile: set up, then run the tool in the project's environment."""

import os
import signal
import subprocess
import sys
import time

from tools.places import ROOT, environment, python
from tools.say import say, span
from tools.setup import SetupFailed, setup

# command -> (what it does, the Python module and its arguments)
COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "demo": ("The demo: a community at work", ("demo",)),
    "down": ("Stopping the demo; its state stays", ("demo", "down")),
    "test": ("Every suite", ("tools.suites",)),
    "fast": ("The unit suites", ("tools.suites", "--fast")),
    "lint": ("Formats, types, contract linters, checks", ("tools.lint",)),
    "gas": ("What each act costs", ("benchmarks.gas",)),
    "bench-app": ("How fast the app answers a crowd", ("benchmarks.app",)),
    "bench-index": ("How fast the index reads and answers", ("benchmarks.index",)),
    "bench-vault": ("How fast a vault releases", ("benchmarks.vault",)),
    "faults": ("Planted faults: each must turn its suite red", ("tools.faults",)),
    "mutate": ("Mutants: each must turn its units red", ("tools.mutate",)),
    "audit": ("Access matrix, storage layouts, sizes", ("tools.audit",)),
    "screens": ("Pictures of every page", ("tools.suites", "--only", "browser")),
    "test-all": ("Every suite, the second node, faults, gas, audit", ("tools.suites", "--all")),
}


def main(arguments: list[str]) -> int:
    """Run one command; its exit code is ours."""
    command, *rest = arguments or [""]
    if command != "setup" and command not in COMMANDS:
        say(f"Unknown command {command!r}: one of setup {' '.join(COMMANDS)}.")
        return 2
    os.chdir(ROOT)
    try:
        if not setup() and command == "setup":
            say("Everything is set up already.")
    except SetupFailed as failure:
        say(f"Set-up stopped: {failure}")
        return 1
    if command == "setup":
        return 0
    title, module = COMMANDS[command]
    say(f"-- {title}")
    start = time.monotonic()
    code = run_module(*module, *rest)
    outcome = "done" if code == 0 else f"FAILED ({code})"
    say(f"-- {title}: {outcome} after {span(time.monotonic() - start)}")
    return code


def run_module(*words: str) -> int:
    """Run `python -m ...` in the project's environment; to be stopped is the child's to answer."""
    child = subprocess.Popen([str(python()), "-m", *words], cwd=ROOT, env=environment())
    for asked in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, lambda number, frame: child.send_signal(number))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the terminal has told the child as well
            continue


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
