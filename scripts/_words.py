"""Words of the vocabulary and hashes, as arguments of commands."""

from __future__ import annotations

import click

from cercle.consent import CATEGORIES, PURPOSES, category_of, purpose_of
from cercle.values import hash_text


class Word(click.ParamType):
    """A hash, or a key: 32 bytes."""

    name = "hash"

    def convert(self, value: object, param: object, ctx: object) -> str:
        try:
            return hash_text(str(value))
        except ValueError:
            self.fail(f"{value!r} is no hash (0x and 64 hexadecimal digits).")


class Purpose(click.ParamType):
    """A purpose of the vocabulary, by its name or its number."""

    name = "purpose"

    def convert(self, value: object, param: object, ctx: object) -> int:
        text = str(value)
        try:
            return purpose_of(int(text) if text.isdigit() else text).number
        except Exception:
            names = ", ".join(one.code for one in PURPOSES)
            self.fail(f"{value!r} is no purpose of the vocabulary: {names}.")


class Category(click.ParamType):
    """A category of the vocabulary, by its name or its number."""

    name = "category"

    def convert(self, value: object, param: object, ctx: object) -> int:
        text = str(value)
        try:
            return category_of(int(text) if text.isdigit() else text).bit
        except Exception:
            names = ", ".join(one.code for one in CATEGORIES)
            self.fail(f"{value!r} is no category of the vocabulary: {names}.")
