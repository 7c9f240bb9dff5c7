"""Put questions to the members: `ape run poll --help`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle import governance, lens
from cercle.content import PollDocument, document_hash, parse_document
from cercle.errors import CercleError
from scripts._shared import (
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    read_yaml,
    refuses_plainly,
)


@click.group()
def cli() -> None:
    """Questions to the members; they may change their vote until the close."""


@cli.command("open", cls=ConnectedProviderCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--days", type=click.FloatRange(min=0.05, max=90), default=7, show_default=True)
@click.option("--again", is_flag=True, help="Open it although the same question is open.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def open_(
    file: Path,
    days: float,
    again: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Store the texts of FILE and open the poll as STEWARD.

    FILE is YAML: question, description and options, each with fr and en.
    """
    document = parse_document({"kind": "poll", **read_yaml(file)})
    if not isinstance(document, PollDocument):
        raise click.ClickException(f"{file.name} is not a poll.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    seal = document_hash(document)
    same = [p for p in lens.polls(desk.chain, desk.deployment) if p.content_hash == seal]
    if same and not again and any(poll.is_open for poll in same):
        click.echo(f"This question is open already, as poll {same[0].id}.")
        return
    closes_at = desk.chain.head().time + timedelta(days=days)
    call = governance.open_poll(desk.deployment, seal, len(document.options), closes_at)
    if not dry_run:
        desk.store(content_url).put(document)
    desk.send(call, f"open the poll {document.question.en!r}")


@cli.command("list", cls=ConnectedProviderCommand)
@deployment_option
@content_option
@refuses_plainly
def list_(deployment_path: Path | None, content_url: str | None) -> None:
    """Print every poll with its tally."""
    desk = Desk.open(deployment_path)
    store = desk.store(content_url)
    for poll in lens.polls(desk.chain, desk.deployment):
        try:
            question = store.get_as(poll.content_hash, PollDocument).question.en
        except CercleError as why:
            question = f"(text withheld: {why})"
        click.echo(f"{poll.id}: {question}")
        click.echo(
            f"   {poll.state.name.lower()}, closes {poll.closes_at:%Y-%m-%d %H:%M} UTC, "
            f"tally {', '.join(map(str, poll.tally))}"
        )


@cli.command("withdraw", cls=ConnectedProviderCommand)
@click.argument("poll_id", type=click.IntRange(min=1))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def withdraw(
    poll_id: int, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Withdraw a poll that nobody has voted in yet, as STEWARD."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(governance.withdraw_poll(desk.deployment, poll_id), f"withdraw poll {poll_id}")
