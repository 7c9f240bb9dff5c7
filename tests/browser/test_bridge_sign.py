"""Signatures: typed data and texts as asked, and sign-in that proves an account."""

from __future__ import annotations

import json
import re

from eth_account import Account
from eth_account.messages import encode_defunct, encode_typed_data
from playwright.sync_api import Page, expect
from web3 import Web3

from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import settled
from tests.browser.presses import press, registered, row


def signature_on(page: Page) -> str:
    shown = page.get_by_text("signature: 0x")
    expect(shown).to_be_visible()
    return shown.inner_text().removeprefix("signature: ")


def signed_text(wallet: FakeWallet) -> str:
    asked = next(params for method, params in wallet.log if method == "personal_sign")
    return Web3.to_text(asked[0])


def test_sign_typed__large_numbers__survive_the_way(page: Page, wallet: FakeWallet) -> None:
    press(page, "Link")
    press(page, "Open wallet")
    signature = signature_on(page)
    asked = next(params for method, params in wallet.log if method == "eth_signTypedData_v4")
    typed = json.loads(asked[1])
    assert typed["message"]["deadline"] == str(2**60)
    typed["message"]["deadline"] = 2**60
    signer = Account.recover_message(encode_typed_data(full_message=typed), signature=signature)
    assert signer == wallet.account


def test_sign_text__is_signed_letter_by_letter(page: Page, wallet: FakeWallet) -> None:
    press(page, "Text")
    press(page, "Open wallet")
    signature = signature_on(page)
    recovered = Account.recover_message(encode_defunct(text="Hello"), signature=signature)
    assert recovered == wallet.account


def test_sign_in__signed__opens_for_this_account_and_session(
    page: Page, wallet: FakeWallet
) -> None:
    press(page, "Show code")
    press(page, "Open wallet")
    expect(page.get_by_text("code: DANCE-42")).to_be_visible()
    text = Web3.to_text(
        next(params[0] for method, params in wallet.log if method == "personal_sign")
    )
    assert re.match(r"localhost:\d+ wants you to sign in with your Ethereum account:\n0x", text)
    assert f"{wallet.account}\n\nShow the code.\n\nURI: http://localhost:" in text
    wallet.use_account(1)
    expect(page.get_by_text(f"account: {wallet.account}")).to_be_visible()
    expect(page.get_by_text("code: ")).to_have_count(0)
    wallet.use_account(1)
    expect(page.get_by_text("code: DANCE-42")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"account: {wallet.account}")).to_be_visible()
    settled(page)
    expect(page.get_by_text("code: ")).to_have_count(0)


def test_sign_in__signed_by_another_key__is_refused(page: Page, wallet: FakeWallet) -> None:
    other = wallet.keys[wallet.order[1]]
    wallet.policy["personal_sign"] = lambda params: Web3.to_hex(
        Account.sign_message(encode_defunct(hexstr=params[0]), other).signature
    )
    press(page, "Show code")
    press(page, "Open wallet")
    expect(page.get_by_text("sign-in refused")).to_be_visible()
    expect(page.get_by_text("code: ")).to_have_count(0)


def test_sign_in__an_old_signature_again__is_refused(page: Page, wallet: FakeWallet) -> None:
    press(page, "Show code")
    press(page, "Open wallet")
    expect(page.get_by_text("code: DANCE-42")).to_be_visible()
    first = signed_text(wallet)
    signed = Account.sign_message(encode_defunct(text=first), wallet.keys[wallet.account])
    wallet.policy["personal_sign"] = lambda params: Web3.to_hex(signed.signature)
    press(page, "Show code")
    press(page, "Open wallet")
    expect(page.get_by_text("sign-in refused")).to_be_visible()


def test_words__another_language__reaches_the_browser(page: Page, wallet: FakeWallet) -> None:
    page.goto(f"{page.url}?lang=fr")
    expect(page.get_by_role("button", name="[fr] Change account")).to_be_visible()
    press(page, "Register")
    press(page, "[fr] Open wallet")
    registered(page)
    expect(row(page, "[fr] Done.")).to_be_visible()
