"""Colours that can be read: WCAG contrast, and what to do when a brand's colour lacks it."""

from __future__ import annotations

import re

AA = 4.5  # the contrast of ordinary text on its ground
FALLBACK = "#1e5b52"
_HEX = re.compile(r"#[0-9a-f]{6}")

# Ten hues that differ in lightness too, for whoever sees no red or green. The
# first is the accent; a chart takes them in order, so an option keeps its colour.
PALETTE = (
    "#2a7a6c", "#c77b3b", "#4f6fa8", "#a8556b", "#7d8f35",
    "#7b5ea7", "#3f94a8", "#b8973a", "#6d6a64", "#8c4a32",
)  # fmt: skip


def valid(colour: str) -> str:
    """`colour` if it is one, in lower case; else the house's."""
    lower = colour.lower()
    return lower if _HEX.fullmatch(lower) else FALLBACK


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well one colour reads on the other: 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with a `share` (0 to 1) of `other` in it."""
    mixed = (
        round(mine + (theirs - mine) * share)
        for mine, theirs in zip(channels(colour), channels(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def ink_on(ground: str, light: str = "#fffdf8", dark: str = "#1b1916") -> str:
    """The ink, light or dark, that reads better on `ground`."""
    return max((light, dark), key=lambda ink: contrast(ink, ground))


def legible(ground: str, ink: str) -> str:
    """`ground`, moved away from `ink` until the ink reads on it."""
    away = "#000000" if luminance(ink) > 0.5 else "#ffffff"
    for step in range(21):
        moved = mix(ground, away, step / 20)
        if contrast(ink, moved) >= AA:
            return moved
    return away


def toned(ground: str, towards: str, ink: str, least: float = AA) -> str:
    """`ground` moved towards another colour as far as `ink` stays readable on it."""
    for share in (0.30, 0.24, 0.18, 0.13, 0.09, 0.05):
        tone = mix(ground, towards, share)
        if contrast(ink, tone) >= least:
            return tone
    return ground
