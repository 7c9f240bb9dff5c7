"""
The membership card: one SVG, drawn from checked values.

Its pattern is the person's own: rings like those of a tree, cut by the hash of
the passport's number, so that the same passport always wears the same card and
no two look alike. It is shown as an image, so nothing in it can run.
"""

from __future__ import annotations

import base64
import hashlib
import math
from functools import lru_cache
from html import escape
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from . import colours

WIDTH, HEIGHT = 856, 540  # a bank card's proportions
CENTRE = (664.0, 236.0)  # of the rings
RINGS = 15
FONTS = Path(__file__).parents[1] / "static" / "fonts"


class Face(BaseModel):
    """What the card says, already in the member's language."""

    model_config = ConfigDict(frozen=True)

    brand: str
    colour: str
    passport_id: int
    tier: str
    tier_no: int
    tier_count: int
    number_label: str
    number: str
    since_label: str
    since: str
    is_ghost: bool = False  # the card of somebody who is not a member yet


def draw(face: Face) -> str:
    """The card as SVG."""
    ground = colours.valid(face.colour)
    ink = colours.ink_on(ground)
    if face.is_ghost:
        ground = colours.mix(ground, "#8a857c", 0.55)
        ink = colours.ink_on(ground)
    ground = colours.legible(ground, ink)  # a middling grey or red carries no ink as it is
    away = "#000000" if colours.luminance(ink) > 0.5 else "#ffffff"
    deep = colours.mix(ground, away, 0.22)
    tone = colours.toned(ground, ink, ink)
    soft = colours.mix(deep, ink, 0.78)
    if colours.contrast(soft, ground) < colours.AA:
        soft = ink
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}">',
            f"<style>{_style(ink, soft)}</style><defs>",
            f'<clipPath id="edge"><rect width="{WIDTH}" height="{HEIGHT}" rx="34"/></clipPath>',
            '<linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">'
            f'<stop offset="0" stop-color="{ground}"/><stop offset="1" stop-color="{deep}"/>'
            "</linearGradient></defs>",
            '<g clip-path="url(#edge)">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#ground)"/>',
            _rings(face.passport_id, ground, tone, ink, face.is_ghost),
            _words(face),
            f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" rx="33" fill="none" '
            f'stroke="{ink}" stroke-opacity=".16" stroke-width="2"/></g></svg>',
        )
    )


@lru_cache(maxsize=128)
def picture(face: Face) -> str:
    """The card as an image's address; who looks once looks again."""
    return as_uri(draw(face))


def as_uri(svg: str) -> str:
    """The card as an image's address."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _rings(passport_id: int, ground: str, tone: str, ink: str, is_ghost: bool) -> str:
    """Concentric arcs; two bytes of the hash cut each ring."""
    cut = hashlib.sha256(f"cercle card {passport_id}".encode()).digest()
    drawn = []
    for ring in range(RINGS):
        one, two = cut[ring * 2], cut[ring * 2 + 1]
        radius = 34 + ring * 25
        arcs = 1 + one % 4
        filled = 0.30 + 0.62 * (two / 255)
        arc = 2 * math.pi * radius / arcs
        turn = round(one / 255 * 360)
        thick = (3, 7, 12, 17)[two % 4] if not is_ghost else 3
        # Outer rings fade into the ground, so that the words stay alone.
        faded = colours.mix(tone, ground, min(0.82, max(0.0, (radius - 150) / 260)))
        bright = not is_ghost and one % 5 == 0 and ring < 8  # away from the words
        drawn.append(
            f'<circle cx="{CENTRE[0]}" cy="{CENTRE[1]}" r="{radius}" fill="none" '
            f'stroke="{ink if bright else faded}" stroke-opacity="{".55" if bright else "1"}" '
            f'stroke-width="{3 if bright else thick}" stroke-linecap="round" '
            f'stroke-dasharray="{arc * filled:.1f} {arc * (1 - filled):.1f}" '
            f'transform="rotate({turn} {CENTRE[0]} {CENTRE[1]})"/>'
        )
    return "".join(drawn)


def _words(face: Face) -> str:
    name = _fit(face.brand, 26)
    size = 62 if len(name) <= 13 else 50 if len(name) <= 18 else 38
    pips = "".join(
        f'<circle class="{"pip" if step < face.tier_no else "slot"}" '
        f'cx="{66 + step * 26}" cy="306" r="7"/>'
        for step in range(min(face.tier_count, 8))
    )
    return "".join(
        (
            f'<text class="head" x="56" y="{66 + size * 0.62:.0f}" font-size="{size}">'
            f"{escape(name)}</text>",
            '<text class="head" x="56" y="270" font-size="40">'
            f"{escape(_fit(face.tier, 22))}</text>",
            pips,
            _pair(56, face.number_label, face.number),
            _pair(300, face.since_label, face.since),
        )
    )


def _pair(x: int, label: str, value: str) -> str:
    return (
        f'<text class="label" x="{x}" y="430">{escape(_fit(label, 24))}</text>'
        f'<text class="value" x="{x}" y="476">{escape(_fit(value, 20))}</text>'
    )


def _fit(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _style(ink: str, soft: str) -> str:
    faces = "".join(
        f"@font-face{{font-family:{family};src:url(data:font/woff2;base64,{_font(file)});"
        f"font-weight:{weights}}}"
        for family, file, weights in (
            ("Head", "bricolage-grotesque-latin-wght-normal.woff2", "200 800"),
            ("Body", "figtree-latin-wght-normal.woff2", "300 900"),
        )
    )
    return faces + (
        f".head{{font-family:Head,sans-serif;font-weight:700;fill:{ink};letter-spacing:-.01em}}"
        f".label{{font-family:Body,sans-serif;font-size:20px;font-weight:500;fill:{soft}}}"
        f".value{{font-family:Body,sans-serif;font-size:32px;font-weight:600;fill:{ink};"
        "font-feature-settings:'tnum'}"
        f".pip{{fill:{ink}}}.slot{{fill:none;stroke:{ink};stroke-opacity:.55;stroke-width:2}}"
    )


@lru_cache
def _font(file: str) -> str:
    return base64.b64encode((FONTS / file).read_bytes()).decode()
