"""The vault in a real browser against its Python half: sealed on one side, open on the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cercle.values import checksummed
from cercle.vault import keys
from cercle.vault.bindings import Ledger
from cercle.vault.envelopes import Envelope, Record, key_of, open_record, seal_record
from cercle.vault.keys import SealBroken, bytes_of, text_of
from cercle.vault.rings import Ring, make_ring, open_ring, share, take_back
from tests.browser.kit.looks import axe, no_sideways_scroll, settled, until
from tests.browser.kit.processes import ROOT, Server

PARTS = ROOT / "frontend" / "components" / "vault"
CONSENT = checksummed("0x" + "abcdef0123" * 4)  # capitals: the page has to make them small
LEDGER = Ledger(chain_id=31_337, consent=CONSENT)
ME, FRIEND = 7, 9
PLACE = {"chain_id": LEDGER.chain_id, "consent": CONSENT, "passport_id": ME}
PHRASE = "lilas violon 42 cailloux"
SAID = "12, rue des Lilas, 44000 Nantes"
ADDRESS = {"category": 1, "code": "PhysicalAddress", "version": 3}


class Desk:
    """What the page is told, what it made, and every frame that left the browser."""

    def __init__(self, page: Page, server: Server, box: Path) -> None:
        self.page, self.server, self.box = page, server, box
        self.frames: list[bytes] = []
        page.on("websocket", lambda wire: wire.on("framesent", self.note))
        page.on("request", lambda asked: self.note(asked.post_data_buffer or b""))
        self.told: dict[str, Any] = {"place": PLACE, "ring": None, "records": [], "task": None}

    def note(self, frame: str | bytes) -> None:
        self.frames.append(frame.encode() if isinstance(frame, str) else frame)

    def open(self, **told: Any) -> Desk:
        self.told |= told
        (self.box / "told.json").write_text(json.dumps(self.told), "utf-8")
        self.page.goto(f"{self.server.url}/?box={self.box}")
        expect(self.page.locator(".vault h3, .vault form, .vault .row").first).to_be_visible()
        settled(self.page)
        return self

    def again(self, **told: Any) -> None:
        """Tell it something else, without a new page."""
        now = json.loads((self.box / "told.json").read_text("utf-8")) | told
        (self.box / "told.json").write_text(json.dumps(now), "utf-8")
        self.press("Again")

    def made(self, count: int = 1) -> list[dict[str, Any]]:
        path = self.box / "made.jsonl"
        until(self.page, lambda: path.exists() and len(path.read_text().splitlines()) >= count)
        return [json.loads(line) for line in path.read_text().splitlines()]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def unlock(self, phrase: str = PHRASE) -> None:
        self.fill("Passphrase", phrase)
        self.press("Open")

    def is_open(self) -> None:
        expect(self.page.get_by_text("in this window alone")).to_be_visible()


@pytest.fixture(scope="module")
def server(server_env: dict[str, str]) -> Iterator[Server]:
    started = Server(Path(__file__).parent / "vault_app.py", server_env)
    yield started
    started.stop()


@pytest.fixture
def desk(context: BrowserContext, server: Server, tmp_path: Path) -> Desk:
    return Desk(context.new_page(), server, tmp_path)


@pytest.fixture(scope="module")
def mine() -> bytes:
    return keys.new_private()


@pytest.fixture(scope="module")
def ring(mine: bytes) -> dict[str, Any]:
    return make_ring(PHRASE, LEDGER, ME, mine).model_dump(mode="json")


@pytest.fixture
def run(context: BrowserContext, server: Server) -> Callable[[str], Any]:
    """Runs an expression beside the primitives and the forms."""
    page = context.new_page()
    page.goto(server.url + "/_stcore/health")
    source = "\n".join((PARTS / name).read_text() for name in ("crypto.js", "forms.js"))
    return lambda code: page.evaluate(f"(async () => {{ {source}\n return await ({code}); }})()")


def kept(mine: bytes, content: str = SAID, ledger: Ledger = LEDGER) -> Envelope:
    record = Record.new(1, content, datetime.now(UTC))
    return seal_record(record, ledger, ME, 3, keys.public_of(mine))


def grouped(text: str) -> str:
    """Letters as one reads them out."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def listed(envelope: Envelope) -> list[dict[str, Any]]:
    told = envelope.model_dump(mode="json")
    return [{"envelope": told, "code": "PhysicalAddress", "label": "Postal address"}]


