"""`ape run company key` and `fetch`: how a company gets what it may see out of a vault."""

from __future__ import annotations

import os
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account.messages import SignableMessage

from cercle.consent import company, purpose_of
from cercle.values import hash_text
from cercle.vault import keys
from cercle.vault.client import Look, VaultCompany, Waiting, looks_in
from cercle.vault.opening import write_private
from scripts._shared import (
    Account,
    Desk,
    deployment_option,
    dry_run_option,
    refuses_plainly,
)
from scripts._words import Category, Purpose, Word
from scripts._worlds import passport_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@refuses_plainly
def key(file: Path) -> None:
    """Make a key for envelopes into the new FILE; print its public half, for `register --key`."""
    private = keys.new_private()
    write_private(file, keys.text_of(private) + "\n")
    click.echo(f"0x{keys.public_of(private).hex()}")


@click.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("who", type=Account())
@click.argument("purpose", type=Purpose())
@click.argument("category", type=Category())
@click.option("--order", type=Word(), help="By which order: its salted hash.")
@click.option("--logged", type=Word(), help="The transaction that logged it before: send nothing.")
@click.option("--max-price", type=click.IntRange(0), default=0, help="The most that it may cost.")
@click.option(
    "--vault", "vault_url", envvar="CERCLE_VAULT_URL", required=True, help="Where the vault is."
)
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The file of `company key`.",
)
@click.option(
    "--wait", type=click.FloatRange(0), default=600.0, help="Seconds for blocks and the person."
)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def fetch(
    number: int,
    who: str,
    purpose: int,
    category: int,
    order: str | None,
    logged: str | None,
    max_price: int,
    vault_url: str,
    key_file: Path,
    wait: float,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Have it logged that company NUMBER looks at CATEGORY of WHO, and print what it opens."""
    if (order is None) == (logged is None):
        raise click.UsageError("Name the order of a new look, or the transaction of one: one.")
    private = _private(key_file)
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    person = passport_of(desk, who)
    place = (number, person, purpose, category)
    if order is not None:
        call = company.request_access(desk.deployment, *place, order, max_price)
        receipt = desk.send(call, f"look at passport {person} for {purpose_of(purpose).code}")
        if receipt is None:
            return
        logged = hash_text(str(receipt.txn_hash))
    look = _look(desk, str(logged), place)
    client = VaultCompany(
        vault_url,
        desk.chain,
        desk.deployment,
        private,
        lambda message: _signature(account, message),
        waiting=Waiting(most=wait),
    )
    click.echo(client.fetch(look).model_dump_json(exclude={"secret"}))


def _look(desk: Desk, transaction: str, place: tuple[int, int, int, int]) -> Look:
    for one in looks_in(desk.chain, desk.deployment, transaction):
        if (one.company_id, one.passport_id, one.purpose, one.category) == place:
            return one
    raise click.ClickException("This transaction logged no such look.")


def _private(file: Path) -> bytes:
    if os.stat(file).st_mode & 0o077:
        raise click.ClickException(f"{file.name} is open to others: chmod 600 it first.")
    try:
        private = keys.bytes_of(file.read_text("ascii").strip())
        keys.public_of(private)
    except (keys.KeyRefused, ValueError):
        raise click.ClickException(f"{file.name} holds no key of `company key`.") from None
    return private


def _signature(account: AccountAPI, message: SignableMessage) -> str:
    signed = account.sign_message(message)
    if signed is None:
        raise click.ClickException("The account signed nothing.")
    return "0x" + bytes(signed.encode_rsv()).hex()
