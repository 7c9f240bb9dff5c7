"""Read meters as the company that operates them: `ape run meter --help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account import Account as EthAccount
from eth_account.signers.local import LocalAccount

from cercle.agreements import Reading, Terms, calls, meters, ocmf
from cercle.agreements.client import Agreements
from cercle.agreements.reading_file import read_readings
from cercle.content import MeterDocument, document_hash, parse_document
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
        found = tuple(_recorded(desk, file))
    else:
        found = tuple(_signed(desk, file, _key(key_file)))
    book = Agreements(desk.chain, desk.deployment)
    terms = {number: book.terms(number) for number in dict.fromkeys(n for n, _ in found)}
    left = list(_uncounted(book, found))
    if len(left) < len(found):
        click.echo(f"{len(found) - len(left)} counted before")
    for one in left:
        _require_meter(desk, terms[one[0]], one)
    for start in range(0, len(left), MAX_SETTLEMENTS):
        _settle(desk, left[start : start + MAX_SETTLEMENTS])
    click.echo(f"{len(left)} {'would be ' if dry_run else ''}counted")


def _settle(desk: Desk, part: Sequence[Signed]) -> None:
    """One batch; prices that fell meanwhile change an agreement's terms, so they are read anew."""
    desk.chain.forget_head()
    book = Agreements(desk.chain, desk.deployment)
    terms = {number: book.terms(number) for number in dict.fromkeys(n for n, _ in part)}
    settlements = [(number, terms[number], reading) for number, reading in part]
    call = calls.settle_many(desk.deployment, settlements)
    desk.send(call, f"count {len(part)} readings of {len(terms)} agreements")


def _uncounted(book: Agreements, found: Sequence[Signed]) -> Iterator[Signed]:
    counted = {number: book.account(number).sequence for number in {n for n, _ in found}}
    for number, reading in found:
        if reading.sequence > counted[number]:
            yield number, reading


def _require_meter(desk: Desk, terms: Terms, one: Signed) -> None:
    """A signature of another key costs a whole batch: it is found before anything is sent."""
    meters.require_signed(desk.deployment, one[0], one[1], terms.meter)


# ---- files ------------------------------------------------------------------------------


def _signed(desk: Desk, file: Path, meter: LocalAccount) -> Iterator[Signed]:
    for row in read_readings(file, desk.chain.head(fresh=True).timestamp):
        message = meters.reading_message(desk.deployment, row.agreement_id, row.reading)
        signature = bytes(meter.sign_message(message).signature)
        yield row.agreement_id, meters.signed(row.reading, signature)


def _recorded(desk: Desk, file: Path) -> Iterator[Signed]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as why:
        raise click.ClickException(f"{file.name} is not UTF-8 text.") from why
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = ocmf.read(line)
            ocmf.require_valid(desk.deployment, record, record.meter)
        except ocmf.BadRecord as why:
            raise click.ClickException(f"{file.name}, line {number}: {why}") from why
        yield record.agreement_id, record.reading


def _key(file: Path) -> LocalAccount:
    """A meter's key; what is wrong with it is said without it."""
    text = file.read_text(encoding="utf-8", errors="replace").strip().removeprefix("0x")
    try:
        made: LocalAccount = EthAccount.from_key(bytes.fromhex(text))
    except Exception:  # the library raises several kinds, and some tell the key
        raise click.ClickException(f"{file.name} holds no meter's key.") from None
    return made
