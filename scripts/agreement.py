"""Look at service contracts, and have them written down: `ape run agreement --help`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option

from cercle.agreements import Terms, calls
from cercle.agreements.advice import advise_on
from cercle.agreements.client import Agreements, AgreementView, PriceLists
from cercle.agreements.findings import Checked, ClosedPeriod
from cercle.agreements.receipts import verify
from cercle.agreements.tariff import next_switch, reach_for
from scripts._shared import Desk, deployment_option, dry_run_option, refuses_plainly


@click.group()
def cli() -> None:
    """Service contracts, by their numbers; money in the token's smallest units."""


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@deployment_option
@refuses_plainly
def show(number: int, deployment_path: Path | None) -> None:
    """Print how a contract stands now, whether or not anybody had it written down."""
    desk = Desk.open(deployment_path)
    view = Agreements(desk.chain, desk.deployment).view(number)
    found, terms = view.standing, view.current
    click.echo(f"contract {number}: passport {terms.passport_id}, list {terms.list_id}")
    click.echo(f"   {'is served' if view.is_entitled else 'is not served'}; {_time(view)}")
    click.echo(
        f"   used {found.use} of {found.limit} in period {found.open_period}, on plan "
        f"{terms.rungs[found.rung].plan_id}; {found.percent} % of what was agreed"
    )
    credit = f", {found.credit} of it credited for outages" if found.credit else ""
    click.echo(f"   costs {found.price} so far{credit}; the period's cap is {found.cap}")
    click.echo(
        f"   escrow {found.escrow}, of it free {view.withdrawable}; {found.left} left of the cap "
        "in total"
    )
    click.echo(f"   {_next(view)}")
    if view.is_worse_now:
        click.echo("   a plan of it got dearer or is gone: the customer may leave at once")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=click.IntRange(1))
@click.option("--period", type=click.IntRange(0), help="Only this one, from 0.")
@deployment_option
@refuses_plainly
def explain(number: int, period: int | None, deployment_path: Path | None) -> None:
    """Reckon a contract again from its events: each period's price on every plan, and why.

    Ends with status 1 if anything does not follow from what was signed.
    """
    desk = Desk.open(deployment_path)
    checked = verify(Agreements(desk.chain, desk.deployment).history(number))
    closed = {one.number: one for one in checked.periods}
    begun = sorted({*closed, *(receipt.period for receipt in checked.receipts)})
    if period is not None and period not in begun:
        raise click.ClickException(f"Nothing is known of period {period} of contract {number}.")
    for place in begun if period is None else [period]:
        _explain(place, closed.get(place), checked)
    if period is None:
        list_id = checked.terms.list_id
        shelf = PriceLists(desk.chain, desk.deployment).shelf(
            list_id, passport_id=checked.terms.passport_id
        )
        offers = shelf.offers_for(checked.terms.passport_id)
        click.echo(advise_on(checked.periods, offers).sentence)
    for finding in checked.findings:
        click.echo(f"WRONG: {finding.sentence} ({finding.tx_hash})")
    if not checked.is_sound:
        raise click.ClickException("This contract's book does not follow from what was signed.")
    click.echo(f"{len(checked.receipts)} readings and {len(checked.periods)} periods: all right")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("numbers", type=click.IntRange(1), nargs=-1, required=True)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def settle(
    numbers: tuple[int, ...], deployment_path: Path | None, dry_run: bool, account: AccountAPI
) -> None:
    """Have written down what the clock and the price list did to contracts; anybody may.

    No balance depends on it. Readings come by `ape run meter report`.
    """
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    book = Agreements(desk.chain, desk.deployment)
    for number in numbers:
        before = book.account(number)
        desk.send(calls.poke(desk.deployment, number, book.terms(number)), f"settle {number}")
        if not dry_run:
            desk.chain.forget_head()
            after = book.account(number)
            closed = after.period - before.period
            earned = before.escrow - after.escrow
            click.echo(f"contract {number}: {closed} periods closed, {earned} charged")


# ---- words ------------------------------------------------------------------------------


def _time(view: AgreementView) -> str:
    found = view.standing
    if view.now < view.terms.starts_at:
        return f"it begins on {_date(view.terms.starts_at)}"
    if view.now >= found.ends_at:
        return f"it ended on {_date(found.ends_at)}"
    return f"its period ends on {_date(found.period_ends_at)}, it on {_date(found.ends_at)}"


def _next(view: AgreementView) -> str:
    found, rungs = view.standing, view.current.rungs
    if view.now >= found.ends_at:
        return "nothing comes next"
    change = next_switch(rungs, found.use, found.limit, reach_for(rungs, found.limit))
    if change is None:
        return f"next: it stops at {found.limit}"
    use, place = change
    return f"next: from {use} on it is on plan {rungs[place].plan_id}"


def _explain(number: int, closed: ClosedPeriod | None, checked: Checked) -> None:
    """One period: what each plan would have cost at its last reading, and what was charged."""
    terms: Terms = checked.terms
    own = [receipt for receipt in checked.receipts if receipt.period == number]
    use = closed.use if closed else own[-1].use
    dates = f"{_date(terms.begins(number))} to {_date(terms.begins(number + 1))}"
    click.echo(f"period {number}, {dates}: used {use}{'' if closed else ' so far'}")
    if own:
        last = own[-1]
        for rung, price in zip(terms.rungs, last.prices, strict=False):
            counts = " <- counts" if rung.plan_id == last.plan_id else ""
            told = "does not cover it" if price is None else str(price)
            click.echo(f"   plan {rung.plan_id}: {told}{counts}")
        if last.less_price < last.price and last.less_use < use:
            click.echo(f"   with {last.less_use} instead it would have cost {last.less_price}")
    else:
        click.echo("   nothing was read: it costs what no use costs")
    if closed is None:
        click.echo(f"   price {own[-1].price} so far, nothing charged yet")
        return
    credit = f", less {closed.credit} for outages" if closed.credit else ""
    click.echo(f"   price {closed.price}{credit}, charged {closed.charge}")


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
