"""Open, watch and deliver perks: `ape run perk --help`."""

from __future__ import annotations

from pathlib import Path

import click
from ape.api import AccountAPI
from ape.cli import ConnectedProviderCommand, account_option
from eth_utils.crypto import keccak

from cercle import lens
from cercle.codes import FOLDER, KEY, CodeStore, from_environment, new_key
from cercle.content import PerkDocument, document_hash, parse_document
from cercle.errors import CercleError
from cercle.flags import ClaimState
from cercle.limits import MAX_BATCH
from cercle.loyalty import perks
from cercle.perk_file import BadPerkFile, PerkTerms
from cercle.values import hash_text
from scripts._shared import (
    Desk,
    content_option,
    deployment_option,
    dry_run_option,
    read_yaml,
    refuses_plainly,
)


@click.group()
def cli() -> None:
    """What membership opens."""


@cli.command("open", cls=ConnectedProviderCommand)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--again", is_flag=True, help="Open it although the same perk is open.")
@deployment_option
@content_option
@dry_run_option
@account_option()
@refuses_plainly
def open_(
    file: Path,
    again: bool,
    deployment_path: Path | None,
    content_url: str | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Store the texts of FILE (YAML: content and terms) and open the perk as STEWARD."""
    raw = read_yaml(file)
    if set(raw) != {"content", "terms"} or not isinstance(raw["content"], dict):
        raise click.ClickException(f"{file.name} must hold `content` and `terms`, nothing else.")
    document = parse_document({"kind": "perk", **raw["content"]})
    if not isinstance(document, PerkDocument):
        raise click.ClickException(f"{file.name} is not a perk.")
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    head = desk.chain.head()
    try:
        terms = PerkTerms.parse(raw["terms"], now=head.time)
    except BadPerkFile as why:
        raise click.ClickException(f"{file.name}: {why}") from why
    if len(terms.stock) != len(document.variants):
        raise click.ClickException(
            f"{file.name}: {len(document.variants)} variants but {len(terms.stock)} stocks."
        )
    seal = document_hash(document)
    same = [p for p in lens.perks(desk.chain, desk.deployment) if p.content_hash == seal]
    closes_at = same[0].closes_at if same else None
    if same and not again and (closes_at is None or closes_at > head.time):
        click.echo(f"This perk is open already, as perk {same[0].id}.")
        return
    call = perks.open_perk(desk.deployment, seal, terms.for_chain(desk.deployment), terms.stock)
    if not dry_run:
        desk.store(content_url).put(document)
    desk.send(call, f"open the perk {document.name.en!r}")


@cli.command("list", cls=ConnectedProviderCommand)
@deployment_option
@content_option
@refuses_plainly
def list_(deployment_path: Path | None, content_url: str | None) -> None:
    """Print every perk with what is left of it."""
    desk = Desk.open(deployment_path)
    store = desk.store(content_url)
    for perk in lens.perks(desk.chain, desk.deployment):
        try:
            name = store.get_as(perk.content_hash, PerkDocument).name.en
        except CercleError as why:
            name = f"(text withheld: {why})"
        left = ", ".join(f"{v.left} of {v.stock}" for v in perk.variants)
        click.echo(f"{perk.id}: {name}")
        click.echo(
            f"   {perk.kind.name}, {perk.price} points, left {left}, "
            f"until {perk.closes_at:%Y-%m-%d %H:%M} UTC"
        )


@cli.command("close", cls=ConnectedProviderCommand)
@click.argument("perk_id", type=click.IntRange(min=1))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def close(perk_id: int, deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Take no more claims of a perk; those made are served."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(perks.close_perk(desk.deployment, perk_id), f"close perk {perk_id}")


@cli.command("stock", cls=ConnectedProviderCommand)
@click.argument("perk_id", type=click.IntRange(min=1))
@click.argument("variant", type=click.IntRange(min=0))
@click.argument("amount", type=click.IntRange(min=1))
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def stock(
    perk_id: int,
    variant: int,
    amount: int,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Add AMOUNT to the stock of a VARIANT (from 0)."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(
        perks.add_stock(desk.deployment, perk_id, variant, amount),
        f"add {amount} to variant {variant} of perk {perk_id}",
    )


@cli.command("redeem", cls=ConnectedProviderCommand)
@click.argument("code")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def redeem(code: str, deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Take the signed CODE that a member shows at the counter, as TILL."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    shown = perks.read_redeem_code(code)
    desk.send(perks.redeem_code(desk.deployment, shown), f"redeem claim {shown.claim_id}")


@cli.command("code-key")
def code_key() -> None:
    """Print a fresh key for CERCLE_CODES_KEY. Keep it where the codes are not."""
    click.echo(new_key())


@cli.command("codes", cls=ConnectedProviderCommand)
@click.argument("perk_id", type=click.IntRange(min=1))
@click.argument("variant", type=click.IntRange(min=0))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@deployment_option
@refuses_plainly
def codes(perk_id: int, variant: int, file: Path, deployment_path: Path | None) -> None:
    """Keep the codes of FILE (one a line) for a VARIANT of a CODE perk, encrypted.

    CERCLE_CODES names the folder, CERCLE_CODES_KEY the key; the app reads both.
    """
    desk = Desk.open(deployment_path)
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    kept = _codes(desk).add(perk_id, variant, lines)
    click.echo(f"kept the codes {kept.start} to {kept.stop - 1} of perk {perk_id}")


@cli.command("fulfil", cls=ConnectedProviderCommand)
@click.argument("claim_ids", type=int, nargs=-1)
@click.option("--released", is_flag=True, help="All whose code the app has shown.")
@click.option("--evidence", help="The hash of what shows the delivery, 0x and 64 digits.")
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def fulfil(
    claim_ids: tuple[int, ...],
    released: bool,
    evidence: str | None,
    deployment_path: Path | None,
    dry_run: bool,
    account: AccountAPI,
) -> None:
    """Mark claims of CODE and SHIP perks as delivered, as STEWARD; their points are burnt."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    wanted = list(claim_ids)
    if released:
        journal = _codes(desk).journal()
        wanted += [line.claim_id for line in journal]
        lines = "\n".join(line.model_dump_json() for line in journal)
        evidence = evidence or "0x" + keccak(text=lines).hex()
    if evidence is None:
        raise click.UsageError("Name what shows the delivery, with --evidence or --released.")
    evidence = hash_text(evidence)
    due = _still_claimed(desk, list(dict.fromkeys(wanted)))
    for start in range(0, len(due), MAX_BATCH):
        part = due[start : start + MAX_BATCH]
        desk.send(perks.fulfil(desk.deployment, part, evidence), f"fulfil {len(part)} claims")
    if not due:
        click.echo("Nothing is left to fulfil.")


@cli.command("cancel", cls=ConnectedProviderCommand)
@click.argument("claim_id", type=int)
@deployment_option
@dry_run_option
@account_option()
@refuses_plainly
def cancel(claim_id: int, deployment_path: Path | None, dry_run: bool, account: AccountAPI) -> None:
    """Give a claim's points back to the member and its unit back to the stock."""
    desk = Desk.open(deployment_path, account, dry_run=dry_run)
    desk.send(perks.cancel(desk.deployment, claim_id), f"cancel claim {claim_id}")


def _codes(desk: Desk) -> CodeStore:
    """The encrypted codes of this brand's perks."""
    store = from_environment(desk.deployment.chain_id, desk.deployment.address("Perks"))
    if store is None:
        raise click.ClickException(f"Name the folder of the codes in {FOLDER}, their key in {KEY}.")
    return store


def _still_claimed(desk: Desk, claim_ids: list[int]) -> list[int]:
    """Those that still wait: what was fulfilled by an earlier run is left alone."""
    contract = desk.deployment.contract("Perks")
    reads = [contract.read("claim_of", claim_id) for claim_id in claim_ids]
    found = desk.chain.read(reads, desk.chain.head(fresh=True)) if reads else []
    return [
        claim_id
        for claim_id, claim in zip(claim_ids, found, strict=True)
        if claim["state"] == ClaimState.CLAIMED
    ]
