"""`make demo`: a real community in the browser. `make down`: stop it, keep its state.

`python -m demo use 1 2.5` has 2.5 GB more counted in contract 1 of a running demo.

PORT (app), RPC_PORT (chain), RELAYER_PORT, GATEWAY_PORT, TILL_PORT, WORLD_PORT,
VAULT_PORT, PACKER_PORT and MEMBERS choose where it runs and how many take part.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from . import meter, run
from .node import DemoError, is_alive, stop_pid
from .progress import say
from .settings import Settings

FOLDER = Path("build") / "demo"
PID = FOLDER / "pid"


def _number(name: str, usual: int, low: int, high: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise DemoError(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def up() -> None:
    """Bring everything up, compare it with the file, and stay until Ctrl-C."""
    settings = Settings(
        folder=FOLDER,
        port=_number("PORT", 8501, 1, 65_535),
        rpc_port=_number("RPC_PORT", 8545, 1, 65_535),
        members=_number("MEMBERS", 400, 10, 2_357),
        relayer_port=_number("RELAYER_PORT", 8502, 1, 65_535),
        gateway_port=_number("GATEWAY_PORT", 8503, 1, 65_535),
        till_port=_number("TILL_PORT", 8504, 1, 65_535),
        world_port=_number("WORLD_PORT", 8505, 1, 65_535),
        vault_port=_number("VAULT_PORT", 8506, 1, 65_535),
        packer_port=_number("PACKER_PORT", 8507, 1, 65_535),
    )
    if (running := _running()) is not None and is_alive(running):
        raise DemoError("A demo is running already. Run `make down` first.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    PID.write_text(str(os.getpid()))
    for asked in (signal.SIGINT, signal.SIGTERM):  # a shell's background ignores the first
        signal.signal(asked, signal.default_int_handler)
    start = time.monotonic()
    demo = run.Demo(settings)
    try:
        demo.up()
        say(f"Up in {time.monotonic() - start:.0f} s: {demo.url}  (Ctrl-C or `make down` ends it)")
        say(f"With no wallet, by this device's passkey, once: {demo.guest()}")
        say(f"  a till: {demo.doors.till.url}")
        say(f"  a world: {demo.doors.world.url}  (its tokens are numbered from 1)")
        say(f"  a packing table: {demo.keeper.packer.url}")
        demo.wait()
    except KeyboardInterrupt:
        say("\nStopping; the state is kept.")
    finally:
        for again in (signal.SIGINT, signal.SIGTERM):  # asked once is enough: nothing stays behind
            signal.signal(again, signal.SIG_IGN)
        demo.down()
        PID.unlink(missing_ok=True)


def _running() -> int | None:
    """The process that said it runs the demo; it may have been killed since."""
    try:
        return int(PID.read_text())
    except (FileNotFoundError, ValueError):
        return None


def down() -> None:
    """Stop a running demo; its state stays for the next time."""
    pid = _running()
    if pid is None or not is_alive(pid):
        PID.unlink(missing_ok=True)
        say("No demo is running.")
        return
    stop_pid(pid, patience=120)  # it ends all the others first
    PID.unlink(missing_ok=True)
    say("Stopped; the state is kept.")


def use() -> None:
    """Have the meter of a running demo show more."""
    say(meter.use(FOLDER, _number("RPC_PORT", 8545, 1, 65_535), sys.argv[2:]))


def main() -> int:
    try:
        {"up": up, "down": down, "use": use}[(sys.argv[1:] or ["up"])[0]]()
    except DemoError as why:
        say(f"The demo stopped: {why}")
        return 1
    except KeyError:
        say("Usage: python -m demo [up|down|use]")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
