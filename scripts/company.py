"""Act for a company that asks for consent: `ape run company --help`."""

from __future__ import annotations

from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle import lens
from cercle.consent import (
    CompanyView,
    categories_in,
    category_of,
    company,
    mask_of,
    purpose_of,
)
from cercle.content import NoticeDocument, document_hash
from cercle.contracts import Contract
from cercle.index.history import open_history
from cercle.limits import MAX_URI
from cercle.values import ZERO_ADDRESS
from scripts._company_vault import fetch, key
from scripts._shared import (
    Account,
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    read_yaml,
    refuses_plainly,
)
from scripts._words import Category, Purpose, Word
from scripts._worlds import passport_of

_ALLOWANCE = (
    {
        "type": "function",
        "name": "approve",
        "stateMutability": "nonpayable",
        "inputs": [{"name": "spender", "type": "address"}, {"name": "amount", "type": "uint256"}],
        "outputs": [{"name": "", "type": "bool"}],
    },
)


@click.group()
def cli() -> None:
    """A company and what it asks of people; a company is named by its number."""


cli.add_command(fetch)
cli.add_command(key)


# ---- the controller -------------------------------------------------------------------


@cli.command(cls=ConnectedProviderCommand)
@click.argument("uri")
@click.option("--key", type=Word(), required=True, help="Its X25519 key, for envelopes to it.")
@click.option("--in-charter", is_flag=True, help="Name it in the brand's Charter too (the admin).")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def register(
    uri: str,
    key: str,
    in_charter: bool,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Register a company that says at URI who it is; the account controls it."""
    if not 0 < len(uri.encode()) <= MAX_URI:
        raise click.UsageError(f"A URI takes 1 to {MAX_URI} bytes.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    receipt = desk.send(company.register(desk.deployment, key, uri), f"register {uri}")
    if receipt is None:
        return
    number = company.registered(desk.deployment, receipt.logs)
    click.echo(f"company {number}")
    if in_charter:
        call = desk.deployment.contract("Charter").call("set_company_id", number)
        desk.send(call, f"name company {number} in the charter")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--end", is_flag=True, help="Give the purpose of the notice up instead.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def notice(
    number: int,
    file: Path,
    end: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Publish the notice of FILE for company NUMBER; who agreed to an earlier one is asked anew."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    document = NoticeDocument.model_validate({"kind": "notice", **read_yaml(file)})
    purpose = purpose_of(document.purpose)
    if end:
        call = company.end_notice(desk.deployment, number, document.purpose)
        desk.send(call, f"end the notice for {purpose.code}")
        return
    seal = document_hash(document)
    call = company.publish_notice(
        desk.deployment, number, document.purpose, document.categories, seal
    )
    if not dry_run:  # the text is there before its hash is on the chain
        desk.chain.simulate(call, str(account.address))
        desk.store(content_url).put(document)
    asked = ", ".join(one.code for one in categories_in(document.categories))
    desk.send(call, f"publish the notice {seal} for {purpose.code} ({asked})")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("who", type=Account(), required=False)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def agent(
    number: int,
    who: str | None,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Let WHO act for company NUMBER besides its controller; without WHO, nobody."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    call = company.set_agent(desk.deployment, number, who or ZERO_ADDRESS)
    desk.send(call, f"let {who or 'nobody'} act for company {number}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("amount", type=click.IntRange(1))
@click.option("--out", "payee", type=Account(), help="Take it out instead, to this account.")
@click.option("--bond", is_flag=True, help="Stake it on deleting in time, for each new reader.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def fund(
    number: int,
    amount: int,
    payee: str | None,
    bond: bool,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Pay AMOUNT of the vault's token in for company NUMBER, in its smallest units."""
    if payee and bond:
        raise click.UsageError("Take out, or stake: one of both.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    vault = desk.deployment.contract("Vault")
    if payee:
        call = company.withdraw_funds(desk.deployment, number, payee, amount)
        desk.send(call, f"take {amount} out to {payee}")
    elif bond:
        desk.send(company.set_bond(desk.deployment, number, amount), f"stake {amount} on each")
    else:
        token = desk.chain.read([vault.read("token")], desk.chain.head())[0]
        allow = Contract("token", token, _ALLOWANCE).call("approve", vault.address, amount)
        desk.send(allow, f"allow the vault {amount} of the token {token}")
        pay = company.deposit(desk.deployment, number, amount)
        if dry_run:  # it could pass only after the other
            click.echo(f"would send: pay {amount} in for company {number}")
        else:
            desk.send(pay, f"pay {amount} in for company {number}")


# ---- the agent ------------------------------------------------------------------------


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("who", type=Account())
@click.argument("purpose", type=Purpose())
@click.argument("categories", type=Category(), nargs=-1, required=True)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def request(
    number: int,
    who: str,
    purpose: int,
    categories: tuple[int, ...],
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Ask WHO, as company NUMBER, for consent to CATEGORIES for PURPOSE."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    person, mask = passport_of(desk, who), mask_of(categories)
    call = company.request_consent(desk.deployment, number, person, purpose, mask)
    desk.send(call, f"ask passport {person} for {purpose_of(purpose).code}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.option("--index", "index_url", envvar="CERCLE_INDEX_URL", help="An index, if there is one.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def acknowledge(
    number: int,
    index_url: str | None,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Take note, as company NUMBER, of every move that it may still see and has not noted."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    history = open_history(desk.chain, desk.deployment, index_url)
    notes = company.notes(desk.chain, desk.deployment, history, number)
    for one in notes:
        call = company.acknowledge(
            *(desk.deployment, number, one.passport_id),
            *(one.purpose, one.category, one.version),
        )
        name = category_of(one.category).code
        desk.send(call, f"note version {one.version} of {name} of passport {one.passport_id}")
    if not notes:
        click.echo("Nothing to take note of.")


@cli.command("attest-deletion", cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.argument("passport_id", type=click.IntRange(1))
@click.argument("purpose", type=Purpose())
@click.option("--certificate", type=Word(), required=True, help="What shows it, by its hash.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def attest_deletion(
    number: int,
    passport_id: int,
    purpose: int,
    certificate: str,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Sign that company NUMBER deleted what it read of PASSPORT_ID for PURPOSE."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    call = company.attest_deletion(desk.deployment, number, passport_id, purpose, certificate)
    desk.send(call, f"attest the deletion for passport {passport_id}")


# ---- anybody ----------------------------------------------------------------------------


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@deployment_option
@refuses_plainly
def show(number: int, deployment_path: Path | None) -> None:
    """Print who company NUMBER is, its notices, and what it has paid in."""
    desk = Desk.open(deployment_path)
    view = _known(desk, number)
    click.echo(f"company {view.id}: {view.uri}")
    click.echo(f"controller {view.controller}, agent {view.agent or 'nobody'}")
    if view.candidate:
        click.echo(f"offered to {view.candidate}")
    for one in lens.notices(desk.chain, desk.deployment, number):
        asked = ", ".join(each.code for each in categories_in(one.categories))
        state = "ended" if one.is_ended else f"{one.content_hash}: {asked}"
        click.echo(f"{purpose_of(one.purpose).code}, version {one.version}: {state}")
    if desk.deployment.has("Vault"):
        told = company.funds(desk.chain, desk.deployment, number)
        click.echo(f"paid in and free {told.free}, staked on each person {told.bond}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.option("--index", "index_url", envvar="CERCLE_INDEX_URL", help="An index, if there is one.")
@deployment_option
@refuses_plainly
def due(number: int, index_url: str | None, deployment_path: Path | None) -> None:
    """Print what company NUMBER has to note and to delete, and by when."""
    desk = Desk.open(deployment_path)
    history = open_history(desk.chain, desk.deployment, index_url)
    _known(desk, number)
    for one in company.notes(desk.chain, desk.deployment, history, number):
        late = ", LATE" if one.is_late else ""
        name = category_of(one.category).code
        click.echo(
            f"note: passport {one.passport_id}, {name}, version {one.version}, "
            f"until {one.due_at:%Y-%m-%d %H:%M} UTC{late}"
        )
    for held in company.deletions(desk.chain, desk.deployment, history, number):
        state = "delete, and attest it until" if held.is_due else "may be kept; attest until"
        overdue = ", marked OVERDUE" if held.duty.is_overdue else ""
        click.echo(
            f"passport {held.passport_id}, {purpose_of(held.purpose).code}: "
            f"{state} {held.duty.due_at:%Y-%m-%d %H:%M} UTC{overdue}"
        )


def _known(desk: Desk, number: int) -> CompanyView:
    view = lens.company(desk.chain, desk.deployment, number)
    if view is None:
        raise click.ClickException(f"There is no company {number}.")
    return view
