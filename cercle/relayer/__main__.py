"""Run a relayer: `python -m cercle.relayer --port 8502`; docs/relayer.md has its settings."""

from __future__ import annotations

import os
import sys

from ..service.serving import arguments, serve
from .app import build
from .logs import begin
from .relayer import Relayer
from .settings import Settings, SettingsError


def main(given: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    address, port = arguments("relayer", __doc__, 8502, given)
    try:
        relayer = Relayer.open(Settings.read())
    except SettingsError as error:
        sys.exit(str(error))
    os.environ.pop(f"{Settings.PREFIX}KEY", None)
    begin()
    serve(build(relayer), address, port)  # one process: two would sign with one nonce


if __name__ == "__main__":
    main()
