"""Put questions to the members: `ape run poll --help`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle import governance, lens, typed_data
from cercle.ballot_file import Ballot, loads, read_ballots
from cercle.content import PollDocument, document_hash, parse_document
from cercle.errors import CercleError, Refused
from cercle.events import decode_logs
from cercle.flags import BallotSkip, PollKind
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
@click.option("--approval", is_flag=True, help="Members approve of any options, or of none.")
@click.option("--again", is_flag=True, help="Open it although the same question is open.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def open_(
    file: Path,
    days: float,
    approval: bool,
    again: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Store the texts of FILE and open the poll as STEWARD.

    FILE is YAML: question, description and options, each with fr and en; and, where members
    approve of any options instead of picking one, `kind: approval` (or --approval).
    """
    fields = read_yaml(file)
    kind = _kind(file, fields.pop("kind", None), approval)
    document = parse_document({"kind": "poll", **fields})
    if not isinstance(document, PollDocument):
        raise click.ClickException(f"{file.name} is not a poll.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    seal = document_hash(document)
    same = [p for p in lens.polls(desk.chain, desk.deployment) if p.content_hash == seal]
    if same and not again and any(poll.is_open for poll in same):
        click.echo(f"This question is open already, as poll {same[0].id}.")
        return
    closes_at = desk.chain.head().time + timedelta(days=days)
    call = governance.open_poll(desk.deployment, seal, len(document.options), closes_at, kind)
    if not dry_run:
        desk.store(content_url).put(document)
    desk.send(call, f"open the {kind.name.lower()} poll {document.question.en!r}")


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
            f"   {poll.kind.name.lower()}, {poll.state.name.lower()}, "
            f"closes {poll.closes_at:%Y-%m-%d %H:%M} UTC, "
            f"{poll.ballot_count} voted, tally {', '.join(map(str, poll.tally))}"
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


@cli.command("carry", cls=ConnectedProviderCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def carry(file: Path, deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Send the signed ballots of FILE, in batches of a hundred; anybody may.

    FILE holds a JSON line a ballot: `message`, what the wallet showed, and `signature`, what it
    answered. What would not count is told and left out, and costs nothing. A file that was half
    sent can be sent again: no ballot counts twice.
    """
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    ballots = _good(desk, read_ballots(file, desk.deployment))
    kinds = {poll.id: poll.kind for poll in lens.polls(desk.chain, desk.deployment)}
    for load in loads(desk.deployment, ballots, kinds):
        size, poll_id = len(load.ballots), load.ballots[0].poll_id
        receipt = desk.send(load.call, f"carry {size} ballots of poll {poll_id}")
        for event in decode_logs(desk.deployment, receipt.logs if receipt else ()):
            if event.name == "BallotSkipped":
                why = governance.refusal_of(BallotSkip(event.args["why"]))
                _left_out(load.ballots[event.args["index"]], why)
    if not ballots:
        click.echo("No ballot is left to carry.")


def _good(desk: Desk, ballots: Sequence[Ballot]) -> list[Ballot]:
    """Those that would count, each asked about alone; the others are told."""
    assert desk.account is not None
    good = []
    for ballot in sorted(ballots, key=lambda one: one.sequence):
        try:
            call = typed_data.carry(desk.deployment, ballot.signed)
            desk.chain.simulate(call, desk.account.address)
        except Refused as why:
            _left_out(ballot, why)
            continue
        good.append(ballot)
    return good


def _left_out(ballot: Ballot, why: Refused) -> None:
    click.echo(f"  left out line {ballot.line}, {ballot.voter}: {why}")


def _kind(file: Path, told: object, is_approval: bool) -> PollKind:
    """Which kind of poll a file and its command ask for."""
    if told not in (None, "poll", "single", "approval"):
        raise click.ClickException(f"{file.name}: kind must be single or approval.")
    if is_approval and told == "single":
        raise click.ClickException(f"{file.name} says kind: single.")
    return PollKind.APPROVAL if is_approval or told == "approval" else PollKind.SINGLE
