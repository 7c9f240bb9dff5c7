"""Offer plans as a provider: `ape run plan --help`."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_account.messages import encode_typed_data
from pydantic import ValidationError

from cercle import lens, typed_data
from cercle.agreements import Plan, calls
from cercle.agreements.client import PriceLists
from cercle.content import PlanDocument, PriceListDocument, document_hash
from cercle.errors import CercleError
from cercle.typed_data import SignedMessage
from scripts._plans import document_of, list_terms, offered_as, parts, plan_in
from scripts._shared import (
    Account,
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    refuses_plainly,
)

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DAY = 86_400


@click.group()
def cli() -> None:
    """Price lists and their plans; money is in the token's smallest units, use in the list's."""


@cli.command("list-open", cls=ConnectedProviderCommand)
@click.argument("company", type=click.IntRange(1))
@click.argument("file", type=FILE)
@click.option("--again", is_flag=True, help="Open it although the company has one of this text.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def list_open(
    company: int,
    file: Path,
    again: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Open the price list of FILE (YAML: content and terms) for COMPANY; its terms never change."""
    raw = parts(file, "content", "terms")
    document = document_of("price_list", raw["content"], PriceListDocument, file)
    terms = list_terms(raw["terms"], file)
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    seal = document_hash(document)
    same = PriceLists(desk.chain, desk.deployment).opened_with(company, seal)
    if same and not again:
        click.echo(f"This price list is open already, as list {same[-1]}.")
        return
    call = calls.open_list(desk.deployment, company, **terms, content_hash=seal)
    if not dry_run:  # the text is there before its hash is on the chain
        desk.chain.simulate(call, str(account.address))
        desk.store(content_url).put(document)
    receipt = desk.send(call, f"open the price list {document.name.en!r}")
    if receipt is not None:
        click.echo(f"price list {calls.made(desk.deployment, call, receipt.logs)}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("list_id", type=click.IntRange(1))
@click.argument("file", type=FILE)
@click.option("--revise", "plan_id", type=click.IntRange(1), help="Change this plan instead.")
@click.option("--again", is_flag=True, help="Add it although the same plan is offered.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def publish(
    list_id: int,
    file: Path,
    plan_id: int | None,
    again: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Add the plan of FILE (YAML: content and prices) to a price list, or change one of it."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    plan, document = plan_in(file)
    seal = document_hash(document)
    same = offered_as(PriceLists(desk.chain, desk.deployment), list_id, plan, seal)
    if same is not None and (plan_id == same or (plan_id is None and not again)):
        click.echo(f"This plan is offered already, as plan {same}.")
        return
    if plan_id is None:
        call = calls.publish_plan(desk.deployment, list_id, plan, seal)
        label = f"publish the plan {document.name.en!r}"
    else:
        call = calls.revise_plan(desk.deployment, list_id, plan_id, plan, seal)
        label = f"revise plan {plan_id}, {document.name.en!r}"
        _say_who_is_touched(desk, list_id, plan_id, plan)
    if not dry_run:
        desk.chain.simulate(call, str(account.address))
        desk.store(content_url).put(document)
    receipt = desk.send(call, label)
    if receipt is not None and plan_id is None:
        click.echo(f"plan {calls.made(desk.deployment, call, receipt.logs)}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("list_id", type=click.IntRange(1))
@click.argument("plan_id", type=click.IntRange(1))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def withdraw(
    list_id: int,
    plan_id: int,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Offer a plan no more; who has it keeps it, and may leave at once."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    call = calls.withdraw_plan(desk.deployment, list_id, plan_id)
    desk.send(call, f"withdraw plan {plan_id} of list {list_id}")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("list_id", type=click.IntRange(1))
@click.argument("who", type=Account())
@click.argument("file", type=FILE)
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Only sign it, into this file: whoever has it may publish it (`--signed`).",
)
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def offer(
    list_id: int,
    who: str,
    file: Path,
    days: int,
    out: Path | None,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Sign the plan of FILE for WHO alone, and publish it.

    It counts only while they let the provider improve things for them (OptimisationForConsumer).
    """
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    plan, document = plan_in(file)
    passport_id = lens.card(desk.chain, desk.deployment, who).passport_id
    if not passport_id:
        raise click.ClickException(f"{who} has no passport.")
    lists, seal = PriceLists(desk.chain, desk.deployment), document_hash(document)
    same = offered_as(lists, list_id, plan, seal, passport_id)
    if same is not None:
        click.echo(f"This plan is offered to passport {passport_id} already, as plan {same}.")
        return
    message = typed_data.personal_offer(
        desk.deployment,
        str(account.address),
        list_id=list_id,
        passport_id=passport_id,
        plan=plan,
        content_hash=seal,
        nonce=secrets.randbits(256),
        deadline=desk.chain.head().timestamp + days * DAY,
    )
    if dry_run:
        click.echo(f"would sign: the plan {document.name.en!r} for passport {passport_id}")
        return
    signature = account.sign_message(encode_typed_data(full_message=message.full))
    if signature is None:
        raise click.ClickException("The offer was not signed.")
    signed = SignedMessage(message=message, signature="0x" + signature.encode_rsv().hex())
    desk.store(content_url).put(document)
    if out is not None:
        out.write_text(signed.model_dump_json() + "\n")
        click.echo(f"signed the plan {document.name.en!r} for passport {passport_id}: {out}")
        return
    _publish(desk, signed)


@cli.command("publish-offer", cls=ConnectedProviderCommand)
@click.argument("file", type=FILE)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def publish_offer(
    file: Path, deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Publish an offer that a provider signed into FILE; anybody may."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    try:
        signed = SignedMessage.model_validate_json(file.read_text("utf-8"))
    except (ValidationError, UnicodeDecodeError) as why:
        raise click.ClickException(f"{file.name} holds no signed offer.") from why
    if signed.message.struct != "PersonalOffer":
        raise click.ClickException(f"{file.name} holds no signed offer.")
    _publish(desk, signed)


@cli.command("list", cls=ConnectedProviderCommand)
@click.argument("list_id", type=click.IntRange(1))
@deployment_option
@content_option
@refuses_plainly
def list_(list_id: int, deployment_path: Path | None, content_url: str | None) -> None:
    """Print a price list and what it offers now."""
    desk = Desk.open(deployment_path)
    lists, store = PriceLists(desk.chain, desk.deployment), desk.store(content_url)
    shelf, words = lists.shelf(list_id), lists.words(list_id)

    def name(number: int) -> str:
        try:
            if not number:
                return store.get_as(words[number], PriceListDocument).name.en
            return store.get_as(words[number], PlanDocument).name.en
        except CercleError as why:
            return f"(text withheld: {why})"

    told = shelf.price_list
    click.echo(f"list {list_id}: {name(0)}, of company {told.company_id}, revision {told.revision}")
    click.echo(
        f"   periods of {told.period / DAY:g} days, grace {told.grace / DAY:g} days, "
        f"outages credited at {told.outage_factor / 100:g} %, meters of company "
        f"{told.operator_id}, paid in {told.token}"
    )
    for number, one in sorted(shelf.offers.items()):
        plan = one.plan
        whose = f", for passport {one.passport_id} alone" if one.passport_id else ""
        click.echo(
            f"   {number}: {name(number)}: {plan.base_price} with {plan.included} included, then "
            f"{plan.unit_price} a unit, up to {plan.capacity}{whose}"
        )


# ---- help -------------------------------------------------------------------------------


def _publish(desk: Desk, signed: SignedMessage) -> None:
    told = signed.message.message
    call = calls.publish_offer(desk.deployment, signed)
    label = f"publish a plan for passport {told['passport_id']} alone"
    receipt = desk.send(call, label)
    if receipt is not None:
        click.echo(f"plan {calls.made(desk.deployment, call, receipt.logs)}")


def _say_who_is_touched(desk: Desk, list_id: int, plan_id: int, plan: Plan) -> None:
    """Whether a change is better for those who have the plan, or lets them leave."""
    known = PriceLists(desk.chain, desk.deployment).shelf(list_id).offers.get(plan_id)
    if known is None:
        return
    if plan.is_no_worse_than(known.plan):
        click.echo("Whoever has it gets it too, as soon as anybody looks.")
    else:
        click.echo("Whoever has it keeps the old prices, and may leave at once.")
