"""What is kept between runs to answer sooner: it is the same as what would be made anew."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest
from streamlit import dataframe_util

from cercle.content import ContentStore, PerkDocument
from cercle.errors import ContentForged, ContentMissing
from frontend import services
from frontend.look import card, show
from frontend.testing import fakes
from tests.frontend.test_look import face

ROWS = [{"Réponse": "Jazz", "Voix": "31"}, {"Réponse": "**Total**", "Voix": "31"}]


def test_table__packed_once__is_sent_as_the_same_bytes():
    packed = show._packed(tuple(tuple(row.items()) for row in ROWS))
    assert isinstance(packed, pa.Table)
    sent = dataframe_util.convert_anything_to_arrow_bytes(packed)
    assert sent == dataframe_util.convert_anything_to_arrow_bytes(pd.DataFrame(ROWS))


def test_table__one_cell_differs__is_another():
    other = [ROWS[0], {**ROWS[1], "Voix": "32"}]
    first, second = (show._packed(tuple(tuple(r.items()) for r in rows)) for rows in (ROWS, other))
    assert first.to_pylist() == ROWS
    assert second.to_pylist() == other


def test_picture__same_face__is_what_is_drawn():
    assert card.picture(face()) == card.as_uri(card.draw(face()))
    assert card.picture(face(number="43")) != card.picture(face())


# ---- texts -------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A community with one text, and a hand on the clock."""
    clock = SimpleNamespace(now=1_000.0)
    monkeypatch.setattr(services, "time", SimpleNamespace(monotonic=lambda: clock.now))
    store = ContentStore(tmp_path.as_uri())
    text = next(one for one in fakes.PERK_TEXTS.values())
    live = services.LiveCommunity(None, fakes.DEPLOYMENT, store)
    name = store.put(text)
    return SimpleNamespace(live=live, name=name, clock=clock, file=Path(tmp_path, f"{name}.json"))


def test_text__shown_a_moment_ago__needs_no_look_at_the_folder(shop):
    shown = shop.live.perk_text(shop.name)
    shop.file.unlink()
    assert isinstance(shown.document, PerkDocument)
    assert shop.live.perk_text(shop.name) == shown


def test_text__taken_away__is_gone_within_a_minute(shop):
    shop.live.perk_text(shop.name)
    shop.file.unlink()
    shop.clock.now += services.TEXT_LIVES
    assert shop.live.perk_text(shop.name).problem is ContentMissing


def test_text__forged_at_first__is_shown_as_soon_as_it_is_right(shop):
    right = shop.file.read_bytes()
    shop.file.write_bytes(right + b" ")
    assert shop.live.perk_text(shop.name).problem is ContentForged
    shop.file.write_bytes(right)
    assert shop.live.perk_text(shop.name).document is not None


def test_text__asked_as_another_kind__is_still_refused(shop):
    shop.live.perk_text(shop.name)
    assert shop.live.poll_text(shop.name).document is None
