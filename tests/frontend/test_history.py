# ruff: noqa: RUF001  (French apostrophes)
"""The page of what happened: sentences by day, kinds, parts, proof, and where it was read."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import streamlit

from cercle.errors import NodeUnreachable, PageUnknown
from frontend.app_pages import _pieces
from frontend.testing import fakes
from tests.frontend.test_numbers import chart, says, table, texts


def headlines(app) -> list[str]:
    return [one.value.partition("  \n")[0] for one in app.markdown]


def test_history__member__tells_acts_by_day_newest_first(show):
    app = show("history")
    assert not app.exception
    assert app.title[0].value == "What happened with your card"
    assert headlines(app)[:4] == [
        ":material/how_to_vote: You changed your vote on “Which section should grow\\?” "
        "to **World music**.",
        ":material/how_to_vote: You voted **Jazz** on “Which section should grow\\?”.",
        ":material/redeem: You claimed “Screen\\-printed tote bag”, Black.",
        ":material/toll: The shop awarded you **147 points**.",
    ]
    assert [day.value for day in app.subheader][:2] == ["15 March 2026", "14 March 2026"]
    assert says(app, ":small[**400 points** left your wallet for a perk. · 04:30 · not final yet]")
    assert not app.code


def test_history__in_french__says_the_same(show):
    app = show("history", "fr")
    assert app.title[0].value == "Ce qui s’est passé avec votre carte"
    assert ":material/toll: La boutique vous a attribué **147 points**." in headlines(app)
    assert says(app, "Lu dans l’index de cette boutique, qui est à jour.")


def test_history__older_and_newer__walk_the_whole_of_it(show):
    app = show("history")
    seen = headlines(app)
    assert not [one for one in app.button if one.key == "history_newer"]
    while [one for one in app.button if one.key == "history_older"]:
        app.button(key="history_older").click().run()
        seen += headlines(app)
    assert seen[-2:] == [
        ":material/door_open: The shop admitted you: you are member no. 42.",
        ":material/toll: You took passport no. 17.".replace("toll", "badge"),
    ]
    assert len(seen) >= len({one.event.tx_hash for one in fakes.PAST})
    app.button(key="history_newer").click().run()
    app.button(key="history_newer").click().run()
    assert headlines(app)[0] == seen[0]


@pytest.mark.parametrize(
    ("kind", "first", "count"),
    [
        ("perks", "You claimed", 1),
        ("votes", "You changed your vote", 2),
        ("card", "The shop admitted you", 2),
    ],
)
def test_history__kind__shows_only_that(show, kind, first, count):
    app = show("history")
    app.button(key="history_older").click().run()
    app.pills(key="history_kind").set_value(kind).run()
    assert len(headlines(app)) == count
    assert first in headlines(app)[0]
    assert not [one for one in app.button if one.key == "history_newer"]


def test_history__with_proof__names_block_and_transaction(show):
    app = show("history")
    app.toggle(key="history_proof").set_value(True).run()
    assert [one.value for one in app.code][:3] == [
        fakes.seal(7_001_190),
        fakes.seal(7_001_188),
        fakes.seal(7_001_170),
    ]
    assert says(app, "Block 1,170, 14 March 2026")
    assert says(app, "written as Perks\\.PerkClaimed and Points\\.Transfer. Transaction:")


@pytest.mark.parametrize(
    ("page", "asked", "language", "said"),
    [
        ("history", "history", "en", "Reading what has happened so far…"),
        ("history", "history", "fr", "Lecture de ce qui s’est passé jusqu’ici…"),
        ("votes", "course", "en", "Reading what has happened so far…"),
    ],
)
def test_reading__while_it_takes_long__says_what_for(
    show, community, monkeypatch, page, asked, language, said
):
    waiting, seen, read = [], [], getattr(community, asked)

    @contextmanager
    def spinner(text):
        waiting.append(text)
        yield
        waiting.pop()

    monkeypatch.setattr(streamlit, "spinner", spinner)
    monkeypatch.setattr(
        community, asked, lambda *a, **k: seen.append(list(waiting)) or read(*a, **k)
    )
    app = show(page, language)
    app.session_state["votes_course_2"] = True
    app.run()
    assert seen
    assert all(one == [said] for one in seen)
    assert waiting == []


def test_history__pressed_twice_before_it_is_drawn__is_one_step(show):
    app = show("history")
    first = headlines(app)
    app.button(key="history_older").click().run()
    newer = app.button(key="history_newer")
    for _ in range(2):  # the second press is of a button that is gone
        newer.click().run()
        assert not app.exception
        assert not app.error
        assert headlines(app) == first


def test_older__pressed_twice_before_it_is_drawn__is_one_step():
    marks = ["1100-0"]
    for _ in range(2):
        _pieces.older(marks, "1080-0")
    assert marks == ["1100-0", "1080-0"]
    for _ in range(3):
        _pieces.newer(marks)
    assert marks == []


def test_history__clock_that_went_back__shows_each_act(show, community):
    first, second, *_ = community.past
    back = second.model_copy(update={"at": first.at - timedelta(days=3)})
    again = community.past[2].model_copy(update={"at": first.at})
    community.past = (first, back, again)
    app = show("history")
    assert not app.exception
    assert not app.error
    assert [day.value for day in app.subheader] == [
        "15 March 2026", "12 March 2026", "15 March 2026",
    ]  # fmt: skip


def test_history__another_account__begins_at_its_newest(show, wallet, community):
    app = show("history")
    app.button(key="history_older").click().run()
    wallet.account = fakes.PERSON
    assert says(app.run(), "Nothing has happened yet.")
    wallet.account = fakes.MEMBER
    assert "You changed your vote" in headlines(app.run())[0]


def test_history__no_wallet__says_how(show, wallet):
    wallet.account = None
    assert says(show("history"), "Connect a wallet above to see all that happened to you")


def test_history__empty__says_what_will_be_here(show, community):
    fakes.empty(community)
    assert says(show("history"), "Your first purchase, perk or vote appears here.")
    app = show("history")
    app.pills(key="history_kind").set_value("votes").run()
    assert says(app, "Nothing of this kind has happened yet.")


def test_history__mark_that_serves_no_more__begins_anew(show, community, monkeypatch):
    app = show("history")
    whole = community.history

    def forgetful(card, kinds=None, before=None):
        if before is not None:
            raise PageUnknown("There is no such page of history.")
        return whole(card, kinds)

    monkeypatch.setattr(community, "history", forgetful)
    app.button(key="history_older").click().run()
    assert not app.exception
    assert "You changed your vote" in headlines(app)[0]


def test_history__neither_serves__is_one_sentence(show, community):
    community.trouble = NodeUnreachable("no node")
    app = show("history")
    assert app.warning[0].value.startswith("The ledger does not answer at the moment.")


# ---- where it was read -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "seconds", "language", "said"),
    [
        (1200, 0, "en", "Read from this shop's index, which is up to date."),
        (1199, 12, "en", "Read from this shop's index, which is 1 block behind the ledger."),
        (1197, 36, "en", "Read from this shop's index, which is 3 blocks behind the ledger."),
        (1000, 7_200, "en", "That is 2 hours: what is newer appears later."),
        (1197, 36, "fr", "en retard de 3 blocs sur le registre."),
        (
            1000,
            7_200,
            "fr",
            "Cela fait 2\u00a0heures\u00a0: ce qui est plus récent paraîtra plus tard.",
        ),
    ],
)
def test_source__index__says_how_far_behind(show, community, block, seconds, language, said):
    community.served = fakes.INDEX.model_copy(update={"block": block, "seconds": seconds})
    assert says(show("history", language), said)


@pytest.mark.parametrize(
    ("has_index", "first", "said"),
    [
        (False, 1, ":material/link: Read from the ledger itself, its last 1,200 blocks."),
        (False, 1200, ":material/link: Read from the ledger itself, its last 1 block."),
        (True, 201, "index does not answer at the moment: read from the ledger itself, its "
                    "last 1,000 blocks."),
    ],
)  # fmt: skip
def test_source__ledger__says_how_much_of_it(show, community, has_index, first, said):
    community.is_indexed = has_index
    community.served = fakes.LEDGER.model_copy(update={"first": first})
    assert says(show("history"), said)


def test_source__part_of_the_ledger_without_me__offers_what_is_older(show, community, monkeypatch):
    def far(card, kinds=None, before=None):
        page = type(community).history(community, card, kinds, before)
        return page if before else page.model_copy(update={"entries": (), "older": "1191-0"})

    monkeypatch.setattr(community, "history", far)
    app = show("history")
    assert says(app, "Nothing of yours is in this part.")
    app.button(key="history_older").click().run()
    assert headlines(app)


# ---- from My card, and a poll over time ---------------------------------------------------


def test_card__member__leads_to_the_history(show):
    links = [one.proto.page for one in show("card").get("page_link")]
    assert "history" in links


def test_votes__course__is_read_when_it_is_unfolded(show, community):
    app = show("votes")
    assert len(app.get("vega_lite_chart")) == 2
    app.session_state["votes_course_2"] = True
    app.run()
    assert len(app.get("vega_lite_chart")) == 3
    rows = chart(app, 1)
    assert {row["option"] for row in rows} == {"Jazz", "World music", "Film scores"}
    assert [row["votes"] for row in rows[-3:]] == [31, 58, 12]
    assert table(app, 1)[0] == ("14 March 2026, 02:30", "20", "World music")
    assert table(app, 1)[-1] == ("15 March 2026, 10:30", "101", "World music")
    assert "Read from this shop's index, which is up to date." in " ".join(texts(app))
