"""Deploy a brand from a plan, or verify one that stands: `ape run deploy --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from ape.utils import ManagerAccessMixin
from hexbytes import HexBytes

from cercle.artifacts import Artifacts
from cercle.audit import audit
from cercle.calls import Call
from cercle.handover import Handover, Stage
from cercle.plan import Plan
from cercle.rollout import Rollout
from cercle.verification import verify_all
from scripts._shared import (
    Account,
    Desk,
    connected_chain,
    default_deployment,
    deployment_option,
    dry_run_option,
    refuses_plainly,
    send_as,
)


class ApeExecutor(ManagerAccessMixin):
    """Carries out a rollout with an account of Ape: a key file, a Ledger, a test account."""

    def __init__(self, account: AccountAPI) -> None:
        self.account = account
        self.sender = str(account.address)
        self.chain = connected_chain()
        self._artifacts = Artifacts()

    def deploy(self, name: str, arguments: tuple[Any, ...], nonce: int) -> None:
        ecosystem = self.provider.network.ecosystem
        transaction = ecosystem.create_transaction(
            sender=self.sender,
            data=HexBytes(self._artifacts[name].with_arguments(*arguments)),
            nonce=nonce,
        )
        self.account.call(transaction)
        self.chain.forget_head()

    def send(self, call: Call) -> None:
        send_as(self.account, call)
        self.chain.forget_head()


class DeployGroup(click.Group):
    """`ape run deploy --plan ...` itself deploys; a word behind `deploy` names another verb."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["brand", *args]
        return list(super().parse_args(ctx, args))


@click.group(cls=DeployGroup)
def cli() -> None:
    """A brand's contracts, from a plan file to a sealed charter."""


@cli.command("brand", cls=ConnectedProviderCommand)
@click.option(
    "--plan",
    "plan_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="What the brand is to be; copy plans/example.yaml.",
)
@click.option("--passport", help="A shared Passport that stands already.")
@click.option("--profile", help="A shared Profile that reads that Passport.")
@click.option("--passkeys", help="A shared PasskeyFactory that stands already.")
@click.option("--content", "content_url", default="content", show_default=True)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def brand(
    plan_path: Path,
    passport: str | None,
    profile: str | None,
    passkeys: str | None,
    content_url: str,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Deploy what is missing, wire it and seal it. Safe to run again after any stop."""
    rollout = Rollout(
        Plan.load(plan_path),
        deployment_path or default_deployment(),
        ApeExecutor(account),
        network=ManagerAccessMixin.provider.network.name,
        content=content_url,
        passport=passport,
        profile=profile,
        passkeys=passkeys,
    )
    done = 0
    for sentence in rollout.preview() if dry_run else rollout.run():
        click.echo(f"would {sentence}" if dry_run else sentence)
        done += 1
    if not done:
        click.echo("Everything stands as the plan says.")


@cli.command("verify", cls=ConnectedProviderCommand)
@deployment_option
@refuses_plainly
def verify(deployment_path: Path | None) -> None:
    """Compare the chain's code and immutables with this build, contract by contract."""
    desk = Desk.open(deployment_path)
    wrong = 0
    for finding in verify_all(desk.chain, desk.deployment, Artifacts()):
        click.echo(finding.sentence)
        wrong += not finding.is_right
    if wrong:
        raise click.ClickException(f"{wrong} contracts differ from this build.")
    click.echo("Code, immutables and constructor arguments are those of this build.")


@cli.command("handover", cls=ConnectedProviderCommand)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def handover(deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Offer the office of ADMIN to the Governor. A proposal accepts it; then you keep nothing.

    Run again at any time, it says what stands.
    """
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    found = Handover(desk.chain, desk.deployment)
    if found.stage is Stage.FOUNDER:
        desk.send(found.offer(), "offer the office of admin to the Governor")
        if not dry_run:
            found = Handover(desk.chain, desk.deployment)
    click.echo(found.sentence)


@cli.command("audit", cls=ConnectedProviderCommand)
@click.option("--also", multiple=True, type=Account(), help="One more key to try; repeatable.")
@deployment_option
@refuses_plainly
def audit_(also: tuple[str, ...], deployment_path: Path | None) -> None:
    """Show from the chain that no key outside can do more than its role says.

    Code, admin, offices, directory, rights over points, the warden's end, what is announced; and
    every guarded function asked as every known key, which changes nothing.
    """
    desk = Desk.open(deployment_path)
    wrong = 0
    for finding in audit(desk.chain, desk.deployment, Artifacts(), also):
        click.echo(f"{'ok   ' if finding.is_right else 'LOOK '} {finding.sentence}")
        wrong += not finding.is_right
    if wrong:
        raise click.ClickException(f"{wrong} findings need a look.")
    click.echo("No key outside can do more than its role says.")
