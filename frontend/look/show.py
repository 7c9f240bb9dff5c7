"""How the pages put their few drawn things on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from cercle.content import PerkDocument, PlanDocument, PollDocument, PriceListDocument
from cercle.index.course import padded
from cercle.index.history import PollCourse
from cercle.models import Card, PollView

from .. import present, refusals
from ..i18n import _
from ..present import Brand
from ..services import Shown
from . import card as drawn
from . import charts

AT_ONCE = timedelta(minutes=1)  # votes that came within it make no line
STYLE = Path(__file__).with_name("style.css")


def style() -> None:
    """The app's one style sheet."""
    st.html(STYLE)


def card_face(brand: Brand, card: Card | None, key: str) -> None:
    """The membership card, as a picture."""
    with st.container(key=key):
        st.image(
            drawn.picture(present.face(brand, card)),
            width="stretch",
            alt=present.face_alt(brand, card),
        )


def poll_result(poll: PollView, text: Shown[PollDocument], title: str) -> None:
    """How the votes lie: the chart, and the same numbers in a table."""
    names = present.options(poll, text)
    spec = charts.tally(names, poll.tally, mine=poll.my_options, title=title, axis=_("Votes"))
    bars = [tuple(bar.items()) for bar in spec["data"]["values"]]
    spec["data"] = {"values": _packed(tuple(bars))}
    chart, numbers = st.columns([3, 2], gap="medium")
    with chart:
        st.vega_lite_chart(
            spec=spec,
            width="stretch",
            height=charts.height(len(names)),
            alt=title,
        )
    with numbers:
        table(present.tally_rows(poll, names))


def votes(options: Sequence[str], counts: Sequence[int], mine: Sequence[int], title: str) -> None:
    """How the votes on a proposal lie; its numbers stand in a table under it."""
    spec = charts.tally(options, counts, mine=mine or None, title=title, axis=_("Votes"))
    bars = [tuple(bar.items()) for bar in spec["data"]["values"]]
    spec["data"] = {"values": _packed(tuple(bars))}
    st.vega_lite_chart(spec=spec, width="stretch", height=charts.height(len(options)), alt=title)


def poll_course(poll: PollView, text: Shown[PollDocument], told: PollCourse, title: str) -> None:
    """How the votes came in: the chart, and a few of its moments in a table."""
    names = present.options(poll, text)
    if told.moments[-1].at - told.moments[0].at < AT_ONCE:
        table(present.course_rows(told, names))
        return
    moments = [(one.at.isoformat(), padded(one.tally, len(names))) for one in told.moments]
    spec = charts.course(names, moments, title=title, axis=_("Votes"))
    points = [tuple(row.items()) for row in spec["data"]["values"]]
    spec["data"] = {"values": _packed(tuple(points))}
    chart, numbers = st.columns([3, 2], gap="medium")
    with chart:
        st.vega_lite_chart(
            spec=spec, width="stretch", height=charts.course_height(len(names)), alt=title
        )
    with numbers:
        table(present.course_rows(told, names))


def amounts(
    options: Sequence[str],
    values: Sequence[Decimal],
    *,
    best: int | None,
    title: str,
    axis: str,
) -> None:
    """What each costs; the same numbers stand in a table under it."""
    spec = charts.amounts(
        options, [float(one) for one in values], best=best, title=title, axis=axis
    )
    bars = [tuple(bar.items()) for bar in spec["data"]["values"]]
    spec["data"] = {"values": _packed(tuple(bars))}
    st.vega_lite_chart(spec=spec, width="stretch", height=charts.height(len(options)), alt=title)


def steps(
    plans: Sequence[tuple[str, int]],
    *,
    used: int,
    stop: int,
    per_shown: int,
    title: str,
    names: tuple[str, str],
) -> None:
    """How far use has come along a ladder of plans; its numbers stand beside it."""
    spec = charts.steps(
        [(name, end / per_shown) for name, end in plans],
        used=used / per_shown,
        stop=stop / per_shown,
        title=title,
        names=names,
    )
    st.vega_lite_chart(spec=spec, width="stretch", height=charts.STEPS, alt=title)


def table(rows: Sequence[Mapping[str, str]]) -> None:
    """A table of rows that all have the same headings; its cells are Markdown."""
    st.table(
        _packed(tuple(tuple(row.items()) for row in rows)), border="horizontal", hide_index=True
    )


@lru_cache(maxsize=512)
def _packed(rows: tuple[tuple[tuple[str, Any], ...], ...]) -> pa.Table:
    """Rows in the form in which Streamlit sends them: to bring them into it takes long."""
    return pa.Table.from_pandas(pd.DataFrame([dict(row) for row in rows]))


def withheld(
    text: Shown[PerkDocument]
    | Shown[PlanDocument]
    | Shown[PollDocument]
    | Shown[PriceListDocument],
) -> None:
    """Say why a text is not shown, if it is not."""
    if text.problem is not None:
        st.warning(refusals.sentence(text.problem), icon=":material/visibility_off:")


def moment(sentence: str, exact: str) -> None:
    """A date as people say it; the exact one on hover. The sentence is Markdown."""
    st.caption(sentence, help=exact)


def keyed(key: str) -> st.delta_generator.DeltaGenerator:
    """A container that the style sheet can name."""
    return st.container(key=key)
