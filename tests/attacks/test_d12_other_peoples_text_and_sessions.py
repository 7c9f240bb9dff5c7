"""D12: text of others that acts, and a session that lives on another's answers.

Had the defences been absent: whoever names a perk, a poll or a wallet runs a script in every
member's page, from where a wallet's question in our name is one call away; and whoever sees a
signature once opens its owner's codes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from eth_account import Account
from eth_account.messages import encode_defunct
from playwright.sync_api import Page, sync_playwright

from cercle.sign_in import Challenge, verify, write
from frontend.components.wallet.requests import Request, State, Store, new_id
from tests.attacks.d12.hostile import CONTENT, SCRIPT, WALLET
from tests.browser.kit.processes import Server
from tools.chromium import find

PAGES = Path(__file__).parent / "d12"
ENV = {"HOSTILE_CONTENT": CONTENT}
VICTIM = Account.from_key("0x" + "11" * 32)
LINK = "[Confirm your membership](https:"


# ---- text that acts ----------------------------------------------------------------------


class BareServer(Server):
    """The twin's server."""

    def command(self) -> list[str]:
        serve = str(PAGES / "serve_bare.py")
        return [sys.executable, serve, str(self.script), str(self.port)]


Errand = Callable[[Page, list[str]], Any]


def with_hostile_wallet(url: str, errand: Errand) -> Any:
    """Run an errand on a page with the attacker's wallet in the browser.

    The errand gets the page and the addresses of theirs that it tried to fetch. In a thread of its
    own: Playwright starts once a thread, and another suite may have started it in this one.
    """

    def run() -> Any:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 360, "height": 800})
            page.set_default_timeout(30_000)
            fetched: list[str] = []
            page.on("request", lambda sent: "evil" in sent.url and fetched.append(sent.url))
            page.add_init_script(WALLET)
            page.goto(url)
            page.get_by_role("button", name="Connect Fox").wait_for()
            found = errand(page, fetched)
            browser.close()
            return found

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


def what_text_did(page: Page, fetched: list[str]) -> set[str]:
    """What other people's text managed to do."""
    page.wait_for_timeout(1_000)
    done = {
        "a script of theirs ran": page.evaluate("window.stolen === true"),
        "a link of theirs stands": page.locator("a[href*=evil]").count() > 0,
        "a mark of ours stands": page.locator("[aria-label='verified icon']").count() > 0,
        "their server heard of us": bool(fetched),
    }
    return {deed for deed, is_done in done.items() if is_done}


def read_everything(page: Page, fetched: list[str]) -> set[str]:
    """Connect the hostile wallet, let it be asked under a hostile name, let it fail."""
    names = page.locator(".wallet button > span:last-child").all_inner_texts()
    clean = [f"Fox {SCRIPT}"[:40].strip(), f"Goodwallet{'x' * 30}"]
    assert names == [f"Connect {name}" for name in clean]
    assert page.locator(".wallet img").count() == 1  # the second icon is no picture
    page.get_by_role("button", name="Connect Fox").click()
    card = page.get_by_role("group", name=CONTENT)
    card.wait_for()
    assert card.locator(".label").inner_text() == CONTENT
    page.get_by_role("button", name="Open wallet").click()
    page.get_by_text("The wallet could not do this: nothing was sent.").wait_for()
    assert page.get_by_text(LINK).count() >= 2  # in the text and in the row, letter by letter
    return what_text_did(page, fetched)


def test_text__through_our_pages__is_only_read() -> None:
    server = Server(PAGES / "ours.py", ENV)
    try:
        assert with_hostile_wallet(server.url, read_everything) == set()
    finally:
        server.stop()


def test_text__through_careless_pages__acts() -> None:
    server = BareServer(PAGES / "careless.py", ENV)
    try:
        assert with_hostile_wallet(server.url, what_text_did) == {
            "a script of theirs ran",
            "a link of theirs stands",
            "a mark of ours stands",
            "their server heard of us",
        }
    finally:
        server.stop()


# ---- a session that lives on another's answers --------------------------------------------


class SharedStore(Store):
    """The twin: one book of questions for the whole process, as a module's dictionary would be."""

    BOOK: ClassVar[dict[str, Request]] = {}

    def __init__(self, **fields: Any) -> None:
        super().__init__(**{**fields, "requests": self.BOOK})


def sign_in_question() -> Request:
    return Request(
        id=new_id(),
        method="personal_sign",
        params=["0x00"],
        label="Sign in",
        sender=VICTIM.address,
        kind="sign_in",
        chain_id=31_337,
    )


def answer_for_another(make: Callable[..., Store]) -> bool:
    """The attacker's session answers the victim's question; was it taken?"""
    victim, attacker = make(chain_id=31_337), make(chain_id=31_337)
    key = victim.ask(sign_in_question())
    taken = attacker.take({"outbox": {key: {"status": "ok", "result": "0xdead"}}})
    return bool(taken) or victim.requests[key].state is not State.WAITING


def test_answer__for_another_session__is_not_taken() -> None:
    assert not answer_for_another(Store)


def test_answer__for_another_session__is_taken_from_a_shared_book() -> None:
    assert answer_for_another(SharedStore)


def challenge() -> Challenge:
    return write(
        domain="club.example",
        uri="https://club.example",
        account=VICTIM.address,
        chain_id=31_337,
        statement="Show my code.",
    )


def verify_the_text_that_came_along(_: Challenge, text: str, signature: str) -> bool:
    """The twin: believes whatever text arrives with the signature."""
    return Account.recover_message(encode_defunct(text=text), signature=signature) == VICTIM.address


def verify_our_own_text(own: Challenge, _: str, signature: str) -> bool:
    return verify(own, signature, None)


def replay(check: Callable[[Challenge, str, str], bool]) -> bool:
    """The attacker has seen the victim sign in once, and offers it in a session of their own."""
    seen = challenge()
    signature = VICTIM.sign_message(encode_defunct(text=seen.text)).signature.hex()
    return check(challenge(), seen.text, "0x" + signature)


def test_sign_in__anothers_signature__opens_nothing() -> None:
    assert not replay(verify_our_own_text)


def test_sign_in__anothers_signature__opens_a_careless_session() -> None:
    assert replay(verify_the_text_that_came_along)
