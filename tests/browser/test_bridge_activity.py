"""A hash is a claim: what the page tells is what the chain says became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from eth_account import Account
from playwright.sync_api import Page, expect

from cercle.deployments import Deployment
from cercle.errors import WalletHasAPassport
from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.processes import Anvil
from tests.browser.presses import SENDING, ask, press, row


def test_activity__wallet_returns_another_hash__is_not_believed(
    page: Page, wallet: FakeWallet, node: Anvil
) -> None:
    sender = node.web3.eth.accounts[0]
    foreign = node.web3.eth.send_transaction({"from": sender, "to": sender, "value": 1})
    wallet.policy[SENDING] = lambda params: "0x" + foreign.hex().removeprefix("0x")
    ask(page)
    expect(row(page, "Your wallet sent something else than what was asked.")).to_be_visible()


@pytest.mark.parametrize("answer", ["0x12", "not a hash", None, {"a": 1}])
def test_activity__wallet_returns_no_hash__is_told(
    page: Page, wallet: FakeWallet, answer: object
) -> None:
    wallet.policy[SENDING] = lambda params: answer
    ask(page)
    expect(row(page, "The wallet could not do this: nothing was sent.")).to_be_visible()


@pytest.fixture
def by_hand(node: Anvil):
    """Blocks come only when the test asks for one."""
    node.rpc("evm_setAutomine", False)
    yield
    node.rpc("evm_setAutomine", True)
    node.rpc("evm_mine")


@pytest.mark.usefixtures("by_hand")
def test_activity__cancelled_in_the_wallet__is_told(
    page: Page, wallet: FakeWallet, node: Anvil
) -> None:
    ask(page)
    # Said after the first look at the pool, which tells the nonce.
    expect(row(page, "Sent. Waiting until it is written down.")).to_be_visible()
    _replace(wallet, node, wallet.sent[0])
    expect(row(page, "You cancelled or replaced it in your wallet")).to_be_visible()


@pytest.mark.usefixtures("by_hand")
def test_activity__refused_on_chain__says_why(
    page: Page, wallet: FakeWallet, node: Anvil, deployment: Path
) -> None:
    press(page, "Register")
    # Asked while it would still have gone through.
    expect(page.get_by_role("button", name="Open wallet", exact=True)).to_be_visible()
    call = Deployment.load(deployment).contract("Passport").call("register")
    _send(wallet, node, {"to": call.to, "data": call.data, "gas": 300_000})  # in another tab, say
    node.rpc("evm_mine")
    press(page, "Open wallet")
    expect(row(page, "Sent. Waiting until it is written down.")).to_be_visible()
    node.rpc("evm_mine")
    told = row(page, "It was sent, and the contract refused: nothing has changed. ")
    expect(told).to_contain_text(str(WalletHasAPassport()))


def _replace(wallet: FakeWallet, node: Anvil, tx_hash: str) -> None:
    pending = node.web3.eth.get_transaction(tx_hash)
    dearer = {name: pending[name] * 2 for name in ("maxFeePerGas", "maxPriorityFeePerGas")}
    again = {"to": wallet.account, "gas": 21_000, "nonce": pending["nonce"], **dearer}
    _send(wallet, node, again)
    node.rpc("evm_mine")


def _send(wallet: FakeWallet, node: Anvil, fields: dict[str, object]) -> None:
    """As the wallet itself would, without a page."""
    whole = {
        "chainId": node.chain_id,
        "nonce": node.web3.eth.get_transaction_count(wallet.account),
        "maxFeePerGas": 10**11,
        "maxPriorityFeePerGas": 10**9,
        **fields,
    }
    signed = Account.sign_transaction(whole, wallet.keys[wallet.account])
    node.web3.eth.send_raw_transaction(signed.raw_transaction)
