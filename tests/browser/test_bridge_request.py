"""One question, one answer: what the bridge asks of a wallet, and how it takes a no."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.kit.fake_wallet import FakeWallet, refuse
from tests.browser.kit.looks import settled
from tests.browser.presses import SENDING, ask, counted, press, registered, row, status


def test_send__approved__is_asked_once_and_told(page: Page, wallet: FakeWallet) -> None:
    ask(page)
    registered(page)
    expect(row(page, "Done.")).to_be_visible()
    assert wallet.count(SENDING) == 1
    counted(page, handled=1)
    sent = next(params[0] for method, params in wallet.log if method == SENDING)
    assert (sent["from"], sent["chainId"]) == (wallet.account, "0x7a69")
    assert int(sent["gas"], 16) > 21_000


def test_send__reruns_and_themes_while_open__is_asked_once(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = "hold"
    press(page, "Register now")
    wallet.wait_held()
    expect(status(page)).to_have_text("Waiting for your answer in Fake Fox…")
    for scheme in ("dark", "light", "dark"):
        page.emulate_media(color_scheme=scheme)
        press(page, "Register now")  # asked again: it is the same question
        settled(page)
    assert wallet.count(SENDING) == 1
    wallet.approve()
    registered(page)
    counted(page, handled=1)
    assert wallet.listeners(page) == {"accountsChanged": 1, "chainChanged": 1}


def test_open_wallet__double_click__is_asked_once(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = "hold"
    press(page, "Register")
    page.get_by_role("button", name="Open wallet").dblclick()
    wallet.wait_held()
    page.wait_for_timeout(300)
    assert wallet.count(SENDING) == 1
    wallet.approve()
    registered(page)


def test_page_button__double_click__makes_one_question(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = "hold"
    page.get_by_role("button", name="Register now").dblclick()
    wallet.wait_held()
    wallet.approve()
    registered(page)
    assert wallet.count(SENDING) == 1
    counted(page, asked=1)


def test_send__declined__is_told_and_may_be_asked_again(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = "reject"
    ask(page)
    expect(row(page, "You declined it: nothing has changed.")).to_be_visible()
    wallet.policy.clear()
    ask(page)
    registered(page)
    assert wallet.count(SENDING) == 2


def test_send__cancelled_on_the_page__never_reaches_the_wallet(
    page: Page, wallet: FakeWallet
) -> None:
    press(page, "Register")
    press(page, "Cancel")
    expect(row(page, "Cancelled: nothing has changed.")).to_be_visible()
    assert wallet.count(SENDING) == 0


def test_send__wallet_has_a_request_open__is_told(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = refuse(-32002)
    ask(page)
    expect(row(page, "A request is already open in your wallet.")).to_be_visible()


def test_send__wallet_breaks__is_told(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = refuse(-32603)
    ask(page)
    expect(row(page, "The wallet could not do this: nothing was sent.")).to_be_visible()


def test_send__another_question__takes_the_place_of_the_first(
    page: Page, wallet: FakeWallet
) -> None:
    press(page, "Register")
    expect(page.get_by_role("group", name="Register")).to_be_visible()
    press(page, "Text")
    expect(page.get_by_role("group", name="Say hello")).to_be_visible()
    expect(page.get_by_role("group", name="Register")).to_have_count(0)
    press(page, "Open wallet")
    expect(page.get_by_text("signature: 0x")).to_be_visible()
    assert wallet.count(SENDING) == 0


def test_send__another_question_while_the_wallet_asks__both_answers_count(
    page: Page, wallet: FakeWallet
) -> None:
    wallet.policy[SENDING] = "hold"
    ask(page)
    wallet.wait_held()
    press(page, "Text")
    expect(page.get_by_text("Another request is still open in your wallet")).to_be_visible()
    wallet.approve()
    press(page, "Open wallet")
    expect(page.get_by_text("signature: 0x")).to_be_visible()
    registered(page)
    counted(page, handled=2)


def test_send__doomed__is_refused_before_the_wallet_is_asked(
    page: Page, wallet: FakeWallet
) -> None:
    ask(page)
    registered(page)
    press(page, "Register")
    expect(page.get_by_text("refused: ")).to_be_visible()
    assert wallet.count(SENDING) == 1


def test_send__too_old__is_dropped(page: Page, wallet: FakeWallet) -> None:
    page.clock.install()
    press(page, "Register")
    expect(page.get_by_role("button", name="Open wallet")).to_be_visible()
    page.clock.fast_forward(601_000)
    expect(row(page, "It waited for more than ten minutes")).to_be_visible()
    assert wallet.count(SENDING) == 0
