"""Award points and standing from a file: `ape run award --help`."""

from __future__ import annotations

from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle.award_file import read_awards
from cercle.loyalty import rewards
from cercle.loyalty.words import unpack_award
from scripts._shared import Desk, deployment_option, dry_run_option, refuses_plainly


@click.group()
def cli() -> None:
    """Awards: paid once, in batches of a hundred, reversible for seven days."""


@cli.command("csv", cls=ConnectedProviderCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--label", default="", help="Sets apart two payments of equal rows.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def csv_(
    file: Path, label: str, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Pay the awards of FILE (columns account, points, standing) as ISSUER.

    A file that was half sent can be sent again: what was paid is left alone.
    """
    cut = list(rewards.batches(read_awards(file), label))
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    paid = _paid(desk, cut)
    for number, batch in enumerate(cut, start=1):
        awards = [unpack_award(word) for word in batch.words]
        what = (
            f"batch {number} of {len(cut)}: {len(awards)} awards, "
            f"{sum(a.points for a in awards)} points, {sum(a.standing for a in awards)} standing"
        )
        if batch.id in paid:
            click.echo(f"{what}: paid before, left alone")
            continue
        call = rewards.award(desk.deployment, batch.id, batch.words)
        receipt = desk.send(call, what, listed=True)
        if receipt is not None:
            for skip in rewards.skipped(desk.deployment, receipt.logs):
                click.echo(f"  skipped {skip.account}: {skip.sentence}")


@cli.command("reverse", cls=ConnectedProviderCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("line", type=click.IntRange(min=1))
@click.option("--label", default="", help="As it was when the file was paid.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def reverse(
    file: Path,
    line: int,
    label: str,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Undo the award number LINE (from 1) of a FILE paid less than seven days ago."""
    rows = read_awards(file)
    if line > len(rows):
        raise click.ClickException(f"{file.name} holds {len(rows)} awards; there is no {line}.")
    cut = list(rewards.batches(rows, label))
    size = len(cut[0].words)
    batch, index = cut[(line - 1) // size], (line - 1) % size
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(
        rewards.reverse(desk.deployment, batch.id, batch.words, index),
        f"reverse award {line} of {file.name}",
    )


@cli.command("budget", cls=ConnectedProviderCommand)
@click.argument("points", type=click.IntRange(min=0))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def budget(points: int, deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Set how many POINTS may be awarded a period, as TREASURER."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(rewards.set_budget(desk.deployment, points), f"budget of {points} points a period")


def _paid(desk: Desk, cut: list[rewards.Batch]) -> set[int]:
    """Which of these batches the chain has already."""
    contract = desk.deployment.contract("Rewards")
    found = desk.chain.read([contract.read("batch", batch.id) for batch in cut], desk.chain.head())
    return {batch.id for batch, seen in zip(cut, found, strict=True) if seen["awarded_at"] != 0}
