"""Admit, invite and show members: `ape run member --help`."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account.messages import encode_typed_data

from cercle import core, lens, typed_data
from cercle.flags import Role
from cercle.limits import MAX_BATCH
from cercle.loyalty import membership
from scripts._avatars import avatar
from scripts._history import history
from scripts._shared import Account, Desk, deployment_option, dry_run_option, refuses_plainly


@click.group()
def cli() -> None:
    """The people of one brand."""


cli.add_command(avatar)
cli.add_command(history)


@cli.command(cls=ConnectedProviderCommand)
@click.argument("accounts", type=Account(), nargs=-1)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="More accounts, one a line.",
)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def admit(
    accounts: tuple[str, ...],
    file: Path | None,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Admit the people behind ACCOUNTS as STEWARD; who is a member already is left alone."""
    people = list(dict.fromkeys([*accounts, *(_lines(file) if file else [])]))
    if not people:
        raise click.UsageError("Name at least one account.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    wanted = _passports(desk, people)
    for start in range(0, len(wanted), MAX_BATCH):
        part = wanted[start : start + MAX_BATCH]
        desk.send(membership.admit(desk.deployment, part), f"admit {len(part)} people")
    if not wanted:
        click.echo("Everybody named is a member already.")


@cli.command(cls=ConnectedProviderCommand)
@click.option("--for", "invited", type=Account(), help="Only this person [default: whoever comes].")
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True)
@click.option("--link", default="/", help="Where the app stands, to print a whole link.")
@deployment_option
@account_option()
@refuses_plainly
def invite(
    invited: str | None, days: int, link: str, deployment_path: Path | None, account: AccountAPI
) -> None:
    """Sign an invitation as STEWARD. It costs nothing and opens the door once."""
    desk = Desk.open(deployment_path, account)
    head = desk.chain.head()
    desk.require_role(Role.STEWARD)
    passport_id = lens.card(desk.chain, desk.deployment, invited).passport_id if invited else 0
    if invited and not passport_id:
        raise click.ClickException(f"{invited} has no passport yet.")
    message = typed_data.invitation(
        desk.deployment,
        account.address,
        passport_id=passport_id,
        nonce=secrets.randbits(256),
        deadline=head.timestamp + int(timedelta(days=days).total_seconds()),
    )
    signature = account.sign_message(encode_typed_data(full_message=message.full))
    if signature is None:
        raise click.ClickException("The invitation was not signed.")
    click.echo(typed_data.invitation_link(link, message, signature.encode_rsv()))


@cli.command(cls=ConnectedProviderCommand)
@click.argument("who", type=Account())
@deployment_option
@refuses_plainly
def show(who: str, deployment_path: Path | None) -> None:
    """Print what the chain says of the person behind WHO."""
    desk = Desk.open(deployment_path)
    card = lens.card(desk.chain, desk.deployment, who)
    if not card.has_passport:
        raise click.ClickException(f"{who} has no passport.")
    click.echo(f"passport {card.passport_id}, main wallet {card.main_wallet}")
    if not card.member_no:
        click.echo("never a member here")
        return
    state = "member" if card.is_active else "former member"
    click.echo(f"{state} {card.member_no}, joined {card.joined_at:%Y-%m-%d}")
    click.echo(
        f"standing {card.standing}, tier {card.tier}, {card.points} points, votes {card.votes}"
    )


@cli.command(cls=ConnectedProviderCommand)
@click.argument("thresholds", type=click.IntRange(min=1), nargs=-1, required=True)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def tiers(
    thresholds: tuple[int, ...], deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Set the standing that opens each tier, ascending, as ADMIN."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(membership.set_tiers(desk.deployment, list(thresholds)), f"tiers {thresholds}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("who", type=Account())
@click.argument("roles", nargs=-1, required=True)
@click.option("--take", is_flag=True, help="Take the roles instead of giving them.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def roles(
    who: str,
    roles: tuple[str, ...],
    take: bool,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Give WHO one or more ROLES (issuer, till, steward, ...) as ADMIN."""
    wanted = Role(0)
    for name in roles:
        if name.upper() not in Role.__members__:
            raise click.UsageError(f"There is no role {name!r}.")
        wanted |= Role[name.upper()]
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    act = core.take_roles if take else core.give_roles
    verb = "take from" if take else "give"
    desk.send(act(desk.deployment, who, wanted), f"{verb} {who}: {', '.join(roles)}")


def _lines(file: Path) -> list[str]:
    """Accounts from a file, one a line; blank lines and # comments are passed over."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if text:
            try:
                found.append(Account().convert(text, None, None))
            except click.BadParameter as why:
                raise click.ClickException(f"{file.name}, line {number}: {why.message}") from why
    return found


def _passports(desk: Desk, people: list[str]) -> list[int]:
    """The passports of those who are no members yet; refuses who has none."""
    passport = desk.deployment.contract("Passport")
    members = desk.deployment.contract("Membership")
    head = desk.chain.head()
    ids = desk.chain.read([passport.read("id_of", who) for who in people], head)
    for who, passport_id in zip(people, ids, strict=True):
        if passport_id == 0:
            raise click.ClickException(f"{who} has no passport: they register it themselves.")
    seen = desk.chain.read([members.read("member", number) for number in ids], head)
    return [number for number, member in zip(ids, seen, strict=True) if not member["is_active"]]
