"""A run's language: worked out once at its start, never another session's or an older one."""

from __future__ import annotations

import threading

import pytest

from frontend import i18n


@pytest.fixture
def in_a_run(monkeypatch):
    """Do something in a thread of its own, as a run is, for a browser of this locale."""

    def run(act, locale: str = "en-GB", chosen: str | None = None):
        session = {} if chosen is None else {i18n.CHOSEN: chosen}
        context = type("Context", (), {"locale": locale, "timezone": "Europe/Paris", "cookies": {}})
        monkeypatch.setattr(i18n.st, "session_state", session)
        monkeypatch.setattr(i18n.st, "context", context)
        monkeypatch.setattr(i18n.st, "query_params", {})
        found = []
        thread = threading.Thread(target=lambda: found.append(act(session, context)))
        thread.start()
        thread.join()
        return found[0]

    return run


def test_language__chosen_at_the_start__holds_for_the_whole_run(in_a_run):
    def act(session, context):
        i18n.choose()
        context.locale = "en-GB"  # nothing is asked again
        return i18n.language(), i18n.locale().territory, str(i18n.zone())

    assert in_a_run(act, "fr-CH") == ("fr", "CH", "Europe/Paris")


def test_language__the_next_run_of_the_thread__asks_again(in_a_run):
    def act(session, context):
        told = []
        for code in ("fr", "en"):
            session[i18n.CHOSEN] = code
            i18n.choose()
            told.append(i18n._("Perks"))
        return told

    assert in_a_run(act) == ["Avantages", "Perks"]


def test_language__another_run__is_not_heard(in_a_run):
    in_a_run(lambda *_: i18n.choose(), "fr-FR")
    assert in_a_run(lambda *_: i18n.language(), "en-GB") == "en"


def test_language__no_start_of_a_page__is_asked_every_time(in_a_run):
    def act(session, context):
        told = [i18n.language()]
        session[i18n.CHOSEN] = "fr"
        return [*told, i18n.language()]

    assert in_a_run(act) == ["en", "fr"]
