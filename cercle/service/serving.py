"""How a service is run: one process, behind nothing that writes down who asked."""

from __future__ import annotations

import argparse

import uvicorn
from fastapi import FastAPI


def arguments(
    service: str, says: str | None, port: int, given: list[str] | None
) -> tuple[str, int]:
    """The address and the port that whoever starts it asks for."""
    parser = argparse.ArgumentParser(prog=f"python -m cercle.{service}", description=says)
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--address", default="127.0.0.1")
    told = parser.parse_args(given)
    return told.address, told.port


def serve(app: FastAPI, address: str, port: int) -> None:
    """Serve until somebody ends it."""
    # One process, always: what it remembers is in it. The access log would hold addresses.
    uvicorn.run(
        app,
        host=address,
        port=port,
        workers=1,
        ws="none",  # else a web socket's request would pass by the door
        access_log=False,
        log_config=None,
        server_header=False,
        limit_concurrency=256,
        timeout_keep_alive=5,
    )


__all__ = ["arguments", "serve"]
