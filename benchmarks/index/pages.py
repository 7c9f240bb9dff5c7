"""The app's own pages over an index of a million events: each run of the script, whole."""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from cercle.index.history import Kinds, Page, PollCourse
from cercle.index.sql_history import SqlHistory
from cercle.models import Card, PollView
from cercle.values import checksum
from frontend import services
from frontend.testing import fakes

from .million import MEMBERS, brand, wallet

ENTRY = Path(__file__).parents[2] / "frontend" / "streamlit_app.py"
RUNS = 100  # of each kind


class Indexed(fakes.FakeCommunity):
    """A brand of the tests, whose past is that of the index."""

    def __init__(self, history: SqlHistory) -> None:
        super().__init__()
        self.past_of = history
        self.number = 1

    def card(self, account: str) -> Card:
        return fakes.MEMBER_CARD.model_copy(
            update={"account": account, "passport_id": self.number, "member_no": self.number}
        )

    def history(self, card: Card, kinds: Kinds = None, before: str | None = None) -> Page:
        most = services.ACTS + services.SPARE
        page = self.past_of.of_passport(card.passport_id, limit=most, before=before, kinds=kinds)
        return services.whole_acts(page)

    def course(self, poll: PollView) -> PollCourse:
        return self.past_of.poll_course(poll.id, moments=services.MOMENTS)


def run_pages(url: str) -> dict[str, list[float]]:
    """Seconds that runs of pages took, kind by kind; every one of another member."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    history = SqlHistory.open(url, brand(), None)
    with _app(history) as (app, shown):
        app.switch_page("app_pages/history.py")
        found = {
            "the page History": _times(app, shown, lambda: app.run()),
            "its next part": _times(app, shown, lambda: _press(app), before=lambda: app.run()),
            "its votes alone": _times(app, shown, lambda: _only(app, "votes")),
        }
        app.switch_page("app_pages/votes.py")
        app.session_state["votes_course_2"] = True
        found["the page Votes with a poll's course"] = _times(app, shown, lambda: app.run())
    history.close()
    return found


@contextlib.contextmanager
def _app(history: SqlHistory) -> Iterator[tuple[AppTest, Callable[[int], None]]]:
    community, mine = Indexed(history), fakes.FakeWallet()

    def shown(number: int) -> None:
        community.number, mine.account = number, wallet_of(number)

    kept = services.community, services.wallet, services.codes
    services.community = lambda: community
    services.wallet = lambda: mine
    services.codes = lambda: None
    try:
        app = AppTest.from_file(str(ENTRY), default_timeout=60)
        shown(1)
        yield app.run(), shown
    finally:
        services.community, services.wallet, services.codes = kept


def wallet_of(number: int) -> str:
    """The wallet of a member, as a browser tells it."""
    return checksum(wallet(number))


def _times(
    app: AppTest,
    shown: Callable[[int], None],
    act: Callable[[], object],
    before: Callable[[], object] = lambda: None,
) -> list[float]:
    rng, found = random.Random(11), []
    shown(2)
    before()
    act()  # what the first visitor pays is not the page's
    for _ in range(RUNS):
        shown(rng.randrange(1, MEMBERS + 1))
        before()
        started = time.perf_counter()
        act()
        found.append(time.perf_counter() - started)
        assert not app.exception, app.exception
        troubles = [one.value for one in (*app.warning, *app.error)]
        assert not troubles, troubles
    return found


def _press(app: AppTest) -> None:
    app.button(key="history_older").click().run()


def _only(app: AppTest, kind: str) -> None:
    app.pills(key="history_kind").set_value(kind).run()
