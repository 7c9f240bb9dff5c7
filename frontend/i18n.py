"""
The member's language, and numbers, money and dates as people say them in it.

Messages are written in English in the code, extracted and merged by `python -m
frontend.i18n update`, and compiled in memory at the first use: nothing to build
and nothing that can be stale.
"""

from __future__ import annotations

import io
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.support import Translations

from cercle.errors import Refused
from cercle.proposals import kinds

from .components import language as keeper

HERE = Path(__file__).parent
DOMAIN = "cercle"
LANGUAGES = ("fr", "en")
NAMES = {"fr": "Français", "en": "English"}  # each in its own words
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
QUERY = "lang"  # in the address bar
CHOSEN = "app_language"  # what the member picked, for the session
PICKED = "app_language_picked"  # whether they did so by the switch
SWITCH = "app_language_switch"  # the widget
NEEDLESS = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Generated-By',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Report-Msgid-Bugs-To',
    b'"Project-Id-Version',
)

# ---- messages ------------------------------------------------------------------


@dataclass(frozen=True)
class Ways:
    """How one member reads: asked hundreds of times a run, and the same all through it."""

    language: str
    locale: Locale
    zone: tzinfo


class _Run(threading.local):
    """A run of the app has a thread to itself, until its session's next run."""

    ways: Ways | None = None


_run = _Run()


def language() -> str:
    """The language the member chose, else the browser's, else English."""
    return _run.ways.language if _run.ways else _language()


def _language() -> str:
    chosen = st.session_state.get(CHOSEN)
    return str(chosen) if chosen in LANGUAGES else browser_language()


def browser_language() -> str:
    """What the browser asks for, if we speak it."""
    preferred = (st.context.locale or "en").replace("_", "-").split("-")[0].lower()
    return preferred if preferred in LANGUAGES else "en"


def choose() -> None:
    """Take the language from the session, the address bar or what the browser kept, for this run.

    A page switch empties the address bar, a reload the session, an address typed anew both:
    what was picked stays in one of the three.
    """
    if CHOSEN not in st.session_state:
        told = (st.query_params.get(QUERY), keeper.kept())
        known = [code for code in told if code in LANGUAGES]
        if known:
            st.session_state[CHOSEN] = known[0]
    chosen = st.session_state.get(CHOSEN)
    if chosen is not None and st.query_params.get(QUERY) != chosen:
        st.query_params[QUERY] = chosen
    mine = _language()
    _run.ways = Ways(mine, _locale(mine), _zone())


def switch() -> None:
    """Draw the switch, each language in its own words."""

    def pick() -> None:
        st.session_state[CHOSEN] = st.session_state[SWITCH]
        st.session_state[PICKED] = True
        _run.ways = None

    st.segmented_control(
        _("Language"),
        LANGUAGES,
        default=language(),
        format_func=lambda code: NAMES[code],
        key=SWITCH,
        required=True,
        label_visibility="collapsed",
        on_change=pick,
    )
    if PICKED in st.session_state:  # a link that names a language is no wish for the next time
        keeper.keep(language())


def _(message: str) -> str:
    """`message` in the member's language."""
    return translations(language()).gettext(message)


def N_(message: str) -> str:
    """Mark `message` for the catalogues; it is translated where it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """One or many, as the member's language counts."""
    return translations(language()).ngettext(singular, plural, count)


@lru_cache
def translations(code: str) -> Translations:
    """One language's catalogue, compiled."""
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue(code))
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


def catalogue(code: str) -> Catalog:
    """One language's catalogue as it is written."""
    with path_of(code).open("rb") as source:
        return pofile.read_po(source, locale=code, domain=DOMAIN)


def path_of(code: str) -> Path:
    return HERE / "locale" / code / "LC_MESSAGES" / f"{DOMAIN}.po"


# ---- numbers, money, dates -------------------------------------------------------


def locale() -> Locale:
    """The member's language as their own country writes it; in doubt as Europe does."""
    return _run.ways.locale if _run.ways else _locale(language())


def _locale(mine: str) -> Locale:
    browser = (st.context.locale or "").replace("-", "_")
    if browser.split("_")[0].lower() == mine:
        try:
            return Locale.parse(browser)
        except (UnknownLocaleError, ValueError):
            pass
    return Locale.parse({"en": "en_GB", "fr": "fr_FR"}[mine])


def zone() -> tzinfo:
    """The member's time zone as the browser tells it."""
    return _run.ways.zone if _run.ways else _zone()


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def number(value: int | Decimal) -> str:
    """A number with the member's own separators."""
    return numbers.format_decimal(value, locale=locale())


def amount(value: Decimal) -> str:
    """An amount of something that has many decimals: small ones keep their first figures."""
    digits = 3
    if value and abs(value) < 1:
        digits = min(18, 2 - value.adjusted())
    return numbers.format_decimal(value, format=f"#,##0.{'#' * digits}", locale=locale())


