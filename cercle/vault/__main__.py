"""Run a vault, and what belongs to it: `python -m cercle.vault --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from .opening import add_open


def main(given: list[str] | None = None) -> int:
    """Do what is asked; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m cercle.vault", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="serve until somebody ends it")
    serving.add_argument("--port", type=int, default=8506)
    serving.add_argument("--address", default="127.0.0.1")
    serving.set_defaults(run=operated("run_serve"))
    making = commands.add_parser("keys", help="make the vault's keys, and print them once")
    making.set_defaults(run=operated("run_keys"))
    add_open(commands)
    writing = commands.add_parser(
        "backup", help="write all that the vault holds to one sealed file"
    )
    writing.add_argument("file")
    writing.add_argument("--to", required=True, help="the public key that will open it")
    writing.set_defaults(run=operated("run_backup"))
    bringing = commands.add_parser("restore", help="bring a vault back into an empty place")
    bringing.add_argument("file")
    bringing.set_defaults(run=operated("run_restore"))
    trying = commands.add_parser("drill", help="back up, restore elsewhere, compare, open")
    trying.set_defaults(run=operated("run_drill"))
    args = parser.parse_args(given)
    return int(args.run(args))


def operated(name: str) -> Callable[[argparse.Namespace], int]:
    """What an operator does; whoever opens their own export needs none of its libraries."""

    def run(args: argparse.Namespace) -> int:
        from . import operating

        return int(getattr(operating, name)(args))

    return run


if __name__ == "__main__":
    sys.exit(main())
