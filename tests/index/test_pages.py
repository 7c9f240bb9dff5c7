"""What the app asks of a history: a person's wallets, their past, a poll's course, an account."""

import pytest

from cercle import governance, identity, lens, passkeys
from cercle.chain import Chain
from cercle.index.history import open_history
from cercle.models import PollView
from frontend import services
from tests.authenticator import Passkey
from tests.relayer.stage import account

from .town import act_together

SITE = "localhost"


@pytest.fixture(params=["index", "chain"])
def live(request, stage, prepared, path):
    """The app's own reader, with an index and without one."""
    url = prepared(path) if request.param == "index" else None
    chain = Chain([stage.url], stage.chain.chain_id, head_age=0, rest=0)
    past = open_history(chain, stage.deployment, url, reach=services.REACH)
    made = services.LiveCommunity(chain, stage.deployment, None, past)
    made.source = request.param
    return made


def card_of(live, wallet):
    return lens.card(live.chain, live.deployment, wallet, live.chain.head())


def poll_of(live, number) -> PollView:
    return next(p for p in lens.polls(live.chain, live.deployment, None) if p.id == number)


def test_wallets__linked_and_let_go__are_those_of_now(stage, live):
    first, second = stage.members[0].address, account("second wallet 0").address
    assert live.wallets(card_of(live, first)) == (second, first)
    act_together(stage, [(second, identity.unlink(stage.deployment, first))])
    assert live.wallets(card_of(live, second)) == (second,)


def test_history__member__is_told_by_the_one_that_serves(stage, live, monkeypatch):
    monkeypatch.setattr(services, "ACTS", 10)
    card = card_of(live, stage.members[0].address)
    page = live.history(card)
    assert page.served.source == live.source
    assert services.ACTS <= len(page.entries) <= services.ACTS + services.SPARE
    older = live.history(card, None, page.older)
    assert older.entries[0].event.block <= page.entries[-1].event.block
    ballots = live.history(card_of(live, stage.members[1].address), (("Polls", "BallotCast"),))
    assert {one.event.name for one in ballots.entries} == {"BallotCast"}


def test_history__wallet_that_is_nobodys__is_the_wallets_own(stage, live):
    payer = stage.payer.address
    page = live.history(card_of(live, payer))
    assert page.wallets == (payer,)
    assert page.entries == live.past.of_wallet(payer, limit=len(page.entries)).entries


def test_history__parts__end_with_an_act_and_are_the_whole(stage, live, monkeypatch):
    """Half an act would be told as another: points gone for good, and not why."""
    card = card_of(live, stage.members[0].address)
    expected = live.past.of_passport(card.passport_id, limit=200)
    assert expected.older is None
    for most in range(1, 12):
        monkeypatch.setattr(services, "ACTS", most)
        live._read.clear()
        found, before, ends = [], None, []
        while True:
            page = live.history(card, None, before)
            found += page.entries
            if page.older is None:
                break
            before = page.older
            ends.append(found[-1].event.tx_hash)
            assert live.history(card, None, before).entries[0].event.tx_hash != ends[-1]
        assert tuple(found) == expected.entries
        assert ends


def test_whole_acts__longer_than_what_was_read__goes_on_within(live, stage):
    card = card_of(live, stage.members[0].address)
    page = live.past.of_passport(card.passport_id, limit=services.ACTS + services.SPARE)
    alike = [
        one.model_copy(update={"event": one.event.model_copy(update={"tx_hash": "0x1"})})
        for one in page.entries
    ]
    long = page.model_copy(update={"entries": tuple(alike)})
    assert services.whole_acts(long) == long


def test_history__same_block__searches_the_chain_once(stage, live, monkeypatch):
    card = card_of(live, stage.members[0].address)
    first = live.history(card)
    asked = []
    monkeypatch.setattr(live.past, "of_passport", lambda *a, **k: asked.append(a) or first)
    assert live.history(card) == first
    assert len(asked) == (1 if live.source == "index" else 0)
    stage.mine(1)
    live.history(card)
    assert len(asked) == (2 if live.source == "index" else 1)


def test_course__ends__as_the_poll_stands(stage, live):
    act_together(
        stage, [(stage.members[2].address, governance.vote(stage.deployment, 1, n)) for n in (1, 2)]
    )
    if live.source == "index":  # which has not read these: what it tells is not kept
        assert live.course(poll_of(live, 1)).served.behind == 2
        return
    course = live.course(poll_of(live, 1))
    assert course.moments[-1].tally == poll_of(live, 1).tally
    assert live.course(poll_of(live, 1)) is course


def test_has_index__as_the_server_was_told(live, monkeypatch):
    assert not live.has_index()
    monkeypatch.setenv("CERCLE_INDEX_URL", "index.sqlite")
    assert live.has_index()


def test_find__account_before_and_after_the_index__is_found(stage, live):
    passkey = Passkey("somebody", SITE)
    credential = passkeys.Credential(
        credential_id=passkey.credential_id,
        key=passkeys.PublicKey(x=passkey.x, y=passkey.y),
        site=SITE,
    )
    named = (live.chain, live.deployment, passkey.credential_id, SITE)
    assert passkeys.find(*named, live.past) == passkeys.find(*named) == ()
    act_together(stage, [(stage.payer.address, passkeys.create(stage.deployment, credential))])
    found = passkeys.find(*named, live.past)
    assert found == passkeys.find(*named)
    assert [one.address for one in found] == [passkeys.account_of(stage.deployment, credential)]
