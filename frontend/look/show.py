"""How the pages put their few drawn things on the screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from cercle.content import PerkDocument, PollDocument
from cercle.models import Card, PollView

from .. import present, refusals
from ..i18n import _
from ..present import Brand
from ..services import Shown
from . import card as drawn
from . import charts

STYLE = Path(__file__).with_name("style.css")


def style() -> None:
    """The app's one style sheet."""
    st.html(STYLE)


def card_face(brand: Brand, card: Card | None, key: str) -> None:
    """The membership card, as a picture."""
    with st.container(key=key):
        st.image(
            drawn.as_uri(drawn.draw(present.face(brand, card))),
            width="stretch",
            alt=present.face_alt(brand, card),
        )


def poll_result(poll: PollView, text: Shown[PollDocument], title: str) -> None:
    """How the votes lie: the chart, and the same numbers in a table."""
    names = present.options(poll, text)
    chart, table = st.columns([3, 2], gap="medium")
    with chart:
        st.vega_lite_chart(
            spec=charts.tally(names, poll.tally, mine=poll.my_choice, title=title, axis=_("Votes")),
            width="stretch",
            height=charts.height(len(names)),
            alt=title,
        )
    with table:
        st.table(present.tally_rows(poll, names), border="horizontal", hide_index=True)


def withheld(text: Shown[PerkDocument] | Shown[PollDocument]) -> None:
    """Say why a text is not shown, if it is not."""
    if text.problem is not None:
        st.warning(refusals.sentence(text.problem), icon=":material/visibility_off:")


def moment(sentence: str, exact: str) -> None:
    """A date as people say it; the exact one on hover. The sentence is Markdown."""
    st.caption(sentence, help=exact)


def keyed(key: str) -> st.delta_generator.DeltaGenerator:
    """A container that the style sheet can name."""
    return st.container(key=key)
