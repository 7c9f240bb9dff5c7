"""Keep the history of a brand in SQL tables: `ape run index --help`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from ape.cli import ConnectedProviderCommand

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.index import DEPTH, commands
from scripts._shared import connected_url, default_deployment, deployment_option, refuses_plainly

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def cli() -> None:
    """Every event of the brand's contracts, in SQLite or PostgreSQL."""


def _index_option(command: F) -> F:
    return click.option(
        "--url",
        envvar="CERCLE_INDEX_URL",
        help="A file, sqlite:///… or postgresql://… [default: index/<network>.sqlite].",
    )(command)


def _rpc_option(command: F) -> F:
    return click.option(
        "--rpc", multiple=True, help="One more node, which is asked too; may be given again."
    )(command)


@cli.command(cls=ConnectedProviderCommand)
@_index_option
@_rpc_option
@click.option("--once", is_flag=True, help="End when all is read, instead of following on.")
@click.option("--every", type=click.FloatRange(min=0.1, max=3_600), default=2, show_default=True)
@click.option("--depth", type=click.IntRange(1, 10_000), default=DEPTH, show_default=True)
@click.option("--upgrade", is_flag=True, help="Bring tables of an older version up to date.")
@click.option("--rebuild", is_flag=True, help="Forget all, and read it again.")
@click.option("--wait", is_flag=True, help="Wait for another writer to end.")
@click.option("--no-witness", is_flag=True, help="Ask no second node whether the first is right.")
@click.option("--no-bloom", is_flag=True, help="For chains whose headers have no log filter.")
@click.option(
    "--tokens",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A list of outside tokens (YAML) to follow for members.",
)
@deployment_option
@refuses_plainly
def run(
    url: str | None,
    rpc: tuple[str, ...],
    once: bool,
    every: float,
    depth: int,
    upgrade: bool,
    rebuild: bool,
    wait: bool,
    no_witness: bool,
    no_bloom: bool,
    tokens: Path | None,
    deployment_path: Path | None,
) -> None:
    """Read the chain into the index, and follow it; --depth is how many blocks may be undone."""
    deployment, chain, where = _open(deployment_path, rpc, url)
    options = commands.Options(
        url=where,
        once=once,
        every=every,
        depth=depth,
        upgrade=upgrade,
        rebuild=rebuild,
        wait=wait,
        witness=not no_witness,
        bloom=not no_bloom,
        tokens=tokens,
    )
    commands.run(options, deployment, chain, click.echo)


@cli.command(cls=ConnectedProviderCommand)
@_index_option
@_rpc_option
@deployment_option
@refuses_plainly
def status(url: str | None, rpc: tuple[str, ...], deployment_path: Path | None) -> None:
    """Say how far the index is, and how much it holds."""
    deployment, chain, where = _open(deployment_path, rpc, url)
    commands.tell_status(where, deployment, chain, click.echo)


@cli.command(cls=ConnectedProviderCommand)
@_index_option
@_rpc_option
@deployment_option
@refuses_plainly
def verify(url: str | None, rpc: tuple[str, ...], deployment_path: Path | None) -> None:
    """Add up all events and compare with the chain; ends with 1 where something differs."""
    deployment, chain, where = _open(deployment_path, rpc, url)
    if not commands.tell_verdict(where, deployment, chain, click.echo):
        raise SystemExit(1)


def _open(
    path: Path | None, rpc: tuple[str, ...], url: str | None
) -> tuple[Deployment, Chain, str]:
    """The brand, the nodes with Ape's first, and where the index lies."""
    path = path or default_deployment()
    deployment = Deployment.load(path)
    nodes = list(dict.fromkeys([connected_url(), *rpc]))
    chain = Chain(nodes, deployment.chain_id, timeout=20)
    return deployment, chain, url or str(Path("index") / f"{path.stem}.sqlite")