# ---- the primitives ------------------------------------------------------------------


def test_hpke__vector_of_the_rfc__comes_out(run: Callable[[str], Any]) -> None:
    """RFC 9180, A.1.1: the same KEM and KDF as ours, with the cipher that it prints."""
    found = run(
        """(async () => {
          const raw = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
          const theirs = raw("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
          const fresh = raw("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736");
          const [enc, to] = [await publicFrom(fresh), await publicFrom(theirs)];
          const agreed = await agree(await importPrivate(fresh), to);
          const shared = await sharedSecret(agreed, enc, to);
          const info = raw("4f6465206f6e2061204772656369616e2055726e");
          const { key, nonce } = await schedule(shared, info, { id: 1, length: 16 });
          const plain = utf8("Beauty is truth, truth beauty");
          const sealed = await aesSeal(key, nonce, utf8("Count-0"), plain);
          return [enc, shared, key, nonce, sealed].map(hex);
        })()"""
    )
    assert found == [
        "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
        "4531685d41d65f03dc48f6b8302c05b0",
        "56d890e5accaaf011cff4b7d",
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
        "6d8770ac83d07bea87e13c512a",
    ]


@pytest.mark.parametrize("content", [SAID, 'é\u2028\U0001f600\\"\u0001', "x" * 4_096])
def test_commitment__of_any_content__is_the_one_of_python(
    run: Callable[[str], Any], content: str
) -> None:
    secret = text_of(bytes(range(32)))
    record = Record(
        category="PhysicalAddress", content=content, made_at=1_760_000_000, secret=secret
    )
    assert run(f"commit({json.dumps(record.model_dump(mode='json'))})") == record.commitment


def test_bindings__each__are_the_bytes_of_python(run: Callable[[str], Any]) -> None:
    release = {
        **{"category": 1, "version": 3, "company_id": 2, "purpose": 4},
        **{"order_hash": "0x" + "0a" * 32, "issued_at": 5, "expires_at": 6},
    }
    place = json.dumps(PLACE)
    found = run(
        f"""[binding("ring", {place}), contactBinding({place}, 9),
        recoveryBinding({place}, 9, "{text_of(bytes(32))}"), recordBinding({place}, 1, 3),
        wrapBinding({place}, 1, 3, "vault"), releaseBinding({place}, {json.dumps(release)})]
        .map((bytes) => new TextDecoder().decode(bytes))"""
    )
    assert [one.encode() for one in found] == [
        LEDGER.ring(ME).as_bytes(),
        LEDGER.contact(ME, FRIEND).as_bytes(),
        LEDGER.recovery(ME, FRIEND, text_of(bytes(32))).as_bytes(),
        LEDGER.record(ME, category=1, version=3).as_bytes(),
        LEDGER.wrap(ME, category=1, version=3, to="vault").as_bytes(),
        LEDGER.release(ME, **release).as_bytes(),
    ]


# ---- the key -------------------------------------------------------------------------


def test_make__a_passphrase_twice__gives_a_ring_that_python_opens(desk: Desk) -> None:
    desk.open()
    desk.fill("Passphrase", PHRASE)
    desk.fill("The same once more", PHRASE)
    desk.press("Make my key")
    ring = Ring.model_validate(desk.made()[0]["value"])
    private = open_ring(ring, PHRASE, LEDGER, ME)
    assert text_of(keys.public_of(private)) == ring.public_key
    desk.is_open()
    sent = b"".join(desk.frames)
    assert ring.sealed.encode() in sent  # what is looked through is what was sent
    assert PHRASE.encode() not in sent
    assert text_of(private).encode() not in sent


