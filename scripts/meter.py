"""Read meters as the company that operates them: `ape run meter --help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account import Account as EthAccount
from eth_account.signers.local import LocalAccount

from cercle.agreements import Reading, calls, meters, ocmf
from cercle.agreements.client import Agreements
from cercle.agreements.reading_file import read_readings, read_records
from cercle.content import MeterDocument, document_hash, parse_document
from cercle.errors import ForgedReading
from cercle.events import decode_logs
from cercle.limits import MAX_SETTLEMENTS
from cercle.vault.opening import write_private
from scripts._shared import (
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    read_yaml,
    refuses_plainly,
)

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW = click.Path(path_type=Path, dir_okay=False)
Signed = tuple[int, Reading]


@click.group()
def cli() -> None:
    """Meters: a key each, which signs what was used."""


@cli.command()
@click.argument("file", type=NEW)
@refuses_plainly
def key(file: Path) -> None:
    """Make a meter's key into the new FILE, of mode 600; print the meter's address."""
    made: LocalAccount = EthAccount.create()
    write_private(file, "0x" + bytes(made.key).hex() + "\n")
    click.echo(str(made.address))


@cli.command(cls=ConnectedProviderCommand)
@click.argument("company", type=click.IntRange(1))
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, required=True, help="The file of `meter key`.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def register(
    company: int,
    file: Path,
    key_file: Path,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Say for good that COMPANY operates the meter; FILE (YAML) says what it measures."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    meter = _key(key_file)
    document = parse_document({"kind": "meter", **read_yaml(file)})
    if not isinstance(document, MeterDocument):
        raise click.ClickException(f"{file.name} is not about a meter.")
    seal = document_hash(document)
    message = meters.registration_message(desk.deployment, meter.address, company, seal)
    signature = bytes(meter.sign_message(message).signature)
    call = calls.register_meter(desk.deployment, meter.address, company, seal, signature)
    if not dry_run:
        desk.chain.simulate(call, str(account.address))
        desk.store(content_url).put(document)
    desk.send(call, f"register the meter {meter.address} of company {company}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, required=True, help="The file of `meter key`.")
@click.option("--out", type=NEW, help="Into this file [default: print them].")
@deployment_option
@refuses_plainly
def sign(file: Path, key_file: Path, out: Path | None, deployment_path: Path | None) -> None:
    """Sign the readings of FILE (CSV), a line each in the manner of OCMF; send nothing."""
    desk = Desk.open(deployment_path)
    meter = _key(key_file)
    lines = [
        ocmf.write(desk.deployment, meter.address, number, reading)
        for number, reading in _signed(desk, file, meter)
    ]
    if out is None:
        click.echo("\n".join(lines))
        return
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"{len(lines)} signed: {out}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, help="Sign the CSV of FILE with this meter's key.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def report(
    file: Path,
    key_file: Path | None,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Have readings counted, fifty a transaction: a CSV with `--key`, or what `meter sign` wrote.

    What counts already is left out, so a run that was stopped is run again. Anybody may.
    """
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    if key_file is None:
        found = tuple(
            (row.agreement_id, row.reading) for row in read_records(file, desk.deployment)
        )
    else:
        found = tuple(_signed(desk, file, _key(key_file)))
    book = Agreements(desk.chain, desk.deployment)
    left = list(_uncounted(book, found))
    if len(left) < len(found):
        click.echo(f"{len(found) - len(left)} counted before")
    parts = [left[at : at + MAX_SETTLEMENTS] for at in range(0, len(left), MAX_SETTLEMENTS)]
    counted = sum(_settle(desk, part) for part in parts)
    click.echo(f"{counted} {'would be ' if dry_run else ''}counted")


def _settle(desk: Desk, part: Sequence[Signed]) -> int:
    """How many of a batch counted; terms are read anew, for prices may have fallen meanwhile."""
    desk.chain.forget_head()
    book = Agreements(desk.chain, desk.deployment)
    terms = {number: book.terms(number) for number in dict.fromkeys(n for n, _ in part)}
    settlements = [(number, terms[number], reading) for number, reading in part]
    call = calls.settle_many(desk.deployment, settlements)
    receipt = desk.send(call, f"count {len(part)} readings of {len(terms)} agreements")
    if receipt is None:
        return len(part)
    events = decode_logs(desk.deployment, receipt.logs)
    for event in events:
        if event.name == "ReadingUncounted":
            where = _where(event.args["agreement_id"], event.args["sequence"])
            click.echo(f"  {where}: too late to count, it costs nothing")
    return sum(event.name == "ReadingSettled" for event in events)


def _uncounted(book: Agreements, found: Sequence[Signed]) -> Iterator[Signed]:
    """What does not count yet; what the contract would refuse with its whole batch is named."""
    numbers = dict.fromkeys(number for number, _ in found)
    known = {number: (book.terms(number), book.account(number)) for number in numbers}
    for number, reading in found:
        terms, account = known[number]
        if reading.sequence <= account.sequence:
            continue
        try:
            meters.require_signed(book.deployment, number, reading, terms.meter)
        except ForgedReading as why:
            raise click.ClickException(f"{_where(number, reading.sequence)}: {why}") from why
        if reading.read_at < terms.starts_at:
            told = "it was read before the contract began"
        elif reading.shown < account.shown or reading.outage < account.outage_total:
            told = "it shows less than the last one that counts"
        else:
            yield number, reading
            continue
        raise click.ClickException(f"{_where(number, reading.sequence)}: {told}.")


def _where(number: int, sequence: int) -> str:
    return f"reading {sequence} of contract {number}"


# ---- files ------------------------------------------------------------------------------


def _signed(desk: Desk, file: Path, meter: LocalAccount) -> Iterator[Signed]:
    for row in read_readings(file, desk.chain.head(fresh=True).timestamp):
        message = meters.reading_message(desk.deployment, row.agreement_id, row.reading)
        signature = bytes(meter.sign_message(message).signature)
        yield row.agreement_id, meters.signed(row.reading, signature)


def _key(file: Path) -> LocalAccount:
    """A meter's key; what is wrong with it is said without it."""
    text = file.read_text(encoding="utf-8", errors="replace").strip().removeprefix("0x")
    try:
        made: LocalAccount = EthAccount.from_key(bytes.fromhex(text))
    except Exception:  # the library raises several kinds, and some tell the key
        raise click.ClickException(f"{file.name} holds no meter's key.") from None
    return made
