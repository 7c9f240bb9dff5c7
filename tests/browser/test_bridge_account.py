"""Which wallet, which account, which chain: the bridge follows them and refuses a mismatch."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import connect
from tests.browser.kit.fake_wallet import FakeWallet, refuse
from tests.browser.kit.looks import settled
from tests.browser.kit.processes import Anvil, Server
from tests.browser.presses import SENDING, alert, ask, press, registered, row

SWITCHING = "wallet_switchEthereumChain"


# ---- the account ---------------------------------------------------------------------


def test_account__changed_in_the_wallet__is_followed(page: Page, wallet: FakeWallet) -> None:
    wallet.use_account(1)
    expect(page.get_by_text(f"account: {wallet.account}")).to_be_visible()


def test_account__changed_by_the_button__is_followed(page: Page, wallet: FakeWallet) -> None:
    first = wallet.account
    press(page, "Change account")
    expect(page.get_by_text(f"account: {wallet.order[0]}")).to_be_visible()
    assert wallet.account != first


def test_account__wallet_cannot_offer_its_accounts__says_where(
    page: Page, wallet: FakeWallet
) -> None:
    wallet.policy["wallet_requestPermissions"] = refuse(4200)
    press(page, "Change account")
    expect(alert(page)).to_have_text(
        "Fake Fox changes accounts by itself: open it and choose another."
    )


def test_account__changed_while_the_card_waits__cannot_be_opened(
    page: Page, wallet: FakeWallet
) -> None:
    press(page, "Register")
    expect(page.get_by_role("button", name="Open wallet")).to_be_enabled()
    wallet.use_account(1)
    expect(page.get_by_role("button", name="Open wallet")).to_be_disabled()
    expect(page.get_by_text("This was prepared for 0x")).to_be_visible()
    wallet.use_account(1)
    press(page, "Open wallet")
    registered(page)


def test_account__changed_behind_the_pages_back__is_refused(page: Page, wallet: FakeWallet) -> None:
    press(page, "Register")
    expect(page.get_by_role("button", name="Open wallet")).to_be_enabled()
    wallet.order.reverse()  # and no event
    press(page, "Open wallet")
    expect(row(page, "Your wallet is using another account: nothing was sent.")).to_be_visible()
    assert wallet.count(SENDING) == 0


def test_disconnect__by_the_button__forgets_the_wallet(page: Page, server: Server) -> None:
    press(page, "Disconnect")
    expect(page.get_by_text("account: none")).to_be_visible()
    page.goto(server.url)
    expect(page.get_by_role("button", name="Connect Fake Fox")).to_be_visible()


def test_connect__page_opened_again__is_silent(page: Page, wallet: FakeWallet) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.get_by_text(f"account: {wallet.account}")).to_be_visible()
    assert wallet.count("eth_requestAccounts") == 1


def test_connect__declined__is_told(
    context: BrowserContext, wallet: FakeWallet, server: Server
) -> None:
    wallet.policy["eth_requestAccounts"] = "reject"
    page = context.new_page()
    page.goto(server.url)
    press(page, "Connect Fake Fox")
    expect(alert(page)).to_have_text("You declined the connection. Nothing has changed.")


def test_connect__a_request_is_open__is_told(
    context: BrowserContext, wallet: FakeWallet, server: Server
) -> None:
    wallet.policy["eth_requestAccounts"] = refuse(-32002)
    page = context.new_page()
    page.goto(server.url)
    press(page, "Connect Fake Fox")
    expect(alert(page)).to_contain_text("A request is already open in Fake Fox.")


# ---- the wallets ------------------------------------------------------------------------


def test_wallets__two__are_both_offered(
    context: BrowserContext, wallet: FakeWallet, server: Server
) -> None:
    context.add_init_script(
        """window.addEventListener("eip6963:requestProvider", () =>
          window.dispatchEvent(new CustomEvent("eip6963:announceProvider", {detail: {
            info: {uuid: "second", name: "Second Wallet", rdns: "org.example.second"},
            provider: {request: async () => []}}})))"""
    )
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_role("button", name="Connect Second Wallet")).to_be_visible()
    expect(page.get_by_role("button", name="Connect Fake Fox")).to_be_visible()


def test_wallets__only_one_from_before_eip6963__is_found(
    context: BrowserContext, server: Server
) -> None:
    context.add_init_script(
        """window.ethereum = {request: async ({method}) => method === "eth_chainId"
          ? "0x7a69" : ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8"], on() {}}"""
    )
    page = context.new_page()
    page.goto(server.url)
    press(page, "Connect Browser wallet")
    expect(page.get_by_text("account: 0x70997970C51812dc3A010C7d01b50e0d17dc79C8")).to_be_visible()


def test_wallets__none__is_said_and_nothing_is_broken(
    context: BrowserContext, server: Server
) -> None:
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_text("No wallet was found in this browser.")).to_be_visible()
    expect(page.get_by_text("account: none")).to_be_visible()


# ---- the chain ----------------------------------------------------------------------------


def test_chain__another__is_changed_before_sending(
    context: BrowserContext, wallet: FakeWallet, server: Server, other_node: Anvil
) -> None:
    wallet.chain_id = other_node.chain_id
    page = connect(context.new_page(), server.url, wallet)
    expect(page.get_by_text("This community lives on Test chain.")).to_be_visible()
    ask(page)
    registered(page)
    assert wallet.count(SWITCHING) == 1
    assert other_node.web3.eth.get_transaction_count(wallet.account) == 0
    expect(page.get_by_text("This community lives on Test chain.")).to_have_count(0)


def test_chain__change_declined__nothing_is_sent(
    context: BrowserContext, wallet: FakeWallet, server: Server, other_node: Anvil
) -> None:
    wallet.chain_id = other_node.chain_id
    wallet.policy[SWITCHING] = "reject"
    page = connect(context.new_page(), server.url, wallet)
    ask(page)
    expect(row(page, "You declined to change the network: nothing was sent.")).to_be_visible()
    assert wallet.count(SENDING) == 0


def test_chain__wallet_says_it_changed_and_did_not__nothing_is_sent(
    context: BrowserContext, wallet: FakeWallet, server: Server, other_node: Anvil
) -> None:
    wallet.chain_id = other_node.chain_id
    wallet.policy[SWITCHING] = lambda params: None
    page = connect(context.new_page(), server.url, wallet)
    ask(page)
    expect(row(page, "Your wallet stayed on another network: nothing was sent.")).to_be_visible()
    assert wallet.count(SENDING) == 0


def test_chain__unknown_to_the_wallet__is_added(
    context: BrowserContext, wallet: FakeWallet, server: Server, node: Anvil, other_node: Anvil
) -> None:
    wallet.chain_id = other_node.chain_id
    del wallet.chains[node.chain_id]
    page = connect(context.new_page(), server.url, wallet)
    ask(page)
    registered(page)
    assert wallet.count("wallet_addEthereumChain") == 1
    assert wallet.chains[node.chain_id].rstrip("/") == node.url


def test_chain__changed_by_the_button__is_followed(
    context: BrowserContext, wallet: FakeWallet, server: Server, other_node: Anvil
) -> None:
    wallet.chain_id = other_node.chain_id
    page = connect(context.new_page(), server.url, wallet)
    press(page, "Switch to Test chain")
    expect(page.get_by_text("This community lives on Test chain.")).to_have_count(0)
    settled(page)
    assert wallet.count(SWITCHING) == 1
