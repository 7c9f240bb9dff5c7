"""Run a relayer: `python -m cercle.relayer --port 8502`; docs/relayer.md has its settings."""

from __future__ import annotations

import argparse
import os
import sys

import uvicorn

from .app import build
from .logs import begin
from .relayer import Relayer
from .settings import PREFIX, Settings, SettingsError


def main(arguments: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    parser = argparse.ArgumentParser(prog="python -m cercle.relayer", description=__doc__)
    parser.add_argument("--port", type=int, default=8502)
    parser.add_argument("--address", default="127.0.0.1")
    given = parser.parse_args(arguments)
    try:
        relayer = Relayer.open(Settings.read())
    except SettingsError as error:
        sys.exit(str(error))
    os.environ.pop(f"{PREFIX}KEY", None)
    begin()
    # One process, always: two would sign with one nonce. The access log would hold addresses.
    uvicorn.run(
        build(relayer),
        host=given.address,
        port=given.port,
        workers=1,
        access_log=False,
        log_config=None,
        server_header=False,
        limit_concurrency=256,
        timeout_keep_alive=5,
    )


if __name__ == "__main__":
    main()
