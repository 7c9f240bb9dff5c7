"""What happened to somebody, from the index or from the chain: `ape run member history`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from ape.cli import ConnectedProviderCommand

from cercle.errors import IndexFault
from cercle.index.history import Entry, Served, open_history
from scripts._shared import Account, Desk, deployment_option, refuses_plainly


@click.command(cls=ConnectedProviderCommand)
@click.argument("who", type=Account())
@click.option(
    "--index",
    "index_url",
    envvar="CERCLE_INDEX_URL",
    help="A file, sqlite:///… or postgresql://… [default: the chain itself].",
)
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@click.option("--before", help="The mark that the part before ended with.")
@deployment_option
@refuses_plainly
def history(
    who: str, index_url: str | None, limit: int, before: str | None, deployment_path: Path | None
) -> None:
    """Print what happened to the person behind WHO, newest first."""
    desk = Desk.open(deployment_path)
    past = open_history(desk.chain, desk.deployment, index_url)
    person = past.person_of(who)
    if person is None:
        page = past.of_wallet(who, limit=limit, before=before)
        click.echo(f"{who} is nobody's: what names this wallet")
    else:
        page = past.of_passport(person.passport_id, limit=limit, before=before)
        click.echo(f"passport {person.passport_id}, member {person.member_no or 'never'}")
    click.echo(told(page.served, past.trouble))
    for entry in page.entries:
        click.echo(line(entry))
    if page.older is not None:
        click.echo(f"older: --before {page.older}")


def told(served: Served, trouble: IndexFault | None) -> str:
    """Where this was read, and how far behind that is."""
    if served.source == "chain":
        instead = f"the index does not serve ({trouble}); " if trouble else ""
        return f"{instead}read from the chain, blocks {served.first} to {served.block}"
    state = "up to date" if not served.behind else f"{served.behind} blocks behind"
    return f"read from the index, block {served.block} of {served.head} ({state})"


def line(entry: Entry) -> str:
    """One event."""
    event = entry.event
    final = "" if entry.is_final else " not final"
    return (
        f"{entry.at:%Y-%m-%d %H:%M:%S} block {event.block}{final} {event.tx_hash} "
        f"{event.contract}.{event.name}({_arguments(event.args)})"
    )


def _arguments(args: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_shown(value)}" for name, value in args.items())


def _shown(value: Any) -> Any:
    """A value on one line: what a stranger wrote moves no cursor and paints nothing."""
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if not isinstance(value, str):
        return value
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in value
    )
