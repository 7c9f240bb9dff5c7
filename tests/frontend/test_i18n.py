"""Numbers, money and dates as people say them, in the member's language and time zone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from frontend import i18n

NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)


@pytest.fixture
def speak(monkeypatch):
    def use(code: str, zone: str = "Europe/Paris") -> None:
        monkeypatch.setattr(i18n, "language", lambda: code)
        monkeypatch.setattr(i18n, "zone", lambda: i18n.ZoneInfo(zone))

    return use


@pytest.mark.parametrize(
    ("code", "count", "expected"),
    [
        ("en", Decimal(1), "1 point"),
        ("en", Decimal(0), "0 points"),
        ("en", Decimal("1.5"), "1.5 points"),
        ("en", Decimal(1250), "1,250 points"),
        ("fr", Decimal(0), "0 point"),
        ("fr", Decimal(1), "1 point"),
        ("fr", Decimal("1.5"), "1,5 points"),
        ("fr", Decimal(1250), "1\u202f250 points"),
    ],
)
def test_points__plural__as_the_language_counts(speak, code, count, expected):
    speak(code)
    assert i18n.points(count) == expected


@pytest.mark.parametrize(("code", "expected"), [("en", "€12.50"), ("fr", "12,50\u00a0€")])
def test_money__euros__as_the_language_writes_them(speak, code, expected):
    speak(code)
    assert i18n.money(Decimal("12.5"), "EUR") == expected


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (timedelta(minutes=1), "in 1 minute", "dans 1 minute"),
        (timedelta(0), "just now", "à l\u2019instant"),
        (timedelta(seconds=-29), "just now", "à l\u2019instant"),
        (timedelta(minutes=80), "in 80 minutes", "dans 80 minutes"),
        (timedelta(hours=5), "in 5 hours", "dans 5 heures"),
        (timedelta(days=3), "in 3 days", "dans 3 jours"),
        (timedelta(days=9), "in 9 days", "dans 9 jours"),
        (timedelta(days=-30), "30 days ago", "il y a 30 jours"),
        (timedelta(days=90), "in 3 months", "dans 3 mois"),
        (timedelta(days=800), "in 2 years", "dans 2 ans"),
    ],
)
def test_relative__a_span__in_the_unit_people_use(speak, span, english, french):
    speak("en")
    assert i18n.relative(NOW + span, NOW) == english
    speak("fr")
    assert i18n.relative(NOW + span, NOW) == french


def test_exact__near_midnight__is_in_the_members_zone(speak):
    late = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)
    speak("en", "Europe/Paris")
    assert i18n.day(late) == "16 March 2026"
    speak("en", "America/New_York")
    assert i18n.day(late) == "15 March 2026"


def test_percent__of_next_to_nothing__is_not_nothing(speak):
    speak("en")
    assert i18n.percent(1, 400) == "<\u00a01%"
    assert i18n.percent(0, 400) == "0%"
    assert i18n.percent(3, 400) == "1%"
    speak("fr")
    assert i18n.percent(1, 400) == "<\u00a01\u00a0%"


def test_percent__of_nothing__is_nothing(speak):
    speak("en")
    assert i18n.percent(0, 0) == "0%"
    speak("fr")
    assert i18n.percent(1, 4) == "25\u00a0%"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("0", "0", "0"),
        ("12500", "12,500", "12\u202f500"),
        ("1712.5", "1,712.5", "1\u202f712,5"),
        ("0.25", "0.25", "0,25"),
        ("0.00012345", "0.000123", "0,000123"),
        ("0.000000000000000007", "0.000000000000000007", "0,000000000000000007"),
    ],
)
def test_amount__small_ones__keep_their_first_figures(speak, value, english, french):
    speak("en")
    assert i18n.amount(Decimal(value)) == english
    speak("fr")
    assert i18n.amount(Decimal(value)) == french