def percent(part: int, whole: int) -> str:
    """A share of a whole; nothing of nothing is nothing, and something is never nothing."""
    share = Decimal(part) / whole if whole else Decimal(0)
    if 0 < share < Decimal("0.005"):
        return "<\u00a0" + numbers.format_percent(Decimal("0.01"), locale=locale())
    return numbers.format_percent(share, locale=locale())


def money(value: Decimal, currency: str) -> str:
    """An amount of money in its currency."""
    return numbers.format_currency(value, currency, locale=locale())


def points(value: Decimal) -> str:
    """So many points."""
    return ngettext("{n} point", "{n} points", plural_of(value)).format(n=number(value))


def plural_of(value: Decimal | int) -> int:
    """The whole number that asks for the same plural as `value`."""
    return int(value) if value == int(value) else max(2, int(value) + 1)


def day(moment: datetime) -> str:
    """A date, in the member's time zone."""
    return dates.format_date(moment.astimezone(zone()), "long", locale=locale())


def month(moment: datetime) -> str:
    """A month and its year."""
    return dates.format_skeleton("yMMMM", moment.astimezone(zone()), locale=locale())


def clock(moment: datetime) -> str:
    """A time of day, in the member's time zone."""
    return dates.format_time(moment, "short", tzinfo=zone(), locale=locale())


def exact(moment: datetime) -> str:
    """A date and time to the minute, with the zone's name."""
    local = moment.astimezone(zone())
    shown = dates.format_datetime(local, "long", tzinfo=zone(), locale=locale())
    return str(shown)


def relative(moment: datetime, now: datetime) -> str:
    """How far `moment` is from `now`, in the unit people would use: "in 9 days"."""
    if timedelta(0) <= now - moment < timedelta(seconds=30):
        return _("just now")
    return _span(moment - now, add_direction=True)


def duration(span: timedelta) -> str:
    """A length of time: "30 days"."""
    return _span(span, add_direction=False)


Unit = Literal["year", "month", "day", "hour", "minute"]
UNITS: tuple[tuple[float, Unit], ...] = (  # up to so many hours, count in
    (1.5, "minute"),
    (36, "hour"),
    (60 * 24, "day"),
    (700 * 24, "month"),
)


def _span(span: timedelta, *, add_direction: bool) -> str:
    hours = abs(span.total_seconds()) / 3600
    unit: Unit = next((name for most, name in UNITS if hours < most), "year")
    # A threshold that nothing reaches leaves the choice of the unit to us.
    return dates.format_timedelta(
        span, granularity=unit, threshold=1e9, add_direction=add_direction, locale=locale()
    )


def country(code: str) -> str:
    """A country, by its two letters, as the language names it; the code where it has no name."""
    return str(locale().territories.get(code, code))


def enumeration(items: list[str]) -> str:
    """Items joined as the language joins them."""
    return lists.format_list(items, locale=locale())


# ---- the catalogues' upkeep ------------------------------------------------------


def extracted() -> Catalog:
    """Every message in the code."""
    found = Catalog(domain=DOMAIN, project="Cercle", charset="utf-8")
    messages = extract_from_dir(
        HERE,
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("NOTE:",),
        strip_comment_tags=True,
    )
    for filename, _line, message, comments, context in messages:
        found.add(message, locations=[(filename, 0)], auto_comments=comments, context=context)
    for kind in refusals():
        found.add(kind.sentence, locations=[(kind.__module__.replace(".", "/") + ".py", 0)])
    for sentence in kinds.EVERY:
        found.add(sentence, locations=[("cercle/proposals/kinds.py", 0)])
    return found


def refusals() -> list[type[Refused]]:
    """Every refusal that the SDK knows; each says its own sentence."""
    found, queue = [], [Refused]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue.extend(kind.__subclasses__())
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def update() -> None:
    """Merge the code's messages into the catalogues; English says what the code says."""
    found = extracted()
    for code in LANGUAGES:
        path = path_of(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = catalogue(code) if path.exists() else Catalog(locale=code, domain=DOMAIN)
        kept.update(found, no_fuzzy_matching=True)
        kept.obsolete.clear()
        if code == "en":
            for message in kept:
                if message.id:
                    message.string = message.id
        kept.fuzzy = False
        kept.header_comment = f"# What the app says, in the language {code!r}."
        written = io.BytesIO()
        pofile.write_po(written, kept, width=100, sort_output=True, include_lineno=False)
        # Without the second in which it was written: two people's changes then merge.
        lines = written.getvalue().splitlines(keepends=True)
        path.write_bytes(b"".join(line for line in lines if not line.startswith(NEEDLESS)))


if __name__ == "__main__":
    if sys.argv[1:] != ["update"]:
        sys.exit("python -m frontend.i18n update")
    update()
