"""Serve the app: `python -m frontend.server --port 8501`; see `frontend.settings` for the rest."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from cercle.deployments import Deployment
from cercle.errors import DeploymentError

from . import health
from .components.demo_wallet import route as demo_wallet
from .components.own.scripts import shared
from .components.passkey import route as passkey
from .guard import Guard
from .settings import Settings, SettingsError, use
from .warm import warm_up

HERE = Path(__file__).resolve().parent


def options(settings: Settings) -> dict[str, Any]:
    """What Streamlit is told, whatever a configuration file says."""
    return {
        "server.address": settings.address,
        "server.port": settings.port,
        "server.headless": True,
        "server.allowedHosts": list(settings.hosts),
        "server.enableCORS": True,  # their name for the protection, not for the permission
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "server.enableStaticServing": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 5,
        "server.maxMessageSize": 20,
        "runner.fastReruns": False,  # one run at a time: see frontend/whole.py
        "runner.postScriptGC": False,  # Python collects by itself, and less often than every run
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.allowedOrigins": [],
    }


def build(settings: Settings, script: Path) -> st.App:
    """Put the app together.

    Raises:
        SettingsError: The settings ask for what must not be.
    """
    use(settings)
    deployment: Deployment | None = None
    if settings.deployment is not None:
        try:
            deployment = Deployment.load(settings.deployment)
        except DeploymentError as error:
            raise SettingsError(str(error)) from error
    routes: list[BaseRoute] = [health.route(settings, deployment.chain_id if deployment else None)]
    if settings.demo_wallet:
        routes += demo_wallet.mount(settings, deployment)
    routes += [*passkey.mount(settings, deployment), shared()]
    return st.App(
        script,
        routes=routes,
        middleware=[Middleware(Guard, hosts=settings.hosts)],
        lifespan=warm_up,
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m frontend.server", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501))
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--script", type=Path, default=HERE / "streamlit_app.py")
    given = parser.parse_args(arguments)
    # The cookies that Streamlit signs: one secret for all processes behind a balancer.
    secret = os.environ.get("CERCLE_COOKIE_SECRET") or secrets.token_hex(32)
    os.environ.setdefault("STREAMLIT_SERVER_COOKIE_SECRET", secret)
    try:
        settings = Settings.read(port=given.port, address=given.address)
        app = build(settings, given.script.resolve())
    except SettingsError as error:
        sys.exit(str(error))
    app.run(config=options(settings))


if __name__ == "__main__":
    main()
