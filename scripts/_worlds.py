"""What scripts about avatars and worlds share: ids, names and references on a command line."""

from __future__ import annotations

from typing import Any

import click

from cercle.content import BrandDocument
from cercle.errors import ContentError
from cercle.values import ZERO_HASH, hash_text
from scripts._shared import Desk


class Reference(click.ParamType):
    """What a world calls an avatar: 32 bytes, never a name."""

    name = "reference"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        try:
            return hash_text(str(value))
        except ValueError:
            self.fail(f"{value!r} is no reference (0x and 64 hexadecimal digits).", param, ctx)


def world_of(desk: Desk, text: str, content_url: str | None = None) -> str:
    """The id of a world: as it is written, or by its name in the brand's document.

    A name alone proves nothing, so no other document is asked.
    """
    if text.startswith("0x"):
        try:
            return hash_text(text)
        except ValueError as why:
            raise click.UsageError(str(why)) from why
    found = brand_worlds(desk, content_url)
    if text not in found:
        raise click.ClickException(f"The brand's document names no world {text!r}: give its id.")
    return found[text]


def brand_worlds(desk: Desk, content_url: str | None = None) -> dict[str, str]:
    """The worlds that the brand trusts, by their names in both languages."""
    charter = desk.deployment.contract("Charter")
    profile = hash_text(desk.chain.read([charter.read("profile")], desk.chain.head())[0])
    if profile == ZERO_HASH:
        return {}
    try:
        document = desk.store(content_url).get_as(profile, BrandDocument)
    except ContentError as why:
        click.echo(f"(the brand's document cannot be read: {why})", err=True)
        return {}
    return {name: one.id for one in document.worlds for name in (one.name.fr, one.name.en)}


def passport_of(desk: Desk, who: str) -> int:
    """The passport behind a wallet, or a refusal in a sentence."""
    passport = desk.deployment.contract("Passport")
    number = int(desk.chain.read([passport.read("id_of", who)], desk.chain.head())[0])
    if not number:
        raise click.ClickException(f"{who} has no passport.")
    return number
