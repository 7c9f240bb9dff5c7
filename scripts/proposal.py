"""Decide together: `ape run proposal --help`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle import lens
from cercle.decision_models import ProposalView
from cercle.proposal_file import Reader
from cercle.proposals import Draft, acts, made, say
from scripts._shared import (
    Desk,
    deployment_option,
    dry_run_option,
    read_yaml,
    refuses_plainly,
)

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def cli() -> None:
    """Proposals: made, voted on, queued, carried out."""


@cli.command("draft", cls=ConnectedProviderCommand)
@click.argument("file", type=FILE)
@click.option("--proposer", help="Who alone may make it; `submit` takes its own account.")
@deployment_option
@refuses_plainly
def draft(file: Path, proposer: str | None, deployment_path: Path | None) -> None:
    """Say what the proposal of FILE would do, and its id. Nothing is sent."""
    desk = Desk.open(deployment_path)
    found = _read(desk, file)
    _tell(desk, found.reserved_for(proposer) if proposer else found)


@cli.command("submit", cls=ConnectedProviderCommand)
@click.argument("file", type=FILE)
@click.option("--open", "is_open", is_flag=True, help="Let anybody make it in your place.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def submit(
    file: Path, is_open: bool, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Make the proposal of FILE."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    found = _read(desk, file)
    if not is_open:
        found = found.reserved_for(account.address)
    found.checked()
    _tell(desk, found)
    desk.send(acts.propose(desk.deployment, found), f"propose {found.id}")


@cli.command("queue", cls=ConnectedProviderCommand)
@click.argument("proposal_id")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def queue(
    proposal_id: str, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Let a proposal that has succeeded wait for its act; anybody may."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    found = _find(desk, proposal_id)
    desk.send(acts.queue(desk.deployment, found.draft), f"queue {found.id}")


@cli.command("execute", cls=ConnectedProviderCommand)
@click.argument("proposal_id")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def execute(
    proposal_id: str, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Carry out a proposal that is queued and due; anybody may."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    found = _find(desk, proposal_id)
    _tell(desk, found.draft)
    desk.send(acts.execute(desk.deployment, found.draft), f"execute {found.id}")


@cli.command("veto", cls=ConnectedProviderCommand)
@click.argument("proposal_id")
@click.option("--reason", required=True, help="For everybody to read.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def veto(
    proposal_id: str,
    reason: str,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Stop a proposal, as WARDEN."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    found = _find(desk, proposal_id)
    desk.send(acts.veto(desk.deployment, found.id, reason), f"veto {found.id}")


@cli.command("show", cls=ConnectedProviderCommand)
@click.argument("proposal_id", required=False)
@deployment_option
@refuses_plainly
def show(proposal_id: str | None, deployment_path: Path | None) -> None:
    """Print a proposal, or all: what each would do, and where it stands."""
    desk = Desk.open(deployment_path)
    known = made(desk.chain, desk.deployment)
    wanted = None if proposal_id is None else _find(desk, proposal_id).id
    for view in lens.proposals(desk.chain, desk.deployment, known=known).proposals:
        if wanted in (None, view.id):
            _show(view)


def _read(desk: Desk, file: Path) -> Draft:
    return Reader(desk.deployment, desk.chain.head().time).draft(read_yaml(file))


def _find(desk: Desk, text: str) -> ProposalView:
    """A proposal by its id, or by how that begins."""
    views = lens.proposals(desk.chain, desk.deployment).proposals
    found = [view for view in views if str(view.id) == text] or [
        view for view in views if len(text) >= 6 and str(view.id).startswith(text)
    ]
    if len(found) != 1:
        word = "No proposal" if not found else "More than one proposal"
        raise click.ClickException(f"{word} has an id that begins with {text[:80]!r}.")
    return found[0]


def _tell(desk: Desk, found: Draft) -> None:
    click.echo(f"proposal {found.id}, class {found.class_id}")
    for number, said in enumerate(say(desk.deployment, found), start=1):
        click.echo(f"  {number}. {said.text}")


def _show(view: ProposalView) -> None:
    click.echo(f"{view.id}: {view.state.name.lower()}, class {view.class_id}, by {view.proposer}")
    for number, said in enumerate(view.said, start=1):
        click.echo(f"  {number}. {said.text}")
    counted = f"{view.in_favour} for, {view.against} against, {view.abstaining} abstaining"
    needed = "" if view.quorum is None else f"; quorum {view.quorum} of {view.supply}"
    click.echo(f"  {counted}{needed}")
    click.echo(f"  voted on from {_time(view.snapshot)} to {_time(view.deadline)}")
    if view.eta is not None:
        click.echo(f"  may be executed from {_time(view.eta)}")


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
