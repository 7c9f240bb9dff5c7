"""An ordinary wallet that only signs: what it signed arrives once, or not at all and in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kit.looks import settled, until
from tests.browser.kit.processes import Server
from tests.browser.kit.relayer import Relayer
from tests.browser.presses import SENDING, row
from tests.browser.relayed import FIRST, SECOND, ballot, said, vote
from tests.browser.town import Town
from tests.browser.walks import press

SIGNING = "eth_signTypedData_v4"


@pytest.fixture
def town(relayed_town: Town) -> Town:
    return relayed_town


@pytest.fixture
def app(relayed_app: Server, relayer: Relayer) -> Server:
    return relayed_app


def sign(page: Page, poll: int, option: str) -> None:
    vote(page, poll, option)
    press(page, "Open wallet")


def can_vote(page: Page, poll: int) -> None:
    """Wait until the ballot is there."""
    expect(ballot(page, poll).get_by_role("button", name="Vote", exact=True)).to_be_visible()
    settled(page)


def test_vote__signed__is_carried_and_costs_nothing(visit, town: Town, poll: int) -> None:
    page, wallet = visit(town.member_keys(0), "votes")
    before = town.node.web3.eth.get_balance(wallet.account)
    vote(page, poll, FIRST)
    expect(page.get_by_text("Free: the brand pays the network's fee.")).to_be_visible()
    press(page, "Open wallet")
    expect(said(page, poll, FIRST)).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 1, 0, 0]
    assert (wallet.count(SIGNING), wallet.count(SENDING)) == (1, 0)
    assert town.node.web3.eth.get_balance(wallet.account) == before


def test_reload__while_the_wallet_asks_to_sign__binds_nobody(visit, town: Town, poll: int) -> None:
    page, wallet = visit(town.member_keys(1), "votes")
    wallet.policy[SIGNING] = "hold"
    sign(page, poll, FIRST)
    wallet.wait_held()
    page.reload()
    can_vote(page, poll)
    wallet.approve()  # the popup outlives the page; what it signs reaches nobody
    wallet.policy[SIGNING] = "approve"
    sign(page, poll, SECOND)
    expect(said(page, poll, SECOND)).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 0, 1, 0]
    _, sequence = town.ask("Polls", "ballot_of", poll, 2)
    assert sequence == 1


def test_tabs__both_sign_the_same_turn__the_second_is_refused_in_words(
    visit, town: Town, app: Server, poll: int
) -> None:
    first, wallet = visit(town.member_keys(2), "votes")
    wallet.policy[SIGNING] = "hold"
    second = first.context.new_page()
    second.goto(f"{app.url}/votes")
    can_vote(second, poll)
    sign(first, poll, FIRST)
    sign(second, poll, SECOND)
    wallet.wait_held(2)
    wallet.approve(0)
    expect(said(first, poll, FIRST)).to_be_visible()
    wallet.approve(0)
    expect(row(second, "It was not sent for you, and nothing has changed.")).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 1, 0, 0]


def test_server__restarted_while_the_wallet_asks_to_sign__nothing_is_sent_twice(
    visit, town: Town, app: Server, poll: int
) -> None:
    page, wallet = visit(town.member_keys(0), "votes")
    wallet.policy[SIGNING] = "hold"
    sign(page, poll, FIRST)
    wallet.wait_held()
    app.stop()
    wallet.approve()
    app.start()
    wallet.policy[SIGNING] = "approve"
    # The page connects again by itself; its answer is to a question that nobody knows any more.
    journal = "() => sessionStorage['cercle.wallet.journal']"
    until(page, lambda: page.evaluate(journal) == "{}")
    can_vote(page, poll)
    assert town.ask("Polls", "tally", poll) == [0, 0, 0, 0]
    sign(page, poll, SECOND)
    expect(said(page, poll, SECOND)).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 0, 1, 0]


def test_vote__nobody_carries_it__is_sent_by_the_member(
    visit, town: Town, relayer: Relayer, poll: int
) -> None:
    page, wallet = visit(town.member_keys(1), "votes")
    vote(page, poll, FIRST)
    relayer.stop()
    try:
        press(page, "Open wallet")
        expect(row(page, "Nobody can send it for you at the moment.")).to_be_visible()
        press(page, "Send it myself")
        press(page, "Open wallet")
        expect(said(page, poll, FIRST)).to_be_visible()
    finally:
        relayer.start()
    assert town.ask("Polls", "tally", poll) == [0, 1, 0, 0]
    assert wallet.count(SENDING) == 1
