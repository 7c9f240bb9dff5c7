"""The visitor speaks the protocol: what it does arrives, what it is told it takes in."""

import asyncio

import pytest

from benchmarks.app.crowd import Pace, gather
from benchmarks.app.page import View, key_of
from benchmarks.app.visitor import Visitor
from tests.browser.kit.processes import ROOT, Server

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
TINY = ROOT / "tests" / "tools" / "bench_app" / "tiny_app.py"


@pytest.fixture(scope="module")
def app():
    """The tiny app behind the server that serves the real one."""
    server = Server(TINY, {})
    yield server
    server.stop()


def visit(app, walk, locale="en-GB"):
    """Let a visitor take a walk."""

    async def session():
        async with Visitor(app.url, locale) as visitor:
            return await walk(visitor)

    return asyncio.run(session())


def test_open__first_look__is_a_whole_page(app):
    async def walk(visitor):
        answer = await visitor.open()
        assert (answer.kind, answer.what, answer.trouble) == ("first", "/", "")
        assert answer.seconds > 0
        assert answer.size > 1_000
        assert set(visitor.view.pages) == {"", "second", "broken"}
        assert visitor.view.wallet
        return visitor.view.titles

    assert visit(app, walk) == ["pressed=False open=False choice=None"]


def test_press__button_expander_form__reach_the_script(app):
    async def walk(visitor):
        await visitor.open()
        told = []
        for act in (
            visitor.press("first_press"),
            visitor.unfold("first_more"),
            visitor.vote("first_vote", "first_choice", 4),
            visitor.unfold("first_more"),
        ):
            assert (await act).trouble == ""
            told += visitor.view.titles
        return told

    assert visit(app, walk) == [
        "pressed=True open=False choice=None",
        "pressed=False open=True choice=None",
        "pressed=False open=True choice=green",
        "pressed=False open=False choice=None",
    ]


def test_connect_wallet__account__is_known_on_every_page(app):
    async def walk(visitor):
        await visitor.open()
        await visitor.connect_wallet(ACCOUNT, 31_337)
        await visitor.go("second")
        return visitor.view.titles

    assert visit(app, walk, "fr-FR") == [f"{ACCOUNT} fr-FR", "tick"]


def test_go__large_picture_again__is_not_sent_again(app):
    async def walk(visitor):
        await visitor.open()
        return [(await visitor.go("second")).size for _ in range(2)]

    first, again = visit(app, walk)
    assert again < first - 24_000


def test_look__living_part__is_drawn_alone(app):
    async def walk(visitor):
        await visitor.open()
        await visitor.go("second")
        ((fragment, every),) = visitor.view.live.items()
        answer = await visitor.look(fragment)
        return every, answer, visitor.view.titles

    every, answer, titles = visit(app, walk)
    assert every == 1.0
    assert (answer.kind, answer.trouble) == ("live", "")
    assert answer.size < 4_000
    assert titles == ["None en-GB", "tick", "tick"]


def test_go__broken_page__is_told(app):
    async def walk(visitor):
        await visitor.open()
        return await visitor.go("broken")

    assert visit(app, walk).trouble != ""


def test_gather__two_people__come_click_and_leave(app):
    pace = Pace(sessions=2, every=0.2, seconds=3, arriving=0.1)
    answers = asyncio.run(gather(app.url, [ACCOUNT], pace))
    kinds = [answer.kind for answer in answers]
    assert (kinds.count("first"), kinds.count("wallet"), kinds.count("lost")) == (2, 2, 0)
    assert kinds.count("click") >= 4


def test_gather__nobody_there__is_lost_and_said(app):
    pace = Pace(sessions=1, every=1, seconds=1, arriving=0)
    (answer,) = asyncio.run(gather("http://127.0.0.1:9", [ACCOUNT], pace))
    assert answer.kind == "lost"
    assert "Error" in answer.trouble


def test_key_of__a_widgets_id__is_what_the_page_named():
    assert key_of("$$ID-0123abcd-votes_vote_2") == "votes_vote_2"
    assert key_of("$$ID-0123abcd-None") == "None"


def test_view__whole_page_anew__forgets_the_old_one():
    view = View(buttons={"a": "b"}, titles=["Old"], live={"f": 1.0}, trouble="x", wallet="w")
    view.forget()
    assert view == View(wallet="w")
