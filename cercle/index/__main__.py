"""Run an index without Ape: `python -m cercle.index run`; docs/index.md has its settings."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ..chain import Chain
from ..deployments import Deployment
from ..errors import CercleError
from .commands import Options, run, tell_status, tell_verdict
from .opening import DEPTH


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 1 when it ended with a refusal, or with a difference."""
    given = _parser().parse_args(arguments)
    try:
        deployment = Deployment.load(given.deployment)
        nodes = given.rpc or [one.strip() for one in given.nodes.split(",") if one.strip()]
        chain = Chain(nodes, deployment.chain_id, timeout=given.timeout)
        if given.command == "status":
            tell_status(given.url, deployment, chain, _say)
        elif given.command == "verify":
            return 0 if tell_verdict(given.url, deployment, chain, _say) else 1
        else:
            run(_options(given), deployment, chain, _say)
    except CercleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cercle.index", description=__doc__)
    parser.add_argument("command", choices=("run", "status", "verify"))
    parser.add_argument("--url", default=os.environ.get("CERCLE_INDEX_URL", "index/index.sqlite"))
    parser.add_argument(
        "--rpc",
        action="append",
        default=None,
        help="a node; again for more [CERCLE_RPC_URLS, comma-separated]",
    )
    parser.add_argument(
        "--deployment", default=os.environ.get("CERCLE_DEPLOYMENT", "deployments/local.json")
    )
    parser.add_argument("--once", action="store_true", help="end when all is read")
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks")
    parser.add_argument("--depth", type=int, default=DEPTH, help="blocks that may be undone")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds for one answer")
    parser.add_argument("--upgrade", action="store_true", help="bring old tables up to date")
    parser.add_argument("--rebuild", action="store_true", help="forget all and read it again")
    parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
    parser.add_argument("--no-witness", action="store_true", help="ask no second node")
    parser.add_argument("--no-bloom", action="store_true", help="for chains without log filters")
    parser.add_argument("--tokens", type=Path, help="a list of outside tokens (YAML)")
    parser.set_defaults(nodes=os.environ.get("CERCLE_RPC_URLS", "http://127.0.0.1:8545"))
    return parser


def _options(given: argparse.Namespace) -> Options:
    return Options(
        url=given.url,
        once=given.once,
        every=given.every,
        depth=given.depth,
        upgrade=given.upgrade,
        rebuild=given.rebuild,
        wait=given.wait,
        witness=not given.no_witness,
        bloom=not given.no_bloom,
        tokens=given.tokens,
    )


if __name__ == "__main__":
    sys.exit(main())