@pytest.mark.parametrize(
    ("once", "again", "said"),
    [
        (
            "court",
            "court",
            "Too short, or always the same letters: take at least twelve characters.",
        ),
        (
            "a" * 30,
            "a" * 30,
            "Too short, or always the same letters: take at least twelve characters.",
        ),
        (PHRASE, PHRASE + "!", "The two are not the same. Type them again."),
    ],
)
def test_make__no_good_passphrase__makes_nothing(
    desk: Desk, once: str, again: str, said: str
) -> None:
    desk.open()
    desk.fill("Passphrase", once)
    desk.fill("The same once more", again)
    desk.press("Make my key")
    expect(desk.page.locator(".vault [role=alert]")).to_have_text(said)
    assert not (desk.box / "made.jsonl").exists()


def test_unlock__ring_of_python__opens(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    assert PHRASE.encode() not in b"".join(desk.frames)


def test_unlock__wrong_passphrase__says_so_and_empties_the_field(
    desk: Desk, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring).unlock("another one altogether")
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("It does not open.")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_have_value("")


def test_unlock__ring_of_another_person__does_not_open(desk: Desk, mine: bytes) -> None:
    desk.open(ring=make_ring(PHRASE, LEDGER, FRIEND, mine).model_dump(mode="json")).unlock()
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("It does not open.")


def test_key__a_quarter_of_an_hour_later__is_forgotten(desk: Desk, ring: dict[str, Any]) -> None:
    desk.page.clock.install()
    desk.open(ring=ring).unlock()
    desk.is_open()
    desk.page.clock.fast_forward("15:01")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__shut_by_hand_or_reloaded__is_forgotten(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.press("Shut now")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()
    desk.unlock()
    desk.is_open()
    desk.page.reload()
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__another_persons_vault__shuts_it(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    desk.again(place={**PLACE, "passport_id": FRIEND})
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__second_tab__stays_shut(
    desk: Desk, context: BrowserContext, server: Server, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    Desk(context.new_page(), server, desk.box).open(ring=ring)
    second = context.pages[-1]
    expect(second.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert (
        second.evaluate("() => JSON.stringify(window[Symbol.for('cercle.vault')])").count("key")
        == 0
    )


# ---- records -------------------------------------------------------------------------


def test_record__typed_in_the_page__opens_in_python_and_was_in_no_frame(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    vault = keys.new_private()
    task = {"kind": "record", **ADDRESS, "said": "Your postal address", "does": "Seal it"}
    task["vault_key"] = text_of(keys.public_of(vault))
    desk.open(ring=ring, task=task).unlock()
    desk.fill("Your postal address", SAID)
    desk.press("Seal it")
    envelope = Envelope.model_validate(desk.made()[0]["value"])
    record = open_record(envelope, LEDGER, mine)
    assert (record.content, record.category) == (SAID, "PhysicalAddress")
    assert key_of(envelope, LEDGER, vault, "vault") == key_of(envelope, LEDGER, mine, "member")
    sent = b"".join(desk.frames)
    assert envelope.ciphertext.encode() in sent
    assert not [word for word in (SAID, "Lilas", PHRASE, record.secret) if word.encode() in sent]
    stored = desk.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Lilas" not in stored
    assert PHRASE not in stored


def test_record__only_with_me__has_no_wrap_for_the_vault(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    task = {"kind": "record", **ADDRESS, "said": "Address", "does": "Seal it", "vault_key": None}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Seal it")
    expect(desk.page.locator(".vault [role=alert]")).to_have_text("Type what is to be kept.")
    desk.fill("Address", "y" * 4_097)
    desk.press("Seal it")
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("This is too long")
    desk.fill("Address", "e\u0301t\u00e9")
    desk.press("Seal it")
    envelope = Envelope.model_validate(desk.made()[0]["value"])
    assert envelope.vault is None
    assert open_record(envelope, LEDGER, mine).content == "\u00e9t\u00e9"


def test_reading__sealed_in_python__is_shown_as_letters(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    hostile = "<img src=x onerror=alert(1)> **x**"
    desk.open(ring=ring, records=listed(kept(mine, hostile))).unlock()
    desk.press("Show: Postal address")
    expect(desk.page.locator(".vault .content")).to_have_text(hostile)
    assert desk.page.locator(".vault img").count() == 0
    desk.press("Hide: Postal address")
    expect(desk.page.locator(".vault .content")).to_have_text("")
    assert hostile.encode() not in b"".join(desk.frames)


@pytest.mark.parametrize(
    "change", [{"record_version": 4}, {"category": 2}, {"commitment": "0x" + "00" * 32}]
)
def test_reading__changed_binding__does_not_open(
    desk: Desk, ring: dict[str, Any], mine: bytes, change: dict[str, Any]
) -> None:
    desk.open(ring=ring, records=listed(kept(mine).model_copy(update=change))).unlock()
    desk.press("Show: Postal address")
    expect(desk.page.locator(".vault .content")).to_contain_text("This does not open with your key")


def test_leave__to_the_vault__gives_it_the_key(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    vault, envelope = keys.new_private(), kept(mine)
    task = {"kind": "leave", "said": "The vault could read it.", "does": "Let the vault"}
    task |= {
        "envelope": envelope.model_dump(mode="json"),
        "vault_key": text_of(keys.public_of(vault)),
    }
    desk.open(ring=ring, task=task).unlock()
    desk.press("Let the vault")
    left = envelope.model_copy(update={"vault": desk.made()[0]["value"]})
    assert key_of(left, LEDGER, vault, "vault") == key_of(left, LEDGER, mine, "member")


def test_ask__answered__opens_for_that_company_and_that_order_alone(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    company, envelope = keys.new_private(), kept(mine)
    info = LEDGER.release(
        ME, category=1, version=3, company_id=2, purpose=4, order_hash="0x" + "0a" * 32,
        issued_at=1_700_000_000, expires_at=1_800_000_000,
    )  # fmt: skip
    asked = info.model_dump(mode="json") | {"public_key": text_of(keys.public_of(company))}
    task = {"kind": "ask", "said": "Colis Brume asks.", "does": "Let it see"}
    task |= {"envelope": envelope.model_dump(mode="json"), "ask": asked}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Let it see")
    wrap = bytes_of(desk.made()[0]["value"])
    assert keys.open(company, wrap, info.as_bytes()) == key_of(envelope, LEDGER, mine, "member")
    with pytest.raises(SealBroken):
        keys.open(company, wrap, info.model_copy(update={"company_id": 3}).as_bytes())


# ---- contact and recovery ------------------------------------------------------------


def test_contact__left_with_somebody__is_sealed_to_them_alone(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    friend = keys.new_private()
    task: dict[str, Any] = {"kind": "contact", "said": "Trust no. 9", "does": "Trust them"}
    task["contact"] = {"passport_id": FRIEND, "public_key": text_of(keys.public_of(friend))}
    desk.open(ring=ring, task=task).unlock()
    desk.is_open()
    expect(desk.page.get_by_text(grouped(task["contact"]["public_key"]))).to_be_visible()
    desk.fill("Passphrase", PHRASE)
    desk.press("Trust them")
    again = Ring.model_validate(desk.made()[0]["value"])
    assert again.contact is not None
    info = LEDGER.contact(ME, FRIEND).as_bytes()
    assert keys.open(friend, bytes_of(again.contact.sealed), info) == mine
    assert open_ring(again, PHRASE, LEDGER, ME) == mine


def test_letters__of_ones_own_key__are_shown_once_it_is_open(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    desk.open(ring=ring)
    shown = desk.page.get_by_text(grouped(text_of(keys.public_of(mine))))
    assert shown.count() == 0
    desk.unlock()
    desk.page.get_by_text("The letters of your key").click()
    expect(shown).to_be_visible()


def test_recover__asked__the_letters_are_of_the_key_that_this_browser_made(
    desk: Desk, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    shown = desk.page.get_by_text(grouped(to))
    assert shown.count() == 0
    desk.open(task=None, asked=True)  # a page later, whatever key the service says was asked for
    expect(shown).to_be_visible()


def test_recovered__service_names_another_key_as_the_contacts__nothing_is_sealed_to_it(
    desk: Desk, mine: bytes
) -> None:
    friend, liar = keys.new_private(), text_of(keys.public_of(keys.new_private()))
    left = share(mine, LEDGER, ME, FRIEND, keys.public_of(friend))
    ring = make_ring(PHRASE, LEDGER, ME, mine, contact=left).model_dump(mode="json")
    ring["contact"]["public_key"] = liar
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    sealed = keys.seal(bytes_of(to), mine, LEDGER.recovery(ME, FRIEND, to).as_bytes())
    task = {"kind": "recovered", "said": "They answered.", "does": "Take my key back"}
    desk.open(task={**task, "contact_id": FRIEND, "sealed": text_of(sealed)})
    desk.fill("Passphrase", "nouvelle phrase du lundi")
    desk.fill("The same once more", "nouvelle phrase du lundi")
    desk.press("Take my key back")
    again = Ring.model_validate(desk.made(2)[1]["value"])
    assert again.contact is not None
    assert again.contact.sealed == left.sealed


def test_recover__by_the_contacts_answer__gives_the_key_back_under_a_new_passphrase(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    sealed = keys.seal(bytes_of(to), mine, LEDGER.recovery(ME, FRIEND, to).as_bytes())
    task = {"kind": "recovered", "said": "They answered.", "does": "Take my key back"}
    # A page later: the key that they answered to waited in the browser.
    desk.open(task={**task, "contact_id": FRIEND, "sealed": text_of(sealed)})
    desk.fill("Passphrase", "nouvelle phrase du lundi")
    desk.fill("The same once more", "nouvelle phrase du lundi")
    desk.press("Take my key back")
    again = Ring.model_validate(desk.made(2)[1]["value"])
    assert open_ring(again, "nouvelle phrase du lundi", LEDGER, ME) == mine
    desk.is_open()


def test_help__as_a_contact__seals_their_key_to_what_they_showed(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    lost, fresh = keys.new_private(), keys.new_private()
    given = share(lost, LEDGER, FRIEND, ME, keys.public_of(mine))
    task = {"kind": "help", "said": "No. 9 asks for their key.", "does": "Give it back"}
    task |= {"place": {**PLACE, "passport_id": FRIEND}, "contact_id": ME}
    task |= {"sealed": given.sealed, "to": text_of(keys.public_of(fresh))}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Give it back")
    assert take_back(desk.made()[0]["value"], fresh, LEDGER, FRIEND, ME) == lost


# ---- anybody, anywhere ---------------------------------------------------------------


def test_unable__a_browser_without_x25519__says_so_plainly(desk: Desk) -> None:
    desk.page.add_init_script(
        "crypto.subtle.generateKey = () => Promise.reject(new DOMException())"
    )
    (desk.box / "told.json").write_text(json.dumps(desk.told))
    desk.page.goto(f"{desk.server.url}/?box={desk.box}")
    expect(desk.page.get_by_text("This browser cannot keep a vault")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_vault__on_a_phone__is_for_everybody(
    browser: Browser, server: Server, tmp_path: Path, ring: dict[str, Any], mine: bytes, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    task = {"kind": "record", **ADDRESS, "said": "Your address", "does": "Seal", "vault_key": None}
    desk = Desk(context.new_page(), server, tmp_path)
    desk.open(ring=ring, task=task, records=listed(kept(mine)))
    assert axe(desk.page) == []
    desk.unlock()
    desk.is_open()
    assert axe(desk.page) == []
    no_sideways_scroll(desk.page)
    sizes = desk.page.locator(".vault button, .vault input, .vault textarea").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    context.close()
