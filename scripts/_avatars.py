"""`ape run member avatar ...`: how people appear, and whose avatar it is that came in."""

from __future__ import annotations

from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle import identity, lens
from cercle.calls import Call
from cercle.content import ProfileDocument
from cercle.errors import ContentError
from cercle.flags import AvatarKind
from cercle.models import AvatarView
from cercle.slips import Attestation
from scripts._shared import (
    Account,
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    refuses_plainly,
)
from scripts._worlds import Reference, brand_worlds, passport_of, world_of


@click.group()
def avatar() -> None:
    """How people appear in worlds. WORLD is an id, or a name of the brand's document."""


@avatar.command(cls=ConnectedProviderCommand)
@click.argument("who", type=Account())
@click.argument("worlds", nargs=-1)
@deployment_option
@content_option
@refuses_plainly
def show(
    who: str, worlds: tuple[str, ...], deployment_path: Path | None, content_url: str | None
) -> None:
    """Print how the person behind WHO appears, in the brand's WORLDS if none is named."""
    desk = Desk.open(deployment_path)
    named = brand_worlds(desk, content_url)
    asked = [world_of(desk, one, content_url) for one in worlds] or list(named.values())
    passport_id = passport_of(desk, who)
    view = lens.profile(desk.chain, desk.deployment, passport_id, asked)
    click.echo(f"passport {passport_id}: {_name(desk, view.content_hash, content_url)}")
    titles = {one: name for name, one in named.items()}
    for one in view.avatars:
        click.echo(f"   {titles.get(one.world, one.world)}: {_words(one)}")
    if not view.avatars:
        click.echo("   no avatar there")


@avatar.command("set", cls=ConnectedProviderCommand)
@click.argument("world", required=False)
@click.option("--token", type=Account(), help="Appear as a token that a wallet of yours holds.")
@click.option("--id", "token_id", type=click.IntRange(min=0), help="Which one.")
@click.option("--attested", help="Appear as what a world attested: the text that it gave you.")
@click.option("--stated", type=Reference(), help="Say so, unverified.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def set_(
    world: str | None,
    token: str | None,
    token_id: int | None,
    attested: str | None,
    stated: str | None,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Appear in WORLD, from your main wallet."""
    if sum(given is not None for given in (token, attested, stated)) != 1:
        raise click.UsageError("Give one of --token, --attested and --stated.")
    if (token is None) != (token_id is None):
        raise click.UsageError("--token and --id go together.")
    if (world is None) != (attested is not None):
        raise click.UsageError("Name the WORLD, but with --attested, which names its own.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = None if world is None else world_of(desk, world, content_url)
    call: Call
    if attested is not None:
        call = identity.set_attested_avatar(desk.deployment, Attestation.from_text(attested))
    elif token is not None and token_id is not None and place is not None:
        call = identity.set_token_avatar(desk.deployment, place, token, token_id)
    else:
        assert stated is not None
        assert place is not None
        call = identity.set_stated_avatar(desk.deployment, place, stated)
    desk.send(call, "set the avatar")


@avatar.command(cls=ConnectedProviderCommand)
@click.argument("world")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def remove(
    world: str,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Appear in WORLD no more, from your main wallet."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    place = world_of(desk, world, content_url)
    desk.send(identity.remove_avatar(desk.deployment, place), "remove the avatar")


@avatar.command(cls=ConnectedProviderCommand)
@click.argument("world")
@click.argument("reference", type=Reference(), required=False)
@click.option("--token", type=Account(), help="Instead of a reference: a token.")
@click.option("--id", "token_id", type=click.IntRange(min=0), help="Which one.")
@deployment_option
@content_option
@refuses_plainly
def resolve(
    world: str,
    reference: str | None,
    token: str | None,
    token_id: int | None,
    deployment_path: Path | None,
    content_url: str | None,
) -> None:
    """Say which member is verified as this avatar of WORLD now."""
    if (token is None) != (token_id is None) or (token is None) == (reference is None):
        raise click.UsageError("Give a REFERENCE, or --token and --id.")
    desk = Desk.open(deployment_path)
    if token is not None and token_id is not None:
        reference = identity.token_reference(token, token_id)
    assert reference is not None
    place = world_of(desk, world, content_url)
    found = lens.member_of_avatar(desk.chain, desk.deployment, place, reference)
    if not found:
        raise click.ClickException("Nobody is verified as this avatar now.")
    passport = desk.deployment.contract("Passport")
    wallet = desk.chain.read([passport.read("wallet_of", found)], desk.chain.head())[0]
    card = lens.card(desk.chain, desk.deployment, wallet)
    state = f"member {card.member_no}, tier {card.tier}" if card.is_active else "no member here"
    click.echo(f"passport {found}, main wallet {wallet}: {state}")


def _words(one: AvatarView) -> str:
    """An avatar in a line: first of all, whether it is so."""
    proof = "verified" if one.is_verified else "UNVERIFIED"
    if one.kind == AvatarKind.TOKEN:
        return f"{proof}, token {one.token_id} of {one.token}"
    return f"{proof}, {one.kind.name.lower()} {one.reference}"


def _name(desk: Desk, content_hash: str | None, content_url: str | None) -> str:
    """What a person calls themselves: their own words, as they may not look."""
    if content_hash is None:
        return "no text of their own"
    try:
        text = desk.store(content_url).get_as(content_hash, ProfileDocument)
    except ContentError as why:
        return f"(text withheld: {why})"
    return f"calls themselves {text.display_name!r}"
