"""Run a world where people appear: `ape run world --help`."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account.messages import encode_typed_data

from cercle import identity, lens, typed_data
from cercle.limits import MAX_WORLD_NAME
from cercle.models import WorldView
from scripts._shared import (
    Account,
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    refuses_plainly,
)
from scripts._worlds import Reference, passport_of, world_of


@click.group()
def cli() -> None:
    """Places that say who is who there. WORLD is an id, or a name of the brand's document."""


@cli.command(cls=ConnectedProviderCommand)
@click.argument("name")
@click.option("--key", type=Account(), help="Who attests there [default: the account itself].")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def register(
    name: str, key: str | None, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Found a world called NAME; the account controls it."""
    if not 0 < len(name.encode()) <= MAX_WORLD_NAME:
        raise click.UsageError(f"A name takes 1 to {MAX_WORLD_NAME} bytes.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    call = identity.register_world(desk.deployment, name, key or str(account.address))
    desk.send(call, f"register the world {name!r}")
    click.echo(f"world {identity.world_id(str(account.address), name)}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@deployment_option
@content_option
@refuses_plainly
def show(world: str, deployment_path: Path | None, content_url: str | None) -> None:
    """Print who runs WORLD."""
    view = _known(Desk.open(deployment_path), world, content_url)
    click.echo(f"world {view.id}")
    click.echo(f"controller {view.controller}, key {view.key}")
    if view.candidate:
        click.echo(f"offered to {view.candidate}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("key", type=Account())
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def key(
    world: str,
    key: str,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Change WORLD's KEY; all that it attested so far is unverified from then on."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    call = identity.set_world_key(desk.deployment, world_of(desk, world, content_url), key)
    desk.send(call, f"change the key to {key}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("token", type=Account())
@click.option("--forget", is_flag=True, help="Recognise it no longer.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def collection(
    world: str,
    token: str,
    forget: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Recognise a collection of tokens (ERC-721) as WORLD's own."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = world_of(desk, world, content_url)
    call = identity.set_collection(desk.deployment, place, token, is_recognised=not forget)
    desk.send(call, f"{'forget' if forget else 'recognise'} the collection {token}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("who", type=Account())
@click.option("--reference", type=Reference(), help="The avatar [default: a new random one].")
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True)
@deployment_option
@content_option
@account_option()
@refuses_plainly
def attest(
    world: str,
    who: str,
    reference: str | None,
    hours: int,
    deployment_path: Path | None,
    content_url: str | None,
    account: AccountAPI,
) -> None:
    """Sign, as WORLD's key, that an avatar is WHO's; they have some hours to set it."""
    desk = Desk.open(deployment_path, account)
    view = _known(desk, world, content_url)
    if view.key != account.address:
        raise click.ClickException(f"{account.address} is not this world's key.")
    now = desk.chain.head().timestamp
    message = typed_data.avatar_attestation(
        desk.deployment,
        view.key,
        view.id,
        reference or "0x" + secrets.token_hex(32),
        passport_of(desk, who),
        issued_at=max(now, view.key_since + 1),
        deadline=now + hours * 3_600,
    )
    signature = account.sign_message(encode_typed_data(full_message=message.full))
    if signature is None:
        raise click.ClickException("The attestation was not signed.")
    click.echo(f"reference {message.message['reference']}")
    click.echo(typed_data.attested(message, signature.encode_rsv()).as_text())


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("reference", type=Reference())
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def revoke(
    world: str,
    reference: str,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Take back what WORLD attested of REFERENCE."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = world_of(desk, world, content_url)
    desk.send(identity.revoke_attestation(desk.deployment, place, reference), "revoke")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("candidate", type=Account())
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def offer(
    world: str,
    candidate: str,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Offer WORLD to CANDIDATE, who accepts."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = world_of(desk, world, content_url)
    desk.send(identity.offer_world(desk.deployment, place, candidate), f"offer it to {candidate}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("world")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def accept(
    world: str,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Take over a WORLD that was offered to the account."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = world_of(desk, world, content_url)
    desk.send(identity.accept_world(desk.deployment, place), "take the world over")


def _known(desk: Desk, world: str, content_url: str | None) -> WorldView:
    place = world_of(desk, world, content_url)
    view = lens.world(desk.chain, desk.deployment, place)
    if view is None:
        raise click.ClickException(f"There is no world {place}.")
    return view
