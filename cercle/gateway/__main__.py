"""Run a gateway: `python -m cercle.gateway --port 8503`; docs/gateway.md has its settings."""

from __future__ import annotations

import sys

from ..service.serving import arguments, serve
from .app import build
from .gateway import Gateway
from .logs import begin
from .settings import Settings, SettingsError


def main(given: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    address, port = arguments("gateway", __doc__, 8503, given)
    try:
        settings = Settings.read()
        if not settings.authorities:
            names = tuple(f"{host}:{port}" for host in ("127.0.0.1", "localhost"))
            settings = settings.model_copy(update={"authorities": names})
        gateway = Gateway.open(settings)
    except SettingsError as error:
        sys.exit(str(error))
    begin()
    serve(build(gateway), address, port)


if __name__ == "__main__":
    main()
