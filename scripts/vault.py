"""Run a vault: `ape run vault --help`; docs/vault.md has its settings."""

from __future__ import annotations

import click

from cercle.vault.__main__ import main


@click.group()
def cli() -> None:
    """Records that are kept shut, and opened for whom the ledger lets."""


@cli.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8504, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True)
@click.pass_context
def serve(context: click.Context, port: int, address: str) -> None:
    """Serve until somebody ends it."""
    context.exit(main(["serve", "--port", str(port), "--address", address]))
