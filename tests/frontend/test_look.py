"""What is drawn can be read: contrast of the theme, of any brand's card, and of the charts."""

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from frontend.look import card, charts, colours

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
BRANDS = ["#7a2e3a", "#1e5b52", "#f2c14e", "#223a6b", "#ffffff", "#000000", "#808080", "#ff0000"]


def face(**changes: object) -> card.Face:
    fields: dict[str, object] = {
        "brand": "Disques Delta",
        "colour": "#7a2e3a",
        "passport_id": 17,
        "tier": "Bronze",
        "tier_no": 1,
        "tier_count": 3,
        "number_label": "Member no.",
        "number": "42",
        "since_label": "Since",
        "since": "February 2025",
    }
    return card.Face.model_validate(fields | changes)


@pytest.mark.parametrize("side", ["light", "dark"])
def test_theme__each_side__reads_as_aa(side):
    theme = THEME[side]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for ink in ("textColor", "linkColor"):
            assert colours.contrast(theme[ink], theme[ground]) >= colours.AA
    assert colours.contrast("#ffffff", theme["primaryColor"]) >= colours.AA
    assert colours.contrast(theme["primaryColor"], theme["backgroundColor"]) >= 3
    for hue in ("green", "orange", "red", "blue", "yellow", "gray"):
        ink, ground = theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"]
        assert colours.contrast(ink, ground) >= colours.AA, hue


@pytest.mark.parametrize("is_ghost", [False, True])
@pytest.mark.parametrize("colour", BRANDS)
def test_draw__any_brand__every_word_reads_on_every_ground(colour, is_ghost):
    svg = card.draw(face(colour=colour, is_ghost=is_ghost))
    inks = re.findall(r"\.(?:head|label|value)\{[^}]*fill:(#[0-9a-f]{6})", svg)
    grounds = re.findall(r'stop-color="(#[0-9a-f]{6})"', svg)
    assert len(inks) == 3
    assert len(grounds) == 2
    for ink in inks:
        for ground in grounds:
            assert colours.contrast(ink, ground) >= colours.AA, (ink, ground)


def test_draw__hostile_names__stay_text():
    evil = '</text><script>alert(1)</script><image href="x"/>'
    root = ET.fromstring(card.draw(face(brand=evil, tier=evil, colour='"/><script>')))
    tags = {node.tag.partition("}")[2] for node in root.iter()}
    assert tags == {
        "svg", "style", "defs", "clipPath", "rect", "linearGradient", "stop", "g", "circle", "text",
    }  # fmt: skip
    assert root.find(".//{*}text").text.startswith("</text><script>")


def test_draw__same_passport__same_card_and_another_differs():
    assert card.draw(face()) == card.draw(face())
    assert card.draw(face()) != card.draw(face(passport_id=18))


def test_draw__words__are_those_of_the_face():
    root = ET.fromstring(card.draw(face()))
    assert [node.text for node in root.iter() if node.tag.endswith("text")] == [
        "Disques Delta", "Bronze", "Member no.", "42", "Since", "February 2025",
    ]  # fmt: skip
    assert len(root.findall(".//{*}circle[@class='pip']")) == 1
    assert len(root.findall(".//{*}circle[@class='slot']")) == 2


def test_tally__no_votes__has_a_whole_axis():
    spec = charts.tally(["A", "B"], [0, 0], mine=None, title="Votes", axis="Votes")
    assert spec["encoding"]["x"]["scale"]["domain"] == [0, 1]
    assert spec["encoding"]["x"]["axis"]["format"] == "d"


def test_tally__options__keep_their_order_and_mine_is_marked():
    spec = charts.tally(["B", "A"], [1, 5], mine=[2], title="Votes", axis="Votes")
    rows = spec["data"]["values"]
    assert [(row["option"], row["votes"], row["mine"]) for row in rows] == [
        ("B", 1, False),
        ("A", 5, True),
    ]
    assert spec["encoding"]["y"]["sort"] == {"field": "order"}
